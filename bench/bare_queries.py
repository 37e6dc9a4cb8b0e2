"""Times the database queries of a page of cases, without the site around them."""

from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.db import connection

from casebase.search import postgresql, sqlite
from casebase.search.query_parser import parse_query
from casebase.search.tokenizer import stemmed
from initiatives.models import Initiative

REPETITIONS, PAGE_SIZE = 20, 20
# Plain full-text queries, which rank every match.
RANKED_QUERIES = {
    "sqlite": (
        sqlite,
        "SELECT rowid FROM search_index_initiative"
        " WHERE search_index_initiative MATCH %s"
        " ORDER BY bm25(search_index_initiative, 10, 4, 2, 1) LIMIT %s",
    ),
    "postgresql": (
        postgresql,
        "SELECT record FROM search_index_initiative, CAST(%s AS tsquery) q"
        " WHERE vector @@ q"
        " ORDER BY ts_rank('{0.1, 0.2, 0.4, 1}', vector, q, 1) DESC LIMIT %s",
    ),
}


def measure_queries(searches: dict[str, str]) -> list[dict[str, Any]]:
    """Return result rows for the first page of all cases, and of each search.

    ``searches`` maps names of searches to their words.
    """
    cases = Initiative.objects.published().order_by("name")
    rows = [time_query("list", lambda: list(cases[:PAGE_SIZE]))]
    engine, statement = RANKED_QUERIES[connection.vendor]
    with connection.cursor() as cursor:
        for name, text in searches.items():
            query = engine.expression(parse_query(text, stemmed))

            def execute(query: str = query) -> object:
                cursor.execute(statement, [query, PAGE_SIZE])
                return cursor.fetchall()

            rows.append(time_query(name, execute))
    return rows


def time_query(name: str, execute: Callable[[], object]) -> dict[str, Any]:
    """Return a result row with the median and 95th percentile in milliseconds."""
    times = []
    for _ in range(REPETITIONS):
        start = perf_counter()
        execute()
        times.append((perf_counter() - start) * 1000)
    percentiles = {"median": median(times), "p95": quantiles(times, n=20)[-1]}
    return {"server": "bare query", "what": name, **percentiles}
