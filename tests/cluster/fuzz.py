"""Sends the site what nobody would send by hand, and fails on any error of the site.

    python -m tests.cluster.fuzz N [--first K] [--address http://…]

Request number n is always the same, made from the addresses below by chance: broken
bytes, parameters twice or with nonsense, other methods, headers and bodies. Without an
address, the site is started on one machine. Prints how often which status came, and the
bytes of each request that got a 5xx or no answer.
"""

import argparse
import http.client
import random
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from urllib.parse import quote, quote_from_bytes, urlsplit

from tests.cluster.load import NO_ANSWER, PAGES, is_error
from tests.cluster.releases import ROOT
from tests.cluster.topology import OneMachine, running_cluster

THREADS, SECONDS = 6, 60
OTHER_PAGES = """
/strategies/ /codebook/ /about/ /map/ /similar/?id=x /compare/ /card.png /plan/
/compare/?case=streetwatchers-weyhe /shortlist/ /shortlist/keep/ /plan/sessions/
/search/suggestions/list/?q=tr /unapi/?id=x&format=ris /references/ /metrics/ /health/
/references/export/ris/?q=a /initiatives/export/geojson/ /matrix/12.34 /sitemap.xml
/initiatives/export/xlsx/?country=DE /findings/?barrier=mistrust&direction=helped
/robots.txt /admin/ /admin/system/ /admin/imports/ /static/x.css /nothing/
/jobs/00000000000000000000000000000000/
"""
PARAMETERS = """
q page sort country barrier strategy kind grade year start end tag partner status case
format id all near next back keep author type direction basis figure bbox
"""
HEADER_NAMES = """
Accept Accept-Language Accept-Encoding Cookie If-None-Match Range If-Modified-Since
Referer Origin X-Forwarded-For HX-Request X-Request-ID Content-Type Authorization
Sec-Fetch-Site Forwarded
"""
ADDRESSES = [*PAGES, *OTHER_PAGES.split()]
NAMES, HEADERS = PARAMETERS.split(), HEADER_NAMES.split()
VALUES = [
    *("", "0", "-1", "1e309", "9" * 40, "NaN", "٣", "\0", "a" * 3_000, "' OR 1=1 --"),
    *('"', '"a', "(((", "a AND", "NOT", "*", "%", "_", "\\", "<script>", "{{7*7}}"),
    *("../../etc/passwd", "\ud7ff", "\u202e", "🦔", "ß", "DE", "mistrust", "name", "2"),
    *("2026-13-45", "-2000", "on", "true", "null", "[]", "a,b,,c", ";", "&", "%%30"),
]
METHODS = ["GET"] * 12 + ["HEAD", "POST", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"]
METHODS += ["TRACE", "get", "PROPFIND", "X" * 30]
HEADER_VALUES = [
    *(b"", b"*/*", b"application/ld+json;q=x", b"de;q=9,;,en", b"bytes=0-,5", b"\xff"),
    *(b'W/"x"', b"sessionid=%00; shortlist=AAAA; =; a", b"Thu, 99 Foo 0000", b"[::1"),
    *(b"multipart/form-data; boundary=", b"application/x-www-form-urlencoded", b"null"),
    *(b"text/html; charset=utf-99", b"same-origin", b"http://127.0.0.1", b"a" * 4_000),
]


def request(number: int, host: str) -> bytes:
    """Return the bytes of the request with this number."""
    choose = random.Random(number)  # noqa: S311 -- the same for each run, no secret
    method, path = choose.choice(METHODS).encode(), target(choose)
    body = content(choose) if method not in (b"GET", b"HEAD") else b""
    lines = [b"%b %b HTTP/1.1" % (method, path), b"Host: %b" % host.encode()]
    for name in choose.sample(HEADERS, choose.randrange(4)):
        lines.append(b"%b: %b" % (name.encode(), choose.choice(HEADER_VALUES)))
    if body or method == b"POST":
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join([*lines, b"Connection: close", b"", body])


def target(choose: random.Random) -> bytes:
    """Return the path and query of an address, changed in some places."""
    path, _, query = choose.choice(ADDRESSES).partition("?")
    pairs = [query] if query else []
    for _ in range(choose.randrange(4)):
        value = quote(any_value(choose), safe=choose.choice(["", "/%&=+"]))
        pairs.append(f"{choose.choice(NAMES)}={value}")
    sent = quote_from_bytes(path.encode(), safe="/%.:").encode()
    if choose.random() < 0.3:
        at = choose.randrange(len(sent))
        sent = sent[:at] + odd_bytes(choose) + sent[at + choose.randrange(2) :]
    return sent + (b"?" + "&".join(pairs).encode() if pairs else b"")


def any_value(choose: random.Random) -> str:
    """Return one of the values, or a word that nobody has sent before."""
    if choose.random() < 0.8:
        return choose.choice(VALUES)
    return choose.randbytes(choose.choice([3, 20, 900])).hex()


def odd_bytes(choose: random.Random) -> bytes:
    known = [b"%00", b"%", b"%ff", b"//", b"..", b"/./", b";", b"%2F", b"%0D%0A", b"-"]
    return choose.choice([*known, bytes([choose.randrange(33, 256)])])


def content(choose: random.Random) -> bytes:
    """Return a body: fields, nonsense, or nothing."""
    fields = "&".join(
        f"{choose.choice(NAMES)}={quote(any_value(choose))}" for _ in range(3)
    )
    return choose.choice([b"", fields.encode(), choose.randbytes(200), b"{", b"--\r\n"])


def send(number: int, host: str, port: int) -> int:
    """Send the request; return the status, or NO_ANSWER."""
    try:
        with socket.create_connection((host, port), SECONDS) as connection:
            sent = request(number, f"{host}:{port}")
            connection.sendall(sent)
            method = sent.partition(b" ")[0].decode()
            response = http.client.HTTPResponse(connection, method=method)
            response.begin()
            response.read()
            return response.status
    except (OSError, http.client.HTTPException):
        return NO_ANSWER


def fuzz(address: str, first: int, n: int) -> Counter[int]:
    """Send n requests from the first on; return status → how often it came."""
    url, statuses, numbers = urlsplit(address), Counter[int](), count(first)
    assert url.hostname
    assert url.port

    def work() -> None:
        for number in until(numbers, first + n):
            status = send(number, url.hostname, url.port)
            statuses[status] += 1
            if is_error(status):
                print(number, status, request(number, "site")[:300], flush=True)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def until(numbers: Iterator[int], end: int) -> Iterator[int]:
    while (number := next(numbers)) < end:
        yield number


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("n", type=int)
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    parser.add_argument("--address", help="of a site that runs")
    options = parser.parse_args()
    if options.address:
        sys.exit(play(options.address, options))
    with running_cluster(kind=OneMachine) as cluster:
        cluster.start_site(cluster.release(ROOT))
        sys.exit(play(cluster.address, options))


def play(address: str, options: argparse.Namespace) -> bool:
    """Print what came; return whether anything was an error of the site."""
    began = time.monotonic()
    statuses = fuzz(address, options.first, options.n)
    seconds = time.monotonic() - began
    print(f"{options.n} requests in {seconds:.0f} s:", dict(sorted(statuses.items())))
    return any(map(is_error, statuses))


if __name__ == "__main__":
    main()
