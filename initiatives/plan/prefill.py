"""What an address says of a plan that is to begin: /plan/?barrier=mistrust&reach=nation

Values are those of the list of cases. What is not known is named, and not used.
"""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import QueryDict

from initiatives.codebook import Codebook
from initiatives.models import Finding, Initiative, country_names
from initiatives.named_cases import NamedCases
from initiatives.plan.content import Start

# Parameter → field of the start and scheme, or its possible values.
TERMS = {
    "service-area": ("service_areas", "service-areas"),
    "mode": ("modes", "modes"),
    "barrier": ("barriers", "barriers"),
    "risk": ("risks", "risks"),
}
# Kind of finding → the field that takes its terms from a case.
FIELDS_OF_KINDS = {"mode": "modes", "barrier": "barriers", "risk": "risks"}
# What the page itself has in its address.
OWN = {"deleted"}


def choices_of(name: str) -> set[str]:
    if name == "country":
        return {code for code, _ in country_names()}
    choices = Initiative.Settlement if name == "settlement" else Initiative.Reach
    return set(choices.values)


class Prefill:
    """The start that an address describes.

    ``cases`` are the public cases that it is taken from; ``unknown`` are texts as
    “barrier: fog” for what is not known.
    """

    def __init__(self, query: QueryDict, codebook: Codebook) -> None:
        self.query, self.codebook = query, codebook
        named = NamedCases(query)
        self.cases = [each for each in named.named if each.status == "published"]
        hidden = [each.slug for each in named.named if each not in self.cases]
        self.unknown = [f"case: {name}" for name in [*named.unknown, *hidden]]
        self.values: dict[str, Any] = self._values_of_cases() if self.cases else {}
        for name in query:
            self._read(name, [value for value in query.getlist(name) if value])

    @property
    def start(self) -> Start:
        return Start(**self.values)

    def _values_of_cases(self) -> dict[str, Any]:
        """Return the terms of all cases, and what they agree on of their places."""
        values: dict[str, Any] = {field: [] for field in FIELDS_OF_KINDS.values()}
        coded = Finding.objects.published().filter(initiative__in=self.cases)
        coded = coded.filter(kind__in=FIELDS_OF_KINDS).order_by("position", "pk")
        for kind, slug in coded.values_list("kind", "concept__slug"):
            if slug not in values[FIELDS_OF_KINDS[kind]]:
                values[FIELDS_OF_KINDS[kind]].append(slug)
        prefetch_related_objects(self.cases, "service_areas")
        areas = [area.slug for case in self.cases for area in case.service_areas.all()]
        for name in ("settlement", "reach", "country"):
            first, *others = {getattr(case, name) for case in self.cases}
            values[name] = "" if others else first
        return values | {"service_areas": list(dict.fromkeys(areas))}

    def _read(self, name: str, given: list[str]) -> None:
        if name in TERMS:
            field, scheme = TERMS[name]
            terms = [self.codebook.by_slug.get((scheme, value)) for value in given]
            self._note_unknown(name, given, terms)
            slugs = [term.slug for term in terms if term]
            self.values[field] = list(dict.fromkeys(slugs))[:100]
        elif name in ("settlement", "reach", "country"):
            known = [value if value in choices_of(name) else None for value in given]
            self._note_unknown(name, given, known)
            self.values[name] = next(filter(None, known), "")
        elif name not in OWN | {"case"}:
            self._note_unknown(name, given, [None] * len(given))

    def _note_unknown(self, name: str, given: list[str], known: list[Any]) -> None:
        pairs = zip(given, known, strict=True)
        self.unknown += [f"{name}: {value}" for value, found in pairs if not found]
