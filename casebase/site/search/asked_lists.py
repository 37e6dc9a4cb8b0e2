"""Lists that a text asks for by naming values of filters: “Who did this in a village?”

They are suggested beside the results and never replace them.
"""

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from casebase.search.country_names import CONTINENTS, other_names
from casebase.site.search.naming import is_named, stems_of
from initiatives.case_page import KIND_TITLES
from initiatives.filters import InitiativeFilter
from initiatives.findings.filters import FindingFilter
from initiatives.models import Finding, Initiative, country_names

# Filter → value → what people call it besides the label of the value.
NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "kind": {
        "cost": ("price", "expense"),
        "outcome": ("impact",),
        "spread": ("scaling up", "scale up", "roll out"),
        "lesson": ("lessons learned", "learned"),
        "negative-effect": ("harm", "side effect", "unintended consequence"),
    },
    "settlement": {
        "large-city": ("city", "urban", "metropolis"),
        "city": ("urban",),
        "rural": ("rural", "village", "countryside"),
    },
    "reach": {"municipality": ("citywide",), "nation": ("nationwide",)},
    "country": {},
}
# A region is a settlement and a reach, and both have one stem.
UNNAMED = {("settlement", "region")}


@dataclass(frozen=True)
class AskedList:
    """A list, and what it holds: “16 findings on savings”."""

    sentence: str
    address: str


def asked_lists(text: str) -> list[AskedList]:
    """Return the lists that a text asks for, without those that are empty.

    That with all filters comes first, then those with one of them each.
    """
    asked = stems_of(text)
    named = [
        value for value, names in names_of_values().items() if is_named(asked, names)
    ]
    filters = dict.fromkeys(name for name, _ in named)
    single = [[pair for pair in named if pair[0] == name] for name in filters]
    queries = [named, *single] if len(single) > 1 else single
    lists = map(build_list, queries)
    return [one for one in lists if one]


@cache
def names_of_values() -> dict[tuple[str, str], list[str]]:
    """Return filter and value → the names of the value."""
    choices: dict[str, Any] = {
        "kind": KIND_TITLES.items(),
        "settlement": Initiative.Settlement.choices,
        "reach": Initiative.Reach.choices,
        "country": country_names(),
    }
    names = {
        (name, value): [label, *NAMES[name].get(value, ())]
        for name, values in choices.items()
        for value, label in values
        if (name, value) not in UNNAMED
    }
    continents = {*chain.from_iterable(CONTINENTS.values())}
    for code, _ in country_names():
        names["country", code] += {*other_names(code)} - continents
    return names


def build_list(pairs: list[tuple[str, str]]) -> AskedList | None:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    if "kind" in query:
        statements = Finding.objects.published().statements()
        shown, view = FindingFilter(query, statements), "findings:list"
    else:
        cases = Initiative.objects.published()
        shown, view = InitiativeFilter(query, cases), "initiatives:list"
    if not shown.matching_keys:
        return None
    return AskedList(shown.sentence, reverse(view) + shown.query)
