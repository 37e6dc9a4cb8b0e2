"""Writes confirmed uploads to the database, each as a whole or not at all.

A small upload is previewed and applied within the request, a large one by a job.
"""

import json
from contextlib import suppress
from functools import partial

from django.db import IntegrityError, transaction

from casebase.change_tracking.models import Counter
from casebase.change_tracking.transactions import lock_for_writing, tracked_transaction
from casebase.content.parsed_file import InvalidFileError
from casebase.desk.imports.models import Upload
from casebase.desk.imports.stored_previews import is_outdated
from casebase.desk.imports.upload_kinds import KINDS
from casebase.jobs.models import Job, State
from casebase.jobs.progress import report_progress
from casebase.jobs.queue import start
from casebase.jobs.specs import CURATORS_WAIT, JobSpec

# The number of errors shown at once; the rest appear when these are corrected.
MAX_REASONS = 10

# How often an import is planned because somebody wrote what it depends on, before it is
# planned while nobody else can write.
MAX_PLANS = 3


class StalePreviewError(Exception):
    """The import would no longer write what its preview showed."""


def apply_upload(upload, track=iter):
    """Write the confirmed upload as one edit that can be undone.

    Raises StalePreviewError if the preview is out of date, and InvalidFileError if the
    upload is no longer valid; nothing is written in either case. All that takes long is
    done before the database is locked.
    """
    for _ in range(MAX_PLANS):
        # Somebody may have given a new record the name of one of ours.
        with suppress(IntegrityError):
            if apply_if_current(upload, track):
                return
        upload.preview = None
    with transaction.atomic():
        lock_for_writing()
        apply_if_current(upload, track)


def apply_if_current(upload, track):
    """Write the upload, or return False if its plan is out of date by then."""
    version = Counter.objects.current()
    plan = KINDS[upload.kind].plan_import(upload, iter)
    if plan.mark != upload.mark:
        raise StalePreviewError
    why = f"Imported: {upload.name}"
    with plan.prepared(track) as write, transaction.atomic():
        with tracked_transaction(by=upload.by, why=why, action="import") as tracked:
            lock_for_writing()
            if not Upload.objects.filter(pk=upload.pk, state="confirmed").exists():
                raise StalePreviewError
            if is_outdated(plan, version):
                return False
            report = write()
        upload.finish(report, tracked.edit)
    return True


def try_to_apply(upload, track=iter):
    """Apply the upload or, if that fails, reopen it so that it is previewed again.

    Returns the reasons for a failure, as sentences; an empty list on success.
    """
    try:
        apply_upload(upload, track)
    except StalePreviewError:
        upload.reopen()
        return ["Something has changed since the preview; check the new one."]
    except InvalidFileError as error:
        upload.reopen()
        return [str(detail) for detail in error.errors[:MAX_REASONS]]
    return []


def run_job(file, report, *, token, attempt):
    """Write the preview of an open upload to the file, or apply a confirmed upload.

    ``attempt`` is unused; it makes each job's specification unique.
    """
    upload = Upload.objects.get(token=token)
    track = partial(report_progress, report=report)
    if upload.state == Upload.State.CONFIRMED:
        try_to_apply(upload, track)
    else:
        preview = KINDS[upload.kind].build_preview(upload, track)
        file.write(json.dumps(preview).encode())


def job_of(upload):
    """Return the job that previews or applies the upload, and start it if need be."""
    is_confirmed = upload.state == Upload.State.CONFIRMED
    spec = JobSpec(
        function="casebase.desk.imports.apply_upload.run_job",
        kwargs={"token": upload.token, "attempt": upload.attempt},
        title=f"{'Import' if is_confirmed else 'Read'} {upload.name}"[:200],
        total=upload.n_files,
        priority=CURATORS_WAIT,
    )
    # One that has failed says so until the curator begins another attempt.
    job = Job.objects.filter(key=spec.key).first()
    return job if job and job.state != State.DONE else start(spec, by=upload.by)


def load_preview(upload, job):
    """Return the preview of the upload: its job's result, or built here if small.

    Raises UnknownJobError if the job's result has been deleted.
    """
    if job is None:
        return KINDS[upload.kind].build_preview(upload, iter)
    with job.open_result() as file:
        return json.load(file)
