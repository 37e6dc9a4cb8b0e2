"""The page, or one of its documents: what the reader asked for or likes better.

As resolvers of DOIs do it (https://citation.doi.org/docs.html): a page and what
describes it share one address, and the ``Accept`` header chooses. Of types that are
wanted equally the page wins, so that browsers and whoever takes anything (``*/*``)
always get it. Who wants none of what there is hears so: 406, with the list of types.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import MediaType
from django.shortcuts import render
from django.urls import register_converter
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri

from references.metadata.described import PAGE, Described
from references.metadata.links import Link, header
from references.styles.errors import (
    RenderError,
    UnknownLocaleError,
    UnknownStyleError,
)
from references.styles.files import as_text
from references.styles.index import DEFAULT

BIBLIOGRAPHY = "text/x-bibliography"
PLAIN = "text/plain; charset=utf-8"


class DocumentConverter:
    """The end of an address that names a document: “linkset.json”."""

    regex = r"[a-z-]+\.[a-z]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DocumentConverter, "document")


def answer[Subject](
    request: HttpRequest,
    described: Described,
    document: str,
    render_page: Callable[[HttpRequest, Described, Subject], HttpResponse],
    subject: Subject,
) -> HttpResponse:
    """The document that was named or is preferred, or the page of the subject.

    ``render_page(request, described, subject)`` is asked only for the page, which may
    cost far more than a document.
    """
    if document:
        return document_response(described, document)
    wanted = preferred(request, described)
    if wanted == PAGE:
        response = with_links(render_page(request, described, subject), described)
    else:
        response = instead_of_page(request, described, wanted)
    patch_vary_headers(response, ["Accept"])
    return response


def render_described(
    request: HttpRequest, described: Described, shown: tuple[str, dict[str, Any]]
) -> HttpResponse:
    """A page that a template and its context make."""
    template, context = shown
    return render(request, template, context | {"described": described})


def with_links(response: HttpResponse, described: Described) -> HttpResponse:
    response["Link"] = header(described.links)
    return response


def instead_of_page(
    request: HttpRequest, described: Described, wanted: str | None
) -> HttpResponse:
    if wanted is None:
        return refusal(described)
    if wanted == BIBLIOGRAPHY:
        return set_in_style(request, described)
    response = document_response(described, wanted)
    response["Content-Location"] = iri_to_uri(described.address_of(wanted))
    return response


def preferred(request: HttpRequest, described: Described) -> str | None:
    """PAGE, or the name of a document; None if the reader takes nothing we have."""
    if not request.accepted_types:
        return PAGE
    likings = {PAGE: liking(request, PAGE)}
    for name, document in described.documents.items():
        likings[name] = liking(request, document.media_type)
    asked = asked_bibliography(request)
    if asked and described.is_record:
        likings[BIBLIOGRAPHY] = float(asked.quality)
    best = max(likings, key=lambda name: likings[name])
    return best if likings[best] else None


def liking(request: HttpRequest, media_type: str) -> float:
    accepted = request.accepted_type(media_type)
    return float(accepted.quality) if accepted else 0.0


def document_response(described: Described, name: str) -> HttpResponse:
    if name not in described.documents:
        raise Http404("This page has no such document.")
    document = described.documents[name]
    content = b"".join(document.write(described))
    response = HttpResponse(content, content_type=document.content_type)
    page = Link("describes", described.address, PAGE)
    response["Link"] = header([page, *described.sets_of_links])
    return response


def asked_bibliography(request: HttpRequest) -> MediaType | None:
    """The ``Accept`` entry that asks for a citation: its style is a parameter."""
    for accepted in request.accepted_types:
        if f"{accepted.main_type}/{accepted.sub_type}" == BIBLIOGRAPHY:
            return accepted
    return None


def set_in_style(request: HttpRequest, described: Described) -> HttpResponse:
    """The page's own item as a line of text, as resolvers of DOIs set it."""
    asked = asked_bibliography(request)
    manner = asked.params if asked else {}
    style, locale = manner.get("style", DEFAULT), manner.get("locale", "en-GB")
    kind = f"{BIBLIOGRAPHY}; charset=utf-8"
    try:
        text = as_text(described.works[:1], style, locale)
    except (UnknownStyleError, UnknownLocaleError) as unknown:
        return HttpResponse(f"{unknown}\n", content_type=PLAIN, status=406)
    except RenderError as failed:
        return HttpResponse(f"{failed}\n", content_type=PLAIN, status=500)
    return HttpResponse(text, content_type=kind)


def refusal(described: Described) -> HttpResponse:
    documents = (document.media_type for document in described.documents.values())
    of_records = [BIBLIOGRAPHY] if described.is_record else []
    types = dict.fromkeys([PAGE, *documents, *of_records])
    sentence = "This address answers with one of these types:"
    text = "\n".join([sentence, *types, ""])
    return HttpResponse(text, content_type=PLAIN, status=406)
