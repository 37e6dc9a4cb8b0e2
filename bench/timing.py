"""How long whole HTTP requests take, one after the other and many at a time."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from statistics import median, quantiles
from time import perf_counter

HEADERS = {"Accept": "text/html", "Accept-Encoding": "gzip"}
WARM_UP, FEWEST, TIMES, LONG_ENOUGH = 4, 3, 40, 20


@dataclass(frozen=True)
class Timed:
    """Milliseconds of one kind of request, and the page it brought, unpacked."""

    median: float
    p95: float
    page: bytes


def timed(port: int, path: str, *, anew: bool = False, cookie: str = "") -> Timed:
    """Ask again and again over one connection, for ``LONG_ENOUGH`` seconds at most.

    ``anew`` asks each time as nobody has asked before, so that the page is made and not
    remembered.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    end = "&" if "?" in path else "?"
    addresses = (f"{path}{end}utm_source={n}" if anew else path for n in count())

    def asked(fewest: int, most: int) -> list[tuple[float, bytes]]:
        answers: list[tuple[float, bytes]] = []
        until = perf_counter() + LONG_ENOUGH
        while len(answers) < most and (len(answers) < fewest or perf_counter() < until):
            began = perf_counter()
            page = ask(connection, next(addresses), cookie)
            answers.append(((perf_counter() - began) * 1000, page))
        return answers

    asked(1, WARM_UP)
    answers = asked(FEWEST, TIMES)
    connection.close()
    taken = [milliseconds for milliseconds, _ in answers]
    return Timed(median(taken), quantiles(taken, n=20)[-1], answers[-1][1])


def ask(connection: HTTPConnection, path: str, cookie: str = "") -> bytes:
    """The body of the answer. Raises RuntimeError for anything but a page."""
    connection.request("GET", path, headers=HEADERS | {"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answers {answer.status}")
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
