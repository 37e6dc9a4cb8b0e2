"""The index by RUM, the extension of PostgreSQL that also knows the places of words.

PostgreSQL itself is the judge: without any index, it looks at each document.
"""

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from casebase.search import postgresql
from casebase.search.index import Index
from casebase.search.queries import matching
from casebase.search.query_tree import All, Either, Query, Term
from casebase.search.rebuilding import rebuild
from casebase.search.tokenizer import GAP
from tests import postgresql as servers
from tests.factories import InitiativeFactory

pytestmark = [
    # Other databases have no extensions, and this one is a package of its own.
    pytest.mark.skipif(
        connection.vendor == "sqlite" or bool(servers.missing_rum()),
        reason="is not PostgreSQL with RUM",
    ),
    pytest.mark.django_db,
]
INDEX = Index("sample")
METHOD = """
SELECT amname FROM pg_am JOIN pg_class ON relam = pg_am.oid WHERE relname = %s
"""
# An index is of no use for rows that were read before.
SCAN = """
SELECT record FROM (SELECT * FROM {} OFFSET 0) AS documents
WHERE vector @@ %s::tsquery ORDER BY record
"""

# Words that begin alike, for prefixes; the gap stands between two texts.
WORDS = st.sampled_from(["lamp", "lamps", "bees", "trust", "town"])
COLUMN = st.lists(WORDS | st.just(GAP), max_size=6)
DOCUMENTS = st.lists(st.tuples(*[COLUMN] * 4), min_size=1, max_size=8)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(tuple)
TERMS = st.builds(Term, st.lists(PHRASES, min_size=1, max_size=2), st.booleans())
TREES = st.recursive(
    TERMS,
    lambda nodes: (
        st.builds(
            All,
            st.lists(nodes, max_size=3).map(tuple),
            st.lists(nodes, max_size=2).map(tuple),
        )
        | st.builds(Either, st.lists(nodes, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


@pytest.fixture
def extension():
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION rum")


def method_of(table):
    with connection.cursor() as cursor:
        cursor.execute(METHOD, [f"{table}_vector"])
        return cursor.fetchone()[0]


def scanned(query):
    """Return what PostgreSQL finds when it looks at each document."""
    with connection.cursor() as cursor:
        cursor.execute(SCAN.format(INDEX.table), [postgresql.expression(query)])
        return [record for (record,) in cursor.fetchall()]


def test_a_rebuild_takes_it_where_the_database_has_it(extension):
    table = Index("initiative").table
    assert method_of(table) == "gin"
    bees = InitiativeFactory(name="Bees in the town")
    rebuild()
    assert method_of(table) == "rum"
    assert list(matching("initiative", '"bees in the town"')) == [bees.pk]
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION rum CASCADE")
    rebuild()
    assert method_of(table) == "gin"


@pytest.fixture
def sample(extension):
    INDEX.create()
    assert method_of(INDEX.table) == "rum"


# “lamp lamp*” in a text that only has words that begin so: RUM itself would find it.
@example([(["lamps", "lamps"], [], [], [])], [Term((("lamp", "lamp"),), begins=True)])
@given(documents=DOCUMENTS, queries=st.lists(TREES, min_size=1, max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_finds_what_is_in_the_documents(sample, documents, queries):
    INDEX.erase(INDEX.everything())
    INDEX.write(dict(enumerate(documents)))
    for query in map(Query, queries):
        assert list(INDEX.matching(query)) == scanned(query)
