"""Pages of a job: how far it is, and its file."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casebase.files import jobs

REFRESH_SECONDS = 2


@require_safe
def job_progress(request: HttpRequest, job: str) -> HttpResponse:
    """Show the progress of a job; the page reloads itself until the job has ended."""
    try:
        progress, spec = jobs.progress_of(job), jobs.spec_of(job)
    except jobs.UnknownJobError as error:
        raise Http404(str(error)) from error
    context = {"progress": progress, "job": job, "spec": spec}
    response = render(request, "job.html", context)
    if progress.state == "running":
        response["Refresh"] = str(REFRESH_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def job_file(request: HttpRequest, job: str) -> FileResponse:
    try:
        path, spec = jobs.result_of(job), jobs.spec_of(job)
    except jobs.UnknownJobError as error:
        raise Http404(str(error)) from error
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=spec.file_name,
        content_type=spec.media_type,
    )
