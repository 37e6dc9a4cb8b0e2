"""One database of one size: built, served and measured. Prints the rows as JSON.

DATABASE_URL=… python -m bench.pages 100000 FOLDER
"""

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench import flat, serving, synthetic
from bench.timing import per_second, timed
from initiatives.models import Initiative

# Places among the words by frequency: in nine of ten cases, in one of a thousand, and
# three that meet in about one of a hundred.
COMMON, RARE, THREE = 12, 25_000, (30, 60, 120)
LIST = "/initiatives/"
FACETS = ["_facet=country", *(f"_facet_array={c}" for c in [*flat.COLUMNS, "tags"])]
THEIRS = "/flat/cases?_size=20&" + "&".join(FACETS)


def main() -> None:
    size, folder = int(sys.argv[1]), Path(sys.argv[2])
    rows = [{"what": "records", "seconds": seconds(lambda: fill(size))}]
    search = seconds(lambda: call_command("rebuild_search", verbosity=0))
    rows.append({"what": "search index", "seconds": search})
    rows += pages(folder)
    if connection.vendor == "sqlite":
        rows += datasette(folder)
    known = {"database": connection.vendor, "cases": size}
    json.dump([known | row for row in rows], sys.stdout)


def fill(size: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0, stdout=sys.stderr)
    synthetic.build(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def pages(folder: Path) -> list[dict[str, Any]]:
    """Ours, and a bare view with the page of each."""
    rows = []
    with serving.casebase() as port:
        for what, path in addresses().items():
            ours = timed(port, path)
            rows.append(row(what, ours))
            if what == "list":
                (folder / "page.html").write_bytes(ours.page)
        rows.append({"what": "list", "per_second": per_second(port, [LIST])})
    with serving.bare_view(folder / "page.html") as port:
        rows.append(row("bare view", timed(port, LIST)))
        rows.append({"what": "bare view", "per_second": per_second(port, [LIST])})
    return rows


def addresses() -> dict[str, str]:
    common, rare = map(synthetic.frequent, (COMMON, RARE))
    three = "+".join(map(synthetic.frequent, THREE))
    n = Initiative.objects.published().count()
    return {
        "list": LIST,
        "two filters": f"{LIST}?barrier=mistrust&country=GB",
        "a common word": f"{LIST}?q={common}",
        "a rare word": f"{LIST}?q={rare}",
        "three words": f"{LIST}?q={three}",
        "page 1,000": f"{LIST}?page={min(1_000, n // 20)}",
        "case": "/initiatives/synthetic-7/",
        "concept": "/barriers/mistrust/",
        "references": "/references/",
    }


def datasette(folder: Path) -> list[dict[str, Any]]:
    """The same cases, facets and words in Datasette."""
    file = folder / "flat.db"
    flat.flatten(Path(connection.settings_dict["NAME"]), file)
    common, rare = map(synthetic.frequent, (COMMON, RARE))
    three = "+".join(map(synthetic.frequent, THREE))
    theirs = {
        "list": "&_sort=name",
        "two filters": "&_sort=name&barrier__arraycontains=mistrust&country=GB",
        "a common word": f"&_search={common}",
        "a rare word": f"&_search={rare}",
        "three words": f"&_search={three}",
    }
    with serving.datasette(file) as port:
        return [
            row(what, timed(port, THEIRS + query)) | {"server": "Datasette"}
            for what, query in theirs.items()
        ]


def row(what: str, measured: Any) -> dict[str, Any]:
    figures = {"median": measured.median, "p95": measured.p95}
    return {"what": what, **figures, "bytes": len(measured.page)}


def seconds(act: Any) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


if __name__ == "__main__":
    main()
