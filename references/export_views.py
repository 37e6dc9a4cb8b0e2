"""Views that export works: a bibliography as a page, and files."""

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
    """Show the works of the query in the reader's style."""
    filterset = exports.build_filterset(request.GET)
    context = {
        "filter": filterset,
        "common": style_search.common_styles(),
        "locales": LOCALES,
    }
    try:
        preference = exports.read_preference(request, filterset)
        context["preference"] = preference
        response = page_or_job(request, filterset, preference, context)
    except exports.EXPORT_ERRORS as error:
        context["errors"] = error.args
        if isinstance(error, RenderError):
            context["plain"] = exports.unstyled_works(filterset)
        return exports.set_error_status(render(request, TEMPLATE, context), error)
    if "style" in request.GET:
        preference.save_cookies(response)
    return response


def page_or_job(request, filterset, preference, context):
    """Return the page, or start a job if the list is long and has a chosen style."""
    form = exports.ALL_FORMATS["html"]
    if not exports.needs_job(filterset, form):
        works = exports.stream_filtered_works(filterset)
        style_id, locale = preference.style.id, preference.locale
        context["entries"] = render_bibliography(works, style_id, locale)
        context["query"] = exports.build_query(filterset, preference)
        context |= methods_context(request, filterset)
    elif "style" in request.GET:
        return redirect(exports.start_job(filterset, preference, form))
    return render(request, TEMPLATE, context)


def methods_context(request, filterset):
    """Return the context of the paragraph on methods, which a paper can quote."""
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
    """Send the works of the query as a file, to be saved or opened by a program."""
    offered = exports.OPENED_FORMATS if is_opened else exports.ALL_FORMATS
    if name not in offered:
        raise Http404(f"There is no format “{name}”; there are {', '.join(offered)}.")
    form = exports.ALL_FORMATS[name]
    filterset = exports.build_filterset(request.GET)
    try:
        preference = exports.read_preference(request, filterset)
        if exports.needs_job(filterset, form):
            return redirect(exports.start_job(filterset, preference, form))
        chunks = form.write(exports.stream_filtered_works(filterset), preference)
    except exports.EXPORT_ERRORS as error:
        return exports.error_response(error)
    return download(
        request,
        chunks,
        n=filterset.paginator.count,
        media_type=form.media_type,
        name=exports.file_name(filterset, form.extension),
        is_opened=is_opened,
    )


@require_safe
def style_list(request):
    """Return the styles that match the text typed, as JSON."""
    found = style_search.find_styles(request.GET.get("q", "")[:200])
    styles = [
        {"id": style.id, "title": style.title}
        for style in found or style_search.common_styles()
    ]
    return JsonResponse({"styles": styles})
