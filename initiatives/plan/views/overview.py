"""Where a plan stands."""

from django.shortcuts import redirect

from casebase.kept.models import Kept
from casebase.kept.pages import kept_view


@kept_view(Kept.Kind.PLAN)
def overview(request, kept):
    return redirect("plan:start", kept.token)
