"""The buttons “Keep” of all pages: what they send, and what is kept then."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casebase.same_site import own_forms_only
from initiatives.shortlist.cookies import (
    Change,
    read_ids,
    read_shortlist,
    save_shortlist,
)
from initiatives.shortlist.items import MOST, Item, Shortlist, parse_ids

FULL = (
    f"Your shortlist is full: it holds {MOST}. Take something off it, or get a link "
    "for it and begin a new one."
)
NOT_PUBLIC = "This is not public any more, so that it can’t be kept."


@require_POST
@own_forms_only
def keep(request: HttpRequest) -> HttpResponse:
    """Keep something, or take it off: “keep” or “drop” has its id.

    The reader goes back to where the button was. A script that asks for JSON gets what
    is kept then, and a sentence.
    """
    act = "drop" if "drop" in request.POST else "keep"
    item_ids = parse_ids(request.POST.get(act, ""))[:1]
    shortlist = read_shortlist(request)
    problem = "" if act == "drop" else problem_with(shortlist, item_ids)
    changed = shortlist if problem else change_kept(shortlist, act, item_ids)
    response = answer(request, changed, problem, item_ids)
    if changed.ids != shortlist.ids:
        save_shortlist(response, changed, Change(act, item_ids[0], shortlist))
    return response


def problem_with(shortlist: Shortlist, item_ids: list[str]) -> str:
    """Return why these can’t be kept, or nothing."""
    if {*item_ids} <= {*shortlist.ids} and item_ids:
        return ""
    entries = Shortlist.from_ids(item_ids).entries()
    if not entries or not all(entry.since.is_public for entry in entries):
        return NOT_PUBLIC
    return FULL if shortlist.is_full else ""


def change_kept(shortlist: Shortlist, act: str, item_ids: list[str]) -> Shortlist:
    if act == "keep":
        return shortlist.adding(Item(id=each) for each in item_ids)
    for each in item_ids:
        shortlist = shortlist.without(each)
    return shortlist


def answer(
    request: HttpRequest, shortlist: Shortlist, problem: str, item_ids: list[str]
) -> HttpResponse:
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"ids": shortlist.ids, "problem": problem})
    if problem:
        reason = "full" if problem == FULL else "gone"
        return redirect(reverse("shortlist:list", query={"not-kept": reason}))
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect("shortlist:list")
    anchor = f"#keep-{item_ids[0]}" if item_ids else ""
    return redirect(f"{urlsplit(back)._replace(fragment='').geturl()}{anchor}")


@require_safe
@never_cache
def kept_ids(request: HttpRequest) -> HttpResponse:
    """Return the ids of what is kept, for a page that the browser kept meanwhile."""
    return JsonResponse({"ids": read_ids(request)})
