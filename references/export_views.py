"""Where a reader takes works away: set in a style, or as files."""

from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from casebase import __version__
from casebase.conditional_get import cache_until_changed
from casebase.files.downloads import download
from references import exports
from references.citing import citing_records
from references.styles import style_search
from references.styles.bibliographies import render_bibliography
from references.styles.errors import RenderError
from references.styles.locales import LOCALES

TEMPLATE = "references/bibliography.html"


@require_safe
@cache_until_changed
def reference_bibliography(request):
    """The works of the list's own query, set in the style of the reader."""
    filterset = exports.build_filterset(request.GET)
    context = {
        "filter": filterset,
        "common": style_search.common_styles(),
        "locales": LOCALES,
    }
    try:
        context["choice"] = choice = exports.read_preference(request, filterset)
        response = page_or_job(request, filterset, choice, context)
    except exports.EXPORT_ERRORS as error:
        context["errors"] = error.args
        if isinstance(error, RenderError):
            context["plain"] = exports.unstyled_works(filterset)
        return exports.set_error_status(render(request, TEMPLATE, context), error)
    if "style" in request.GET:
        choice.keep(response)
    return response


def page_or_job(request, filterset, choice, context):
    """A list too long for a page is made as a file, once a style is chosen for it."""
    form = exports.ALL_FORMATS["html"]
    if not exports.needs_job(filterset, form):
        works = exports.stream_filtered_works(filterset)
        entries = render_bibliography(works, choice.style.id, choice.locale)
        query = exports.build_query(filterset, choice)
        context |= {"entries": entries, "query": query} | methods(request, filterset)
    elif "style" in request.GET:
        return redirect("job", exports.start_job(filterset, choice, form))
    return render(request, TEMPLATE, context)


def methods(request, filterset):
    """What a paper says of how its set of works was made."""
    list_address = reverse("references:list") + filterset.query
    return {
        "address": request.build_absolute_uri(list_address),
        "today": timezone.localdate(),
        "version": __version__,
        "data_version": citing_records().latest_revision(),
    }


@require_safe
@vary_on_cookie
def reference_export(request, name, is_opened=False):
    """The works of the list's own query as a file, to keep or for a program to open."""
    offered = exports.OPENED_FORMATS if is_opened else exports.ALL_FORMATS
    if name not in offered:
        raise Http404(f"There is no format “{name}”; there are {', '.join(offered)}.")
    form = exports.ALL_FORMATS[name]
    filterset = exports.build_filterset(request.GET)
    try:
        choice = exports.read_preference(request, filterset)
        if exports.needs_job(filterset, form):
            return redirect("job", exports.start_job(filterset, choice, form))
        pieces = form.write(exports.stream_filtered_works(filterset), choice)
    except exports.EXPORT_ERRORS as error:
        return exports.error_response(error)
    return download(
        request,
        pieces,
        n=filterset.paginator.count,
        media_type=form.media_type,
        name=exports.file_name(filterset, form.extension),
        is_opened=is_opened,
    )


@require_safe
def style_list(request):
    """Styles whose names fit what is typed, for the field that offers them."""
    found = (
        style_search.find_styles(request.GET.get("q", "")[:200])
        or style_search.common_styles()
    )
    styles = [{"id": style.id, "title": style.title} for style in found]
    return JsonResponse({"styles": styles})
