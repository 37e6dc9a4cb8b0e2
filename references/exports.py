"""Exports of works: which works, in which format and style, under which file name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from casebase.change_tracking.models import Counter
from casebase.files import formats
from casebase.files.downloads import LARGE, download, site_of
from casebase.jobs.progress import ignore_report, report_progress
from casebase.jobs.queue import start
from casebase.jobs.specs import READERS_WAIT, JobError, JobSpec
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
# Twice as many works fill the gigabyte that pandoc may use, and take two minutes.
MAX_STYLED_WORKS = 15_000
TOO_LONG = (
    "A list in a citation style holds {:,} works at most, and this one has {:,}. "
    "Narrow it, or download it as data, such as BibTeX or RIS, which holds any number."
)


class InvalidExportError(ValueError):
    """The query of an export is invalid; ``args`` are sentences for readers."""


EXPORT_ERRORS = (InvalidExportError, RenderError, UnknownLocaleError, UnknownStyleError)


@dataclass(frozen=True)
class ExportFormat:
    """A file format of works: data, or a bibliography in the reader's style.

    ``write(works, preference, report)`` returns chunks of bytes. If the format
    ``is_buffered``, the first chunk comes only when the whole file is ready.
    """

    name: str
    label: str
    media_type: str
    extension: str
    write: Callable[..., Iterable[bytes]]
    is_buffered: bool
    max_works: float = inf


def styled_format(name, label, media_type, extension):
    def write(works, preference, report=ignore_report):
        style_id, locale = preference.style.id, preference.locale
        return [RENDERERS[name](works, style_id, locale, report=report)]

    return ExportFormat(
        name,
        label,
        media_type,
        extension,
        write,
        is_buffered=True,
        max_works=MAX_STYLED_WORKS,
    )


def data_format(form):
    def write(works, preference, report=ignore_report):
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

# Format → the programs that open a file in it when a browser gets one.
OPENED_FORMATS = {
    "ris": "EndNote, Mendeley or Zotero",
    "bibtex": "JabRef, BibDesk or Zotero",
}


def build_filterset(query):
    """Return the filter form of the list of works, without the parameters of styles."""
    query = query.copy()
    for name in (*STYLE_PARAMS, "page"):
        query.pop(name, None)
    return citing_records().filterset(query, Reference.objects.all())


def read_preference(request, filterset):
    """Return the style and language of the reader.

    Raises UnknownStyleError or UnknownLocaleError, and InvalidExportError for an
    invalid filter form.
    """
    if filterset.error_messages:
        raise InvalidExportError(*filterset.error_messages)
    return StylePreference.from_request(request)


def set_error_status(response, error):
    """Return the response with the status of an error in EXPORT_ERRORS.

    The status is 503 if the renderer failed, because it may work later, else 400.
    """
    response.status_code = 400
    if isinstance(error, RenderError):
        response.status_code = 503
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def error_response(error):
    """Return the sentences of an error in EXPORT_ERRORS as plain text."""
    text = "\n".join(error.args)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    return set_error_status(response, error)


def download_styled(request, file_format, build, *, n, name_parts):
    """Return the response with a file of n records whose works the reader’s style sets.

    ``build(preference, site)`` returns what the format writes; ``site`` is how every
    address in the file begins. Errors of the style are said in plain text.
    """
    try:
        preference = StylePreference.from_request(request)
        pieces = file_format.write(build(preference, site_of(request)))
    except EXPORT_ERRORS as error:
        return error_response(error)
    return download(
        request,
        pieces,
        n=n,
        media_type=file_format.media_type,
        name=formats.file_name(name_parts, file_format.extension),
    )


def needs_job(filterset, form):
    """Whether a reader would wait too long for the first chunk of this export.

    Raises InvalidExportError if there are more works than the format can hold.
    """
    n = filterset.paginator.count
    if n > form.max_works:
        raise InvalidExportError(TOO_LONG.format(form.max_works, n))
    return form.is_buffered and n > LARGE


def start_job(filterset, preference, form):
    """Start a job that writes the export, and return it. Raises ``BusyError``."""
    name = file_name(filterset, form.extension)
    spec = JobSpec(
        function="references.exports.write_file",
        kwargs={
            "query": filterset.query,
            "format_name": form.name,
            **preference.parameters,
        },
        title=name,
        total=filterset.paginator.count,
        file_name=name,
        media_type=form.media_type,
        address=reverse("references:export", args=[form.name])
        + build_query(filterset, preference),
        version=str(Counter.objects.current()),
        priority=READERS_WAIT,
    )
    return start(spec)


def write_file(file, report, *, query, format_name, style, locale=""):
    """Write the export into the file, as the task of a job. Raises ``JobError``."""
    filterset = build_filterset(QueryDict(query.removeprefix("?")))
    preference = StylePreference.from_parameters(style=style, locale=locale)
    form = ALL_FORMATS[format_name]
    works = stream_filtered_works(filterset)
    try:
        file.writelines(form.write(works, preference, report))
    except EXPORT_ERRORS as error:
        raise JobError(*error.args) from error


def build_query(filterset, preference):
    """Return the query of these works in this style, beginning with “?”."""
    parameters = [*filterset.parameters, *preference.parameters.items()]
    return f"?{urlencode(parameters)}"


def unstyled_works(filterset):
    """Return the works of a valid form, for pages that cite them without a style."""
    works = Reference.objects.with_contributors()
    return works.filter(pk__in=filterset.matching_keys).order_by("key")


def stream_filtered_works(filterset):
    """Yield the works of a valid form as CSL items, in the order of the list."""
    return stream_works(filterset.matches)


def file_name(filterset, extension):
    """Return a name such as “casebase-works-mistrust-report-2026-11-24.bib”."""
    labels = [chip.label for chip in filterset.chips]
    return formats.file_name(["works", *labels], extension)
