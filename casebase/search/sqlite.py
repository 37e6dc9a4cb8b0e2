"""The index in SQLite: an FTS5 table for each kind, with a column for each weight."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import connection

from casebase.search.engine import Row
from casebase.search.query_tree import Either, Node, Query, Term, any_of
from casebase.sql import execute, fetch_all

# A key of every document, for queries that consist of exclusions.
EVERY = "∀"

CREATE = "CREATE VIRTUAL TABLE {table} USING fts5(a, b, c, d, tokenize = 'ascii')"
# The columns of a row: see rows().
COLUMNS: Sequence[str] = ("rowid", "a", "b", "c", "d")
MATCHING = "SELECT rowid FROM {table} WHERE {table} MATCH %s"
# The plus keeps SQLite from looking up each candidate by itself: at 100,000 documents
# that takes half a minute where reading through all matches takes 30 ms. The weights
# are those of columns a, b, c and d.
RANKED = """
SELECT rowid FROM {table}
WHERE {table} MATCH %s AND +rowid IN (SELECT value FROM json_each(%s))
ORDER BY bm25({table}, 10, 4, 2, 1), rowid LIMIT %s
"""
# The number of a word and the records that have it. The inner SELECT limits each word.
HAVING = """
SELECT %s, rowid FROM (SELECT rowid FROM {table} WHERE {table} MATCH %s LIMIT %s)
"""
WRITE = """
INSERT OR REPLACE INTO {table} (rowid, a, b, c, d) VALUES (%s, %s, %s, %s, %s)
"""
ERASE = "DELETE FROM {table} WHERE rowid = %s"


def create(table: str) -> None:
    execute(CREATE.format(table=table))


def matching(table: str, query: Query) -> list[int]:
    """The primary keys of all that a query finds."""
    return _keys(MATCHING.format(table=table), [expression(query)])


def named(table: str, query: Query) -> list[int]:
    """The primary keys of all records with the words in their name, in any order."""
    return _keys(
        MATCHING.format(table=table), [f"{{a}}: ({expression(query.in_any_order)})"]
    )


def ranked(
    table: str, query: Query, candidates: Iterable[int], limit: int
) -> list[int]:
    parameters = [expression(query), json.dumps(list(candidates)), limit]
    return _keys(RANKED.format(table=table), parameters)


def having(table: str, words: Collection[Term], limit: int) -> list[tuple[int, int]]:
    """Pairs of the number of a word and a record that has it, up to ``limit`` for each,
    word by word."""
    statement = " UNION ALL ".join([HAVING.format(table=table)] * len(words))
    parameters = [
        parameter
        for n, word in enumerate(words)
        for parameter in (n, _written(word), limit)
    ]
    return fetch_all(statement, parameters)


def nearest(
    table: str, words: Iterable[Term], candidates: Iterable[int], limit: int
) -> list[int]:
    """The best of the candidates, best first: bm25 itself knows how rare a word is."""
    return ranked(table, any_of(list(words)), candidates, limit)


def _keys(statement: str, parameters: Sequence[object]) -> list[int]:
    return [key for (key,) in fetch_all(statement, parameters)]


def rows(streams: Mapping[int, Iterable[Collection[str]]]) -> list[Row]:
    """Primary key → a list of keys per weight, as rows of a table.

    In ascending order: at each smaller key FTS5 writes all that it has collected.
    """
    found = []
    for record, columns in sorted(streams.items()):
        a, b, c, d = map(" ".join, columns)
        found.append((record, a, b, c, f"{d} {EVERY}"))
    return found


def write(table: str, rows: Iterable[Row]) -> None:
    """Add documents or replace them."""
    with connection.cursor() as cursor:
        cursor.executemany(WRITE.format(table=table), rows)


def erase(table: str, records: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        rows = [[record] for record in records]
        cursor.executemany(ERASE.format(table=table), rows)


def expression(query: Query) -> str:
    """The query in the syntax of FTS5."""
    return _written(query.root) if query.root else ""


def _written(node: Node) -> str:
    match node:
        case Term():
            star = "*" if node.begins else ""
            return _either(f'"{" ".join(keys)}"{star}' for keys in node.forms)
        case Either():
            return _either(map(_written, node.choices))
        case _:
            wanted = " AND ".join(map(_written, node.wanted)) or f'"{EVERY}"'
            if not node.excluded:
                return f"({wanted})"
            return f"(({wanted}) NOT {_either(map(_written, node.excluded))})"


def _either(written: Iterable[str]) -> str:
    return f"({' OR '.join(written)})"
