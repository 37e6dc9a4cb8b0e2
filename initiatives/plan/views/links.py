"""Both links of a plan, until when it is kept, new links, and deleting it."""

from django.shortcuts import redirect, render
from django.urls import reverse

from casebase.kept.models import Kept
from casebase.kept.pages import kept_view
from initiatives.plan.page import PlanPage

# What is asked once more before it is done.
QUESTIONS = ("renew", "delete")


@kept_view(Kept.Kind.PLAN, forms=True)
def links(request, kept):
    if request.method == "POST":
        return change_links(request, kept)
    asked = request.GET.get("ask")
    context = {
        "page": PlanPage(kept, "links"),
        "asked": asked if asked in QUESTIONS and kept.can_change else "",
        "done": request.GET,
    }
    return render(request, "plan/links.html", context)


def change_links(request, kept):
    """Delete the plan or replace its links, as the button says that was pressed."""
    if "_delete" in request.POST:
        kept.delete()
        return redirect(f"{reverse('plan:new')}?deleted=1")
    if "_renew" in request.POST:
        kept.make_links()
        kept.save()
        return redirect(f"{reverse('plan:links', args=[kept.token])}?done=renewed")
    return redirect(request.path)
