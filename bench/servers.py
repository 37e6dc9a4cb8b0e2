"""The servers to measure, each in a process of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

from django.core.management import call_command

GUNICORN = [sys.executable, "-m", "gunicorn", "--bind=127.0.0.1:{port}"]
# Datasette's default limits would cut its facets short, so they are raised.
DATASETTE_SETTINGS = {
    "facet_time_limit_ms": "120000",
    "sql_time_limit_ms": "120000",
    "suggest_facets": "off",
    "default_cache_ttl": "0",
    "default_facet_size": "50",
}
START_TIMEOUT_SECONDS = 120


@dataclass(frozen=True)
class Server:
    port: int
    process: int

    def peak_memory_mb(self) -> float:
        """Return the peak memory of the largest worker in megabytes."""
        return max(memory_mb("VmHWM", worker) for worker in self.workers())

    def processor_seconds(self) -> float:
        """Return the processor time that all workers have taken since they began."""
        ticks = 0
        for worker in self.workers():
            # The second field, the name of the program, may have spaces.
            stat = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
            ticks += int(stat[11]) + int(stat[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def workers(self) -> list[str]:
        children = Path(f"/proc/{self.process}/task/{self.process}/children")
        return children.read_text().split()


def memory_mb(kind: str, process: str = "self") -> float:
    """Return the resident memory of a process in megabytes.

    ``kind`` is VmRSS for the current value, VmHWM for the peak.
    """
    words = Path(f"/proc/{process}/status").read_text().split()
    return int(words[words.index(f"{kind}:") + 1]) / 1024


@contextmanager
def run_server(command: Sequence[str], **environment: str) -> Iterator[Server]:
    """Start a server and yield it when it answers; terminate it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [word.format(port=port) for word in command]
    with subprocess.Popen(  # noqa: S603 -- commands of this package
        command, env=os.environ | environment, stdout=subprocess.DEVNULL
    ) as process:
        try:
            wait_for_server(port, process)
            yield Server(port, process.pid)
        finally:
            process.terminate()


def wait_for_server(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers. Raises RuntimeError if it does not."""
    deadline = monotonic() + START_TIMEOUT_SECONDS
    while process.poll() is None and monotonic() < deadline:
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).connect()
        except (OSError, HTTPException):
            sleep(0.1)
        else:
            return
    raise RuntimeError("The server does not answer.")


def set_up_site() -> None:
    """Create the tables in the database of this process, and collect static files."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def casebase() -> AbstractContextManager[Server]:
    """Run the site with the database of this process, as on a public machine.

    Without the processes that run jobs, which would be taken for workers.
    """
    return run_server([*GUNICORN, "casebase.wsgi"], JOB_PROCESSES="0")


def bare_view(page: Path) -> AbstractContextManager[Server]:
    """Run a Django view that returns the content of a file for every address."""
    # Not gunicorn.conf.py, which builds the index of facets.
    options = ["--config=/dev/null", "--workers=2", "--threads=6"]
    command = [*GUNICORN, *options, "--no-control-socket"]
    return run_server([*command, "bench.bare_view:application"], BARE_PAGE=str(page))


def datasette(file: Path) -> AbstractContextManager[Server]:
    """Run Datasette with all tables of a SQLite file."""
    settings = [
        word
        for name, value in DATASETTE_SETTINGS.items()
        for word in ("--setting", name, value)
    ]
    command = [sys.executable, "-m", "datasette", "serve", str(file), "--port={port}"]
    return run_server([*command, *settings])
