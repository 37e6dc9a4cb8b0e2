"""One database of one size: built, served and measured. Prints the rows as JSON.

python -m bench.configured bench.pages 100000 FOLDER
"""

import json
import sys
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench import bare_queries, flat, in_memory, serving, synthetic
from bench.timing import Timed, ask, per_second, timed
from casebase.change_tracking.transactions import tracked_transaction
from initiatives.models import Initiative

# Places among the words by frequency: in nine of ten cases, in one of a thousand, and
# three that meet in about one of a hundred.
COMMON, RARE, THREE = 12, 25_000, (30, 60, 120)
# Five words of a question: nothing has all of them, and half of all cases the first.
QUESTION = (COMMON, 60, 2_000, 10_000, RARE)
LIST = "/initiatives/"
FACETS = ["_facet=country", *(f"_facet_array={c}" for c in [*flat.COLUMNS, "tags"])]
THEIRS = "/flat/cases?_size=20&" + "&".join(FACETS)
# So many that both workers answer some.
LOOKS = 12


def main() -> None:
    size, folder = int(sys.argv[1]), Path(sys.argv[2])
    searches = words()
    rows = [
        in_seconds("records, written", lambda: fill(size)),
        in_seconds("search index, built", rebuild_search),
        in_seconds("figures of the desk, derived", derive_upkeep),
        *in_memory.rows_of_a_new_process(),
        *bare_queries.measured(searches),
        *ours(folder, searches),
    ]
    if connection.vendor == "sqlite":
        rows += theirs(folder, searches)
    known = {"database": connection.vendor, "cases": size}
    json.dump([known | row for row in rows], sys.stdout)


def words() -> dict[str, str]:
    common, rare = map(synthetic.frequent, (COMMON, RARE))
    three = " ".join(map(synthetic.frequent, THREE))
    return {"a common word": common, "a rare word": rare, "three words": three}


def question() -> str:
    return " ".join(map(synthetic.frequent, QUESTION))


def fill(size: int) -> None:
    serving.set_up()
    call_command("load_content", verbosity=0, stdout=sys.stderr)
    synthetic.build(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def rebuild_search() -> None:
    call_command("rebuild_search", verbosity=0, stdout=sys.stderr)


def derive_upkeep() -> None:
    call_command("derive_upkeep", verbosity=0, stdout=sys.stderr)


def ours(folder: Path, searches: dict[str, str]) -> list[dict[str, Any]]:
    """Our pages, and a bare view that sends the same list."""
    addresses = addresses_of(searches)
    with serving.casebase() as server:
        port = server.port
        pages = {what: timed(port, path) for what, path in addresses.items()}
        made = {what: timed(port, path, anew=True) for what, path in addresses.items()}
        rows = [row("Casebase, kept", what, page) for what, page in pages.items()]
        rows += [row("Casebase", what, page) for what, page in made.items()]
        rows += [seen(port), many("Casebase, kept", port), *desk(port)]
        rows += [{"what": "memory of a worker", "value": server.peak(), "unit": "MB"}]
    file = folder / "page.html"
    file.write_bytes(pages["list"].page)
    with serving.bare_view(file) as bare:
        rows += [row("bare view", "list", timed(bare.port, LIST))]
        rows += [many("bare view", bare.port)]
    return rows


def addresses_of(searches: dict[str, str]) -> dict[str, str]:
    n = Initiative.objects.published().count()
    found = {what: f"{LIST}?{urlencode({'q': q})}" for what, q in searches.items()}
    return {
        "list": LIST,
        "two filters": f"{LIST}?barrier=mistrust&country=GB",
        **found,
        "a question": f"/search/?{urlencode({'q': question()})}",
        "page 1,000": f"{LIST}?page={min(1_000, n // 20)}",
        "case": "/initiatives/synthetic-7/",
        "concept": "/barriers/mistrust/",
        "references": "/references/",
    }


def seen(port: int) -> dict[str, Any]:
    """The slowest of the first requests after a save in another process.

    Raises RuntimeError when one of them does not show what was saved.
    """
    case = Initiative.objects.get(slug="synthetic-7")
    with tracked_transaction():
        case.name = "Seen at once"
        case.save()
    taken = []
    for _ in range(LOOKS):
        began = perf_counter()
        page = ask(HTTPConnection("127.0.0.1", port), f"{LIST}?q=seen+at+once")
        taken.append(perf_counter() - began)
        if b"Seen at once" not in page:
            raise RuntimeError("A save is not seen.")
    return {"what": "a save, seen", "value": max(taken), "unit": "s"}


def desk(port: int) -> list[dict[str, Any]]:
    """The desk's start page and its list of cases, for someone who has signed in."""
    browser = Client()
    browser.force_login(get_user_model().objects.create_superuser("curator"))
    cookie = browser.cookies.output(header="", attrs=[])
    addresses = {
        "desk": "/admin/",
        "cases at the desk": "/admin/initiatives/initiative/",
    }
    return [
        row("Casebase", what, timed(port, path, cookie=cookie))
        for what, path in addresses.items()
    ]


def theirs(folder: Path, searches: dict[str, str]) -> list[dict[str, Any]]:
    """The same cases, facets and words in Datasette."""
    file = folder / "flat.db"
    flat.flatten(Path(connection.settings_dict["NAME"]), file)
    addresses = {
        "list": "&_sort=name",
        "two filters": "&_sort=name&barrier__arraycontains=mistrust&country=GB",
        **{what: f"&{urlencode({'_search': q})}" for what, q in searches.items()},
    }
    with serving.datasette(file) as server:
        return [
            row("Datasette", what, timed(server.port, THEIRS + query))
            for what, query in addresses.items()
        ]


def row(server: str, what: str, page: Timed) -> dict[str, Any]:
    figures = {"median": page.median, "p95": page.p95, "bytes": len(page.page)}
    return {"server": server, "what": what, **figures}


def many(server: str, port: int) -> dict[str, Any]:
    rate = per_second(port, [LIST] * 5)
    what = "lists a second, 32 clients"
    return {"server": server, "what": what, "value": rate, "unit": "/s"}


def in_seconds(what: str, act: Any) -> dict[str, Any]:
    began = perf_counter()
    act()
    return {"what": what, "value": perf_counter() - began, "unit": "s"}


if __name__ == "__main__":
    main()
