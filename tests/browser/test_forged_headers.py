"""No header that a reader sends changes what others get, of the real server."""

from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlsplit

import pytest

from tests.forged_headers import FORGED_HEADERS, poisons_cache

# The more a page shows, the longer it takes: what others depend on is tried without a
# server, in tests/test_conditional_get.py.
ADDRESSES = ("/codebook/", "/robots.txt")
NEVER_ASKED = (f"utm_source={n}" for n in count())


@pytest.fixture
def ask(site):
    """Asks one worker, as long as it lets the connection stand.

    A page prints the address that it was asked by, whose query is left out here.
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
def test_no_header_chooses_what_others_get(ask, address):
    plain = ask(f"{address}?{next(NEVER_ASKED)}")
    for forged in FORGED_HEADERS:
        query = next(NEVER_ASKED)
        got = ask(f"{address}?{query}", forged)
        assert got[0] < 500, forged
        assert not poisons_cache(forged, got, plain), forged
        after = ask(f"{address}?{query}")
        assert (after[0], after[2]) == (plain[0], plain[2]), forged
