"""The page, or one of its documents: what the reader asked for or likes better.

As resolvers of DOIs do it (https://citation.doi.org/docs.html): a page and what
describes it share one address, and the ``Accept`` header chooses. Of types that are
wanted equally the page wins, so that browsers and whoever takes anything (``*/*``)
always get it. The whole of a list stands at addresses of its own, to which it leads.
Who wants none of what there is hears so: 406, with the list of types.
"""

from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import register_converter
from django.urls.converters import StringConverter
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.http import parse_header_parameters

from casebase.metadata.accept_header import MediaRange, media_ranges, weight_of
from casebase.metadata.page_description import ALIASES, OF_ITEM, PAGE, UTF_8, Described
from casebase.metadata.signposting import Link, header
from casebase.overload import SECONDS
from references.styles.bibliography_files import as_text
from references.styles.errors import (
    RenderError,
    UnknownLocaleError,
    UnknownStyleError,
)
from references.styles.style_search import DEFAULT

BIBLIOGRAPHY = "text/x-bibliography"
PLAIN = "text/plain; charset=utf-8"


# Django has no types, so mypy takes its classes for anything.
class DocumentConverter(StringConverter):  # type: ignore[misc]
    """The end of an address that names a document: “linkset.json”."""

    regex = r"[a-z-]+\.[a-z]+"


register_converter(DocumentConverter, "document")


# As above; Django has a class for 301, 302, 307 and 308, and none for 303.
class HttpResponseSeeOther(HttpResponseRedirect):  # type: ignore[misc]
    """What was asked for stands at another address: 303."""

    status_code = 303


class Offer(NamedTuple):
    """The page or a document, under one of the media types that it can be asked by.

    ``address`` is that of a file that stands elsewhere.
    """

    name: str
    media_type: str
    params: dict[str, str]
    is_alias: bool = False
    address: str = ""


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
    if wanted and wanted.name == PAGE:
        response = with_links(render_page(request, described, subject), described)
    else:
        response = instead_of_page(described, wanted)
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


def instead_of_page(described: Described, wanted: Offer | None) -> HttpResponse:
    if wanted is None:
        return refusal(described)
    if wanted.address:
        return HttpResponseSeeOther(iri_to_uri(wanted.address))
    if wanted.name == BIBLIOGRAPHY:
        return set_in_style(described, wanted.params)
    response = document_response(described, wanted.name)
    response["Content-Location"] = iri_to_uri(described.address_of(wanted.name))
    if wanted.is_alias:
        response["Content-Type"] = wanted.media_type + UTF_8
    return response


def preferred(request: HttpRequest, described: Described) -> Offer | None:
    """What is wanted most; None if the reader takes nothing we have."""
    asked = request.headers.get("Accept", "")
    ranges = list(media_ranges(asked if asked.strip(" ,\t") else "*/*"))
    weighed = [
        (weight_of(offer.media_type, offer.params, ranges), offer)
        for offer in offers(described, ranges)
    ]
    weight, best = max(weighed, key=itemgetter(0))
    return best if weight else None


def offers(described: Described, ranges: list[MediaRange]) -> Iterator[Offer]:
    """In the order of our own preference."""
    yield Offer(PAGE, PAGE, {})
    for name, document in described.documents.items():
        yield Offer(name, *parse_header_parameters(document.content_type))
        for alias in ALIASES.get(document.media_type, ()):
            yield Offer(name, alias, {}, is_alias=True)
    for link in described.files:
        for media_type in (link.type, *ALIASES.get(link.type, ())):
            yield Offer(link.title, media_type, {}, address=link.href)
    if described.is_record:
        # Style and language are parameters, of which none is unknown beforehand.
        asked = [each for each in ranges if each.type == BIBLIOGRAPHY]
        manner = max(asked, key=lambda each: each.weight).params if asked else {}
        yield Offer(BIBLIOGRAPHY, BIBLIOGRAPHY, manner)


def document_response(described: Described, name: str) -> HttpResponse:
    documents = {**described.documents, **(OF_ITEM if described.is_record else {})}
    if name not in documents:
        raise Http404("This page has no such document.")
    document = documents[name]
    content = b"".join(document.write(described))
    response = HttpResponse(content, content_type=document.content_type)
    page = Link("describes", described.address, PAGE)
    response["Link"] = header([page, *described.sets_of_links])
    return response


def set_in_style(described: Described, manner: dict[str, str]) -> HttpResponse:
    """The page's own item as a line of text, as resolvers of DOIs set it."""
    style, locale = manner.get("style", DEFAULT), manner.get("locale", "")
    kind = f"{BIBLIOGRAPHY}; charset=utf-8"
    try:
        text = as_text(described.works[:1], style, locale)
    except (UnknownStyleError, UnknownLocaleError) as unknown:
        return HttpResponse(f"{unknown}\n", content_type=PLAIN, status=406)
    except RenderError as failed:
        later = {"Retry-After": str(SECONDS)}
        words = f"{failed}\n"
        return HttpResponse(words, content_type=PLAIN, status=503, headers=later)
    return HttpResponse(text, content_type=kind)


def refusal(described: Described) -> HttpResponse:
    documents = (document.media_type for document in described.documents.values())
    files = (link.type for link in described.files)
    of_records = [BIBLIOGRAPHY] if described.is_record else []
    types = dict.fromkeys([PAGE, *documents, *files, *of_records])
    sentence = "This address answers with one of these types:"
    text = "\n".join([sentence, *types, ""])
    return HttpResponse(text, content_type=PLAIN, status=406)
