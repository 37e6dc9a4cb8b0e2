"""Times whole HTTP requests, in sequence and concurrently."""

import gzip
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from statistics import median, quantiles
from time import perf_counter
from typing import Self

HEADERS = {"Accept": "text/html", "Accept-Encoding": "gzip"}
WARM_UP_REQUESTS, MIN_REQUESTS, MAX_REQUESTS, MAX_SECONDS = 4, 3, 40, 20


@dataclass(frozen=True)
class RequestTimes:
    """Times of one kind of request in milliseconds, and the page, uncompressed."""

    median: float
    p95: float
    page: bytes


def time_requests(
    port: int, path: str, *, uncached: bool = False, cookie: str = ""
) -> RequestTimes:
    """Repeat a request over one connection, for about ``MAX_SECONDS`` at most.

    With ``uncached`` each request has an address of its own, so that no page comes from
    a cache.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    mark = "&" if "?" in path else "?"
    paths = (f"{path}{mark}utm_source={n}" if uncached else path for n in count())
    repeat(WARM_UP_REQUESTS, 1, lambda: fetch_page(connection, next(paths), cookie))
    pages = repeat(
        MAX_REQUESTS, MIN_REQUESTS, lambda: fetch_page(connection, next(paths), cookie)
    )
    connection.close()
    times = [milliseconds for milliseconds, _ in pages]
    return RequestTimes(median(times), quantiles(times, n=20)[-1], pages[-1][1])


def repeat(
    at_most: int, at_least: int, fetch: Callable[[], bytes]
) -> list[tuple[float, bytes]]:
    """Fetch a page repeatedly. Returns the milliseconds and the page of each request.

    It ends after ``MAX_SECONDS``, but not before ``at_least`` requests.
    """
    pages: list[tuple[float, bytes]] = []
    end = perf_counter() + MAX_SECONDS
    while len(pages) < at_most and (len(pages) < at_least or perf_counter() < end):
        start = perf_counter()
        page = fetch()
        pages.append(((perf_counter() - start) * 1000, page))
    return pages


def fetch_page(connection: HTTPConnection, path: str, cookie: str = "") -> bytes:
    """Return the body of the response. Raises RuntimeError if its status isn't 200."""
    connection.request("GET", path, headers=HEADERS | {"Cookie": cookie})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path} answers {response.status}")
    is_compressed = response.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(body) if is_compressed else body


def requests_per_second(
    port: int, paths: list[str], clients: int = 32, repeats: int = 1
) -> float:
    """Return the number of requests per second of concurrent clients.

    Each client requests all paths, without pauses.
    """

    def run_client(number: int) -> int:
        first = number % len(paths)
        with ByteClient(port) as client:
            for path in (paths[first:] + paths[:first]) * repeats:
                client.fetch(path)
        return len(paths) * repeats

    with ThreadPoolExecutor(clients) as pool:
        start = perf_counter()
        n = sum(pool.map(run_client, range(clients)))
    return n / (perf_counter() - start)


class ByteClient:
    """A client that only counts the bytes of responses.

    It leaves the machine to the servers: decompressing a page would take longer than
    sending it.
    """

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=600)
        self.host = f"127.0.0.1:{port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.socket.close()

    def fetch(self, path: str) -> int:
        """Return the length of the body. Raises RuntimeError for another status."""
        lines = [f"GET {path} HTTP/1.1", f"Host: {self.host}"]
        lines += [f"{name}: {text}" for name, text in HEADERS.items()]
        self.socket.sendall("\r\n".join([*lines, "\r\n"]).encode())
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.receive()
        head, _, body = received.partition(b"\r\n\r\n")
        status, *fields = head.decode().split("\r\n")
        if status.split()[1] != "200":
            raise RuntimeError(f"{path} answers {status}")
        sizes = [f for f in fields if f.lower().startswith("content-length:")]
        length, n = int(sizes[0].partition(":")[2]), len(body)
        while n < length:
            n += len(self.receive())
        return length

    def receive(self) -> bytes:
        """Return the next bytes. Raises RuntimeError if the server has hung up."""
        if piece := self.socket.recv(1 << 16):
            return piece
        raise RuntimeError("The server has closed the connection.")
