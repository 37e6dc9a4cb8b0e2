"""Content negotiation: a request gets the page, or one of its documents.

As at resolvers of DOIs (https://citation.doi.org/docs.html), a page and the documents
that describe it share one address, and the ``Accept`` header chooses. Of types that
are wanted equally the page wins, so browsers and clients that take anything (``*/*``)
always get it. The whole of a list has an address of its own, to which the list
redirects. A request that accepts none of the types gets 406 and a list of them.
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

from casebase.metadata.accept_header import MediaRange, parse_accept_header, weight_of
from casebase.metadata.page_description import HTML, PageDescription
from casebase.metadata.signposting import Link, format_link_header

PLAIN = "text/plain; charset=utf-8"


# Django has no types, so mypy takes its classes for anything.
class DocumentConverter(StringConverter):  # type: ignore[misc]
    """The end of an address that names a document: “linkset.json”."""

    regex = r"[a-z-]+\.[a-z]+"


register_converter(DocumentConverter, "document")


# As above. Django has a class for 301, 302, 307 and 308, but none for 303.
class HttpResponseSeeOther(HttpResponseRedirect):  # type: ignore[misc]
    """A redirect to another resource that answers the request: 303."""

    status_code = 303


class Representation(NamedTuple):
    """The page or a document, under one of the media types that can be asked for.

    ``address`` is empty, unless it is a file to which the page redirects.
    """

    name: str
    media_type: str
    params: dict[str, str]
    is_alias: bool = False
    address: str = ""


def negotiate_response[Subject](
    request: HttpRequest,
    description: PageDescription,
    document: str,
    render_page: Callable[[HttpRequest, PageDescription, Subject], HttpResponse],
    subject: Subject,
) -> HttpResponse:
    """The document that the address names or the request prefers, or else the page.

    ``render_page(request, description, subject)`` is called only for the page, which
    may cost far more than a document.
    """
    if document:
        return document_response(description, document)
    chosen = choose_representation(request, description)
    if chosen and chosen.name == HTML:
        response = render_page(request, description, subject)
        add_link_header(response, description)
    else:
        response = respond_without_page(description, chosen)
    patch_vary_headers(response, ["Accept"])
    return response


def render_template(
    request: HttpRequest,
    description: PageDescription,
    template_and_context: tuple[str, dict[str, Any]],
) -> HttpResponse:
    """A page for ``negotiate_response`` whose subject is a template and its context."""
    template, context = template_and_context
    return render(request, template, context | {"description": description})


def add_link_header(
    response: HttpResponse, description: PageDescription
) -> HttpResponse:
    """The same response, with the typed links of the page."""
    response["Link"] = format_link_header(description.links)
    return response


def respond_without_page(
    description: PageDescription, chosen: Representation | None
) -> HttpResponse:
    if chosen is None:
        return not_acceptable(description)
    if chosen.address:
        return HttpResponseSeeOther(iri_to_uri(chosen.address))
    if answer := description.parametrised_answers.get(chosen.name):
        return answer(description, chosen.params)
    response = document_response(description, chosen.name)
    location = iri_to_uri(description.document_address(chosen.name))
    response["Content-Location"] = location
    if chosen.is_alias:
        response["Content-Type"] = f"{chosen.media_type}; charset=utf-8"
    return response


def choose_representation(
    request: HttpRequest, description: PageDescription
) -> Representation | None:
    """The one that the request wants most; None if it accepts none."""
    header = request.headers.get("Accept", "")
    ranges = list(parse_accept_header(header if header.strip(" ,\t") else "*/*"))
    weighed = [
        (weight_of(each.media_type, each.params, ranges), each)
        for each in list_representations(description, ranges)
    ]
    weight, best = max(weighed, key=itemgetter(0))
    return best if weight else None


def list_representations(
    description: PageDescription, ranges: list[MediaRange]
) -> Iterator[Representation]:
    """Return all representations of the page, those that we prefer first."""
    yield Representation(HTML, HTML, {})
    aliases = description.aliases
    for name, document in description.documents.items():
        yield Representation(name, *parse_header_parameters(document.content_type))
        for alias in aliases.get(document.media_type, ()):
            yield Representation(name, alias, {}, is_alias=True)
    for link in description.files:
        for media_type in (link.type, *aliases.get(link.type, ())):
            yield Representation(link.title, media_type, {}, address=link.href)
    for media_type in description.parametrised_answers:
        # All parameters of the request, which are not known beforehand.
        asked = [each for each in ranges if each.type == media_type]
        params = max(asked, key=lambda each: each.weight).params if asked else {}
        yield Representation(media_type, media_type, params)


def document_response(description: PageDescription, name: str) -> HttpResponse:
    """The document of this name. Raises Http404 if the page has none."""
    documents = {**description.documents, **description.unlinked_documents}
    if name not in documents:
        raise Http404("This page has no such document.")
    document = documents[name]
    content = b"".join(document.write(description))
    response = HttpResponse(content, content_type=document.content_type)
    page = Link("describes", description.address, HTML)
    response["Link"] = format_link_header([page, *description.linkset_links])
    return response


def not_acceptable(description: PageDescription) -> HttpResponse:
    """Return a 406 response with the available media types, one a line."""
    documents = (document.media_type for document in description.documents.values())
    files = (link.type for link in description.files)
    parametrised = description.parametrised_answers
    types = dict.fromkeys([HTML, *documents, *files, *parametrised])
    sentence = "This address answers with one of these types:"
    text = "\n".join([sentence, *types, ""])
    return HttpResponse(text, content_type=PLAIN, status=406)
