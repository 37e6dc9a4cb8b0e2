"""Which records are searched, read with all that their documents say.

A fixed number of queries for any number of records, and few objects: a change of one
term may touch very many cases.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from casebase.search import documents
from initiatives.models import Concept, Finding, Initiative
from references.models import Reference


@dataclass(frozen=True)
class Source:
    """One kind of record: those that readers may see, and how some are read.

    ``read(keys)`` gives primary key, parts and offers of those that are visible.
    """

    visible: Callable
    read: Callable


def read_cases(keys):
    concepts, findings = concepts_of_cases(keys), findings_of_cases(keys)
    cases = Initiative.objects.published().prefetch_related(
        "service_areas", "involvements__organisation", "tags"
    )
    for case in cases.filter(pk__in=keys):
        about = [*case.service_areas.all(), *concepts[case.pk]]
        parts = documents.case_parts(case, about, findings[case.pk])
        yield case.pk, parts, documents.case_offers(case)


def findings_of_cases(keys):
    """Case → (short id, kind, statement, response) of its public findings, in order."""
    found = defaultdict(list)
    findings = Finding.objects.published().filter(initiative__in=keys)
    rows = findings.order_by("position", "pk").values_list(
        "initiative", "short_id", "kind", "statement", "response"
    )
    for case, *finding in rows:
        found[case].append(finding)
    return found


def concepts_of_cases(keys):
    """Case → the terms that its public findings are coded with, then the strategies."""
    terms, found = Concept.objects.in_bulk(), defaultdict(list)
    findings = Finding.objects.published().filter(initiative__in=keys)
    for name in ("concept", "strategies"):
        coded = findings.filter(**{f"{name}__isnull": False})
        rows = coded.order_by("position", "pk", name).values_list("initiative", name)
        for case, concept in rows:
            found[case].append(terms[concept])
    return found


def read_works(keys):
    for work in Reference.objects.with_contributors().filter(pk__in=keys):
        yield work.pk, documents.work_parts(work), documents.work_offers(work)


def read_terms(keys):
    for term in Concept.objects.select_related("broader", "scheme").filter(pk__in=keys):
        yield term.pk, documents.term_parts(term), documents.term_offers(term)


SOURCES = {
    "initiative": Source(Initiative.objects.published, read_cases),
    "reference": Source(Reference.objects.all, read_works),
    "concept": Source(Concept.objects.all, read_terms),
}
