"""Times readers’ pages while plans are started and saved, beside the same without that.

    python -m bench.kept [plans]

On each database with the cases of fixtures/: as many plans as are given (1,000), each
from another address, are started and their start is saved once more, without a pause
where an hour would have many. So readers are never worse off than this.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from ipaddress import IPv4Address
from itertools import cycle
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection

from bench import databases, servers
from bench.timing import fetch_page

PLANS, READERS, QUIET_SECONDS = 1_000, 4, 15
PAGES = ("/initiatives/", "/barriers/mistrust/", "/findings/?kind=saving", "/")
# A network for benchmarks: https://www.rfc-editor.org/rfc/rfc2544
FIRST_ADDRESS = IPv4Address("198.18.0.1")
TOKEN = re.compile("/plan/([0-9a-f]{32})/")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def main() -> None:
    if len(sys.argv) > 2:
        json.dump(measure(int(sys.argv[1])), sys.stdout)
        return
    os.environ["BEHIND_PROXY"] = "on"
    plans = [int(word) for word in sys.argv[1:]] or [PLANS]
    for row in databases.measure("kept", "bench.kept", plans)["rows"]:
        words = "{database}, {what}: {median:.0f} ms, p95 {p95:.0f} ms\n"
        words += "  {pages} pages, {plans} plans, {seconds:.0f} s\n"
        sys.stdout.write(words.format(**row))


def measure(plans: int) -> list[dict[str, Any]]:
    """Return a row without plans, and one while that many are started and saved."""
    servers.set_up_site()
    call_command("load_content", verbosity=0, stdout=sys.stderr)
    call_command("rebuild_search", verbosity=0, stdout=sys.stderr)
    with servers.casebase() as server:
        # The first pages of each worker take longer.
        read_for(server.port, QUIET_SECONDS)
        quiet = read_for(server.port, QUIET_SECONDS)
        with ThreadPoolExecutor(1) as pool:
            start = perf_counter()
            writing = pool.submit(keep_plans, server.port, plans)
            busy = read_while(server.port, lambda: not writing.done())
            writing.result()
        seconds = perf_counter() - start
    return [
        describe("readers alone", quiet, 0, QUIET_SECONDS),
        describe("while plans are kept", busy, plans, seconds),
    ]


def describe(
    what: str, times: list[float], plans: int, seconds: float
) -> dict[str, Any]:
    setup = {"database": connection.vendor, "what": what, "plans": plans}
    figures = {"median": median(times), "p95": quantiles(times, n=20)[-1]}
    return setup | figures | {"pages": len(times), "seconds": seconds}


def read_for(port: int, seconds: float) -> list[float]:
    end = perf_counter() + seconds
    return read_while(port, lambda: perf_counter() < end)


def read_while(port: int, goes_on: Callable[[], bool]) -> list[float]:
    """Return the milliseconds of each page that readers request, one after another.

    No page comes from a cache.
    """
    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read, port, n, goes_on) for n in range(READERS)]
        return [time for reader in readers for time in reader.result()]


def read(port: int, reader: int, goes_on: Callable[[], bool]) -> list[float]:
    client, times = HTTPConnection("127.0.0.1", port, timeout=600), []
    for n, path in enumerate(cycle(PAGES)):
        if n >= len(PAGES) and not goes_on():
            break
        mark = "&" if "?" in path else "?"
        start = perf_counter()
        fetch_page(client, f"{path}{mark}utm_source={reader}-{n}")
        times.append((perf_counter() - start) * 1000)
    client.close()
    return times


def keep_plans(port: int, plans: int) -> None:
    """Start plans and save each once. Raises RuntimeError for any other answer."""
    client = HTTPConnection("127.0.0.1", port, timeout=600)
    for n in range(plans):
        sender = {"X-Forwarded-For": str(FIRST_ADDRESS + n)}
        address = post(client, port, "/plan/", {"title": f"Plan {n}"}, sender)
        token = TOKEN.search(address)
        if token is None:
            raise RuntimeError(f"No plan at {address}")
        saved = {"title": f"Plan {n}, saved", "_version": "1"}
        post(client, port, f"/plan/{token[1]}/start/", saved, sender)
    client.close()


def post(
    client: HTTPConnection,
    port: int,
    path: str,
    fields: dict[str, str],
    sender: dict[str, str],
) -> str:
    """Return the address that the answer leads to."""
    headers = FORM | sender | {"Origin": f"http://127.0.0.1:{port}"}
    client.request("POST", path, urlencode(fields), headers)
    response = client.getresponse()
    response.read()
    if response.status not in (302, 303):
        raise RuntimeError(f"{path} answers {response.status}")
    return response.headers["Location"]


if __name__ == "__main__":
    main()
