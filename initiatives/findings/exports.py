"""Exports of findings: which findings, with what a file says of them."""

from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from casebase.lists.exports import ListExport
from initiatives.exports import describe_choices
from initiatives.findings.filters import FindingFilter
from initiatives.findings.formats import FORMATS, FindingSelection
from initiatives.models import Finding, Source

# The number of findings that are in memory at the same time.
CHUNK_SIZE = 500


def build_filter(query):
    """Return the filter form for a query, on all public statements."""
    return FindingFilter(query, Finding.objects.published().statements())


def build_selection(filterset, site):
    """Return the findings of a valid filter form, on all pages."""
    query = filterset.data.copy()
    query.pop("page", None)
    address = reverse("findings:list", query=query)
    return select_findings(filterset.matches, filterset.sentence, address, site)


def select_findings(findings, query_text, address, site):
    """Return the findings of a queryset, with what the file says of itself.

    They are fetched while the file is being written, by a fixed number of queries for
    each chunk.
    """
    sources = Source.objects.with_standing().prefetch_related("reference")
    findings = findings.prefetch_related(
        "initiative",
        "concept",
        Prefetch("strategies", to_attr="listed_strategies"),
        Prefetch("sources", sources, to_attr="listed_sources"),
    )
    return FindingSelection(
        findings=findings.iterator(chunk_size=CHUNK_SIZE),
        query_text=query_text,
        address=site + address,
        site=site,
        made_on=date.today(),
    )


def name_parts(filterset):
    """Return the parts of the name of a file: the chosen values, also of cases."""
    chosen = [*describe_choices(filterset), *describe_choices(filterset.cases)]
    return ["findings", *(chosen or ["all"])]


FINDING_EXPORT = ListExport(
    app="findings",
    formats=FORMATS,
    task="initiatives.findings.exports.write_file",
    build_filter=build_filter,
    build_selection=build_selection,
    name_parts=name_parts,
)
write_file = FINDING_EXPORT.write_file
