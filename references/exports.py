"""Exports of works: which works, in which format and style, under which file name."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from casebase.files import formats
from casebase.files.downloads import LARGE
from casebase.files.jobs import (
    JobError,
    JobSpec,
    ignore_report,
    report_progress,
    start,
)
from casebase.overload import RETRY_SECONDS
from references.citing import citing_records
from references.csl_stream import stream_works
from references.formats import FORMATS
from references.models import Reference
from references.style_preference import StylePreference
from references.styles.bibliography_files import RENDERERS
from references.styles.errors import (
    RenderError,
    UnknownLocaleError,
    UnknownStyleError,
)

# Parameters that choose a style, not which works are exported.
STYLE_PARAMS = ("style", "locale")
# Twice as many fill the gigabyte that pandoc may have, and take two minutes.
MAX_STYLED_WORKS = 15_000
TOO_LONG = (
    "A list in a citation style holds {:,} works at most, and this one has {:,}. "
    "Narrow it, or download it as data, such as BibTeX or RIS, which holds any number."
)


class InvalidExportError(ValueError):
    """The address asks for what can't be exported; ``args`` are for readers."""


EXPORT_ERRORS = (InvalidExportError, RenderError, UnknownLocaleError, UnknownStyleError)


@dataclass(frozen=True)
class ExportFormat:
    """A format of files of works: data, or a list in the style that a reader chose.

    ``write(works, choice, report)`` gives pieces of bytes; if it ``is_buffered``, the
    first one comes only when all of it is done. It takes ``at_most`` so many works.
    """

    name: str
    label: str
    media_type: str
    extension: str
    write: Callable
    is_buffered: bool
    at_most: float = inf


def styled_format(name, label, media_type, extension):
    def write(works, choice, report=ignore_report):
        style, locale = choice.style.id, choice.locale
        return [RENDERERS[name](works, style, locale, report=report)]

    return ExportFormat(
        name,
        label,
        media_type,
        extension,
        write,
        is_buffered=True,
        at_most=MAX_STYLED_WORKS,
    )


def data_format(form):
    def write(works, choice, report=ignore_report):
        return form.write(report_progress(works, report))

    return ExportFormat(
        form.name, form.label, form.media_type, form.extension, write, form.is_buffered
    )


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STYLED_FORMATS = [
    styled_format("docx", "Word document", WORD, "docx"),
    styled_format("html", "Web page (HTML)", "text/html; charset=utf-8", "html"),
    styled_format("text", "Plain text", "text/plain; charset=utf-8", "txt"),
]
DATA_FORMATS = [data_format(form) for form in FORMATS.values()]
ALL_FORMATS = {form.name: form for form in [*STYLED_FORMATS, *DATA_FORMATS]}

# Formats that programs open when a browser goes to a file, and which programs.
OPENED_FORMATS = {
    "ris": "EndNote, Mendeley or Zotero",
    "bibtex": "JabRef, BibDesk or Zotero",
}


def build_filterset(query):
    """The filter form of the list of works for a query that may also name a style."""
    query = query.copy()
    for name in (*STYLE_PARAMS, "page"):
        query.pop(name, None)
    return citing_records().filterset(query, Reference.objects.all())


def read_preference(request, filterset):
    """The style and the language that the reader chose.

    Raises UnknownStyleError, UnknownLocaleError, and InvalidExportError for an invalid
    filter form.
    """
    if filterset.complaints:
        raise InvalidExportError(*filterset.complaints)
    return StylePreference.from_request(request)


def set_error_status(response, error):
    """The same response, with the status that one of EXPORT_ERRORS means.

    503 for a failed renderer, which may work later; else 400.
    """
    response.status_code = 400
    if isinstance(error, RenderError):
        response.status_code = 503
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def error_response(error):
    """The sentences of one of EXPORT_ERRORS as text, in place of a file."""
    text = "\n".join(error.args)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    return set_error_status(response, error)


def needs_job(filterset, form):
    """Whether a reader would wait too long for the first piece of this export.

    Raises InvalidExportError for more works than the format takes.
    """
    n = filterset.paginator.count
    if n > form.at_most:
        raise InvalidExportError(TOO_LONG.format(form.at_most, n))
    return form.is_buffered and n > LARGE


def start_job(filterset, choice, form):
    """The id of the job that writes the export. Raises ``BusyError``."""
    address = reverse("references:export", args=[form.name])
    spec = JobSpec(
        task="references.exports.write_file",
        kwargs={
            "query": filterset.query,
            "format_name": form.name,
            **choice.parameters,
        },
        total=filterset.paginator.count,
        file_name=file_name(filterset, form.extension),
        media_type=form.media_type,
        address=address + build_query(filterset, choice),
    )
    return start(spec)


def write_file(file, report, *, query, format_name, style, locale=""):
    """The task of the job. Raises ``JobError``."""
    filterset = build_filterset(QueryDict(query.removeprefix("?")))
    choice = StylePreference.called(style=style, locale=locale)
    form = ALL_FORMATS[format_name]
    try:
        file.writelines(form.write(stream_filtered_works(filterset), choice, report))
    except EXPORT_ERRORS as error:
        raise JobError(*error.args) from error


def build_query(filterset, choice):
    """The query, from “?” on, that gives these works in this style."""
    return f"?{urlencode([*filterset.parameters, *choice.parameters.items()])}"


def unstyled_works(filterset):
    """The works of a valid form, for pages that cite them without a style."""
    works = Reference.objects.with_contributors()
    return works.filter(pk__in=filterset.found).order_by("key")


def stream_filtered_works(filterset):
    """The works of a valid form, in its order, in their CSL forms; read in chunks."""
    return stream_works(filterset.matches)


def file_name(filterset, extension):
    """“casebase-works-mistrust-report-2026-11-24.bib”."""
    labels = [chip.label for chip in filterset.chips]
    return formats.file_name(["works", *labels], extension)
