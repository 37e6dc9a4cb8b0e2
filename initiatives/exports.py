"""Sets of cases as files: which cases, what is read for them, what a file is called."""

from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from casebase import formats
from initiatives.filters import InitiativeFilter, TermFilter
from initiatives.formats.as_records import WITH_RECORD
from initiatives.formats.selection import Selection
from initiatives.models import Concept, Finding, Initiative, Source

# Cases that are in memory at a time.
CHUNK = 100


def chosen_cases(query):
    """The filter form of the list of cases for a query, on all that is public."""
    cases = Initiative.objects.published()
    if query.get("sort") == "findings":
        cases = cases.with_finding_counts()
    return InitiativeFilter(query, cases)


def selection_of(filterset, site):
    """The cases of a valid filter form, on all pages. Read when they are taken."""
    query = filterset.data.copy()
    query.pop("page", None)
    return Selection(
        cases=in_chunks(filterset.matches),
        terms=Concept.objects.select_related("broader"),
        words=filterset.sentence,
        address=site + reverse("initiatives:list", query=query),
        site=site,
        made_on=date.today(),
    )


def in_chunks(cases):
    """Cases with all that a record reads: a fixed number of queries for each chunk.

    What findings have comes as plain lists: a manager would set up a query for each.
    """
    sources = Source.objects.prefetch_related("reference")
    findings = Finding.objects.published().prefetch_related(
        "concept",
        Prefetch("strategies", to_attr="listed_strategies"),
        Prefetch("sources", sources, to_attr="listed_sources"),
    )
    cases = cases.prefetch_related(Prefetch("findings", findings), *WITH_RECORD)
    return cases.iterator(chunk_size=CHUNK)


def file_name(filterset, extension):
    """“casebase-mistrust-germany-2026-11-24.csv”."""
    return formats.file_name(list(choices(filterset)) or ["all"], extension)


def choices(filterset):
    """What is chosen: terms by their slugs, everything else in words."""
    for name in filterset.chosen:
        labels = filterset.labels(name)
        if isinstance(filterset.filters[name], TermFilter):
            yield from labels
        else:
            yield from (filterset.called(name, label) for label in labels.values())
