"""Where a reader takes works away: set in a style, or as files."""

from django.http import (
    FileResponse,
    Http404,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casebase import __version__
from initiatives.models import Initiative
from references import exports
from references.styles import index, jobs
from references.styles.bibliographies import bibliography
from references.styles.errors import UnknownJobError
from references.styles.locales import LOCALES

SECONDS_BETWEEN_LOOKS = 2


@require_safe
def reference_bibliography(request):
    """The works of the list's own query, set in the style of the reader."""
    filterset = exports.chosen_works(request.GET)
    context = {"filter": filterset, "common": index.common(), "locales": LOCALES}
    try:
        choice = exports.choice_for(request, filterset)
        if exports.is_long(filterset):
            job = exports.begin_job(filterset, choice, "html")
            return redirect("references:job", "html", job)
        works = exports.works_of(filterset)
        entries = bibliography(works, choice.style.id, choice.locale)
    except exports.CANNOT as error:
        context["complaints"] = error.args
        status = exports.status_of(error)
        return render(request, "references/bibliography.html", context, status=status)
    context |= {"choice": choice, "entries": entries} | methods(request, filterset)
    context["query"] = exports.query_of(filterset, choice)
    response = render(request, "references/bibliography.html", context)
    if "style" in request.GET:
        choice.keep(response)
    return response


def methods(request, filterset):
    """What a paper says of how its set of works was made."""
    list_address = reverse("references:list") + filterset.query
    return {
        "address": request.build_absolute_uri(list_address),
        "today": timezone.localdate(),
        "version": __version__,
        "data_version": Initiative.objects.published().latest_revision(),
    }


@require_safe
def reference_export(request, name):
    """The works of the list's own query as a file."""
    way = exports.ALL_FORMATS.get(name)
    if way is None:
        known = ", ".join(exports.ALL_FORMATS)
        raise Http404(f"There is no format “{name}”; there are {known}.")
    filterset = exports.chosen_works(request.GET)
    try:
        choice = exports.choice_for(request, filterset)
        if way.is_set and exports.is_long(filterset):
            job = exports.begin_job(filterset, choice, name)
            return redirect("references:job", name, job)
        body = way.write(exports.works_of(filterset), choice)
    except exports.CANNOT as error:
        return exports.refusal(error)
    response = StreamingHttpResponse(body, content_type=way.media_type)
    file = exports.file_name(filterset, way.extension)
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


@require_safe
def job_progress(request, name, job):
    """How far a long list is; the page asks again by itself until it is done."""
    try:
        progress = jobs.progress(job)
    except UnknownJobError as unknown:
        raise Http404(str(unknown)) from unknown
    context = {"progress": progress, "name": name, "job": job}
    response = render(request, "references/job.html", context)
    if progress.state == "running":
        response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def job_result(request, name, job):
    try:
        file = jobs.result(job).open("rb")
    except UnknownJobError as unknown:
        raise Http404(str(unknown)) from unknown
    way = exports.ALL_FORMATS[name]
    called = f"casebase-works-{timezone.localdate()}.{way.extension}"
    return FileResponse(
        file, as_attachment=True, filename=called, content_type=way.media_type
    )


@require_safe
def style_list(request):
    """Styles whose names fit what is typed, for the field that offers them."""
    found = index.find(request.GET.get("q", "")[:200]) or index.common()
    styles = [{"id": style.id, "title": style.title} for style in found]
    return JsonResponse({"styles": styles})
