"""Servers to measure: ours, a bare Django view, and Datasette; each a process."""

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
# Datasette's own limits would cut its facets short; it is given all the time it needs.
DATASETTE_SETTINGS = {
    "facet_time_limit_ms": "120000",
    "sql_time_limit_ms": "120000",
    "suggest_facets": "off",
    "default_cache_ttl": "0",
    "default_facet_size": "50",
}
PATIENCE = 120


@dataclass(frozen=True)
class Server:
    port: int
    process: int

    def peak(self) -> float:
        """Megabytes of memory that the largest of its workers had at most."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children")
        return max(memory("VmHWM", worker) for worker in children.read_text().split())


def memory(kind: str, process: str = "self") -> float:
    """Megabytes of real memory that a process has, VmRSS, or had at most, VmHWM."""
    words = Path(f"/proc/{process}/status").read_text().split()
    return int(words[words.index(f"{kind}:") + 1]) / 1024


@contextmanager
def serving(command: Sequence[str], **environment: str) -> Iterator[Server]:
    """The server, once it answers; ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    wanted = [word.format(port=port) for word in command]
    with subprocess.Popen(  # noqa: S603
        wanted, env=os.environ | environment, stdout=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(port, server)
            yield Server(port, server.pid)
        finally:
            server.terminate()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + PATIENCE
    while server.poll() is None and monotonic() < deadline:
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).connect()
        except (OSError, HTTPException):
            sleep(0.1)
        else:
            return
    raise RuntimeError("The server does not answer.")


def set_up() -> None:
    """The tables of the site in the database of this process, and its static files."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def casebase() -> AbstractContextManager[Server]:
    """The whole site on the database of this process, as on a public machine."""
    return serving([*GUNICORN, "casebase.wsgi"])


def bare_view(page: Path) -> AbstractContextManager[Server]:
    """A Django view that answers every address with the contents of this file."""
    # gunicorn.conf.py makes our index, and this site has none.
    alike = ["--config=/dev/null", "--workers=2", "--threads=6", "--no-control-socket"]
    command = [*GUNICORN, *alike, "bench.bare_view:application"]
    return serving(command, BARE_PAGE=str(page))


def datasette(file: Path) -> AbstractContextManager[Server]:
    """All tables of a file."""
    settings = [
        word
        for name, value in DATASETTE_SETTINGS.items()
        for word in ("--setting", name, value)
    ]
    command = [sys.executable, "-m", "datasette", "serve", str(file), "--port={port}"]
    return serving([*command, *settings])
