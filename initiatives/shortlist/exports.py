"""Files with the cases or the findings of a shortlist, in its order."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from casebase.files.downloads import download, find_format, refusal, site_of
from casebase.files.formats import file_name
from initiatives.exports import select_cases
from initiatives.findings.exports import select_findings
from initiatives.findings.formats import FORMATS as FINDING_FORMATS
from initiatives.formats import FORMATS as CASE_FORMATS
from initiatives.models import Finding, Initiative
from initiatives.shortlist.items import LETTERS, parse_ids
from initiatives.since_kept import CASE


@require_safe
def export_cases(request: HttpRequest, name: str) -> HttpResponse:
    ids = parse_ids(request.GET.get("items", ""))
    keys = [int(each[1:]) for each in ids if LETTERS.get(each[0]) == CASE]
    cases = in_order(Initiative.objects.published(), "pk", keys)
    file_format = find_format(CASE_FORMATS, name)
    return answer(request, file_format, cases, select_cases, "cases")


@require_safe
def export_findings(request: HttpRequest, name: str) -> HttpResponse:
    ids = parse_ids(request.GET.get("items", ""))
    findings = in_order(Finding.objects.published(), "short_id", ids)
    file_format = find_format(FINDING_FORMATS, name)
    return answer(request, file_format, findings, select_findings, "findings")


def in_order(records: QuerySet[Any], field: str, names: list[Any]) -> QuerySet[Any]:
    """Return the records with these values of a field, in their order."""
    place = Case(*(When(**{field: name}, then=n) for n, name in enumerate(names)))
    return records.filter(**{f"{field}__in": names}).order_by(place)


def answer(
    request: HttpRequest,
    file_format: Any,
    records: QuerySet[Any],
    select: Callable[..., Any],
    what: str,
) -> HttpResponse:
    if not (n := records.count()):
        return refusal([f"The address names no public {what}."], 404)
    site = site_of(request)
    address = reverse("shortlist:list")
    selection = select(records, f"{what} of a shortlist", address, site)
    return download(
        request,
        file_format.write(selection),
        n=n,
        media_type=file_format.media_type,
        name=file_name(["shortlist", what], file_format.extension),
    )
