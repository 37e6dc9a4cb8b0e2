"""The searched texts of cases, read in bulk: one term may be used by very many.

Columns are read instead of models, which would take longer than all the rest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from casebase.search.country_names import other_names
from casebase.search.documents import (
    FOUND_BY,
    DocumentPart,
    Offer,
    address_pattern,
    filled,
)
from casebase.search.searched_records import DocumentContent
from initiatives.models import (
    Concept,
    Finding,
    Initiative,
    Involvement,
    TaggedInitiative,
    country_names,
)
from initiatives.schemes import SCHEMES

# Looked up here because Django's own way to a label takes longer than all the rest.
COUNTRIES: dict[str, str] = dict(country_names())
KINDS = {value: label.lower() for value, label in Finding.Kind.choices}
PLACE = ("locality", "region", "country")
TEXTS = ("summary", "challenge", "approach", "co_producers", "target_groups")

# Primary key of a case → parts of its document.
type PartsByCase = defaultdict[int, list[DocumentPart]]


def read_cases(keys: Iterable[int]) -> Iterator[DocumentContent]:
    """Primary key, parts and offers of the published ones among these cases."""
    concepts, findings = concepts_of_cases(keys), findings_of_cases(keys)
    bodies, tags = bodies_of_cases(keys), tags_of_cases(keys)
    address = address_pattern("initiatives:detail")
    cases = Initiative.objects.published().filter(pk__in=keys)
    for case in cases.values_list("pk", "slug", "name", *PLACE, *TEXTS, named=True):
        parts = [
            DocumentPart("A", "Name", case.name),
            *place_parts(case),
            *bodies[case.pk],
            *concepts[case.pk],
            *tags[case.pk],
            DocumentPart("C", "Address", address(case.slug)),
            *text_parts(case),
            *findings[case.pk],
        ]
        yield case.pk, filled(parts), case_offers(case)


def findings_of_cases(keys: Iterable[int]) -> PartsByCase:
    """The statements and responses of their public findings, in order.

    The cases are known to be published: to look that up, PostgreSQL would read all.
    """
    found: PartsByCase = defaultdict(list)
    findings = Finding.objects.sourced().filter(initiative__in=keys)
    rows = findings.order_by("position", "pk").values_list(
        "initiative", "short_id", "kind", "statement", "response"
    )
    for case, short_id, kind, statement, response in rows:
        found[case] += [
            DocumentPart("D", f"Finding, {KINDS[kind]}", statement, short_id),
            DocumentPart("D", f"Response, {KINDS[kind]}", response, short_id),
        ]
    return found


def concepts_of_cases(keys: Iterable[int]) -> PartsByCase:
    """Their service areas, the terms that their public findings are coded with, then
    the strategies."""
    terms = parts_of_concepts()
    found: PartsByCase = defaultdict(list)
    cases = Initiative.objects.filter(pk__in=keys, service_areas__isnull=False)
    areas = cases.order_by("pk").values_list("pk", "service_areas")
    order = {concept: place for place, concept in enumerate(terms)}
    for case, concept in sorted(areas, key=lambda row: order[row[1]]):
        found[case] += terms[concept]
    findings = Finding.objects.sourced().filter(initiative__in=keys)
    for name in ("concept", "strategies"):
        coded = findings.filter(**{f"{name}__isnull": False})
        rows = coded.order_by("position", "pk", name).values_list("initiative", name)
        for case, concept in rows:
            found[case] += terms[concept]
    return found


def parts_of_concepts() -> dict[int, list[DocumentPart]]:
    """The names of each term, labelled with what it is: “Kind of leadership”.

    In the order of terms: primary key → parts.
    """
    rows = Concept.objects.values_list("pk", "scheme", "label", "synonyms")
    labels = {slug: str(words.singular) for slug, words in SCHEMES.items()}
    return {
        key: [
            DocumentPart("B", labels[scheme].capitalize(), name)
            for name in (label, *synonyms)
        ]
        for key, scheme, label, synonyms in rows
    }


def bodies_of_cases(keys: Iterable[int]) -> PartsByCase:
    found: PartsByCase = defaultdict(list)
    rows = Involvement.objects.filter(initiative__in=keys).order_by("position", "pk")
    for case, name in rows.values_list("initiative", "organisation__name"):
        found[case].append(DocumentPart("B", "Organisation", name))
    return found


def tags_of_cases(keys: Iterable[int]) -> PartsByCase:
    found: PartsByCase = defaultdict(list)
    rows = TaggedInitiative.objects.filter(content_object__in=keys)
    for case, name in sorted(rows.values_list("content_object", "tag__name")):
        found[case].append(DocumentPart("B", "Tag", name))
    return found


def place_parts(case: Any) -> list[DocumentPart]:
    """The names of its places, some of which may be empty."""
    names = other_names(case.country)
    return [
        DocumentPart("B", "Place", case.locality),
        DocumentPart("B", "Place", case.region),
        DocumentPart("B", "Place", _country(case)),
        *(DocumentPart("B", FOUND_BY, name) for name in names),
    ]


def _country(case: Any) -> str:
    """The name of its country, or the code if no country has it."""
    return str(COUNTRIES.get(case.country, case.country))


def text_parts(case: Any) -> Sequence[DocumentPart]:
    """What the case says of itself."""
    return (
        DocumentPart("C", "Summary", case.summary),
        DocumentPart("C", "Challenge", case.challenge),
        DocumentPart("C", "Approach", case.approach),
        DocumentPart("C", "Who co-produces", case.co_producers),
        DocumentPart("C", "Whom it is for", "; ".join(case.target_groups)),
    )


def case_offers(case: Any) -> list[Offer]:
    """The names of the case and of its places."""
    country = _country(case)
    places = dict.fromkeys(filter(None, [case.locality, case.region]))
    return [
        Offer("initiative", case.slug, case.name),
        *(Offer("place", place, f"{place}, {country}") for place in places),
        Offer("country", case.country, country),
    ]
