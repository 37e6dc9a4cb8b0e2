"""Which records are searched, read with all that their documents need.

A fixed number of queries for any number of records.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Prefetch

from initiatives.models import Concept, Finding, Initiative
from references.models import Reference
from search import documents


@dataclass(frozen=True)
class Source:
    """One kind of record: which readers may see, and what is searched of each."""

    visible: Callable
    parts: Callable
    offers: Callable


def published_cases():
    """What findings have comes as lists: a manager would set up a query for each."""
    strategies = Prefetch("strategies", to_attr="listed_strategies")
    findings = Finding.objects.published().prefetch_related("concept", strategies)
    return Initiative.objects.published().prefetch_related(
        Prefetch("findings", findings, to_attr="listed_findings"),
        "service_areas",
        "involvements__organisation",
        "tags",
    )


def works():
    return Reference.objects.with_contributors()


def terms():
    return Concept.objects.select_related("broader")


SOURCES = {
    "initiative": Source(published_cases, documents.case_parts, documents.case_offers),
    "reference": Source(works, documents.work_parts, documents.work_offers),
    "concept": Source(terms, documents.term_parts, documents.term_offers),
}
