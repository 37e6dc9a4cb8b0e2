"""The index in PostgreSQL: a table of weighted vectors for each kind, under GIN.

Vectors and queries are made of our own keys; no configuration of PostgreSQL is asked.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import connection

from casebase.search.query_tree import Either, Node, Query, Term
from casebase.search.tokenizer import GAP

# A key of every document, for queries that consist of exclusions.
EVERY = "∀"
# The last place in a document that a vector can hold.
LAST_PLACE = 16_383
# Stands before keys of names, so that these are found without opening the documents.
NAMED = "="

# Each vector is stored apart, so that the table itself is small: a query reads all rows
# that match.
CREATE = """
CREATE TABLE {table} (record bigint PRIMARY KEY, vector tsvector NOT NULL)
WITH (toast_tuple_target = 128);
CREATE INDEX {table}_vector ON {table} USING gin (vector) WITH (fastupdate = off)
"""
MATCHING = "SELECT record FROM search_matching('{table}', %s::tsquery) AS record"
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
    with connection.cursor() as cursor:
        cursor.execute(CREATE.format(table=table))


def matching(table: str, query: Query) -> list[int]:
    """The primary keys of all that a query finds."""
    return _keys(MATCHING.format(table=table), [expression(query)])


def named(table: str, query: Query) -> list[int]:
    """The primary keys of all records with the words in their name, in any order."""
    return _keys(MATCHING.format(table=table), [expression(query.in_any_order, NAMED)])


def ranked(
    table: str, query: Query, candidates: Iterable[int], limit: int
) -> list[int]:
    parameters = [list(candidates), expression(query), limit]
    return _keys(RANKED.format(table=table), parameters)


def having(table: str, words: Iterable[Term], limit: int) -> list[tuple[int, int]]:
    """Pairs of the number of a word and a record that has it, up to ``limit`` for each,
    word by word."""
    with connection.cursor() as cursor:
        queries = [_written(word) for word in words]
        cursor.execute(HAVING.format(table=table), [queries, limit])
        return cursor.fetchall()


def nearest(
    table: str, words: Mapping[Term, float], candidates: Iterable[int], limit: int
) -> list[int]:
    """The best of the candidates, best first. ``words``: word → its weight."""
    queries = [_written(word) for word in words]
    parameters = [list(candidates), queries, list(words.values()), limit]
    return _keys(NEAREST.format(table=table), parameters)


def _keys(statement: str, parameters: Sequence[object]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [key for (key,) in cursor.fetchall()]


def write(table: str, streams: Mapping[int, Iterable[Collection[str]]]) -> None:
    """Add documents or replace them: primary key → a list of keys per weight."""
    vectors = [vector(*columns) for columns in streams.values()]
    with connection.cursor() as cursor:
        cursor.execute(WRITE.format(table=table), [list(streams), vectors])


def erase(table: str, records: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ERASE.format(table=table), [list(records)])


def vector(*columns: Collection[str]) -> str:
    """A tsvector, “'mistrust':1A,7D …”: each key with its places and their weights."""
    places: dict[str, list[str]] = {}
    at = 0
    for weight, keys in zip("ABCD", columns, strict=True):
        for key in keys:
            at = min(at + 1, LAST_PLACE)
            places.setdefault(key, []).append(f"{at}{weight}")
    places.pop(GAP, None)
    standing = (f"'{key}':{','.join(where)}" for key, where in places.items())
    named = (f"'{NAMED}{key}'" for key in dict.fromkeys(columns[0]) if key != GAP)
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
