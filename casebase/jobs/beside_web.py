"""Runs jobs beside gunicorn, so that nothing else has to be started."""

import os
import subprocess
import sys
from threading import Event, Thread

LOOK_SECONDS = 1
# How long a job may go on when the site is stopped. It is begun again later.
GRACE_SECONDS = 10


class JobsBesideWeb(Thread):
    """Keeps a child process that runs ``manage.py run_jobs``, and replaces it.

    It reads the settings itself, as the workers of gunicorn do when they are reloaded,
    and also ends when this process is killed.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.is_stopping = Event()

    def run(self) -> None:
        process = None
        while not self.is_stopping.wait(LOOK_SECONDS):
            if process is None or process.poll():
                process = start_process()
        if process:
            end(process)

    def stop(self) -> None:
        """End the process, and return when it has ended."""
        self.is_stopping.set()
        self.join()


def start_process() -> "subprocess.Popen[bytes]":
    # In a session of its own, so that Ctrl+C at the prompt reaches only gunicorn.
    command = [sys.executable, "manage.py", "run_jobs", f"--parent={os.getpid()}"]
    return subprocess.Popen(  # noqa: S603 -- the arguments are our own
        command, stdin=subprocess.DEVNULL, start_new_session=True
    )


def end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
