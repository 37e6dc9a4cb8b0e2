"""Sets of works to take away: which works, in which manner, under which file name."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from casebase import overload
from casebase.files import formats
from casebase.files.downloads import LARGE
from casebase.files.jobs import JobError, Order, say_nothing, start, tracked
from references.citing import citing_records
from references.csl_stream import works_in
from references.formats import FORMATS
from references.models import Reference
from references.style_preference import Choice
from references.styles.bibliography_files import WRITERS
from references.styles.errors import (
    RenderError,
    UnknownLocaleError,
    UnknownStyleError,
)

# Parameters that choose how a set is written, not which works are in it.
MANNER = ("style", "locale")
# Twice as many fill the gigabyte that pandoc may have, and take two minutes.
LONGEST_SET = 15_000
TOO_LONG = (
    "A list in a citation style holds {:,} works at most, and this one has {:,}. "
    "Narrow it, or download it as data, such as BibTeX or RIS, which holds any number."
)


class RefusedError(ValueError):
    """The address asks for something that the list has not; ``args`` says what."""


CANNOT = (RefusedError, RenderError, UnknownLocaleError, UnknownStyleError)


@dataclass(frozen=True)
class Way:
    """One way to take works away.

    ``write(works, choice, report)`` gives pieces of bytes, the first of them, if it
    ``is_whole``, only when all is done. It takes ``at_most`` so many works.
    """

    name: str
    label: str
    media_type: str
    extension: str
    write: Callable
    is_whole: bool
    at_most: float = inf


def rendered(name, label, media_type, extension):
    def write(works, choice, report=say_nothing):
        style, locale = choice.style.id, choice.locale
        return [WRITERS[name](works, style, locale, report=report)]

    described = (name, label, media_type, extension)
    return Way(*described, write, is_whole=True, at_most=LONGEST_SET)


def plain(form):
    def write(works, choice, report=say_nothing):
        return form.write(tracked(works, report))

    described = (form.name, form.label, form.media_type, form.extension)
    return Way(*described, write, form.is_whole)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
IN_STYLE = [
    rendered("docx", "Word document", WORD, "docx"),
    rendered("html", "Web page (HTML)", "text/html; charset=utf-8", "html"),
    rendered("text", "Plain text", "text/plain; charset=utf-8", "txt"),
]
ALL_FORMATS = {way.name: way for way in [*IN_STYLE, *map(plain, FORMATS.values())]}

# Which programs open which of these, when a browser goes to it.
OPENED = {"ris": "EndNote, Mendeley or Zotero", "bibtex": "JabRef, BibDesk or Zotero"}


def chosen_works(query):
    """The filter form of the list of works for a query that may also name a style."""
    query = query.copy()
    for name in (*MANNER, "page"):
        query.pop(name, None)
    return citing_records().filterset(query, Reference.objects.all())


def choice_for(request, filterset):
    """The style and language to write the set in. Raises what ``CANNOT`` names."""
    if filterset.complaints:
        raise RefusedError(*filterset.complaints)
    return Choice.from_request(request)


def refused(response, error):
    """The answer, as one to whoever asked for what can't be had.

    Where it is not the address that asks for something in vain, it may be had later.
    """
    response.status_code = 400
    if isinstance(error, RenderError):
        response.status_code = 503
        response["Retry-After"] = str(overload.SECONDS)
    return response


def refusal(error):
    """The same, where a file was asked for."""
    kind = "text/plain; charset=utf-8"
    return refused(HttpResponse("\n".join(error.args), content_type=kind), error)


def is_large(filterset, way):
    """Whether a reader would wait too long for the first piece of these works.

    Raises ``RefusedError`` where they are more than it takes at all.
    """
    n = filterset.paginator.count
    if n > way.at_most:
        raise RefusedError(TOO_LONG.format(way.at_most, n))
    return way.is_whole and n > LARGE


def begin_job(filterset, choice, way):
    """The id of the job that writes them. Raises ``BusyError``."""
    given = {"query": filterset.query, "format": way.name, **choice.parameters}
    order = Order(
        act="references.exports.write_file",
        given=given,
        total=filterset.paginator.count,
        file_name=file_name(filterset, way.extension),
        media_type=way.media_type,
        address=reverse("references:export", args=[way.name])
        + query_of(filterset, choice),
    )
    return start(order)


def write_file(given, file, report):
    """What the job does. Raises ``JobError``."""
    filterset = chosen_works(QueryDict(given["query"].removeprefix("?")))
    choice = Choice.called(style=given["style"], locale=given.get("locale", ""))
    way = ALL_FORMATS[given["format"]]
    try:
        file.writelines(way.write(works_of(filterset), choice, report))
    except CANNOT as error:
        raise JobError(*error.args) from error


def query_of(filterset, choice):
    """The query, from “?” on, that gives this set in this manner."""
    return f"?{urlencode([*filterset.parameters, *choice.parameters.items()])}"


def plain_works(filterset):
    """The works of a valid form, for pages that cite them in our own plain way."""
    works = Reference.objects.with_contributors()
    return works.filter(pk__in=filterset.found).order_by("key")


def works_of(filterset):
    """The works of a valid form, in its order, in their CSL forms; read in chunks."""
    return works_in(filterset.matches)


def file_name(filterset, extension):
    """“casebase-works-mistrust-report-2026-11-24.bib”."""
    labels = [chip.label for chip in filterset.chips]
    return formats.file_name(["works", *labels], extension)
