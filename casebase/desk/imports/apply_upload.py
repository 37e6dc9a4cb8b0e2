"""From a preview that is agreed to, to records: all of an upload, or nothing.

Few sheets are compared and written while their curator waits, many by a job.
"""

import json
from functools import partial

from django.db import transaction

from casebase.change_tracking.models import Counter
from casebase.change_tracking.transactions import hold, written_together
from casebase.content.parsed_file import RefusedError
from casebase.desk.imports.models import Upload
from casebase.desk.imports.upload_kinds import KINDS
from casebase.files import jobs

# Sentences on a page; the rest shows when these are gone.
COMPLAINTS = 10


class MovedError(Exception):
    """What would be written now is not what was agreed to."""


def carry_out(upload, track=iter):
    """Write what was confirmed, as one edit that can be undone.

    Raises MovedError, or RefusedError when it can't be written any more; then nothing
    is. What takes long is done before others are kept from writing.
    """
    version = Counter.objects.current()
    plan = KINDS[upload.kind].plan(upload, iter)
    why = f"Brought in: {upload.name}"
    with transaction.atomic():
        with written_together(by=upload.by, why=why, act="import") as own:
            hold()
            if not Upload.objects.filter(pk=upload.pk, state="confirmed").exists():
                raise MovedError
            if Counter.objects.current() != version:
                plan = KINDS[upload.kind].plan(upload, iter)
            if plan.mark != upload.mark:
                raise MovedError
            report = plan.write(track)
        upload.finish(report, own.edit)


def work(file, report, *, token, attempt):
    """What the job of an upload does: look at it or, once confirmed, bring it in.

    ``attempt`` only tells this job from those before it.
    """
    upload = Upload.objects.get(token=token)
    track = partial(jobs.report_progress, report=report)
    if upload.state == Upload.State.CONFIRMED:
        bring_in(upload, track)
    else:
        outline = KINDS[upload.kind].outline(upload, track)
        file.write(json.dumps(outline).encode())


def bring_in(upload, track=iter):
    """Sentences on why it was not brought in, and is to be looked at once more."""
    try:
        carry_out(upload, track)
    except MovedError:
        upload.reopen()
        return ["Something has changed meanwhile; look at it once more."]
    except RefusedError as error:
        upload.reopen()
        return [str(refusal) for refusal in error.refusals[:COMPLAINTS]]
    return []


def job_spec_of(upload):
    return jobs.JobSpec(
        task="casebase.desk.imports.apply_upload.work",
        kwargs={"token": upload.token, "attempt": upload.attempt},
        total=upload.n_files,
        file_name="",
        media_type="application/json",
    )


def progress(upload):
    """How far the job of the upload is, which begins when somebody first asks."""
    spec = job_spec_of(upload)
    try:
        return jobs.progress_of(jobs.id_of(spec))
    except jobs.UnknownJobError:
        return jobs.progress_of(jobs.start(spec))


def outline(upload):
    """What the preview of the upload shows, from its job or made at once."""
    if upload.is_large:
        return json.loads(jobs.result_of(jobs.id_of(job_spec_of(upload))).read_bytes())
    return KINDS[upload.kind].outline(upload, iter)
