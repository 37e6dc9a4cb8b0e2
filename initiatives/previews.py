"""A case as its page will look, for those who may see it before readers do."""

from datetime import date

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives.case_page import CasePage
from initiatives.models import Initiative, PreviewLink
from initiatives.record_metadata import describe_case
from initiatives.views import case_page

# Kept by nobody, found by nobody, and told to no address that it links to.
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@require_safe
def case_preview(request, slug):
    """For whoever may see cases at the desk; nobody else learns which there are."""
    if not admin.site.has_permission(request):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if not request.user.has_perm("initiatives.view_initiative"):
        raise PermissionDenied
    case = Initiative.objects.called(slug).first()
    if case is None:
        raise Http404("There is no case at this address.")
    if case.status == case.Status.PUBLISHED:
        return redirect(case)
    return preview(request, case)


@require_safe
def shared_preview(request, token):
    """For whoever was sent the link; it ends for good when the case is public."""
    link = PreviewLink.objects.signed(token)
    if link is None:
        reason = "This is no preview link of ours. Was its end cut off on the way?"
        return render(request, "404.html", {"reason": reason}, status=404)
    if link.initiative.was_public:
        return secluded(redirect(link.initiative))
    if not link.is_open:
        context = {"link": link}
        closed = render(request, "initiatives/preview_closed.html", context, status=410)
        return secluded(closed)
    link.note_use()
    return preview(request, link.initiative, link)


def preview(request, case, link=None):
    case = Initiative.objects.with_case_details().get(pk=case.pk)
    # As it would be dated if it were published today.
    case.revised_on = date.today()
    description = describe_case(case, [], request.build_absolute_uri)
    page = CasePage(case)
    return secluded(case_page(request, description, page, is_preview=True, link=link))


def secluded(response):
    for name, value in HEADERS.items():
        response[name] = value
    return response
