"""Builds a site with one database of one size and times its pages. Prints JSON rows.

python -m bench.configured bench.pages 100000 FOLDER
"""

import json
import sys
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench import (
    bare_queries,
    flat_table,
    index_memory,
    matrix,
    servers,
    similar,
    synthetic,
)
from bench.ratios import COMPARED
from bench.timing import (
    RequestTimes,
    fetch_page,
    requests_per_second,
    time_requests,
)
from casebase.change_tracking.transactions import tracked_transaction
from initiatives.models import Initiative

# Ranks of words by frequency. The common word is in nine of ten cases, the rare one in
# one of a thousand; about one case of a hundred has all of the three.
COMMON, RARE, THREE = 12, 25_000, (30, 60, 120)
# Ranks of the words of a question. No case has all of them; half of the cases have the
# first.
QUESTION = (COMMON, 60, 2_000, 10_000, RARE)
LIST, FINDINGS = "/initiatives/", "/findings/"
# Pages whose size has a target.
WEIGHED = ("map", "matrix")
FACETS = [
    "_facet=country",
    *(f"_facet_array={c}" for c in [*flat_table.COLUMNS, "tags"]),
]
DATASETTE_LIST = "/flat/cases?_size=20&" + "&".join(FACETS)
# The nearest to a matrix that Datasette has: counts by two columns, in SQL.
DATASETTE_MATRIX = "/flat?" + urlencode({"sql": flat_table.COUNTS_BY_TWO})
# Enough requests for both workers to answer some of them.
REQUESTS_AFTER_SAVE = 12


def main() -> None:
    size, folder = int(sys.argv[1]), Path(sys.argv[2])
    searches = build_searches()
    rows = [
        *build_database(size),
        *index_memory.measure_in_new_process(),
        *bare_queries.measure_queries(searches),
        *similar.measure_ranking(),
        *matrix.measure_counts(),
        *measure_site(folder, searches),
    ]
    if connection.vendor == "sqlite":
        rows += measure_datasette(folder, searches)
    setup = {"database": connection.vendor, "cases": size}
    json.dump([setup | row for row in rows], sys.stdout)


def build_database(size: int) -> list[dict[str, Any]]:
    """Return rows with the times; none for a database that an earlier run has kept."""
    servers.set_up_site()
    if Initiative.objects.exists():
        return []
    return [
        time_step("records, written", lambda: create_records(size)),
        time_step("search index, built", rebuild_search),
        time_step("figures of the desk, derived", derive_upkeep),
    ]


def build_searches() -> dict[str, str]:
    """Return name → words of a search."""
    common, rare = map(synthetic.frequent_word, (COMMON, RARE))
    three = " ".join(map(synthetic.frequent_word, THREE))
    return {"a common word": common, "a rare word": rare, "three words": three}


def build_question() -> str:
    return " ".join(map(synthetic.frequent_word, QUESTION))


