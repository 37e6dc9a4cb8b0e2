"""Where readers say what is wrong or missing."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from initiatives.models import Finding, Initiative
from suggestions.forms import SuggestionForm
from suggestions.models import Suggestion


def public_case(slug):
    if case := Initiative.objects.published().called(slug).first():
        return case
    raise Http404("There is no case at this address to say anything about.")


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request, slug):
    """The form; what comes back is in the queue, or stands in the form again."""
    case = public_case(slug)
    if case.slug != slug and request.method != "POST":
        query = request.META["QUERY_STRING"]
        address = reverse("suggestions:suggest", args=[case.slug])
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    short_id = request.GET.get("finding", "").replace("\0", "")
    on_case = Finding.objects.published().filter(initiative=case)
    finding = on_case.filter(short_id=short_id).first()
    suggestion = Suggestion(initiative=case, finding=finding)
    suggestion.quoted = finding.statement if finding else ""
    is_sent = request.method == "POST"
    form = SuggestionForm(request.POST if is_sent else None, instance=suggestion)
    if form.is_valid():
        if not form.is_of_robot:
            Suggestion.objects.forget_old()
            form.save()
        return redirect("suggestions:thanks", case.slug)
    context = {"initiative": case, "finding": finding, "form": form}
    context["is_lost"] = bool(short_id) and not finding
    status = 400 if is_sent else 200
    return render(request, "suggestions/suggest.html", context, status=status)


@require_safe
def thanks(request, slug):
    return render(request, "suggestions/thanks.html", {"initiative": public_case(slug)})
