"""To be written."""

from django.http import HttpResponse

from casebase.kept.models import Kept
from casebase.kept.pages import kept_view


@kept_view(Kept.Kind.PLAN)
def links(request, kept):
    return HttpResponse("To be written.")
