"""The page on which a reader cites a case or a finding, and the files of a citation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from casebase.files.downloads import download
from casebase.files.formats import file_name
from references import exports
from references.csl import Work
from references.style_preference import StylePreference
from references.styles.bibliographies import render_bibliography
from references.styles.errors import RenderError
from references.styles.locales import LOCALES
from references.styles.style_search import common_styles


@dataclass(frozen=True)
class Citable:
    """A case or a finding of it, as a work that can be cited.

    ``app`` is the URL namespace and ``name`` what addresses call it; ``heading`` is the
    heading of the page. ``crumbs`` are pairs of label and address of the pages above,
    ``address`` is that of the page which the work is, if it has one to itself;
    ``statement`` is what a finding says.
    """

    app: str
    name: str
    heading: str
    work: Work
    crumbs: list[tuple[str, str]]
    address: str = ""
    statement: str = ""

    @property
    def title(self) -> str:
        """The title of the page: “Cite Streetwatchers”."""
        return f"Cite {self.work.title}"

    @property
    def container(self) -> str:
        """The title of the case that a finding is a part of."""
        return (self.statement and self.work.container_title) or ""

    @property
    def page_address(self) -> str:
        return str(reverse(f"{self.app}:cite", args=[self.name]))

    def downloads(self, preference: StylePreference) -> list[tuple[str, str]]:
        """Return pairs of a format’s label and the address of the citation in it."""
        query = preference.parameters
        return [
            (
                file_format.label,
                reverse(f"{self.app}:cite-file", args=[self.name, name], query=query),
            )
            for name, file_format in exports.ALL_FORMATS.items()
        ]

    @property
    def openings(self) -> list[tuple[str, str]]:
        """Pairs of program names and the address of a file that they open."""
        return [
            (programs, reverse(f"{self.app}:cite-open", args=[self.name, name]))
            for name, programs in exports.OPENED_FORMATS.items()
        ]


def citation_page(request: Any, citable: Citable) -> Any:
    """Return the page with the citation in the reader’s style, and files to download.

    If the style can’t be rendered, the page shows a plain citation.
    """
    context = {"citable": citable, "common": common_styles(), "locales": LOCALES}
    try:
        preference = StylePreference.from_request(request)
        style = preference.style.id, preference.locale
        [entry] = render_bibliography([citable.work], *style)
    except exports.EXPORT_ERRORS as error:
        context["errors"] = error.args
        context["is_plain"] = isinstance(error, RenderError)
        page = render(request, "initiatives/cite.html", context)
        return exports.set_error_status(page, error)
    context |= {"preference": preference, "entry": entry}
    context["downloads"] = citable.downloads(preference)
    response = render(request, "initiatives/cite.html", context)
    if "style" in request.GET:
        preference.save_cookies(response)
    return response


def citation_file(request: Any, citable: Citable, name: str, is_opened: bool) -> Any:
    """Return the citation as a file in the format of this name.

    Raises Http404 for an unknown format.
    """
    return file_of_works(request, [citable.work], name, citable.name, is_opened)


def file_of_works(
    request: Any, works: Sequence[Work], name: str, called: str, is_opened: bool
) -> Any:
    """Return works as a file in the format of this name. ``called`` is part of its own.

    Raises Http404 for an unknown format.
    """
    if name not in (exports.OPENED_FORMATS if is_opened else exports.ALL_FORMATS):
        raise Http404(f"There is no format “{name}”.")
    file_format = exports.ALL_FORMATS[name]
    try:
        preference = StylePreference.from_request(request)
        pieces = file_format.write(works, preference)
    except exports.EXPORT_ERRORS as error:
        return exports.error_response(error)
    return download(
        request,
        pieces,
        n=len(works),
        media_type=file_format.media_type,
        name=file_name([called], file_format.extension),
        is_opened=is_opened,
    )
