"""Large files are made by a process of their own, so that no page waits for them.

A job is a folder of ``CACHE_DIR``/jobs, named after what is wanted, so that readers who
want the same wait for the same. Its process holds a slot for as long as it lives: a job
with neither a slot nor a result has failed. See docs/adr/0007.
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

from casebase.semaphore import Slots

SLOTS = Slots(
    "jobs", 2, "Too many large files are being made. Try again in a few minutes."
)
# The latest jobs that are kept, and at most so many bytes of their files.
KEPT, KEPT_BYTES = 50, 2_000_000_000
STOPPED = "It was stopped before it was done. Try again."

TOLD_EVERY = 200
# Called with the number of records that are done.
Report = Callable[[int], None]


class UnknownJobError(LookupError):
    """No job has this id, or it is no longer kept. Starting it anew helps."""


class JobError(Exception):
    """A job can't be done; its words are for readers."""


class Order(NamedTuple):
    """What a job is to do.

    ``act`` is the dotted name of a function ``act(given, file, report)`` that writes
    into the open file. ``total`` is the number of records, as far as is known. Who
    goes to ``address`` asks for it anew.
    """

    act: str
    given: dict[str, Any]
    total: int
    file_name: str
    media_type: str
    address: str = ""


class Progress(NamedTuple):
    """``state`` is running, done or failed; ``complaint`` says why it failed."""

    state: str
    done: int
    total: int
    complaint: str = ""


def id_of(order: Order) -> str:
    """The id of the job that does it, started or not."""
    return hashlib.sha256(json.dumps(order).encode()).hexdigest()[:32]


def start(order: Order) -> str:
    """The id of the job that does it.

    A running job is joined; one that has ended is run again, for records change. Raises
    ``BusyError`` when all slots are taken.
    """
    job = id_of(order)
    with one_at_a_time():
        if job not in SLOTS.holders():
            slot = SLOTS.take(job)
            sweep()
            prepare(job, json.dumps(order).encode(), order.total)
            spawn(job, slot)
    return job


def progress(job: str) -> Progress:
    """Raises ``UnknownJobError``."""
    with one_at_a_time():
        is_running = job in SLOTS.holders()
    # Looked at later: a job that ends in between has left its result.
    told = Progress(*json.loads(read(job, "progress")))
    if (folder_of(job) / "result").exists():
        return told._replace(state="done", done=told.total)
    if is_running or told.state == "failed":
        return told
    return told._replace(state="failed", complaint=STOPPED)


def order_of(job: str) -> Order:
    """Raises ``UnknownJobError``."""
    return Order(*json.loads(read(job, "order")))


def result(job: str) -> Path:
    """The finished file. Raises ``UnknownJobError`` where there is none, or not yet."""
    file = folder_of(job) / "result"
    if not file.exists():
        raise UnknownJobError("There is no such file, or not yet.")
    return file


def run_job(job: str) -> None:
    """What the job's own process does."""
    order = order_of(job)
    try:
        with whole(job, "result") as file:
            act = import_string(order.act)
            act(order.given, file, lambda n: tell(job, "running", n, order.total))
    except Exception as error:
        words = str(error) if isinstance(error, JobError) else "It failed."
        tell(job, "failed", 0, order.total, words)
        raise


def say_nothing(done: int) -> None:
    """For a file that is made before anybody asks how far it is."""


def tracked[Record](records: Iterable[Record], report: Report) -> Iterator[Record]:
    """The records, of which it is told now and then how many have passed."""
    for n, record in enumerate(records, start=1):
        yield record
        if n % TOLD_EVERY == 0:
            report(n)


def home() -> Path:
    folder = Path(settings.CACHE_DIR) / "jobs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Only who is in here may look who holds a slot, or take one."""
    with (home() / "lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def sweep() -> None:
    """Only the latest jobs stay, and those that run."""
    alive = SLOTS.holders()
    folders = [each for each in home().iterdir() if each.is_dir()]
    folders.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
    size = 0
    for place, folder in enumerate(folders):
        size += sum(file.stat().st_size for file in folder.iterdir())
        if (place >= KEPT or size > KEPT_BYTES) and folder.name not in alive:
            shutil.rmtree(folder)


def prepare(job: str, order: bytes, total: int) -> None:
    folder_of(job).mkdir(exist_ok=True)
    with suppress(FileNotFoundError):
        (folder_of(job) / "result").unlink()
    with whole(job, "order") as file:
        file.write(order)
    tell(job, "running", 0, total)


def spawn(job: str, slot: BinaryIO) -> None:
    """In a session of its own: it outlives the worker that a reader came to."""
    command = [sys.executable, "manage.py", "run_job", job]
    with slot:
        # The id is one of ours: letters and digits.
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[slot.fileno()],
            start_new_session=True,
        )
    Thread(target=process.wait, daemon=True).start()


def tell(job: str, *progress: str | int) -> None:
    with whole(job, "progress") as file:
        file.write(json.dumps(progress).encode())


def folder_of(job: str) -> Path:
    """Ids come from addresses."""
    if len(job) != 32 or not set(job) <= set("0123456789abcdef"):
        raise UnknownJobError("There is no such job.")
    return home() / job


def read(job: str, name: str) -> bytes:
    try:
        return (folder_of(job) / name).read_bytes()
    except FileNotFoundError:
        raise UnknownJobError("This file is no longer kept.") from None


@contextmanager
def whole(job: str, name: str) -> Iterator[BinaryIO]:
    """A file to write, which is there as a whole or not at all, even when killed."""
    part = folder_of(job) / f"{name}.part"
    with part.open("wb") as file:
        yield file
    os.replace(part, folder_of(job) / name)