def create_records(size: int) -> None:
    call_command("load_content", verbosity=0, stdout=sys.stderr)
    synthetic.build(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def rebuild_search() -> None:
    call_command("rebuild_search", verbosity=0, stdout=sys.stderr)


def derive_upkeep() -> None:
    call_command("derive_upkeep", verbosity=0, stdout=sys.stderr)


def measure_site(folder: Path, searches: dict[str, str]) -> list[dict[str, Any]]:
    """Return rows for the site's pages, and for a bare view that returns its list."""
    paths = build_paths(searches)
    with servers.casebase() as server:
        port = server.port
        cached = {what: time_requests(port, path) for what, path in paths.items()}
        rendered = {w: time_requests(port, p, uncached=True) for w, p in paths.items()}
        rows = [build_row("Casebase, cached", what, t) for what, t in cached.items()]
        rows += [build_row("Casebase", what, times) for what, times in rendered.items()]
        rows += [measure_visibility(port), measure_rate("Casebase, cached", port)]
        rows += measure_desk(port)
        rows += [build_weight(what, rendered[what]) for what in WEIGHED]
        peak = server.peak_memory_mb()
        rows += [{"what": "memory of a worker", "value": peak, "unit": "MB"}]
    file = folder / "page.html"
    file.write_bytes(cached["list"].page)
    with servers.bare_view(file) as bare:
        rows += [build_row("bare view", "list", time_requests(bare.port, LIST))]
        rows += [measure_rate("bare view", bare.port)]
    return rows


def build_paths(searches: dict[str, str]) -> dict[str, str]:
    """Return name → path of the pages to measure."""
    n, [case] = Initiative.objects.published().count(), synthetic.public_slugs(1)
    lists = {what: f"{LIST}?{urlencode({'q': q})}" for what, q in searches.items()}
    return {
        "list": LIST,
        "two filters": f"{LIST}?barrier=mistrust&country=GB",
        **lists,
        "a question": f"/search/?{urlencode({'q': build_question()})}",
        "page 1,000": f"{LIST}?page={min(1_000, n // 20)}",
        "findings": FINDINGS,
        "findings, two filters": f"{FINDINGS}?barrier=mistrust&country=GB",
        "findings, newest first": f"{FINDINGS}?sort=year&page={min(1_000, n // 20)}",
        "matrix": "/matrix/",
        "matrix, two filters": "/matrix/?settlement=town&country=GB",
        "map": "/map/",
        "case": f"/initiatives/{case}/",
        **{what: compare_path(n) for what, n in COMPARED.items()},
        "similar to a case": f"/similar/?case={case}",
        "similar to needs": "/similar/?barrier=mistrust&country=GB",
        "concept": "/barriers/mistrust/",
        "references": "/references/",
    }


def compare_path(n: int) -> str:
    """Return the path of the comparison of ``n`` cases, one of them the page “case”."""
    return f"/compare/?{urlencode({'case': synthetic.public_slugs(n)}, doseq=True)}"


def measure_visibility(port: int) -> dict[str, Any]:
    """Return a row with the slowest of the first requests after a save.

    Raises RuntimeError if one of them does not show what was saved.
    """
    case = Initiative.objects.get(slug__in=synthetic.public_slugs(1))
    with tracked_transaction():
        case.name = "Seen at once"
        case.save()
    times = []
    for _ in range(REQUESTS_AFTER_SAVE):
        start = perf_counter()
        page = fetch_page(HTTPConnection("127.0.0.1", port), f"{LIST}?q=seen+at+once")
        times.append(perf_counter() - start)
        if b"Seen at once" not in page:
            raise RuntimeError("A page does not show what was saved.")
    return {"what": "a save, seen", "value": max(times), "unit": "s"}


def measure_desk(port: int) -> list[dict[str, Any]]:
    """Return rows for the desk's start page and its list of cases."""
    browser = Client()
    curator = {"is_staff": True, "is_superuser": True}
    users = get_user_model().objects
    browser.force_login(users.get_or_create(username="curator", defaults=curator)[0])
    cookie = browser.cookies.output(header="", attrs=[])
    addresses = {
        "desk": "/admin/",
        "cases at the desk": "/admin/initiatives/initiative/",
    }
    return [
        build_row("Casebase", what, time_requests(port, path, cookie=cookie))
        for what, path in addresses.items()
    ]


def measure_datasette(folder: Path, searches: dict[str, str]) -> list[dict[str, Any]]:
    """Return rows for Datasette with the same cases, facets and words."""
    file = folder / "flat.db"
    file.unlink(missing_ok=True)
    flat_table.write_flat_table(Path(connection.settings_dict["NAME"]), file)
    addresses = {
        "list": "&_sort=name",
        "two filters": "&_sort=name&barrier__arraycontains=mistrust&country=GB",
        **{what: f"&{urlencode({'_search': q})}" for what, q in searches.items()},
    }
    paths = {what: DATASETTE_LIST + query for what, query in addresses.items()}
    paths["matrix"] = DATASETTE_MATRIX
    with servers.datasette(file) as server:
        return [
            build_row("Datasette", what, time_requests(server.port, path))
            for what, path in paths.items()
        ]


def build_row(server: str, what: str, times: RequestTimes) -> dict[str, Any]:
    values = {"median": times.median, "p95": times.p95, "bytes": len(times.page)}
    return {"server": server, "what": what, **values}


def build_weight(what: str, times: RequestTimes) -> dict[str, Any]:
    """Return a row with the size of a page, uncompressed."""
    return {"what": f"{what}, page", "value": len(times.page) / 1000, "unit": "kB"}


def measure_rate(server: str, port: int) -> dict[str, Any]:
    rate = requests_per_second(port, [LIST] * 5)
    what = "lists a second, 32 clients"
    return {"server": server, "what": what, "value": rate, "unit": "/s"}


def time_step(what: str, step: Callable[[], object]) -> dict[str, Any]:
    start = perf_counter()
    step()
    return {"what": what, "value": perf_counter() - start, "unit": "s"}


if __name__ == "__main__":
    main()
