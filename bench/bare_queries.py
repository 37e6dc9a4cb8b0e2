"""What the database alone takes for a page of cases: the least that a site can take."""

from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.db import connection

from casebase.search import postgresql, sqlite
from casebase.search.query_parser import parse_query
from casebase.search.tokenizer import stemmed
from initiatives.models import Initiative

TIMES, PAGE = 20, 20
# Every match is ranked, as anybody would write it first.
RANKED = {
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


def measured(words: dict[str, str]) -> list[dict[str, Any]]:
    """Rows for the first page of all cases and of those with words, by their names."""
    cases = Initiative.objects.published().order_by("name")
    rows = [timed("list", lambda: list(cases[:PAGE]))]
    engine, statement = RANKED[connection.vendor]
    with connection.cursor() as cursor:
        for what, text in words.items():
            query = engine.expression(parse_query(text, stemmed))

            def ask(query: str = query) -> object:
                cursor.execute(statement, [query, PAGE])
                return cursor.fetchall()

            rows.append(timed(what, ask))
    return rows


def timed(what: str, act: Any) -> dict[str, Any]:
    taken = []
    for _ in range(TIMES):
        began = perf_counter()
        act()
        taken.append((perf_counter() - began) * 1000)
    figures = {"median": median(taken), "p95": quantiles(taken, n=20)[-1]}
    return {"server": "bare query", "what": what, **figures}
