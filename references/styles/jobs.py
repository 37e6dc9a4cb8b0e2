"""Long lists are set by a process of their own, so that no page waits for them.

A job is a folder of ``CACHE_DIR``/jobs, named after what is wanted, so that readers who
want the same wait for the same. Its process holds a slot for as long as it lives: a job
with neither a slot nor a result has failed. See docs/adr/0007.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, NamedTuple

from django.conf import settings

from references.as_csl import WITH_WORK, work_of
from references.models import Reference
from references.styles.bibliographies import language_of
from references.styles.errors import RenderError, UnknownJobError
from references.styles.files import WRITERS
from references.styles.shelf import named
from references.styles.slots import one_at_a_time, running, take_slot

# A page may set as many works itself: two or three seconds.
LONGEST_IN_A_PAGE = 1_000
# The latest jobs that are kept, each with a file of up to some megabytes.
KEPT = 50
STOPPED = "It was stopped before it was done. Try again."


class Progress(NamedTuple):
    """``state`` is running, done or failed; ``complaint`` says why it failed."""

    state: str
    done: int
    total: int
    complaint: str = ""


def start(works: Any, style_id: str, locale: str, written_as: str) -> str:
    """The id of a job that sets the works of this queryset, in its order.

    ``written_as`` is a name of ``WRITERS``. A running job is joined; one that has ended
    is run again, for works change. Raises ``RenderBusyError`` when all slots are taken,
    and at once what an unknown style or language raises.
    """
    order = {
        "works": list(works.values_list("pk", flat=True)),
        "style": named(style_id).id,
        "locale": language_of(style_id, locale),
        "written_as": written_as,
    }
    text = json.dumps(order).encode()
    job = hashlib.sha256(text).hexdigest()[:32]
    with one_at_a_time(home()):
        if job not in running(home()):
            slot = take_slot(home(), job)
            sweep()
            prepare(job, text, len(order["works"]))
            spawn(job, slot)
    return job


def progress(job: str) -> Progress:
    """Raises ``UnknownJobError``."""
    with one_at_a_time(home()):
        is_running = job in running(home())
    # Looked at later: a job that ends in between has left its result.
    told = Progress(*json.loads(read(job, "progress")))
    if (folder_of(job) / "result").exists():
        return told._replace(state="done", done=told.total)
    if is_running or told.state == "failed":
        return told
    return told._replace(state="failed", complaint=STOPPED)


def result(job: str) -> Path:
    """The finished file. Raises ``UnknownJobError`` where there is none, or not yet."""
    file = folder_of(job) / "result"
    if not file.exists():
        raise UnknownJobError("There is no such list, or not yet.")
    return file


def carry_out(job: str) -> None:
    """What the job's own process does."""
    order = json.loads(read(job, "order"))
    keys = order["works"]
    try:
        found = Reference.objects.prefetch_related(*WITH_WORK).in_bulk(keys)
        works = [work_of(found[key]) for key in keys if key in found]
        set_works = WRITERS[order["written_as"]]
        report = partial(tell, job, "running")
        content = set_works(works, order["style"], order["locale"], report=report)
    except Exception as error:
        words = str(error) if isinstance(error, RenderError) else "It failed."
        tell(job, "failed", 0, len(keys), words)
        raise
    write(job, "result", content)


def home() -> Path:
    folder = Path(settings.CACHE_DIR) / "jobs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def sweep() -> None:
    """Only the latest ``KEPT`` jobs stay, and those that run."""
    alive = running(home())
    folders = [each for each in home().iterdir() if each.is_dir()]
    folders.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in folders[KEPT:]:
        if folder.name not in alive:
            shutil.rmtree(folder)


def prepare(job: str, order: bytes, total: int) -> None:
    folder_of(job).mkdir(exist_ok=True)
    with suppress(FileNotFoundError):
        (folder_of(job) / "result").unlink()
    write(job, "order", order)
    tell(job, "running", 0, total)


def spawn(job: str, slot: BinaryIO) -> None:
    """In a session of its own: it outlives the worker that a reader came to."""
    command = [sys.executable, "manage.py", "render_bibliography", job]
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
    write(job, "progress", json.dumps(progress).encode())


def folder_of(job: str) -> Path:
    """Ids come from addresses."""
    if len(job) != 32 or not set(job) <= set("0123456789abcdef"):
        raise UnknownJobError("There is no such list.")
    return home() / job


def read(job: str, name: str) -> bytes:
    try:
        return (folder_of(job) / name).read_bytes()
    except FileNotFoundError:
        raise UnknownJobError("This list is no longer kept.") from None


def write(job: str, name: str, content: bytes) -> None:
    """Whole or not at all, even when killed."""
    part = folder_of(job) / f"{name}.part"
    part.write_bytes(content)
    os.replace(part, folder_of(job) / name)
