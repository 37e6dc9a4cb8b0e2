"""Functions of jobs in tests. Those that other processes run tell it through files.

A FIFO that is opened for writing waits until somebody reads it, and the other way
round: so processes wait for each other without looking at a clock.
"""

import os
import signal
from pathlib import Path

from casebase.jobs.progress import report_progress
from casebase.jobs.specs import JobError


def write_lines(file, report, *, lines, error=""):
    """Write a line for each record."""
    if error:
        raise JobError(error)
    for line in report_progress(lines, report):
        file.write(f"{line}\n".encode())


def append_line(file, report, *, path, line):
    """Append a line to a file in one write, which no other process can interrupt."""
    with Path(path).open("ab", buffering=0) as log:
        log.write(f"{line}\n".encode())


def meet(file, report, *, folder):
    """Tell the id of this process, report, wait for an answer, and write it."""
    (Path(folder) / "told").write_text(str(os.getpid()))
    report(7)
    file.write((Path(folder) / "answer").read_bytes())
    report(8)


def fail_once(file, report, *, path):
    """Fail unless the file exists, and create it."""
    if not Path(path).exists():
        Path(path).touch()
        raise RuntimeError("The first time, it fails.")
    file.write(b"the second time")


def die(file, report, *, folder):
    """End this process as the system does when it needs its memory."""
    (Path(folder) / "told").write_text(str(os.getpid()))
    os.kill(os.getpid(), signal.SIGKILL)
