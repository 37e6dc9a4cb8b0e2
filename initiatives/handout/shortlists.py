"""The handout of a shortlist: of the reader’s own, or of one behind a link."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from casebase.files.downloads import find_format
from casebase.kept.models import Kept
from casebase.kept.pages import kept_view
from casebase.response_headers import add_private_headers
from casebase.templatetags.text_filters import with_noun
from casebase.whole_numbers import read_number
from initiatives.handout.choice import choose_listed
from initiatives.handout.document import Basis
from initiatives.handout.files import FORMATS
from initiatives.handout.responses import file_response, page_response
from initiatives.models import Finding, Initiative
from initiatives.shortlist.cookies import read_shortlist
from initiatives.shortlist.items import LETTERS, Item, Shortlist
from initiatives.shortlist.stored import read_stored
from initiatives.since_kept import CASE

SHORTLIST: Any = Kept.Kind.SHORTLIST


@require_safe
def own_handout(request: HttpRequest, name: str = "") -> HttpResponse:
    shortlist, path = read_shortlist(request), reverse("handout:own")
    basis = build_basis(request, shortlist, path)
    return add_private_headers(respond(request, basis, name))


@kept_view(SHORTLIST)
def stored_handout(request: HttpRequest, kept: Kept, name: str = "") -> HttpResponse:
    """Answer through the read link alone: browsers print addresses of pages."""
    token = kept.read_token
    path = reverse("handout:stored", args=[token])
    if kept.can_change:
        return redirect(request.get_full_path().replace(kept.token, token))
    link = reverse("shortlist:stored", args=[token])
    basis = build_basis(request, read_stored(kept), path, link)
    return respond(request, basis, name)


def respond(request: HttpRequest, basis: Basis, name: str) -> HttpResponse:
    """Return the page, or the file in the format of this name."""
    build_response: Any = page_response
    if name:
        find_format(FORMATS, name)
        build_response = partial(file_response, name=name)
    response: HttpResponse = build_response(request, basis)
    return response


def build_basis(
    request: HttpRequest, shortlist: Shortlist, path: str, read_link: str = ""
) -> Basis:
    """Return the cases of a shortlist with the reader’s notes. Two queries."""
    items = {int(i.id[1:]): i for i in shortlist.items if LETTERS.get(i.id[0]) == CASE}
    found = Initiative.objects.reachable().in_bulk([*items])
    cases = [found[key] for key in items if key in found]
    gone = [item.title or "a case" for key, item in items.items() if key not in found]
    choice = choose_listed(
        cases,
        f"{with_noun(len(cases), 'case,cases')} of a shortlist",
        read_number(request.GET.get("page", ""), 1),
        gone,
    )
    notes = collect_notes(cases, items, shortlist.notes)
    return Basis(choice, path, notes, is_private=True, read_link=read_link)


def collect_notes(
    cases: Iterable[Any], items: Mapping[int, Item], notes: Mapping[str, str]
) -> dict[str, str]:
    """Return slug → the notes on a case and on statements of it. One query at most."""
    slugs = {case.pk: case.slug for case in cases}
    lines = defaultdict(list)
    for key, slug in slugs.items():
        if note := items[key].note:
            lines[slug].append(note)
    for finding in find_noted(slugs, notes):
        words = f"On “{finding.opening()}”: {notes[finding.short_id]}"
        lines[slugs[finding.initiative_id]].append(words)
    return {slug: "\n\n".join(some) for slug, some in lines.items()}


def find_noted(cases: Iterable[int], notes: Mapping[str, str]) -> Iterator[Any]:
    """Yield the public findings of these cases that have a note, in its order."""
    noted = [name for name in notes if name[0] not in LETTERS]
    if not noted:
        return
    public = Finding.objects.published().filter(initiative__in=cases)
    found = public.in_bulk(noted, field_name="short_id")
    yield from (found[name] for name in noted if name in found)
