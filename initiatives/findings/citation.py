"""The page on which a reader cites a finding, and the files of that citation."""

from functools import wraps

from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from casebase.conditional_get import cache_until_changed
from casebase.history.models import Version
from initiatives.citation_page import Citable, citation_file, citation_page
from initiatives.findings.views import answer_missing_finding
from initiatives.models import Finding
from initiatives.record_metadata import finding_work


def with_public_finding(view):
    """Decorate a view that takes a finding, so that it takes the id of a public one.

    If there is none, the response is that of ``answer_missing_finding``.
    """

    @wraps(view)
    def wrapper(request, short_id, **kwargs):
        findings = Finding.objects.published().select_related("initiative", "concept")
        finding = findings.filter(short_id=short_id).first()
        if finding is None:
            return answer_missing_finding(request, short_id)
        return view(request, finding, **kwargs)

    return wrapper


def citable_finding(request, finding):
    """Return the finding as a part of the latest public version of its case."""
    case = finding.initiative
    latest = Version.objects.public_of(case).first()
    return Citable(
        app="findings",
        name=finding.short_id,
        heading="Cite this statement",
        work=finding_work(
            finding, latest and latest.number, request.build_absolute_uri
        ),
        crumbs=[
            ("Findings", reverse("findings:list")),
            (case.name, finding.get_absolute_url()),
        ],
        statement=finding.statement,
    )


@require_safe
@cache_until_changed
@with_public_finding
def finding_cite(request, finding):
    """Show the citation of a finding in the reader’s style, with files to download."""
    return citation_page(request, citable_finding(request, finding))


@require_safe
@vary_on_cookie
@with_public_finding
def finding_cite_file(request, finding, name, is_opened=False):
    return citation_file(request, citable_finding(request, finding), name, is_opened)
