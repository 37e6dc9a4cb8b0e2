"""Exports of cases: which cases, with what they contain, under which file name."""

from dataclasses import replace
from datetime import date

from django.db.models import Prefetch
from django.http import QueryDict
from django.urls import reverse

from casebase.files import formats
from casebase.files.downloads import LARGE
from casebase.files.jobs import JobSpec, report_progress, start
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


def needs_job(filterset, form):
    """Whether a reader would wait too long for the first piece of this export."""
    return form.is_buffered and filterset.paginator.count > LARGE


def start_job(filterset, form, site):
    """The id of the job that writes the export. Raises ``BusyError``."""
    spec = JobSpec(
        task="initiatives.exports.write_file",
        kwargs={"query": filterset.query, "format_name": form.name, "site": site},
        total=filterset.paginator.count,
        file_name=file_name(filterset, form.extension),
        media_type=form.media_type,
        address=reverse("initiatives:export", args=[form.name]) + filterset.query,
    )
    return start(spec)


def write_file(file, report, *, query, format_name, site):
    """The task of the job."""
    filterset = chosen_cases(QueryDict(query.removeprefix("?")))
    selection = selection_of(filterset, site)
    selection = replace(selection, cases=report_progress(selection.cases, report))
    file.writelines(FORMATS[format_name].write(selection))


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
