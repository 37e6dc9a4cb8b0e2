"""Sets of cases as files: which cases, what is read for them, what a file is called."""

from dataclasses import replace
from datetime import date

from django.db.models import Prefetch
from django.http import QueryDict
from django.urls import reverse

from casebase.files import formats
from casebase.files.downloads import LARGE
from casebase.files.jobs import Order, start, tracked
from initiatives.filters import InitiativeFilter, TermFilter
from initiatives.formats import FORMATS
from initiatives.formats.case_records import WITH_RECORD
from initiatives.formats.selection import Selection
from initiatives.models import Concept, Finding, Initiative, Source

# Cases that are in memory at a time.
CHUNK = 100


def chosen_cases(query):
    """The filter form of the list of cases for a query, on all that is public."""
    return InitiativeFilter(query, Initiative.objects.published())


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


def is_large(filterset, form):
    """Whether a reader would wait too long for the first piece of these cases."""
    return form.is_whole and filterset.paginator.count > LARGE


def begin_job(filterset, form, site):
    """The id of the job that writes them. Raises ``BusyError``."""
    given = {"query": filterset.query, "format": form.name, "site": site}
    order = Order(
        act="initiatives.exports.write_file",
        given=given,
        total=filterset.paginator.count,
        file_name=file_name(filterset, form.extension),
        media_type=form.media_type,
        address=reverse("initiatives:export", args=[form.name]) + filterset.query,
    )
    return start(order)


def write_file(given, file, report):
    """What the job does."""
    filterset = chosen_cases(QueryDict(given["query"].removeprefix("?")))
    selection = selection_of(filterset, given["site"])
    selection = replace(selection, cases=tracked(selection.cases, report))
    file.writelines(FORMATS[given["format"]].write(selection))


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
