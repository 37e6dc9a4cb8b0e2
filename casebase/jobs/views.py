"""Pages of a job: how far it is, and its file."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casebase.jobs.models import Job, UnknownJobError
from casebase.replicas.middleware import reads_from_primary

REFRESH_SECONDS = 2


def get_file_job(token: str) -> Job:
    """Return the job of a file that readers asked for. Raises Http404."""
    try:
        job = Job.objects.from_token(token)
    except UnknownJobError as error:
        raise Http404(str(error)) from error
    if not job.file_name:
        raise Http404("This is not a file.")
    return job


@require_safe
@reads_from_primary
def job_progress(request: HttpRequest, token: str) -> HttpResponse:
    """Show the progress of a job; the page reloads itself until the job has ended."""
    job = get_file_job(token)
    context = {"job": job, "n_before": Job.objects.before(job).count()}
    response = render(request, "job.html", context)
    reload_until_ended(response, job)
    response["Cache-Control"] = "no-store"
    return response


def reload_until_ended(response: HttpResponse, job: Job) -> None:
    """Let the browser reload a page that shows the progress of the job."""
    if not job.has_ended:
        response["Refresh"] = str(REFRESH_SECONDS)


@require_safe
@reads_from_primary
def job_file(request: HttpRequest, token: str) -> FileResponse:
    job = get_file_job(token)
    try:
        file = job.open_result()
    except UnknownJobError as error:
        raise Http404(str(error)) from error
    return FileResponse(
        file, as_attachment=True, filename=job.file_name, content_type=job.media_type
    )
