"""The IP address of a client: an IPv4 address, or the network of an IPv6 one."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from casebase.client_ip import client_ip_of


def client_ip(remote, **headers):
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
        # As for a request through a Unix socket.
        ("", None),
    ],
)
def test_ipv6_addresses_of_one_network_are_the_same_client(remote, expected):
    assert client_ip(remote) == expected


def test_clients_cannot_choose_their_address():
    assert client_ip("192.0.2.7", x_forwarded_for="198.51.100.1") == "192.0.2.7"


def test_behind_a_proxy_the_last_address_of_the_header_counts(settings):
    settings.BEHIND_PROXY = True
    named = "203.0.113.9, 198.51.100.1"
    assert client_ip("127.0.0.1", x_forwarded_for=named) == "198.51.100.1"


@pytest.mark.parametrize("named", ["", "unknown", "198.51.100.1:8080", "::1::"])
def test_an_invalid_header_leaves_the_address_of_the_proxy(settings, named):
    settings.BEHIND_PROXY = True
    assert client_ip("127.0.0.1", x_forwarded_for=named) == "127.0.0.1"


@given(st.ip_addresses(v=6))
def test_every_ipv6_address_is_reduced_to_its_network(address):
    found = client_ip(str(address))
    assert found == str(address.ipv4_mapped) or found.endswith("::")


@given(st.text(st.characters(codec="latin-1", exclude_characters="\r\n")))
def test_any_header_is_accepted(text):
    assert client_ip("192.0.2.7", x_forwarded_for=text) == "192.0.2.7"
