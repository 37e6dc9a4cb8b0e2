"""The list of findings, its export, and the permanent address of each finding."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from casebase.conditional_get import cache_until_changed
from casebase.lists.responses import list_response
from initiatives.findings.exports import FINDING_EXPORT
from initiatives.findings.filters import FindingFilter
from initiatives.findings.metadata import describe_finding_list
from initiatives.findings.tombstones import find_last_case
from initiatives.list_charts import charts_of_findings
from initiatives.models import Finding


@require_safe
@cache_until_changed
@vary_on_headers("HX-Request")
def finding_list(request, document=""):
    findings = Finding.objects.published().statements().with_list_details()
    filterset = FindingFilter(request.GET, findings)
    return list_response(
        request,
        "findings/list.html",
        filterset,
        describe_finding_list,
        document,
        charts_of_findings,
    )


@require_safe
def finding_export(request, name):
    return FINDING_EXPORT.respond(request, name)


@require_safe
def finding_detail(request, short_id):
    """Redirect to the finding on the page of its case, as that is called now."""
    finding = Finding.objects.published().filter(short_id=short_id)
    finding = finding.select_related("initiative").first()
    if finding is None:
        return answer_missing_finding(request, short_id)
    return redirect(finding)


def answer_missing_finding(request, short_id):
    """Return 410 with where the finding went, if readers could see it once.

    Raises Http404 otherwise: hidden findings are like those that never were.
    """
    if (case := find_last_case(short_id)) is None:
        raise Http404("There is no finding at this address.")
    return render(request, "findings/gone.html", {"case": case}, status=410)
