"""A condition is checked on many unsaved records, fifty with each query."""

import pytest
from django.db.models import Q

from casebase.content.constraint_query import records_that_satisfy
from initiatives.models import Initiative


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("n", "queries"), [(1, 1), (49, 1), (50, 1), (51, 2), (101, 3)]
)
def test_those_that_satisfy_it_are_returned_in_order(
    n, queries, django_assert_num_queries
):
    records = [Initiative(start_year=year or None) for year in range(n)]
    with django_assert_num_queries(queries):
        found = records_that_satisfy(records, Q(start_year__gt=3))
    # Compared by identity: unsaved records equal none but themselves.
    assert found == records[4:]
