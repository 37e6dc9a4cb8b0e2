"""Compares the list of cases with a bare view that returns a page of the same size.

    python -m bench.configured bench.page_ratios [rounds]

Measures the site with the database of the environment, which has to be set up and is
only read. Both servers run at the same time and are asked in turn, so that what else
the machine does slows both. Prints ratios of the time by the clock and of the processor
time of the workers: median, least and greatest of the rounds.
"""

import sys
from collections.abc import Iterator
from itertools import count, islice, product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlencode

from bench import servers
from bench.servers import Server
from bench.timing import ByteClient, requests_per_second, time_requests
from casebase.facets.snapshot_cache import current_snapshot
from casebase.lists.filterset import PER_PAGE
from initiatives.facets import case_index
from initiatives.filters import SORTS

LIST = "/initiatives/"
# Requests of a round, of each server; of each client in a round of many clients.
REQUESTS, CLIENTS, REPEATS = 40, 32, 20


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with servers.casebase() as site, TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_bytes(time_requests(site.port, LIST).page)
        with servers.bare_view(page) as bare:
            measure(site, bare, rounds)
        sys.stdout.write(f"Memory of a worker: {site.peak_memory_mb():.0f} MB\n")


def measure(site: Server, bare: Server, rounds: int) -> None:
    """Print the ratios for each kind of request.

    The cards of all cases are rendered before, by each worker.
    """
    for _ in range(2 * len(site.workers())):
        ask_in_sequence(site, other_pages()[: count_pages()])
    for name, paths in addresses().items():
        write_ratios(
            f"{name}, rendered: a request takes, in bare views",
            [
                divide(
                    ask_in_sequence(site, [*islice(paths, REQUESTS)]),
                    ask_in_sequence(bare, [LIST] * REQUESTS),
                )
                for _ in range(rounds)
            ],
        )
    write_ratios(
        f"the list, cached, {CLIENTS} clients: requests in a second, in bare views",
        [divide(ask_at_once(bare), ask_at_once(site)) for _ in range(rounds)],
    )


def addresses() -> dict[str, Iterator[str]]:
    """Return name → addresses of lists with 20 cases, none of which is given twice.

    When there are no more, they begin again with a parameter that lists ignore.
    """
    return {
        "the same list": marked([LIST]),
        "other pages": marked(other_pages()),
        "other filters": marked(other_filters()),
    }


def marked(paths: list[str]) -> Iterator[str]:
    for n in count():
        for path in paths:
            yield f"{path}{'&' if '?' in path else '?'}utm_source={n}"


def other_pages() -> list[str]:
    """Return all full pages of the list, in all its orders."""
    numbers = range(1, count_pages() + 1)
    return [
        f"{LIST}?{urlencode({'sort': sort, 'page': page})}"
        for sort, page in product(SORTS, numbers)
    ]


def count_pages() -> int:
    """Return the number of full pages of the list of all cases."""
    return len(case_index(current_snapshot()).all_keys) // PER_PAGE


def other_filters() -> list[str]:
    """Return lists of a country and years, or of one of them, with a full page."""
    index = case_index(current_snapshot())
    countries = [*dict(index.facets["country"].items()), ""]
    paths = []
    for first, country in product(range(1990, 2025), countries):
        keys = index.facets["year"].where(first.__le__)
        if country:
            keys &= index.facets["country"].any([country])
        if len(keys) >= PER_PAGE:
            chosen = {"from": first} | ({"country": country} if country else {})
            paths.append(f"{LIST}?{urlencode(chosen)}")
    return paths


class Taken(NamedTuple):
    """The time of some requests by the clock, and the processor time of the workers."""

    clock: float
    processor: float


def divide(one: Taken, other: Taken) -> Taken:
    return Taken(one.clock / other.clock, one.processor / other.processor)


def ask_in_sequence(server: Server, paths: list[str]) -> Taken:
    """Return the median time of the requests, and the processor time of all of them."""
    times, before = [], server.processor_seconds()
    with ByteClient(server.port) as client:
        for path in paths:
            start = perf_counter()
            client.fetch(path)
            times.append(perf_counter() - start)
    return Taken(median(times), server.processor_seconds() - before)


def ask_at_once(server: Server) -> Taken:
    """Return what the requests of many clients take."""
    before = server.processor_seconds()
    rate = requests_per_second(server.port, [LIST], CLIENTS, REPEATS)
    return Taken(1 / rate, server.processor_seconds() - before)


def write_ratios(what: str, ratios: list[Taken]) -> None:
    sys.stdout.write(f"{what}\n")
    for name, values in zip(Taken._fields, zip(*ratios, strict=True), strict=True):
        middle, least, greatest = median(values), min(values), max(values)
        line = f"  {name}: {middle:.2f} ({least:.2f} to {greatest:.2f})\n"
        sys.stdout.write(line)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
