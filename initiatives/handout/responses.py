"""Responses with a handout, whoever chose its cases: the page, or a file."""

import logging
from functools import partial

from django.shortcuts import render

from casebase.files.downloads import refusal, site_of
from casebase.semaphore import BusyError
from initiatives.handout.choice import Form, read_form
from initiatives.handout.document import add_query, build_document, with_form
from initiatives.handout.files import FORMATS
from initiatives.handout.qr_codes import draw_qr_code
from initiatives.handout.reading_help import PARAGRAPHS
from initiatives.numbered_works import render_works
from references.exports import download_styled
from references.style_preference import StylePreference
from references.styles.errors import (
    RenderError,
    UnknownLocaleError,
    UnknownStyleError,
)
from references.styles.locales import LOCALES
from references.styles.style_search import common_styles

BUSY = (
    "The works could not be set in a citation style just now, so they are plain. Try "
    "again in a minute."
)

logger = logging.getLogger(__name__)


def page_response(request, basis):
    """Return the page of a handout. What makes no sense in its address is said on it.

    ``basis`` is a Basis. If the style can't be rendered, works have plain citations.
    """
    form, errors = read_form(request.GET)
    errors = [*basis.choice.errors, *errors]
    try:
        preference = StylePreference.from_request(request)
    except (UnknownLocaleError, UnknownStyleError) as error:
        preference = StylePreference.from_cookies(request)
        errors += error.args
    document = build_document(basis, form, preference, site_of(request))
    is_later, problems = cite_works(document)
    errors += problems
    add_qr_codes(document)
    context = page_context(basis, form, document) | {"errors": errors}
    status = 400 if errors and not is_later else basis.choice.status
    response = render(request, "handout/page.html", context, status=status)
    if is_later:
        # Caches must not serve the page without its citation style to others.
        response["Cache-Control"] = "no-store"
    elif "style" in request.GET and not errors:
        preference.save_cookies(response)
    return response


def cite_works(document):
    """Set the ``entry`` of each work.

    Returns whether it may work later, and sentences on why works have no entry.
    """
    try:
        entries = render_works(document.handout.works, document.preference)
    except UnknownStyleError as error:
        return False, error.args
    except (BusyError, RenderError) as error:
        logger.warning("A handout is shown without its style: %s", error)
        return True, [BUSY]
    for work, entry in entries:
        work.entry = entry
    return False, []


def add_qr_codes(document):
    """Set the ``address`` and the ``qr_code`` of each sheet of a public case."""
    for sheet in document.handout.sheets:
        sheet.address = document.absolute(sheet.case)
        title = f"QR code: the page of {sheet.case}"
        sheet.qr_code = draw_qr_code(sheet.address, title)


def page_context(basis, form, document):
    link = document.read_link
    return {
        "basis": basis,
        "choice": basis.choice,
        "document": document,
        "handout": document.handout,
        "sheets": document.handout.sheets,
        "preference": document.preference,
        "forms": [(each, each == form) for each in Form],
        "downloads": list_downloads(basis, form, document.preference),
        "others": [
            (words, add_query(basis.path, with_form(others, form)))
            for words, others in basis.choice.others
        ],
        "reading_help": PARAGRAPHS,
        "common": common_styles(),
        "locales": LOCALES,
        "link_code": link and draw_qr_code(link, "QR code: the list"),
    }


def list_downloads(basis, form, preference):
    """Return pairs of a format’s label and the address of the file."""
    style = list(preference.parameters.items())
    parameters = [*with_form(basis.choice.parameters, form), *style]
    return [
        (file_format.label, add_query(f"{basis.path}{name}/", parameters))
        for name, file_format in FORMATS.items()
    ]


def file_response(request, basis, name):
    """Return the handout as a file in the format of this name."""
    form, errors = read_form(request.GET)
    choice = basis.choice
    unknown = [f"There is no case “{name}”." for name in choice.unknown]
    if sentences := [*unknown, *choice.errors, *errors]:
        return refusal(sentences, 404 if choice.status == 404 and not errors else 400)
    if not choice.cases:
        return refusal(["No case is like that, so there is nothing to hand out."])
    return download_styled(
        request,
        FORMATS[name],
        partial(build_document, basis, form),
        n=len(choice.cases),
        name_parts=[choice.title],
    )
