"""Compares the list of cases with a bare view that returns a page of the same size.

    python -m bench.configured bench.page_ratios [rounds]

Measures the site with the database of the environment, which has to be set up and is
only read. Both servers run at the same time and are asked in turn, so that what else
the machine does slows both. Prints the median, least and greatest ratio of the rounds.
"""

import sys
from collections.abc import Iterator
from itertools import count, islice, product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlencode

from bench import servers
from bench.timing import ByteClient, requests_per_second, time_requests
from casebase.facets.snapshot_cache import current_snapshot
from casebase.lists.filterset import PER_PAGE
from initiatives.facets import case_index
from initiatives.filters import SORTS

LIST = "/initiatives/"
# Requests of a round, of each server; of each client in a round of many clients.
REQUESTS, CLIENTS, REPEATS = 24, 32, 20


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with servers.casebase() as site, TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_bytes(time_requests(site.port, LIST).page)
        with servers.bare_view(page) as bare:
            measure(site.port, bare.port, rounds)
        sys.stdout.write(f"Memory of a worker: {site.peak_memory_mb():.0f} MB\n")


def measure(site: int, bare: int, rounds: int) -> None:
    """Print a row for each kind of request. The arguments are the ports."""
    for name, paths in addresses().items():
        ratios = [
            time_paths(site, [*islice(paths, REQUESTS)])
            / time_paths(bare, [LIST] * REQUESTS)
            for _ in range(rounds)
        ]
        write_row(f"{name}, rendered: time, in bare views", ratios)
    rates = [
        requests_per_second(site, [LIST], CLIENTS, REPEATS)
        / requests_per_second(bare, [LIST], CLIENTS, REPEATS)
        for _ in range(rounds)
    ]
    write_row(f"the list, cached, {CLIENTS} clients: requests, in bare views", rates)


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
    pages = len(case_index(current_snapshot()).all_keys) // PER_PAGE
    numbers = range(1, pages + 1)
    return [
        f"{LIST}?{urlencode({'sort': sort, 'page': page})}"
        for sort, page in product(SORTS, numbers)
    ]


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


def time_paths(port: int, paths: list[str]) -> float:
    """Return the median time of the requests in milliseconds, in sequence."""
    times = []
    with ByteClient(port) as client:
        for path in paths:
            start = perf_counter()
            client.fetch(path)
            times.append((perf_counter() - start) * 1000)
    return median(times)


def write_row(what: str, ratios: list[float]) -> None:
    middle, least, greatest = median(ratios), min(ratios), max(ratios)
    sys.stdout.write(f"{what}: {middle:.2f} ({least:.2f} to {greatest:.2f})\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
