"""The index in PostgreSQL: a table of weighted vectors for each kind, under GIN.

Vectors and queries are made of our own keys; no configuration of PostgreSQL is asked.
"""

from django.db import connection

from search.query import Query, Term
from search.words import GAP

# In every document, for queries that only say what is unwanted.
EVERY = "∀"
# The last place in a document that a vector can hold.
LAST_PLACE = 16_383
# Stands before words of names, which so are found without opening the documents.
NAMED = "="

MATCHING = "SELECT record FROM search_matching('{table}', %s::tsquery) AS record"
# Weights of D, C, B and A; 1 divides by the logarithm of the document's length.
RANKED = """
SELECT record FROM {table} WHERE record = ANY(%s)
ORDER BY ts_rank('{{0.1, 0.2, 0.4, 1}}', vector, %s::tsquery, 1) DESC, record
LIMIT %s
"""
WRITE = """
INSERT INTO {table} (record, vector)
SELECT * FROM unnest(%s::bigint[], %s::text[]::tsvector[])
ON CONFLICT (record) DO UPDATE SET vector = excluded.vector
"""
ERASE = "DELETE FROM {table} WHERE record = ANY(%s)"


def matching(table, query):
    """The primary keys of all that a query finds."""
    return _keys(MATCHING.format(table=table), [expression(query)])


def named(table, query):
    """The same of documents with the words in their name, in whatever order."""
    return _keys(MATCHING.format(table=table), [expression(query.loose, NAMED)])


def ranked(table, query, candidates, limit):
    parameters = [list(candidates), expression(query), limit]
    return _keys(RANKED.format(table=table), parameters)


def _keys(statement, parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [key for (key,) in cursor.fetchall()]


def write(table, streams):
    """Have the index say this of documents: primary key → keys by weight."""
    vectors = [vector(*columns) for columns in streams.values()]
    with connection.cursor() as cursor:
        cursor.execute(WRITE.format(table=table), [list(streams), vectors])


def erase(table, records):
    with connection.cursor() as cursor:
        cursor.execute(ERASE.format(table=table), [list(records)])


def vector(*columns):
    """“'mistrust':1A,7D …”: each key with its places and their weights."""
    places, at = {}, 0
    for weight, keys in zip("ABCD", columns, strict=True):
        for key in keys:
            at = min(at + 1, LAST_PLACE)
            places.setdefault(key, []).append(f"{at}{weight}")
    places.pop(GAP, None)
    standing = (f"'{key}':{','.join(where)}" for key, where in places.items())
    named = (f"'{NAMED}{key}'" for key in dict.fromkeys(columns[0]) if key != GAP)
    return " ".join([*standing, *named, f"'{EVERY}'"])


def expression(query: Query, mark=""):
    """The query in the words of tsquery."""

    def term(one: Term):
        keys = [f"'{mark}{key}'" for key in one.keys]
        keys[-1] += ":*" if one.begins else ""
        return f"({' <-> '.join(keys)})"

    def group(one):
        wanted = " & ".join(map(term, one.wanted)) or f"'{EVERY}'"
        if not one.unwanted:
            return f"({wanted})"
        return f"({wanted} & !({' | '.join(map(term, one.unwanted))}))"

    return " | ".join(map(group, query.groups))
