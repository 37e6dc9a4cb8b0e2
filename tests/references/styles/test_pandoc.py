import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import get_ident

import pytest

from casebase.files import jobs
from casebase.semaphore import BusyError, FileSemaphore
from references.styles import pandoc
from references.styles.errors import RenderError, RenderTimeoutError

TO_HTML = ["--from=markdown", "--to=html"]


def test_it_answers():
    assert pandoc.run(TO_HTML, b"*a*", seconds=10) == b"<p><em>a</em></p>\n"


def test_it_may_not_take_longer_than_it_may():
    with pytest.raises(RenderTimeoutError, match="took too long"):
        pandoc.run(TO_HTML, b"*a*\n\n" * 100_000, seconds=0.01)
    with pytest.raises(ChildProcessError):
        # Nothing is left to wait for.
        os.waitpid(-1, os.WNOHANG)


def test_it_may_not_take_more_memory_than_it_may(caplog):
    with pytest.raises(RenderError, match="could not be set"):
        pandoc.run(TO_HTML, b"*a*\n\n" * 100_000, seconds=10, heap="20m")
    assert "pandoc ended with 251" in caplog.text


def test_what_it_cannot_read_is_an_error(caplog):
    with pytest.raises(RenderError, match="could not be set"):
        pandoc.run(["--from=csljson", "--to=html"], b"{", seconds=10)
    assert "pandoc ended with" in caplog.text


def test_it_reads_no_file_that_a_text_names(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    given = f".. include:: {secret}".encode()
    assert pandoc.run(["--from=rst", "--to=html"], given, seconds=10) == b"\n"


def one_queue(monkeypatch, timeout_seconds):
    semaphore = FileSemaphore("one", 1, "Try again.")
    queue = pandoc.Queue(semaphore, timeout_seconds)
    monkeypatch.setattr(pandoc, "PAGE_QUEUE", queue)
    return queue


def test_only_so_many_run_at_once(monkeypatch):
    """With every slot taken, another waits, and then is told to come back."""
    queue = one_queue(monkeypatch, 0.01)
    with queue.semaphore.acquire(), pytest.raises(BusyError, match="Try again"):
        pandoc.run(TO_HTML, b"a", seconds=10)
    assert pandoc.run(TO_HTML, b"a", seconds=10)


def test_an_orphan_holds_its_slot_and_ends_by_itself(monkeypatch):
    """Whoever started a pandoc may be killed; the system then counts its seconds."""
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


def test_jobs_have_a_queue_of_their_own(monkeypatch):
    """So that pages never wait for them."""
    assert pandoc.queue_of_process() is pandoc.PAGE_QUEUE
    monkeypatch.setattr(jobs, "_is_job_process", True)
    assert pandoc.queue_of_process() is pandoc.JOB_QUEUE
    assert pandoc.JOB_QUEUE.semaphore.name != pandoc.PAGE_QUEUE.semaphore.name


def test_fifty_readers_start_two_at_a_time(monkeypatch):
    running, most, run = set(), set(), subprocess.run

    def counted(*command, **options):
        running.add(get_ident())
        most.add(len(running))
        try:
            return run(*command, **options)
        finally:
            running.remove(get_ident())

    monkeypatch.setattr(subprocess, "run", counted)
    patient = pandoc.PAGE_QUEUE._replace(timeout_seconds=60)
    monkeypatch.setattr(pandoc, "PAGE_QUEUE", patient)
    with ThreadPoolExecutor(50) as readers:
        ask = partial(pandoc.run, TO_HTML, seconds=10)
        answers = list(readers.map(ask, [b"*a*"] * 50))
    assert answers == [b"<p><em>a</em></p>\n"] * 50
    assert max(most) == pandoc.MAX_PROCESSES
