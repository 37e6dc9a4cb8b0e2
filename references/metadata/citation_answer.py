"""A work as a line of text in a citation style, as resolvers of DOIs answer.

https://citation.doi.org/docs.html: the media type is
``text/x-bibliography``, with the style and the language as its parameters.
"""

from django.http import HttpResponse

from casebase.overload import RETRY_SECONDS
from references.csl import Work
from references.styles.bibliography_files import render_text
from references.styles.errors import (
    RenderError,
    UnknownLocaleError,
    UnknownStyleError,
)
from references.styles.style_search import DEFAULT_STYLE_ID

BIBLIOGRAPHY = "text/x-bibliography"
PLAIN = "text/plain; charset=utf-8"


def respond_with_citation(work: Work, params: dict[str, str]) -> HttpResponse:
    """The citation; 406 for an unknown style or language, 503 if it can't be rendered.

    Raises ``BusyError``.
    """
    style, locale = params.get("style", DEFAULT_STYLE_ID), params.get("locale", "")
    try:
        text = render_text([work], style, locale)
    except (UnknownStyleError, UnknownLocaleError) as error:
        return HttpResponse(f"{error}\n", content_type=PLAIN, status=406)
    except RenderError as error:
        response = HttpResponse(f"{error}\n", content_type=PLAIN, status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return HttpResponse(text, content_type=f"{BIBLIOGRAPHY}; charset=utf-8")
