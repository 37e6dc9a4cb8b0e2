"""The page of a handout, and its files."""

from functools import partial

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from casebase.conditional_get import cache_until_changed
from casebase.files.downloads import find_format
from initiatives.handout.choice import NamedChoice, choose_filtered, choose_named
from initiatives.handout.document import Basis
from initiatives.handout.files import FORMATS
from initiatives.handout.responses import file_response, page_response


@require_safe
@cache_until_changed
def handout(request):
    return respond(request, reverse("handout:page"), page_response)


@require_safe
@vary_on_cookie
def handout_file(request, name):
    find_format(FORMATS, name)
    path = reverse("handout:file", args=[name])
    return respond(request, path, partial(file_response, name=name))


def respond(request, path, build_response):
    """Return the response with the cases that the address names, or filters.

    ``path`` is that of the address, for names that cases no longer have.
    """
    named = NamedChoice(request.GET)
    if query := named.moved_query:
        return redirect(f"{path}?{query.urlencode()}", permanent=True)
    choice = choose_named(named) if named.names else choose_filtered(request.GET)
    return build_response(request, Basis(choice, reverse("handout:page")))
