"""A case as a work that others cite: in any style, in any format."""

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
from initiatives.views import case_elsewhere
from references import exports
from references.style_preference import Choice
from references.styles import style_search
from references.styles.bibliographies import bibliography
from references.styles.errors import RenderError
from references.styles.locales import LOCALES


def of_public_case(view):
    """The view of a case, at the address of its slug; another answer where none is."""

    @wraps(view)
    def answer(request, slug, **rest):
        case = Initiative.objects.published().filter(slug=slug).first()
        if case is None:
            return case_elsewhere(request, slug, request.path.partition(f"/{slug}/")[2])
        return view(request, case, **rest)

    return answer


@require_safe
@cache_until_changed
@of_public_case
def initiative_cite(request, case):
    """The citation of a case in the style of the reader, and as files.

    Where none can be set just now, a plain one.
    """
    context = {"initiative": case, "common": style_search.common(), "locales": LOCALES}
    try:
        choice = Choice.from_request(request)
        work = case_work(case, request.build_absolute_uri)
        [entry] = bibliography([work], choice.style.id, choice.locale)
    except exports.EXPORT_ERRORS as error:
        context["errors"] = error.args
        context["is_plain"] = isinstance(error, RenderError)
        context["address"] = request.build_absolute_uri(case.get_absolute_url())
        page = render(request, "initiatives/cite.html", context)
        return exports.mark_as_failed(page, error)
    context |= {"choice": choice, "entry": entry, "downloads": downloads(case, choice)}
    context["openings"] = openings(case)
    response = render(request, "initiatives/cite.html", context)
    if "style" in request.GET:
        choice.keep(response)
    return response


def downloads(case, choice):
    """Pairs of a format's label and the address of the case's citation in it."""
    return [
        (
            form.label,
            reverse(
                "initiatives:cite-file", args=[case.slug, name], query=choice.parameters
            ),
        )
        for name, form in exports.ALL_FORMATS.items()
    ]


def openings(case):
    """Pairs of programs and the address at which they get the case's citation."""
    return [
        (programs, reverse("initiatives:cite-open", args=[case.slug, name]))
        for name, programs in exports.OPENED.items()
    ]


@require_safe
@vary_on_cookie
@of_public_case
def initiative_cite_file(request, case, name, is_opened=False):
    if name not in (exports.OPENED if is_opened else exports.ALL_FORMATS):
        raise Http404(f"There is no format “{name}”.")
    form = exports.ALL_FORMATS[name]
    try:
        choice = Choice.from_request(request)
        work = case_work(case, request.build_absolute_uri)
        pieces = form.write([work], choice)
    except exports.EXPORT_ERRORS as error:
        return exports.error_response(error)
    called = file_name([case.slug], form.extension)
    return download(
        request,
        pieces,
        n=1,
        media_type=form.media_type,
        name=called,
        is_opened=is_opened,
    )
