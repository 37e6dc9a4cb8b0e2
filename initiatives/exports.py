"""Exports of cases: which cases, with what they contain, under which file name."""

from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from casebase.lists.exports import ListExport
from initiatives.filters import InitiativeFilter
from initiatives.formats import FORMATS
from initiatives.formats.case_serializers import WITH_EXPORT
from initiatives.formats.selection import Selection
from initiatives.models import Concept, Conflict, Finding, Initiative, Source
from initiatives.term_filters import TermFilter

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
    address = reverse("initiatives:list", query=query)
    return select_cases(filterset.matches, filterset.sentence, address, site)


def select_cases(cases, query_text, address, site):
    """Return the cases of a queryset, with what the file says of itself."""
    return Selection(
        cases=iterate_in_chunks(cases),
        terms=Concept.objects.select_related("broader"),
        query_text=query_text,
        address=site + address,
        site=site,
        made_on=date.today(),
    )


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


def name_parts(filterset):
    """Return the parts of the name of a file: the chosen values."""
    return list(describe_choices(filterset)) or ["all"]


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


CASE_EXPORT = ListExport(
    app="initiatives",
    formats=FORMATS,
    task="initiatives.exports.write_file",
    build_filter=build_filter,
    build_selection=build_selection,
    name_parts=name_parts,
)
write_file, file_name = CASE_EXPORT.write_file, CASE_EXPORT.file_name
