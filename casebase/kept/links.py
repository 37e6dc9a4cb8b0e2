"""The page of the links of something kept: both of them, new ones, and deleting it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casebase.kept.models import Kept
from casebase.kept.pages import View, kept_view

# What is asked once more before it is done.
QUESTIONS = ("renew", "delete")


def links_view(kind: Any, opened: str, begun: str) -> View:
    """Return the view for things of this kind.

    ``opened`` is the name of the page that a link opens, ``begun`` of that on which
    another one begins.
    """

    @kept_view(kind, forms=True)
    def links(request: HttpRequest, kept: Kept) -> HttpResponse:
        if "_delete" in request.POST:
            kept.delete()
            context = {"kept": kept, "begun": reverse(begun)}
            return render(request, "kept/deleted.html", context)
        if "_renew" in request.POST:
            kept.make_links()
            kept.save()
            here, query = request.resolver_match.view_name, {"done": "renewed"}
            return redirect(reverse(here, args=[kept.token], query=query))
        return show_links(request, kept, opened)

    return links


def show_links(request: HttpRequest, kept: Kept, opened: str) -> HttpResponse:
    asked = request.GET.get("ask")
    context = {
        "kept": kept,
        "change_address": reverse(opened, args=[kept.token]),
        "read_address": reverse(opened, args=[kept.read_token]),
        "asked": asked if asked in QUESTIONS and kept.can_change else "",
        "is_renewed": kept.can_change and request.GET.get("done") == "renewed",
    }
    return render(request, "kept/links.html", context)
