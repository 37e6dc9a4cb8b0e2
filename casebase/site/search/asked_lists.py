"""Lists that a text asks for by naming values of filters: “Who did this in a village?”

They are suggested beside the results and never replace them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from casebase.facets.snapshot import Snapshot
from casebase.facets.snapshot_cache import current_snapshot
from casebase.search.country_names import CONTINENTS, other_names
from casebase.site.search.naming import is_named, stems_of
from initiatives.case_page import KIND_TITLES
from initiatives.facets import case_index
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
    "country": {"US": ("USA",)},
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
    snapshot = current_snapshot()
    named = list(named_values(stems_of(text), snapshot))
    names = dict.fromkeys(name for name, _ in named)
    single = [[pair for pair in named if pair[0] == name] for name in names]
    queries = [named, *single] if len(single) > 1 else single
    lists = (build_list(pairs, snapshot) for pairs in queries)
    return [one for one in lists if one]


def named_values(asked: frozenset[str], snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield filters and those of their values that the stems of a text name."""
    choices: dict[str, Any] = {
        "kind": KIND_TITLES.items(),
        "settlement": Initiative.Settlement.choices,
        "reach": Initiative.Reach.choices,
        "country": _countries_with_cases(snapshot),
    }
    for name, values in choices.items():
        for value, label in values:
            others = _other_names(name, value)
            is_unnamed = (name, value) in UNNAMED
            if not is_unnamed and is_named(asked, [label, *others]):
                yield name, value


def _countries_with_cases(snapshot: Snapshot) -> list[tuple[str, str]]:
    index = case_index(snapshot)
    counts = index.facets["country"].counts(index.all_keys)
    return [pair for pair in country_names() if counts.get(pair[0])]


@cache
def _other_names(name: str, value: str) -> list[str]:
    names = [*NAMES[name].get(value, ())]
    if name == "country":
        continents = {*chain.from_iterable(CONTINENTS.values())}
        names += [one for one in other_names(value) if one not in continents]
    return names


def build_list(
    pairs: list[tuple[str, str]], snapshot: Snapshot
) -> AskedList | None:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    if "kind" in query:
        statements = Finding.objects.published().statements()
        shown, view = FindingFilter(query, statements, snapshot), "findings:list"
    else:
        cases = Initiative.objects.published()
        shown, view = InitiativeFilter(query, cases, snapshot), "initiatives:list"
    if not shown.matching_keys:
        return None
    return AskedList(shown.sentence, reverse(view) + shown.query)
