"""What an address says of a plan that is to begin: /plan/?barrier=mistrust&reach=nation

Values are those of the list of cases. What is not known is named, and not used.
"""

from typing import Any

from django.http import QueryDict

from initiatives.codebook import Codebook
from initiatives.models import Finding, Initiative, country_names
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

    ``case`` is the public case that it is taken from, if any; ``unknown`` are texts as
    “barrier: fog” for what is not known.
    """

    def __init__(self, query: QueryDict, codebook: Codebook) -> None:
        self.query, self.codebook = query, codebook
        self.unknown: list[str] = []
        self.case = self._find_case()
        self.values: dict[str, Any] = self._values_of_case() if self.case else {}
        for name in query:
            self._read(name, [value for value in query.getlist(name) if value])

    @property
    def start(self) -> Start:
        return Start(**self.values)

    def _find_case(self) -> Any:
        if not (slug := self.query.get("case", "")):
            return None
        public = Initiative.objects.published()
        named = public.with_current_or_former_slug(slug.replace("\0", ""))
        if case := named.prefetch_related("service_areas").first():
            return case
        self.unknown.append(f"case: {slug}")
        return None

    def _values_of_case(self) -> dict[str, Any]:
        case = self.case
        values: dict[str, Any] = {field: [] for field in FIELDS_OF_KINDS.values()}
        coded = Finding.objects.published().filter(initiative=case)
        coded = coded.filter(kind__in=FIELDS_OF_KINDS).order_by("position", "pk")
        for kind, slug in coded.values_list("kind", "concept__slug"):
            if slug not in values[FIELDS_OF_KINDS[kind]]:
                values[FIELDS_OF_KINDS[kind]].append(slug)
        areas = [area.slug for area in case.service_areas.all()]
        places = {name: getattr(case, name) for name in ("settlement", "reach")}
        return values | places | {"service_areas": areas, "country": case.country}

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
