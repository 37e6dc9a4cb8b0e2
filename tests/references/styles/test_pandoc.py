import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from threading import get_ident

import pytest

from casebase.jobs import running
from casebase.jobs.models import Job
from casebase.semaphore import BusyError, FileSemaphore
from references.styles import pandoc
from references.styles.errors import RenderError, RenderTimeoutError

TO_HTML = ["--from=markdown", "--to=html"]


def test_it_returns_the_output():
    assert pandoc.run(TO_HTML, b"*a*", seconds=10) == b"<p><em>a</em></p>\n"


def test_its_time_is_limited():
    with pytest.raises(RenderTimeoutError, match="took too long"):
        pandoc.run(TO_HTML, b"*a*\n\n" * 100_000, seconds=0.01)
    with pytest.raises(ChildProcessError):
        # There is no child process left.
        os.waitpid(-1, os.WNOHANG)


def test_its_memory_is_limited(caplog):
    with pytest.raises(RenderError, match="could not be set"):
        pandoc.run(TO_HTML, b"*a*\n\n" * 100_000, seconds=10, heap="20m")
    assert "pandoc ended with 251" in caplog.text


def test_unreadable_input_is_an_error(caplog):
    with pytest.raises(RenderError, match="could not be set"):
        pandoc.run(["--from=csljson", "--to=html"], b"{", seconds=10)
    assert "pandoc ended with" in caplog.text


def test_it_does_not_read_files_named_in_a_text(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    text = f".. include:: {secret}".encode()
    assert pandoc.run(["--from=rst", "--to=html"], text, seconds=10) == b"\n"


def one_queue(monkeypatch, timeout_seconds):
    semaphore = FileSemaphore("one", 1, "Try again.")
    queue = pandoc.Queue(semaphore, timeout_seconds)
    monkeypatch.setattr(pandoc, "PAGE_QUEUE", queue)
    return queue


def test_the_number_of_processes_is_limited(monkeypatch):
    """If no permit is free, another run waits, and then fails."""
    queue = one_queue(monkeypatch, 0.01)
    with queue.semaphore.acquire(), pytest.raises(BusyError, match="Try again"):
        pandoc.run(TO_HTML, b"a", seconds=10)
    assert pandoc.run(TO_HTML, b"a", seconds=10)


def test_an_orphan_holds_its_permit_until_its_time_limit(monkeypatch):
    """If the process that started pandoc is killed, the system limits pandoc's time."""
    queue = one_queue(monkeypatch, 0)
    busy = ["/bin/sh", "-c", "while :; do :; done"]
    with queue.semaphore.acquire() as permit:
        orphan = subprocess.Popen(
            [*pandoc.CPU_LIMIT_COMMAND, "1", *busy], pass_fds=[permit.fileno()]
        )
    with pytest.raises(BusyError):
        queue.semaphore.acquire()
    assert orphan.wait() == -signal.SIGKILL
    queue.semaphore.acquire().close()


def test_jobs_have_their_own_queue():
    """Pages never wait for jobs."""
    assert pandoc.current_queue() is pandoc.PAGE_QUEUE
    of_job = copy_context()
    of_job.run(running._running_job.set, Job())
    assert of_job.run(pandoc.current_queue) is pandoc.JOB_QUEUE
    assert pandoc.JOB_QUEUE.semaphore.name != pandoc.PAGE_QUEUE.semaphore.name


def test_twenty_readers_run_two_at_a_time(monkeypatch):
    running, counts, run = set(), set(), subprocess.run

    def count_and_run(*command, **options):
        running.add(get_ident())
        counts.add(len(running))
        try:
            return run(*command, **options)
        finally:
            running.remove(get_ident())

    monkeypatch.setattr(subprocess, "run", count_and_run)
    patient = pandoc.PAGE_QUEUE._replace(timeout_seconds=60)
    monkeypatch.setattr(pandoc, "PAGE_QUEUE", patient)
    with ThreadPoolExecutor(20) as readers:
        render = partial(pandoc.run, TO_HTML, seconds=10)
        answers = list(readers.map(render, [b"*a*"] * 20))
    assert answers == [b"<p><em>a</em></p>\n"] * 20
    assert max(counts) == pandoc.MAX_PROCESSES
