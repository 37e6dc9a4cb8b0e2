"""The form with which readers make suggestions, and the page that thanks them."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casebase.change_tracking.decorators import transactional_view
from casebase.client_ip import client_ip_of
from casebase.desk.suggestions.forms import SuggestionForm
from casebase.desk.suggestions.models import Suggestion
from casebase.rate_limits.limits import RateLimit, seconds_until_reset
from casebase.request_checks import reject_form
from initiatives.models import Finding, Initiative


def rate_limit():
    return RateLimit(
        "suggestions", settings.SUGGESTIONS_PER_ADDRESS, settings.SUGGESTIONS_PER_HOUR
    )


def public_case(slug):
    """Return the published case with this slug or former slug. Raises Http404."""
    if case := Initiative.objects.published().with_current_or_former_slug(slug).first():
        return case
    raise Http404("There is no case at this address.")


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request, slug):
    """Show the form of a suggestion, or save one. Answers 429 if there are too many."""
    if request.method == "POST":
        # This takes one query, before the database is locked for writing.
        if rate_limit().is_exhausted(client_ip_of(request)):
            return rate_limit_response(request)
        return save_suggestion(request, slug)
    case = public_case(slug)
    if case.slug != slug:
        query = request.META["QUERY_STRING"]
        address = reverse("suggestions:suggest", args=[case.slug])
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    form = SuggestionForm(instance=new_suggestion(request, case))
    return form_page(request, case, form)


@transactional_view
def save_suggestion(request, slug):
    if not rate_limit().try_acquire(client_ip_of(request)):
        return rate_limit_response(request)
    case = public_case(slug)
    form = SuggestionForm(request.POST, instance=new_suggestion(request, case))
    if not form.is_valid():
        return form_page(request, case, form, status=400)
    if not form.is_from_robot:
        form.save()
    return redirect("suggestions:thanks", case.slug)


def rate_limit_response(request):
    return reject_form(request, 429, retry_after=seconds_until_reset())


def new_suggestion(request, case):
    """Return an unsaved suggestion on the case, or on the finding in ?finding=."""
    short_id = request.GET.get("finding", "").replace("\0", "")
    on_case = Finding.objects.published().filter(initiative=case)
    finding = on_case.filter(short_id=short_id).first()
    quoted = finding.statement if finding else ""
    return Suggestion(initiative=case, finding=finding, quoted=quoted)


def form_page(request, case, form, status=200):
    finding = form.instance.finding
    context = {"initiative": case, "finding": finding, "form": form}
    context["is_lost"] = bool(request.GET.get("finding")) and not finding
    return render(request, "suggestions/suggest.html", context, status=status)


@require_safe
def thanks(request, slug):
    return render(request, "suggestions/thanks.html", {"initiative": public_case(slug)})
