"""How long files take over HTTP, those that are sent while they are written and those
made by a job."""

import re
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from time import perf_counter, sleep

PATIENCE = 600
BLOCK = 1 << 16


@dataclass(frozen=True)
class Fetched:
    """Seconds to the first byte and to the last, and the number of bytes."""

    first: float
    whole: float
    length: int


def fetch(port: int, path: str) -> Fetched:
    """A file; one that a job makes is waited for. Raises AssertionError without one."""
    began = perf_counter()
    answer = ask(port, path)
    if answer.status == 302:
        answer = made_by_job(port, answer.headers["Location"])
    assert answer.status == 200, f"{path} answers {answer.status}"  # noqa: S101
    length = len(answer.read(1))
    first = perf_counter() - began
    while block := answer.read(BLOCK):
        length += len(block)
    return Fetched(first, perf_counter() - began, length)


def ask(port: int, path: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    return connection.getresponse()


def made_by_job(port: int, page: str) -> HTTPResponse:
    """Looks at the page of a job until it has ended, as a browser does."""
    while (answer := ask(port, page)).headers.get("Refresh"):
        sleep(0.2)
    file = re.search(rb'href="(/jobs/\w+/file/)"', answer.read())
    assert file, f"{page} has no file"  # noqa: S101
    return ask(port, file[1].decode())
