"""What an address says of a plan that is to begin: /plan/?barrier=mistrust&reach=nation

Values are those of the list of cases. What is not known is named, and not used.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import QueryDict

from initiatives.codebook import Codebook
from initiatives.models import Finding, Initiative, country_names
from initiatives.named_cases import NamedCases
from initiatives.plan.content import (
    FIELDS,
    MAX_SLUGS,
    PLACE_FIELDS,
    TERM_FIELDS,
    Start,
)
from initiatives.schemes import CODED_SCHEMES

# Kind of finding → the field that takes its terms from a case.
FIELDS_OF_KINDS = {kind: FIELDS[kind] for kind in CODED_SCHEMES if kind in FIELDS}


def choices_of(name: str) -> set[str]:
    if name == "country":
        return {code for code, _ in country_names()}
    choices = Initiative.Settlement if name == "settlement" else Initiative.Reach
    return set(choices.values)


class StartingCases(NamedCases):
    """The cases that a plan begins with, as many as a shortlist holds."""

    most = most_named = 50


class Prefill:
    """The start that an address describes.

    ``cases`` are the public cases that it is taken from: all their terms, and of their
    places what they share. ``unknown`` are texts as “barrier: fog” for what is not
    known.
    """

    def __init__(self, query: QueryDict, codebook: Codebook) -> None:
        self.codebook = codebook
        self.unknown: list[str] = []
        named = StartingCases(query)
        self.cases = [case for case in named.named if case.status == "published"]
        known = [named.found.get(name) in self.cases for name in named.names]
        self._note_unknown("case", named.names, known)
        self.values: dict[str, Any] = self._values_of_cases() if self.cases else {}
        for name in query:
            self._read(name, [value for value in query.getlist(name) if value])

    @property
    def start(self) -> Start:
        return Start(**self.values)

    def _values_of_cases(self) -> dict[str, Any]:
        prefetch_related_objects(self.cases, "service_areas")
        areas = (area.slug for case in self.cases for area in case.service_areas.all())
        slugs: dict[str, list[str]] = {field: [] for field in FIELDS_OF_KINDS.values()}
        coded = Finding.objects.published().filter(initiative__in=self.cases)
        coded = coded.filter(kind__in=FIELDS_OF_KINDS).order_by("position", "pk")
        for kind, slug in coded.values_list("kind", "concept__slug"):
            slugs[FIELDS_OF_KINDS[kind]].append(slug)
        slugs["service_areas"] = [*areas]
        terms = {field: unique(each) for field, each in slugs.items()}
        return terms | {name: self._shared(name) for name in PLACE_FIELDS}

    def _shared(self, name: str) -> str:
        """Return the value of a field that all cases have; empty if they differ."""
        values = {getattr(case, name) for case in self.cases}
        return values.pop() if len(values) == 1 else ""

    def _read(self, name: str, given: list[str]) -> None:
        if scheme := TERM_FIELDS.get(field := FIELDS.get(name, "")):
            terms = [self.codebook.by_slug.get((scheme, value)) for value in given]
            self._note_unknown(name, given, terms)
            self.values[field] = unique(term.slug for term in terms if term)
        elif field in PLACE_FIELDS:
            known = [value if value in choices_of(name) else None for value in given]
            self._note_unknown(name, given, known)
            self.values[name] = next(filter(None, known), "")
        elif name != "case":
            self._note_unknown(name, given, [None] * len(given))

    def _note_unknown(self, name: str, given: list[str], known: list[Any]) -> None:
        pairs = zip(given, known, strict=True)
        self.unknown += [f"{name}: {value}" for value, found in pairs if not found]


def unique(slugs: Iterable[str]) -> list[str]:
    """Return slugs, each once, as many as a field of the start holds."""
    return list(dict.fromkeys(slugs))[:MAX_SLUGS]
