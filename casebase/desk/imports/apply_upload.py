"""From a confirmed preview to records: all of an upload is written, or nothing.

A small upload is previewed and applied while its curator waits, a large one by a job.
"""

import json
from functools import partial

from django.db import transaction

from casebase.change_tracking.models import Counter
from casebase.change_tracking.transactions import lock_for_writing, tracked_transaction
from casebase.content.parsed_file import InvalidFileError
from casebase.desk.imports.models import Upload
from casebase.desk.imports.upload_kinds import KINDS
from casebase.files import jobs

# Reasons that are shown at once; the others show when these are gone.
MAX_REASONS = 10


class StalePreviewError(Exception):
    """What would be written now is not what was confirmed."""


def apply_upload(upload, track=iter):
    """Write what was confirmed, as one edit that can be undone.

    Raises StalePreviewError, or InvalidFileError if it can't be written any more.
    Nothing is written then. What takes long is done before the database is locked.
    """
    version = Counter.objects.current()
    plan = KINDS[upload.kind].plan_import(upload, iter)
    why = f"Brought in: {upload.name}"
    with transaction.atomic():
        with tracked_transaction(by=upload.by, why=why, action="import") as tracked:
            lock_for_writing()
            if not Upload.objects.filter(pk=upload.pk, state="confirmed").exists():
                raise StalePreviewError
            if Counter.objects.current() != version:
                plan = KINDS[upload.kind].plan_import(upload, iter)
            if plan.mark != upload.mark:
                raise StalePreviewError
            report = plan.write(track)
        upload.finish(report, tracked.edit)


def try_to_apply(upload, track=iter):
    """Apply the upload, or reopen it so that it is previewed once more.

    Returns the reasons why it was not applied, as sentences; empty on success.
    """
    try:
        apply_upload(upload, track)
    except StalePreviewError:
        upload.reopen()
        return ["Something has changed meanwhile; look at it once more."]
    except InvalidFileError as error:
        upload.reopen()
        return [str(detail) for detail in error.errors[:MAX_REASONS]]
    return []


def run_job(file, report, *, token, attempt):
    """Preview an upload into the file or, once it is confirmed, apply it.

    ``attempt`` only tells this job from those before it.
    """
    upload = Upload.objects.get(token=token)
    track = partial(jobs.report_progress, report=report)
    if upload.state == Upload.State.CONFIRMED:
        try_to_apply(upload, track)
    else:
        preview = KINDS[upload.kind].build_preview(upload, track)
        file.write(json.dumps(preview).encode())


def job_spec(upload):
    """The job that previews or applies the upload."""
    return jobs.JobSpec(
        task="casebase.desk.imports.apply_upload.run_job",
        kwargs={"token": upload.token, "attempt": upload.attempt},
        total=upload.n_files,
        file_name="",
        media_type="application/json",
    )


def job_progress(upload):
    """How far the job of the upload is. The first call starts it."""
    spec = job_spec(upload)
    try:
        return jobs.progress_of(jobs.id_of(spec))
    except jobs.UnknownJobError:
        return jobs.progress_of(jobs.start(spec))


def load_preview(upload):
    """What the preview of the upload shows: read from its job, or made at once.

    Raises UnknownJobError when the job is no longer kept.
    """
    if upload.is_large:
        return json.loads(jobs.result_of(jobs.id_of(job_spec(upload))).read_bytes())
    return KINDS[upload.kind].build_preview(upload, iter)
