"""Views of what readers keep, behind its links.

GET changes nothing but the day of the last opening: chat programs open links to show
what they lead to.

Django’s check for forms of other sites does not apply. Their sender would have to know
the token, and browsers don’t name the sender on a page without referrers.

Names of fields that readers don’t type into begin with “_”: the other texts of a form
are given back if it can’t be saved, because the links were replaced meanwhile.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casebase.change_tracking.decorators import transactional_view
from casebase.kept.models import Kept
from casebase.overload import give_form_back

type View = Callable[..., HttpResponse]


def kept_view(
    kind: Any, *, changes: bool = False, forms: bool = False, copies: bool = False
) -> Callable[[View], View]:
    """Decorate a view that takes what a link leads to, so that it takes the token.

    ``kind`` is one of Kept.Kind. A view that ``changes`` something needs the change
    link. One with ``forms`` can be read through both, but forms need the change link,
    too. One that ``copies`` takes forms through both, and leaves what is kept as it is.
    Each gets a locked row when a form is sent to it.
    """
    methods = ["GET", "HEAD", "POST"] if changes or forms or copies else ["GET", "HEAD"]

    def decorate(view: View) -> View:
        @wraps(view)
        def respond(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            kept = open_link(request, kind, token)
            needs_change = changes or (forms and request.method == "POST")
            if kept is None or (needs_change and not kept.can_change):
                return answer_missing(request, kind, kept)
            return view(request, kept, **kwargs)

        whole = csrf_exempt(require_http_methods(methods)(transactional_view(respond)))
        return give_form_back(whole)

    return decorate


def open_link(request: HttpRequest, kind: Any, token: str) -> Kept | None:
    """Return what the link leads to, locked if a form is sent to it."""
    kept = Kept.objects.from_token(kind, token)
    if kept and request.method == "POST":
        return kept.locked()
    if kept and request.method == "GET":
        kept.record_opening()
    return kept


def answer_missing(request: HttpRequest, kind: Any, kept: Kept | None) -> HttpResponse:
    """Return the page of a link that leads nowhere, or that may only be read.

    It is the same for links that never were, were replaced, were deleted or expired.
    """
    context = {"kind": Kept.Kind(kind), "kept": kept, "typed": typed_texts(request)}
    status = 403 if kept else 404
    return render(request, "kept/missing.html", context, status=status)


def typed_texts(request: HttpRequest) -> list[str]:
    """Return the texts of the form that was sent, if any; see above."""
    lists = request.POST.lists()
    texts = (text for name, values in lists if name[:1] != "_" for text in values)
    return [text for text in texts if text.strip()]
