"""The index in SQLite: a table of FTS5 for each kind, with a column a weight."""

import json

from django.db import connection

from casebase.search.query_tree import Either, Node, Query, Term, any_of

# In every document, for queries that only say what is unwanted.
EVERY = "∀"

MATCHING = "SELECT rowid FROM {table} WHERE {table} MATCH %s"
# The plus keeps SQLite from looking up each candidate by itself: at 100,000 documents
# that takes half a minute where reading through all matches takes 30 ms. The weights
# are those of columns a, b, c and d.
RANKED = """
SELECT rowid FROM {table}
WHERE {table} MATCH %s AND +rowid IN (SELECT value FROM json_each(%s))
ORDER BY bm25({table}, 10, 4, 2, 1), rowid LIMIT %s
"""
# Numbers of words with the records that have them; the inner limit ends each early.
HAVING = """
SELECT %s, rowid FROM (SELECT rowid FROM {table} WHERE {table} MATCH %s LIMIT %s)
"""
WRITE = """
INSERT OR REPLACE INTO {table} (rowid, a, b, c, d) VALUES (%s, %s, %s, %s, %s)
"""
ERASE = "DELETE FROM {table} WHERE rowid = %s"


def matching(table, query):
    """The primary keys of all that a query finds."""
    return _keys(MATCHING.format(table=table), [expression(query)])


def named(table, query):
    """The same of documents with the words in their name, in whatever order."""
    return _keys(MATCHING.format(table=table), [f"{{a}}: ({expression(query.loose)})"])


def ranked(table, query, candidates, limit):
    parameters = [expression(query), json.dumps(list(candidates)), limit]
    return _keys(RANKED.format(table=table), parameters)


def having(table, words, limit):
    """Word by word, pairs of its number and a record that has it, up to so many."""
    statement = " UNION ALL ".join([HAVING.format(table=table)] * len(words))
    parameters = [
        parameter
        for n, word in enumerate(words)
        for parameter in (n, _written(word), limit)
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def nearest(table, words, candidates, limit):
    """The best of the candidates: bm25 knows itself how rare each word is."""
    return ranked(table, any_of(list(words)), candidates, limit)


def _keys(statement, parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [key for (key,) in cursor.fetchall()]


def write(table, streams):
    """Have the index say this of documents: primary key → keys by weight."""
    rows = [[record, *map(" ".join, columns)] for record, columns in streams.items()]
    for row in rows:
        row[-1] += f" {EVERY}"
    with connection.cursor() as cursor:
        cursor.executemany(WRITE.format(table=table), rows)


def erase(table, records):
    with connection.cursor() as cursor:
        rows = [[record] for record in records]
        cursor.executemany(ERASE.format(table=table), rows)


def expression(query: Query):
    """The query in the words of FTS5."""
    return _written(query.root)


def _written(node: Node):
    match node:
        case Term():
            star = "*" if node.begins else ""
            return _either(f'"{" ".join(keys)}"{star}' for keys in node.forms)
        case Either():
            return _either(map(_written, node.choices))
        case _:
            wanted = " AND ".join(map(_written, node.wanted)) or f'"{EVERY}"'
            if not node.unwanted:
                return f"({wanted})"
            return f"(({wanted}) NOT {_either(map(_written, node.unwanted))})"


def _either(written):
    return f"({' OR '.join(written)})"
