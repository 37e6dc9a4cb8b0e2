"""How long whole HTTP requests take, one after the other and many at a time."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median, quantiles
from time import perf_counter

HEADERS = {"Accept": "text/html", "Accept-Encoding": "gzip"}
WARM_UP, TIMES, LONG_ENOUGH = 4, 40, 20


@dataclass(frozen=True)
class Timed:
    """Milliseconds of one kind of request, and the page it brought, unpacked."""

    median: float
    p95: float
    page: bytes


def timed(port: int, path: str, times: int = TIMES) -> Timed:
    """Ask again and again over one connection, for ``LONG_ENOUGH`` seconds at most."""
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    page = b""
    for _ in range(WARM_UP):
        page = ask(connection, path)
    taken: list[float] = []
    while len(taken) < times and (len(taken) < 3 or sum(taken) < LONG_ENOUGH * 1000):
        began = perf_counter()
        ask(connection, path)
        taken.append((perf_counter() - began) * 1000)
    connection.close()
    return Timed(median(taken), quantiles(taken, n=20)[-1], page)


def ask(connection: HTTPConnection, path: str) -> bytes:
    """The body of the answer. Raises AssertionError for anything but a page."""
    connection.request("GET", path, headers=HEADERS)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, f"{path} answers {answer.status}"  # noqa: S101
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(body) if packed else body


def per_second(port: int, paths: list[str], clients: int = 32) -> float:
    """Requests that are answered in a second when this many ask without a pause."""

    def client(number: int) -> int:
        connection = HTTPConnection("127.0.0.1", port, timeout=600)
        for path in paths[number % len(paths) :] + paths[: number % len(paths)]:
            ask(connection, path)
        connection.close()
        return len(paths)

    with ThreadPoolExecutor(clients) as crowd:
        began = perf_counter()
        answered = sum(crowd.map(client, range(clients)))
    return answered / (perf_counter() - began)
