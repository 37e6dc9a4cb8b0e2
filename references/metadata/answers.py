"""The page, or one of its documents: what the reader asked for or likes better.

As resolvers of DOIs do it (https://citation.doi.org/docs.html): a page and what
describes it share one address, and the ``Accept`` header chooses. Of types that are
wanted equally the page wins, so that browsers and whoever takes anything (``*/*``)
always get it. Who wants none of what there is hears so: 406, with the list of types.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import register_converter
from django.utils.cache import patch_vary_headers

from references.metadata.described import DOCUMENTS, PAGE, Described
from references.metadata.links import LINKSET, Link, header


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
    wanted = preferred(request)
    if wanted is None:
        response = refusal()
    elif wanted == PAGE:
        response = render_page(request, described, subject)
        response["Link"] = header(described.links)
    else:
        response = document_response(described, wanted)
        response["Content-Location"] = f"{described.address}{wanted}"
    patch_vary_headers(response, ["Accept"])
    return response


def preferred(request: HttpRequest) -> str | None:
    """PAGE, or the name of a document; None if the reader takes nothing we have."""
    if not request.accepted_types:
        return PAGE
    offers = {PAGE: PAGE} | {name: doc.media_type for name, doc in DOCUMENTS.items()}
    likings = {name: liking(request, offer) for name, offer in offers.items()}
    best = max(likings, key=lambda name: likings[name])
    return best if likings[best] else None


def liking(request: HttpRequest, media_type: str) -> float:
    accepted = request.accepted_type(media_type)
    return float(accepted.quality) if accepted else 0.0


def document_response(described: Described, name: str) -> HttpResponse:
    if name not in DOCUMENTS:
        raise Http404("This page has no such document.")
    document = DOCUMENTS[name]
    content = b"".join(document.write(described))
    response = HttpResponse(content, content_type=document.content_type)
    page = Link("describes", described.address, PAGE)
    links = Link("linkset", f"{described.address}linkset.json", LINKSET)
    response["Link"] = header([page, links])
    return response


def refusal() -> HttpResponse:
    types = dict.fromkeys([PAGE, *(doc.media_type for doc in DOCUMENTS.values())])
    sentence = "This address answers with one of these types:"
    text = "\n".join([sentence, *types, ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=406)
