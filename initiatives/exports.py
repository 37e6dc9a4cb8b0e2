"""Sets of cases as files: which cases, what is read for them, what a file is called."""

from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import slugify

from initiatives.filters import InitiativeFilter, TermFilter
from initiatives.formats.as_records import WITH_RECORD
from initiatives.formats.selection import Selection
from initiatives.models import Concept, Finding, Initiative, Source

# Cases that are in memory at a time.
CHUNK = 100
MOST_SIGNS = 100


def chosen_cases(query):
    """The filter form of the list of cases for a query, on all that is public."""
    cases = Initiative.objects.published()
    if query.get("sort") == "findings":
        cases = cases.with_finding_counts()
    return InitiativeFilter(query, cases)


def complaints(filterset):
    """Why nothing is exported, a sentence each; nothing when all is well.

    A file has no place to say that a parameter had no effect, so that is refused too.
    """
    refused = [f"{label}: {error}" for label, error in filterset.refusals]
    return refused + [f"There is no filter “{name}”." for name in filterset.unknown]


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
    """“casebase-mistrust-germany-2026-11-24.csv”: set and date, in ASCII."""
    parts = [slugify(part) for part in choices(filterset)] or ["all"]
    end = f"-{date.today().isoformat()}.{extension}"
    stem = "-".join(filter(None, ["casebase", *parts]))
    return stem[: MOST_SIGNS - len(end)].rstrip("-") + end


def choices(filterset):
    """What is chosen: terms by their slugs, everything else in words."""
    for name in filterset.chosen:
        labels = filterset.labels(name)
        if isinstance(filterset.filters[name], TermFilter):
            yield from labels
        else:
            yield from (filterset.called(name, label) for label in labels.values())
