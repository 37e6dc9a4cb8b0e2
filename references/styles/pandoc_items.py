"""CSL items as pandoc reads them best."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from references.formats.name_parser import OTHERS_CSL

Item = dict[str, Any]

# They speak of the record: "Title taken from the address." 202 styles print a note.
UNCITED_VARIABLES = {"custom", "note"}
# 21 to 24 stand for the seasons where a month would stand; pandoc drops ``season``.
SEASON_MONTH_OFFSET = 20
NON_BREAKING_HYPHEN = "\u2011"
# The full stop of the S in “S.-S.”, where pandoc would keep the hyphen.
HYPHENATED_INITIAL_STOP = re.compile(r"(?<=-\w)\.")


class EtAlRule(NamedTuple):
    """From how many names on a style shortens a list, and how many of them it keeps."""

    least: int
    kept: int


def adapt_items(
    items: Iterable[Item],
    *,
    joins_initials: bool,
    shortening: EtAlRule,
) -> list[Item]:
    """In the same order, with ids that ascend as text: r000000, r000001, …

    Where a style's sort keys tie, pandoc lists works as they come, but hands out the
    letters of “2012a” by id. Where a style joins initials, “S.-S.” becomes “SS”.
    """
    if joins_initials:
        items = map(join_initials, items)
    items = (shorten_names_before_others(item, shortening) for item in items)
    return [adapt_item(item) | {"id": format_id(n)} for n, item in enumerate(items)]


def shorten_names_before_others(item: Item, shortening: EtAlRule) -> Item:
    """Lists that end with others, as short as the style makes them.

    pandoc would set the word “others” where a style ends with the last name, or where
    it keeps more names to tell works apart: https://github.com/jgm/citeproc/issues/102
    """
    roles = {role: item[role] for role in ("author", "editor") if role in item}
    return item | {
        role: [*names[: shortening.kept], OTHERS_CSL]
        for role, names in roles.items()
        if names[-1:] == [OTHERS_CSL] and len(names) >= shortening.least
    }


def join_initials(item: Item) -> Item:
    roles = {role: item[role] for role in ("author", "editor") if role in item}
    return item | {
        role: list(map(join_initials_of_name, names)) for role, names in roles.items()
    }


def join_initials_of_name(name: Item) -> Item:
    parts = {
        part: HYPHENATED_INITIAL_STOP.sub("", name[part])
        for part in {"given"} & name.keys()
    }
    return name | parts


def format_id(place: int) -> str:
    return f"r{place:06}"


def parse_id(pandoc_id: str) -> int:
    return int(pandoc_id.removeprefix("r"))


def adapt_item(item: Item) -> Item:
    kept = {
        name: value for name, value in item.items() if name not in UNCITED_VARIABLES
    }
    for name, value in kept.items():
        match value:
            case {"date-parts": [[year]], "season": season}:
                month = SEASON_MONTH_OFFSET + int(season)
                kept[name] = {"date-parts": [[year, month]]}
    if "version" in kept:
        # pandoc takes "1.1-35" for a range: “Versions 1.1–35”.
        kept["version"] = str(kept["version"]).replace("-", NON_BREAKING_HYPHEN)
    return kept
