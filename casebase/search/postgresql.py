"""The index in PostgreSQL: a table of weighted vectors for each kind, under GIN or RUM.

Vectors and queries are made of our own keys; no configuration of PostgreSQL is asked.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from casebase.search.engine import Row
from casebase.search.query_tree import Either, Node, Query, Term
from casebase.search.tokenizer import GAP
from casebase.sql import execute, fetch_all

# A key of every document, for queries that consist of exclusions.
EVERY = "∀"
# Stands before keys of names, so that these are found without opening the documents.
NAMED = "="

# Each vector is stored apart, so that the table itself is small: a query reads all rows
# that match.
CREATE = """
CREATE TABLE {table} (record bigint PRIMARY KEY, vector tsvector NOT NULL)
WITH (toast_tuple_target = 128);
CREATE INDEX {table}_vector ON {table} USING {method}
"""
# The columns of a row: see rows().
COLUMNS: Sequence[str] = ("record", "vector")
# GIN knows which documents have a word; RUM also knows where, so that no document is
# opened for a phrase.
GIN, RUM = "gin (vector) WITH (fastupdate = off)", "rum (vector)"
HAS_RUM = "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'rum')"
# A key in a query, with the sign that words may only begin so.
WRITTEN_KEY = re.compile(r"'[^']+'(?::\*)?")
MATCHING = "SELECT record FROM search_matching('{table}', %s::tsquery) AS record"
# No index is used for what is only equal to the vector.
SCANNING = "SELECT record FROM {table} WHERE vector || '' @@ %s::tsquery"
# Weights of D, C, B and A; 1 divides by the logarithm of the document's length.
RANKED = """
SELECT record FROM {table} WHERE record = ANY(%s)
ORDER BY ts_rank('{{0.1, 0.2, 0.4, 1}}', vector, %s::tsquery, 1) DESC, record
LIMIT %s
"""
HAVING = "SELECT n, record FROM search_having('{table}', %s::tsquery[], %s)"
# The sub-query with its own vectors has them read from disk once.
NEAREST = """
SELECT record FROM (
    SELECT record, vector || '' AS vector FROM {table} WHERE record = ANY(%s) OFFSET 0
) AS candidates
ORDER BY (
    SELECT sum(
        weight * ts_rank('{{0.1, 0.2, 0.4, 1}}', vector, word, 1)
    )
    FROM unnest(%s::tsquery[], %s::float[]) AS words (word, weight)
) DESC, record
LIMIT %s
"""
WRITE = """
INSERT INTO {table} (record, vector)
SELECT * FROM unnest(%s::bigint[], %s::text[]::tsvector[])
ON CONFLICT (record) DO UPDATE SET vector = excluded.vector
"""
ERASE = "DELETE FROM {table} WHERE record = ANY(%s)"


def create(table: str) -> None:
    execute(CREATE.format(table=table, method=access_method()))


def access_method() -> str:
    """RUM if the database has this extension."""
    [(has_rum,)] = fetch_all(HAS_RUM)
    return RUM if has_rum else GIN


def matching(table: str, query: Query) -> list[int]:
    """The primary keys of all that a query finds."""
    return _found(table, expression(query))


def named(table: str, query: Query) -> list[int]:
    """The primary keys of all records with the words in their name, in any order."""
    return _found(table, expression(query.in_any_order, NAMED))


def _found(table: str, written: str) -> list[int]:
    is_misread = _has_a_key_twice(written) and access_method() == RUM
    statement = SCANNING if is_misread else MATCHING
    return _keys(statement.format(table=table), [written])


def _has_a_key_twice(written: str) -> bool:
    """Return whether a key is looked for both as a whole and as a beginning.

    RUM 1.3 takes both for the one that it has read first (SortAndUniqItems).
    """
    keys = set(WRITTEN_KEY.findall(written))
    return any(f"{key}:*" in keys for key in keys)


def ranked(
    table: str, query: Query, candidates: Iterable[int], limit: int
) -> list[int]:
    parameters = [list(candidates), expression(query), limit]
    return _keys(RANKED.format(table=table), parameters)


def having(table: str, words: Iterable[Term], limit: int) -> list[tuple[int, int]]:
    """Pairs of the number of a word and a record that has it, up to ``limit`` for each,
    word by word."""
    queries = [_written(word) for word in words]
    return fetch_all(HAVING.format(table=table), [queries, limit])


def nearest(
    table: str, words: Mapping[Term, float], candidates: Iterable[int], limit: int
) -> list[int]:
    """The best of the candidates, best first. ``words``: word → its weight."""
    queries = [_written(word) for word in words]
    parameters = [list(candidates), queries, list(words.values()), limit]
    return _keys(NEAREST.format(table=table), parameters)


def _keys(statement: str, parameters: Sequence[object]) -> list[int]:
    return [key for (key,) in fetch_all(statement, parameters)]


def rows(streams: Mapping[int, Iterable[Collection[str]]]) -> list[Row]:
    """Primary key → a list of keys per weight, as rows of a table."""
    return [(record, vector(*columns)) for record, columns in streams.items()]


def write(table: str, rows: Iterable[Row]) -> None:
    """Add documents or replace them."""
    records, vectors = zip(*rows, strict=True)
    execute(WRITE.format(table=table), [list(records), list(vectors)])


def erase(table: str, records: Iterable[int]) -> None:
    execute(ERASE.format(table=table), [list(records)])


def vector(*columns: Collection[str]) -> str:
    """A tsvector, “'mistrust':1A 'trust':7D …”: keys with their places and weights.

    PostgreSQL itself joins the places of a key that stands at several.
    """
    standing = []
    start = 1
    for weight, keys in zip("ABCD", columns, strict=True):
        standing += [
            f"'{key}':{place}{weight}"
            for place, key in enumerate(keys, start)
            if key != GAP
        ]
        start += len(keys)
    named = [f"'{NAMED}{key}'" for key in set(columns[0]) if key != GAP]
    return " ".join([*standing, *named, f"'{EVERY}'"])


def expression(query: Query, mark: str = "") -> str:
    """Return the query as a tsquery, with ``mark`` before each key."""
    return _written(query.root, mark) if query.root else ""


def _written(node: Node, mark: str = "") -> str:
    match node:
        case Term():
            star = ":*" if node.begins else ""
            phrases = ([f"'{mark}{key}'" for key in keys] for keys in node.forms)
            return _either(f"({' <-> '.join(keys)}{star})" for keys in phrases)
        case Either():
            return _either(_written(one, mark) for one in node.choices)
        case _:
            wanted = [_written(one, mark) for one in node.wanted] or [f"'{EVERY}'"]
            excluded = [f"!{_written(one, mark)}" for one in node.excluded]
            return f"({' & '.join([*wanted, *excluded])})"


def _either(written: Iterable[str]) -> str:
    return f"({' | '.join(written)})"
