"""Where a request comes from: one address, or the network of an IPv6 one."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from casebase.client_ip import client_ip_of


def origin(remote, **headers):
    return client_ip_of(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::"),
        # As behind a socket of the machine.
        ("", None),
    ],
)
def test_who_shares_a_network_is_one(remote, expected):
    assert origin(remote) == expected


def test_readers_cannot_say_where_they_come_from():
    assert origin("192.0.2.7", x_forwarded_for="198.51.100.1") == "192.0.2.7"


def test_behind_a_proxy_it_is_the_last_that_the_proxy_names(settings):
    settings.BEHIND_PROXY = True
    named = "203.0.113.9, 198.51.100.1"
    assert origin("127.0.0.1", x_forwarded_for=named) == "198.51.100.1"


@pytest.mark.parametrize("named", ["", "unknown", "198.51.100.1:8080", "::1::"])
def test_nonsense_of_a_proxy_leaves_the_proxy(settings, named):
    settings.BEHIND_PROXY = True
    assert origin("127.0.0.1", x_forwarded_for=named) == "127.0.0.1"


@given(st.ip_addresses(v=6))
def test_every_address_lies_in_its_network(address):
    found = origin(str(address))
    assert found == str(address.ipv4_mapped) or found.endswith("::")


@given(st.text(st.characters(codec="latin-1", exclude_characters="\r\n")))
def test_no_header_is_too_odd(text):
    assert origin("192.0.2.7", x_forwarded_for=text) == "192.0.2.7"
