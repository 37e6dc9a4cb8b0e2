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
from initiatives.formats.case_serializers import WITH_EXPORT
from initiatives.formats.selection import Selection
from initiatives.models import Concept, Conflict, Finding, Initiative, Source

# The number of cases that are in memory at the same time.
CHUNK_SIZE = 100


def build_filter(query):
    """Return the filter form for a query, on all published cases."""
    return InitiativeFilter(query, Initiative.objects.published())


def build_selection(filterset, site):
    """Return the cases of a valid filter form, on all pages.

    They are fetched while the file is being written.
    """
    query = filterset.data.copy()
    query.pop("page", None)
    return Selection(
        cases=iterate_in_chunks(filterset.matches),
        terms=Concept.objects.select_related("broader"),
        query_text=filterset.sentence,
        address=site + reverse("initiatives:list", query=query),
        site=site,
        made_on=date.today(),
    )


def needs_job(filterset, file_format):
    """Whether a reader would wait too long for the first piece of this export."""
    return file_format.is_buffered and filterset.paginator.count > LARGE


def start_job(filterset, file_format, site):
    """Start a job that writes the file, and return its id. Raises BusyError."""
    spec = JobSpec(
        task="initiatives.exports.write_file",
        kwargs={
            "query": filterset.query,
            "format_name": file_format.name,
            "site": site,
        },
        total=filterset.paginator.count,
        file_name=file_name(filterset, file_format.extension),
        media_type=file_format.media_type,
        address=reverse("initiatives:export", args=[file_format.name])
        + filterset.query,
    )
    return start(spec)


def write_file(file, report, *, query, format_name, site):
    """Write the export, as the task of a job."""
    filterset = build_filter(QueryDict(query.removeprefix("?")))
    selection = build_selection(filterset, site)
    selection = replace(selection, cases=report_progress(selection.cases, report))
    file.writelines(FORMATS[format_name].write(selection))


def iterate_in_chunks(cases):
    """Yield cases with everything that an export reads.

    A fixed number of queries for each chunk. Strategies and sources of findings are
    prefetched as lists, because a manager would build a queryset for each finding.
    """
    sources = Source.objects.with_standing().prefetch_related("reference")
    findings = Finding.objects.published().prefetch_related(
        "concept",
        Prefetch("strategies", to_attr="listed_strategies"),
        Prefetch("sources", sources, to_attr="listed_sources"),
    )
    disputed = Finding.objects.published()
    conflicts = Conflict.objects.prefetch_related(
        Prefetch("findings", disputed, to_attr="listed_findings"),
        Prefetch("sources", sources),
    )
    cases = cases.prefetch_related(
        Prefetch("findings", findings), Prefetch("conflicts", conflicts), *WITH_EXPORT
    )
    return cases.iterator(chunk_size=CHUNK_SIZE)


def file_name(filterset, extension):
    """Return a name like “casebase-mistrust-germany-2026-11-24.csv”."""
    return formats.file_name(list(describe_choices(filterset)) or ["all"], extension)


def describe_choices(filterset):
    """Yield the chosen values: terms as slugs, others in words."""
    for name in filterset.chosen:
        labels = filterset.value_labels(name)
        if isinstance(filterset.filters[name], TermFilter):
            yield from labels
        else:
            yield from (
                filterset.choice_label(name, label) for label in labels.values()
            )
