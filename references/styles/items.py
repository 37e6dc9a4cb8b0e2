"""CSL items as pandoc reads them best."""

import re
from collections.abc import Iterable
from typing import Any

Item = dict[str, Any]

# They speak of the record: "Title taken from the address." 202 styles print a note.
NOT_CITED = {"custom", "note"}
# 21 to 24 stand for the seasons where a month would stand; pandoc drops ``season``.
MONTH_BEFORE_SPRING = 20
NON_BREAKING_HYPHEN = "\u2011"
# The full stop of the S in “S.-S.”, where pandoc would keep the hyphen.
SECOND_STOP = re.compile(r"(?<=-\w)\.")


def for_pandoc(items: Iterable[Item], *, joins_initials: bool = False) -> list[Item]:
    """In the same order, with ids that ascend as text: r000000, r000001, …

    Where a style's sort keys tie, pandoc lists works as they come, but hands out the
    letters of “2012a” by id. Where a style joins initials, “S.-S.” becomes “SS”.
    """
    wanted = map(with_joined_initials, items) if joins_initials else items
    return [adapted(item) | {"id": id_of(n)} for n, item in enumerate(wanted)]


def with_joined_initials(item: Item) -> Item:
    roles = {role: item[role] for role in ("author", "editor") if role in item}
    return item | {role: list(map(joined, names)) for role, names in roles.items()}


def joined(name: Item) -> Item:
    parts = {part: SECOND_STOP.sub("", name[part]) for part in {"given"} & name.keys()}
    return name | parts


def id_of(place: int) -> str:
    return f"r{place:06}"


def place_of(pandoc_id: str) -> int:
    return int(pandoc_id.removeprefix("r"))


def adapted(item: Item) -> Item:
    kept = {name: value for name, value in item.items() if name not in NOT_CITED}
    for name, value in kept.items():
        match value:
            case {"date-parts": [[year]], "season": season}:
                month = MONTH_BEFORE_SPRING + int(season)
                kept[name] = {"date-parts": [[year, month]]}
    if "version" in kept:
        # pandoc takes "1.1-35" for a range: “Versions 1.1–35”.
        kept["version"] = str(kept["version"]).replace("-", NON_BREAKING_HYPHEN)
    return kept
