"""The pages behind the two links of a stored shortlist, and how it gets them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casebase.change_tracking.decorators import transactional_view
from casebase.kept.limits import answer_if_too_many
from casebase.kept.models import Kept, Section, SectionChangedError
from casebase.kept.pages import kept_view
from casebase.same_site import own_forms_only
from initiatives.shortlist.conflicts import Conflict
from initiatives.shortlist.cookies import read_ids, read_shortlist
from initiatives.shortlist.forms import ListForm
from initiatives.shortlist.items import Shortlist, with_texts
from initiatives.shortlist.page import ListPage
from initiatives.shortlist.stored import SECTION, StoredList, dump, read_section, store
from initiatives.shortlist.views import show

SHORTLIST: Any = Kept.Kind.SHORTLIST


@require_POST
@own_forms_only
@transactional_view
def get_link(request: HttpRequest) -> HttpResponse:
    """Store the reader’s own shortlist, with the notes as they were typed."""
    form = ListForm.from_data(request.POST)
    shortlist = form.write_down(read_shortlist(request))
    if not shortlist:
        return redirect("shortlist:list")
    if refused := answer_if_too_many(request):
        return refused
    try:
        kept = store(shortlist)
    except ValidationError as error:
        more = {"error": " ".join(error.messages)}
        return show(request, shortlist, more, status=400)
    return redirect("shortlist:stored", kept.token)


@kept_view(SHORTLIST, forms=True)
def stored_list(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Show what is stored; through the change link, with the form that changes it."""
    if request.method == "POST":
        return save(request, kept)
    section = kept.section(SECTION)
    context = {"focus": request.GET.get("focus", "")}
    return show_stored(request, kept, read_section(section), section.version, context)


def show_stored(
    request: HttpRequest,
    kept: Kept,
    stored: StoredList,
    version: int,
    more: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    page, own = ListPage(stored.shortlist), read_ids(request)
    context = {
        "page": page,
        "kept": kept,
        "version": version,
        "removed": stored.removed,
        "change_address": reverse("shortlist:stored", args=[kept.token]),
        "read_address": reverse("shortlist:stored", args=[kept.read_token]),
        "n_own": len({*own} - {*stored.shortlist.ids}),
    }
    template = "change" if kept.can_change else "read"
    page_template = f"shortlist/{template}.html"
    return render(request, page_template, context | more, status=status)


def save(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Save the form, unless somebody saved another version since it was opened."""
    form, section = ListForm.from_data(request.POST), kept.section(SECTION)
    stored = read_section(section)
    changed = stored.changed_to(change_stored(request, form, stored))
    try:
        kept.save_section(SECTION, form.version, dump(changed))
    except SectionChangedError as error:
        return show_conflict(request, kept, form, error.stored)
    except ValidationError as error:
        more = {"error": " ".join(error.messages)}
        return show_stored(request, kept, changed, form.version, more, status=400)
    stays = form.act in ("up", "down")
    query = {"focus": f"{form.act}-{form.item_id}"} if stays else {}
    return redirect(reverse("shortlist:stored", args=[kept.token], query=query))


def change_stored(
    request: HttpRequest, form: ListForm, stored: StoredList
) -> Shortlist:
    """Return the shortlist as the form changes the stored one."""
    # What the stored list lacks stands in a form that was saved against another one.
    written = form.write_down(stored.with_items(form.ids))
    if form.act == "back":
        return stored.put_back(written)
    if form.act == "add":
        return with_texts(written.adding(read_shortlist(request).items))
    return form.press(written)


def show_conflict(
    request: HttpRequest, kept: Kept, form: ListForm, section: Section
) -> HttpResponse:
    """Show both: what was typed, and what somebody else saved meanwhile."""
    conflict = Conflict(form, read_section(section))
    both = StoredList(items=[*conflict.both.items])
    return show_stored(
        request, kept, both, section.version, {"conflict": conflict}, status=409
    )
