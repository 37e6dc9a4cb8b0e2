"""The page of the reader’s own shortlist, and the form that changes it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from casebase.same_site import own_forms_only
from initiatives.shortlist.cookies import (
    Change,
    has_room,
    percent_of_room,
    read_last_change,
    read_shortlist,
    save_shortlist,
)
from initiatives.shortlist.forms import ListForm
from initiatives.shortlist.items import Shortlist, parse_ids
from initiatives.shortlist.keeping import FULL, NOT_PUBLIC
from initiatives.shortlist.page import ListPage

NOT_KEPT = {"full": FULL, "gone": NOT_PUBLIC}
TOO_LONG = (
    "Your notes are longer than a browser keeps. Nothing is lost: they stand below. "
    "Shorten them and save again, or get a link, which has room for far more."
)


@require_safe
def shortlist(request: HttpRequest) -> HttpResponse:
    """Show what the reader keeps, with the notes, and what can be done with it."""
    notice = NOT_KEPT.get(request.GET.get("not-kept", ""), "")
    return show(request, read_shortlist(request), {"notice": notice})


def show(
    request: HttpRequest, kept: Shortlist, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    page, change = ListPage(kept), read_last_change(request)
    context = {"page": page, "percent": percent_of_room(kept), "change": change}
    context["change_name"] = change and name_of(change, page)
    context["focus"] = request.GET.get("focus", "")
    response = render(request, "shortlist/list.html", context | more, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def name_of(change: Change, page: ListPage) -> str:
    """Return the name of what the last change was about; empty if it was about all."""
    if not change.item_id:
        return ""
    for entry in page.entries:
        if entry.item.id == change.item_id:
            return entry.name
    [entry] = Shortlist.from_ids([change.item_id]).entries()
    return entry.name


@require_POST
@own_forms_only
def change(request: HttpRequest) -> HttpResponse:
    """Change the shortlist as the form says. What was typed is saved in any case."""
    form, kept = ListForm.from_data(request.POST), read_shortlist(request)
    written = form.write_down(kept)
    last = read_last_change(request)
    if form.act == "undo" and last:
        changed, before = last.before, written
    else:
        changed = form.press(written)
        before = kept if form.act == "save" else written
    if not (has_room(changed) and has_room(before)):
        return show(request, written, {"error": TOO_LONG}, status=400)
    response = redirect(address_after(form, changed))
    if changed == before:
        return response
    done = Change(form.act, form.item_id, before)
    return save_shortlist(response, changed, done)


def address_after(form: ListForm, changed: Shortlist) -> str:
    """Return the address of the page, with the button that gets the focus."""
    stays = form.act in ("up", "down") and form.item_id in changed.ids
    query = {"focus": f"{form.act}-{form.item_id}"} if stays else {}
    return reverse("shortlist:list", query=query)


@require_POST
@own_forms_only
def add(request: HttpRequest) -> HttpResponse:
    """Add the items of another list to the reader’s own, with notes if they fit."""
    kept, ids = (
        read_shortlist(request),
        parse_ids(".".join(request.POST.getlist("items"))),
    )
    notes = {each: request.POST.get(f"note-{each}", "") for each in ids}
    changed = kept.adding(Shortlist.from_ids(ids, notes).items)
    if not has_room(changed):
        changed = kept.adding(Shortlist.from_ids(ids).items)
    is_whole = {*ids} <= {*changed.ids}
    query = {} if is_whole else {"not-kept": "full"}
    response = redirect(reverse("shortlist:list", query=query))
    return save_shortlist(response, changed, Change("add", "", kept))
