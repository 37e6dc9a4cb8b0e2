"""CSL items, changed so that pandoc renders them correctly."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from references.formats.name_parser import OTHERS_CSL

Item = dict[str, Any]

# They are about the record: "Title taken from the address." 202 styles print a note.
UNCITED_VARIABLES = {"custom", "note"}
# The months 21 to 24 are the seasons; pandoc ignores the variable ``season``.
SEASON_MONTH_OFFSET = 20
NON_BREAKING_HYPHEN = "\u2011"
# The full stop of the second S in “S.-S.”; with it pandoc would print the hyphen.
HYPHENATED_INITIAL_STOP = re.compile(r"(?<=-\w)\.")


class EtAlRule(NamedTuple):
    """When a style shortens a list of names, and to how many.

    ``min_names`` is CSL's ``et-al-min``, ``names_shown`` its ``et-al-use-first``.
    """

    min_names: int
    names_shown: int


def adapt_items(
    items: Iterable[Item],
    *,
    joins_initials: bool,
    et_al_rule: EtAlRule,
) -> list[Item]:
    """Return the items in the same order, with new ids r000000, r000001, …

    If the sort keys of works are equal, pandoc lists them in the given order, but
    assigns the suffixes of “2012a” by id; so the ids must sort like the list. If a
    style joins initials, “S.-S.” becomes “SS”.
    """
    if joins_initials:
        items = map(join_initials, items)
    items = (shorten_names_before_others(item, et_al_rule) for item in items)
    return [adapt_item(item) | {"id": format_id(n)} for n, item in enumerate(items)]


def shorten_names_before_others(item: Item, et_al_rule: EtAlRule) -> Item:
    """Return the item with shortened lists of names, if they end with “others”.

    pandoc would print the word “others” if a style shows the last name, or if it shows
    more names to disambiguate works: https://github.com/jgm/citeproc/issues/102
    """
    roles = {role: item[role] for role in ("author", "editor") if role in item}
    return item | {
        role: [*names[: et_al_rule.names_shown], OTHERS_CSL]
        for role, names in roles.items()
        if names[-1:] == [OTHERS_CSL] and len(names) >= et_al_rule.min_names
    }


def join_initials(item: Item) -> Item:
    roles = {role: item[role] for role in ("author", "editor") if role in item}
    return item | {
        role: list(map(join_initials_of_name, names)) for role, names in roles.items()
    }


def join_initials_of_name(name: Item) -> Item:
    if "given" not in name:
        return name
    return name | {"given": HYPHENATED_INITIAL_STOP.sub("", name["given"])}


def format_id(position: int) -> str:
    return f"r{position:06}"


def parse_id(pandoc_id: str) -> int:
    """Return the position of the item in the list that ``adapt_items`` got."""
    return int(pandoc_id.removeprefix("r"))


def adapt_item(item: Item) -> Item:
    adapted = {
        name: value for name, value in item.items() if name not in UNCITED_VARIABLES
    }
    for name, value in adapted.items():
        match value:
            case {"date-parts": [[year]], "season": season}:
                month = SEASON_MONTH_OFFSET + int(season)
                adapted[name] = {"date-parts": [[year, month]]}
    if "version" in adapted:
        # pandoc takes "1.1-35" for a range: “Versions 1.1–35”.
        version = str(adapted["version"])
        adapted["version"] = version.replace("-", NON_BREAKING_HYPHEN)
    return adapted
