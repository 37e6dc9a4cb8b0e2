"""The page on which a reader cites a case, and the files of that citation."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from casebase.conditional_get import cache_until_changed
from casebase.files.downloads import download
from casebase.files.formats import file_name
from initiatives.models import Initiative
from initiatives.record_metadata import case_work
from initiatives.views import answer_missing_case
from references import exports
from references.style_preference import StylePreference
from references.styles.bibliographies import render_bibliography
from references.styles.errors import RenderError
from references.styles.locales import LOCALES
from references.styles.style_search import common_styles


def with_public_case(view):
    """Decorate a view that takes a case, so that it takes the slug of a public one.

    If there is no such case, the response is that of ``answer_missing_case``.
    """

    @wraps(view)
    def wrapper(request, slug, **kwargs):
        case = Initiative.objects.published().filter(slug=slug).first()
        if case is None:
            rest = request.path.partition(f"/{slug}/")[2]
            return answer_missing_case(request, slug, rest)
        return view(request, case, **kwargs)

    return wrapper


@require_safe
@cache_until_changed
@with_public_case
def initiative_cite(request, case):
    """Show the citation of a case in the reader’s style, with files to download.

    If the style can’t be rendered, the page shows a plain citation.
    """
    context = {"initiative": case, "common": common_styles(), "locales": LOCALES}
    try:
        preference = StylePreference.from_request(request)
        work = case_work(case, request.build_absolute_uri)
        [entry] = render_bibliography([work], preference.style.id, preference.locale)
    except exports.EXPORT_ERRORS as error:
        context["errors"] = error.args
        context["is_plain"] = isinstance(error, RenderError)
        context["address"] = request.build_absolute_uri(case.get_absolute_url())
        page = render(request, "initiatives/cite.html", context)
        return exports.set_error_status(page, error)
    context |= {"preference": preference, "entry": entry}
    context["downloads"] = download_links(case, preference)
    context["openings"] = program_links(case)
    response = render(request, "initiatives/cite.html", context)
    if "style" in request.GET:
        preference.save_cookies(response)
    return response


def download_links(case, preference):
    """Return pairs of a format’s label and the address of the citation in it."""

    def address(name):
        args, query = [case.slug, name], preference.parameters
        return reverse("initiatives:cite-file", args=args, query=query)

    return [
        (file_format.label, address(name))
        for name, file_format in exports.ALL_FORMATS.items()
    ]


def program_links(case):
    """Return pairs of program names and the address of a file that they open."""
    return [
        (programs, reverse("initiatives:cite-open", args=[case.slug, name]))
        for name, programs in exports.OPENED_FORMATS.items()
    ]


@require_safe
@vary_on_cookie
@with_public_case
def initiative_cite_file(request, case, name, is_opened=False):
    if name not in (exports.OPENED_FORMATS if is_opened else exports.ALL_FORMATS):
        raise Http404(f"There is no format “{name}”.")
    file_format = exports.ALL_FORMATS[name]
    try:
        preference = StylePreference.from_request(request)
        work = case_work(case, request.build_absolute_uri)
        pieces = file_format.write([work], preference)
    except exports.EXPORT_ERRORS as error:
        return exports.error_response(error)
    return download(
        request,
        pieces,
        n=1,
        media_type=file_format.media_type,
        name=file_name([case.slug], file_format.extension),
        is_opened=is_opened,
    )
