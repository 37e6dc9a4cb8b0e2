"""Previews of a case for curators and for invited reviewers, before it is public."""

from datetime import date

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casebase.response_headers import add_private_headers
from initiatives.case_page import CasePage
from initiatives.models import Initiative, PreviewLink
from initiatives.record_metadata import describe_case
from initiatives.views import render_case_page


@require_safe
def case_preview(request, slug):
    """Preview a case for users who may view cases at the desk.

    Others get the same response whether or not there is such a case.
    """
    if not admin.site.has_permission(request):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if not request.user.has_perm("initiatives.view_initiative"):
        raise PermissionDenied
    case = Initiative.objects.with_current_or_former_slug(slug).first()
    if case is None:
        raise Http404("There is no case at this address.")
    if case.status == case.Status.PUBLISHED:
        return redirect(case)
    return render_preview(request, case)


@require_safe
def shared_preview(request, token):
    """Preview a case for everyone who has the link, until the case is public."""
    link = PreviewLink.objects.from_token(token)
    if link is None:
        reason = "This preview link is not valid. Check that you have copied all of it."
        return render(request, "404.html", {"reason": reason}, status=404)
    if link.initiative.was_public:
        return redirect(link.initiative)
    if not link.is_open:
        context = {"link": link}
        return render(request, "initiatives/preview_closed.html", context, status=410)
    link.record_use()
    return render_preview(request, link.initiative, link)


def render_preview(request, case, link=None):
    case = Initiative.objects.with_case_details().get(pk=case.pk)
    # The date that it would have if it were published today.
    case.revised_on = date.today()
    description = describe_case(case, [], request.build_absolute_uri)
    page = CasePage(case)
    return add_private_headers(
        render_case_page(request, description, page, is_preview=True, link=link)
    )
