"""Headers of a reader don't change the responses to others, on the real server."""

from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlsplit

import pytest

from tests.forged_headers import FORGED_HEADERS, poisons_cache

# Only short pages, to save time: tests/test_conditional_get.py has the others.
ADDRESSES = ("/codebook/", "/robots.txt")
NEW_QUERIES = (f"utm_source={n}" for n in count())


@pytest.fixture
def ask(site):
    """Return a function that sends requests to one worker over one connection.

    The query is removed from the responses, because pages contain their own address.
    """
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)

    def answer(address, headers=None):
        connection.request("GET", address, headers=headers or {})
        got = connection.getresponse()
        told = {name.lower(): value for name, value in got.getheaders()}
        query = urlsplit(address).query.encode()
        return got.status, told, got.read().replace(query, b"")

    yield answer
    connection.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_header_changes_the_response_to_others(ask, address):
    plain = ask(f"{address}?{next(NEW_QUERIES)}")
    for forged in FORGED_HEADERS:
        query = next(NEW_QUERIES)
        got = ask(f"{address}?{query}", forged)
        assert got[0] < 500, forged
        assert not poisons_cache(forged, got, plain), forged
        after = ask(f"{address}?{query}")
        assert (after[0], after[2]) == (plain[0], plain[2]), forged
