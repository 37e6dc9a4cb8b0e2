"""Sets of works to take away: which works, in which manner, under which file name."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse

from casebase import formats
from references.choosing import Choice
from references.filters import ReferenceFilter
from references.formats import FORMATS
from references.models import Reference
from references.streaming import works_in
from references.styles import jobs
from references.styles.errors import (
    RenderBusyError,
    RenderError,
    UnknownLocaleError,
    UnknownStyleError,
)
from references.styles.files import WRITERS

# Parameters that choose how a set is written, not which works are in it.
MANNER = ("style", "locale")


class RefusedError(ValueError):
    """The address asks for something that the list has not; ``args`` says what."""


CANNOT = (RefusedError, RenderError, UnknownLocaleError, UnknownStyleError)


@dataclass(frozen=True)
class Way:
    """One way to take works away. ``write(works, choice)`` gives pieces of bytes.

    Setting works in a style takes long where there are many.
    """

    name: str
    label: str
    media_type: str
    extension: str
    write: Callable
    is_set: bool = False


def rendered(name, label, media_type, extension):
    def write(works, choice):
        return [WRITERS[name](works, choice.style.id, choice.locale)]

    return Way(name, label, media_type, extension, write, is_set=True)


def plain(format_):
    def write(works, choice):
        return format_.write(works)

    return Way(
        format_.name, format_.label, format_.media_type, format_.extension, write
    )


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
IN_STYLE = [
    rendered("docx", "Word document", WORD, "docx"),
    rendered("html", "Web page (HTML)", "text/html; charset=utf-8", "html"),
    rendered("text", "Plain text", "text/plain; charset=utf-8", "txt"),
]
ALL_FORMATS = {way.name: way for way in [*IN_STYLE, *map(plain, FORMATS.values())]}


def chosen_works(query):
    """The filter form of the list of works for a query that may also name a style."""
    query = query.copy()
    for name in (*MANNER, "page"):
        query.pop(name, None)
    works = Reference.objects.all()
    if query.get("sort") == "cited":
        works = works.with_use_counts()
    return ReferenceFilter(query, works)


def choice_for(request, filterset):
    """The style and language to write the set in. Raises what ``CANNOT`` names."""
    if filterset.complaints:
        raise RefusedError(*filterset.complaints)
    return Choice.from_request(request)


def status_of(error):
    """400 for what an address asks in vain, 503 for what later may succeed."""
    if isinstance(error, RenderBusyError):
        return 503
    return 500 if isinstance(error, RenderError) else 400


def refusal(error):
    """The answer to whoever asked for a file that can't be had."""
    words = "\n".join(error.args)
    kind = "text/plain; charset=utf-8"
    return HttpResponse(words, content_type=kind, status=status_of(error))


def is_long(filterset):
    """Whether setting these works would keep a page waiting."""
    return filterset.paginator.count > jobs.LONGEST_IN_A_PAGE


def begin_job(filterset, choice, name):
    """The id of the job that sets them. Raises RenderBusyError."""
    return jobs.start(filterset.matches, choice.style.id, choice.locale, name)


def query_of(filterset, choice):
    """The query, from “?” on, that gives this set in this manner."""
    return f"?{urlencode([*filterset.parameters, *choice.parameters.items()])}"


def works_of(filterset):
    """The works of a valid form, in its order, in their CSL forms; read in chunks."""
    return works_in(filterset.matches)


def file_name(filterset, extension):
    """“casebase-works-mistrust-report-2026-11-24.bib”."""
    labels = [chip.label for chip in filterset.chips]
    return formats.file_name(["works", *labels], extension)
