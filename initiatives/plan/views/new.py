"""To be written."""

from django.http import HttpResponse


def new_plan(request):
    return HttpResponse("To be written.")
