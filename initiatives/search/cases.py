"""The searched texts of cases, read in bulk: one term may be used by very many."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from casebase.search.country_names import other_names
from casebase.search.documents import FOUND_BY, DocumentPart, Offer, address_of, filled
from casebase.search.searched_records import DocumentContent
from initiatives.models import Concept, Finding, Initiative, country_names

# Looked up here because Django's own way to a label takes longer than all the rest.
COUNTRIES: dict[str, str] = dict(country_names())
KINDS = {value: label.lower() for value, label in Finding.Kind.choices}


def read_cases(keys: Iterable[int]) -> Iterator[DocumentContent]:
    """Primary key, parts and offers of the published ones among these cases."""
    concepts, findings = concepts_of_cases(keys), findings_of_cases(keys)
    cases = Initiative.objects.published().prefetch_related(
        "service_areas", "involvements__organisation", "tags"
    )
    for case in cases.filter(pk__in=keys):
        about = [*case.service_areas.all(), *concepts[case.pk]]
        yield case.pk, case_parts(case, about, findings[case.pk]), case_offers(case)


def findings_of_cases(keys: Iterable[int]) -> dict[int, list[list[str]]]:
    """Case → its public findings in order: short id, kind, statement and response."""
    found = defaultdict(list)
    findings = Finding.objects.published().filter(initiative__in=keys)
    rows = findings.order_by("position", "pk").values_list(
        "initiative", "short_id", "kind", "statement", "response"
    )
    for case, *finding in rows:
        found[case].append(finding)
    return found


def concepts_of_cases(keys: Iterable[int]) -> dict[int, list[Any]]:
    """Case → the terms that its public findings are coded with, then the strategies."""
    terms, found = Concept.objects.in_bulk(), defaultdict(list)
    findings = Finding.objects.published().filter(initiative__in=keys)
    for name in ("concept", "strategies"):
        coded = findings.filter(**{f"{name}__isnull": False})
        rows = coded.order_by("position", "pk", name).values_list("initiative", name)
        for case, concept in rows:
            found[case].append(terms[concept])
    return found


def case_parts(
    case: Any, concepts: Iterable[Any], findings: Iterable[list[str]]
) -> list[DocumentPart]:
    """The texts of a case, of the terms it is about and of its public findings."""
    bodies = (involvement.organisation.name for involvement in case.involvements.all())
    return filled(
        [
            DocumentPart("A", "Name", case.name),
            *(DocumentPart("B", "Place", place) for place in places_of(case)),
            *(DocumentPart("B", FOUND_BY, name) for name in other_names(case.country)),
            *(DocumentPart("B", "Organisation", name) for name in bodies),
            *(part for concept in concepts for part in concept_parts(concept)),
            *(
                DocumentPart("B", "Tag", name)
                for name in sorted(map(str, case.tags.all()))
            ),
            DocumentPart("C", "Address", address_of(case)),
            DocumentPart("C", "Summary", case.summary),
            DocumentPart("C", "Challenge", case.challenge),
            DocumentPart("C", "Approach", case.approach),
            DocumentPart("C", "Who co-produces", case.co_producers),
            DocumentPart("C", "Whom it is for", "; ".join(case.target_groups)),
            *(part for finding in findings for part in _finding_parts(*finding)),
        ]
    )


def places_of(case: Any) -> list[str]:
    """The names of its places, some of which may be empty."""
    return [case.locality, case.region, _country(case)]


def _country(case: Any) -> str:
    """The name of its country, or the code if no country has it."""
    return str(COUNTRIES.get(case.country, case.country))


def concept_parts(concept: Any) -> Iterator[DocumentPart]:
    """Labelled with what the term is: “Kind of leadership”."""
    label = str(concept.words.singular).capitalize()
    for name in (concept.label, *concept.synonyms):
        yield DocumentPart("B", label, name)


def _finding_parts(
    short_id: str, kind: str, statement: str, response: str
) -> Iterator[DocumentPart]:
    yield DocumentPart("D", f"Finding, {KINDS[kind]}", statement, short_id)
    yield DocumentPart("D", f"Response, {KINDS[kind]}", response, short_id)


def case_offers(case: Any) -> list[Offer]:
    """The names of the case and of its places."""
    country = _country(case)
    places = dict.fromkeys(filter(None, [case.locality, case.region]))
    return [
        Offer("initiative", case.slug, case.name),
        *(Offer("place", place, f"{place}, {country}") for place in places),
        Offer("country", case.country, country),
    ]
