"""Where a reader waits for a large file, and takes it."""

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casebase.files import jobs

SECONDS_BETWEEN_LOOKS = 2


@require_safe
def job_progress(request, job):
    """How far a file is; the page asks again by itself until it is done."""
    try:
        progress, order = jobs.progress(job), jobs.order_of(job)
    except jobs.UnknownJobError as unknown:
        raise Http404(str(unknown)) from unknown
    context = {"progress": progress, "job": job, "order": order}
    response = render(request, "job.html", context)
    if progress.state == "running":
        response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def job_file(request, job):
    try:
        file, order = jobs.result(job).open("rb"), jobs.order_of(job)
    except jobs.UnknownJobError as unknown:
        raise Http404(str(unknown)) from unknown
    return FileResponse(
        file,
        as_attachment=True,
        filename=order.file_name,
        content_type=order.media_type,
    )
