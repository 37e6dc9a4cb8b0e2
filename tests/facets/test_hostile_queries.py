"""Queries that no form sends: no database is asked what it can’t take."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "barrier=%00",
        "tag=%00&country=%00",
        "q=" + "x" * 10_000,
        "barrier=" + "y" * 10_000,
        "page=99999999999999999999",
        "from=99999999999999999999",
        "sort=%F0%9F%92%A9",
        "q=%ff%fe",
        "&".join(f"country={n}" for n in range(2000)),
    ],
)
def test_hostile_queries_do_not_fail(client, query):
    assert client.get(f"/initiatives/?{query}").status_code in (200, 400, 404)
    assert client.get(f"/references/?{query}").status_code in (200, 400, 404)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=%00", 400),
        ("q=" + "x" * 10_000, 400),
        ("author=%00", 400),
        ("author=" + "x" * 10_000, 400),
        ("cited=%00", 400),
        ("type=%00&sort=%00&page=%00&to=%00", 400),
        ("from=99999999999999999999", 400),
        ("page=99999999999999999999", 404),
        ("page=999", 404),
        ("q=%ff%fe", 400),
        ("&".join(f"author={n}" for n in range(2000)), 400),
    ],
)
def test_hostile_queries_are_client_errors(client, query, status):
    assert client.get(f"/references/?{query}").status_code == status
