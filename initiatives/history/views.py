"""The public history: the versions of a published case.

Readers see only versions that were public at the time, and not who made them or why.
"""

from dataclasses import replace
from functools import partial

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from casebase.history.models import Version
from casebase.history.pages import ON_A_PAGE, steps_on
from casebase.metadata.negotiation import negotiate_response
from casebase.metadata.signposting import Link
from initiatives.case_page import CasePage
from initiatives.history.historical_case import build_historical_case
from initiatives.models import Initiative
from initiatives.record_metadata import describe_case
from initiatives.views import answer_missing_case, render_case_page


@require_safe
def case_history(request, slug):
    """The public versions of a case, the latest first, and what changed in each."""
    case = Initiative.objects.published().filter(slug=slug).first()
    if case is None:
        return answer_missing_case(request, slug, "history/")
    versions = Version.objects.public_of(case)
    page = Paginator(versions, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"initiative": case, "page": page, "steps": steps_on(page, versions)}
    return render(request, "history/case.html", context)


@require_safe
@vary_on_cookie
def case_version(request, slug, number, document=""):
    """Show a version of a case; its canonical address is that of the current case."""
    case = Initiative.objects.published().filter(slug=slug).first()
    if case is None:
        return answer_missing_case(request, slug, f"v/{number}/{document}")
    versions = Version.objects.public_of(case)
    version = versions.filter(number=number).first()
    if version is None:
        raise Http404("This case has no public version of this number.")
    page = CasePage(build_historical_case(version, case))
    works = [work.reference for work in [*page.works, *page.other_works]]
    absolute = request.build_absolute_uri
    described = describe_case(page.initiative, works, absolute)
    links = [
        Link(rel, absolute(path)) for rel, path in version_links(case, versions, number)
    ]
    described = replace(described, more_links=[*described.more_links, *links])
    shown = {
        "version": version,
        "case": case,
        "canonical": absolute(case.get_absolute_url()),
    }
    render_page = partial(render_case_page, **shown)
    return negotiate_response(request, described, document, render_page, page)


def version_links(case, versions, number):
    """Pairs of a relation and an address, https://www.rfc-editor.org/rfc/rfc5829"""
    yield "latest-version", case.get_absolute_url()
    yield "version-history", reverse("history:case", args=[case.slug])
    numbers = list(versions.values_list("number", flat=True))
    place = numbers.index(number)
    for rel, near in (
        ("successor-version", numbers[max(place - 1, 0) : place]),
        ("predecessor-version", numbers[place + 1 : place + 2]),
    ):
        for other in near:
            yield rel, reverse("history:version", args=[case.slug, other])
