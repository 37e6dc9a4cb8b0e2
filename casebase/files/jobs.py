"""Jobs: processes that make large files, so that no page has to wait for them.

A job is a folder of ``CACHE_DIR``/jobs, whose name is a hash of what the job does:
readers who ask for the same file wait for the same job. Its process holds a permit for
as long as it lives, so a job with neither a permit nor a result has failed. See
docs/adr/0007.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from casebase.semaphore import FileSemaphore

SEMAPHORE = FileSemaphore(
    "jobs", 2, "Too many large files are being made. Try again in a few minutes."
)
# Only the latest jobs are kept, up to this number and these bytes of files.
MAX_JOBS, MAX_BYTES = 50, 2_000_000_000
STOPPED = "It was stopped before it was done. Try again."

RECORDS_PER_REPORT = 200
# Called with the number of records that are done.
type Report = Callable[[int], None]


class UnknownJobError(LookupError):
    """No job has this id, or it has been deleted. It can be started again."""


class JobError(Exception):
    """A job can't be done; its text is for readers."""


class JobSpec(NamedTuple):
    """What a job does.

    ``task`` is the dotted name of a function, which is called with an open file to
    write into, a function that takes reports of its progress, and ``kwargs``.
    ``total`` is the number of records, as far as it is known. ``address`` is where
    readers can ask for the file again; empty if there is no such address.
    """

    task: str
    kwargs: dict[str, Any]
    total: int
    file_name: str
    media_type: str
    address: str = ""


class Progress(NamedTuple):
    """``state`` is running, done or failed; ``message`` says why it failed."""

    state: str
    done: int
    total: int
    message: str = ""


def id_of(spec: JobSpec) -> str:
    """The id of the job with this specification, whether it was started or not."""
    return hashlib.sha256(json.dumps(spec).encode()).hexdigest()[:32]


def start(spec: JobSpec) -> str:
    """Start the job with this specification, and return its id.

    A running job goes on; one that has ended runs again, because records change.
    Raises ``BusyError`` if too many others run.
    """
    job = id_of(spec)
    with exclusive_lock():
        if job not in SEMAPHORE.holders():
            permit = SEMAPHORE.acquire(job)
            delete_old_jobs()
            prepare_folder(job, spec)
            spawn(job, permit)
    return job


def progress_of(job: str) -> Progress:
    """Return the progress of the job. Raises ``UnknownJobError``."""
    with exclusive_lock():
        is_running = job in SEMAPHORE.holders()
    # Read after that: a job that has ended in between has left its result.
    progress = Progress(*json.loads(read_file(job, "progress")))
    if (folder_of(job) / "result").exists():
        return progress._replace(state="done", done=progress.total)
    if is_running or progress.state == "failed":
        return progress
    return progress._replace(state="failed", message=STOPPED)


def spec_of(job: str) -> JobSpec:
    """Raises ``UnknownJobError``, also for a job of an earlier version of the code."""
    try:
        return JobSpec(**json.loads(read_file(job, "spec")))
    except TypeError:
        raise UnknownJobError("This file has to be made again.") from None


def result_of(job: str) -> Path:
    """Return the finished file. Raises ``UnknownJobError`` if there is none yet."""
    file = folder_of(job) / "result"
    if not file.exists():
        raise UnknownJobError("There is no such file, or not yet.")
    return file


_is_job_process = False


def is_job_process() -> bool:
    """Whether this process was started to run a job, and nobody waits for an answer."""
    return _is_job_process


def mark_job_process() -> None:
    global _is_job_process
    _is_job_process = True


def run_job(job: str) -> None:
    """Do what the job is for, in its own process.

    Raises what its task raises, and ``UnknownJobError``.
    """
    spec = spec_of(job)

    def report(n: int) -> None:
        write_progress(job, Progress("running", n, spec.total))

    try:
        with atomic_write(job, "result") as file:
            import_string(spec.task)(file, report, **spec.kwargs)
    except Exception as error:
        message = str(error) if isinstance(error, JobError) else "It failed."
        write_progress(job, Progress("failed", 0, spec.total, message))
        raise


def ignore_report(done: int) -> None:
    """The report of a file that is made while its reader waits."""


def report_progress[Record](
    records: Iterable[Record], report: Report
) -> Iterator[Record]:
    """The same records, with a report now and then of how many have passed."""
    for n, record in enumerate(records, start=1):
        yield record
        if n % RECORDS_PER_REPORT == 0:
            report(n)


def jobs_folder() -> Path:
    folder = Path(settings.CACHE_DIR) / "jobs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def exclusive_lock() -> Iterator[None]:
    """Hold the lock for reading the holders of permits and for acquiring one."""
    with (jobs_folder() / "lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def delete_old_jobs() -> None:
    """Delete all jobs but the latest and those that run."""
    running = SEMAPHORE.holders()
    folders = [each for each in jobs_folder().iterdir() if each.is_dir()]
    folders.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
    size = 0
    for place, folder in enumerate(folders):
        size += sum(file.stat().st_size for file in folder.iterdir())
        if (place >= MAX_JOBS or size > MAX_BYTES) and folder.name not in running:
            shutil.rmtree(folder)


def prepare_folder(job: str, spec: JobSpec) -> None:
    folder_of(job).mkdir(exist_ok=True)
    with suppress(FileNotFoundError):
        (folder_of(job) / "result").unlink()
    with atomic_write(job, "spec") as file:
        file.write(json.dumps(spec._asdict()).encode())
    write_progress(job, Progress("running", 0, spec.total))


def spawn(job: str, permit: BinaryIO) -> None:
    """Start the job's process, in a session of its own.

    It outlives the worker that started it.
    """
    command = [sys.executable, "manage.py", "run_job", job]
    with permit:
        # The id is one of ours: letters and digits.
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[permit.fileno()],
            start_new_session=True,
        )
    Thread(target=process.wait, daemon=True).start()


def write_progress(job: str, progress: Progress) -> None:
    with atomic_write(job, "progress") as file:
        file.write(json.dumps(progress).encode())


def folder_of(job: str) -> Path:
    """Raise ``UnknownJobError`` if the id is not valid; ids come from addresses."""
    if len(job) != 32 or not set(job) <= set("0123456789abcdef"):
        raise UnknownJobError("There is no such job.")
    return jobs_folder() / job


def read_file(job: str, name: str) -> bytes:
    try:
        return (folder_of(job) / name).read_bytes()
    except FileNotFoundError:
        raise UnknownJobError("This file is no longer kept.") from None


@contextmanager
def atomic_write(job: str, name: str) -> Iterator[BinaryIO]:
    """Open a file that appears complete or, if writing is stopped, not at all."""
    part = folder_of(job) / f"{name}.part"
    with part.open("wb") as file:
        yield file
    os.replace(part, folder_of(job) / name)
