"""Which IP addresses may be connected to."""

from ipaddress import IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.desk.quality.links.public_addresses import is_public


@pytest.mark.parametrize(
    "address",
    [
        "93.184.216.34",
        "8.8.8.8",
        "2606:2800:220:1::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.1",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:0:7f00:1",
        "2001:db8::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%1",
        "fec0::1",
        "ff02::1",
        # Tunnels, whatever address they contain.
        "2002:808:808::1",
        "2001:0:808:808::1",
    ],
)
def test_all_other_addresses_are_not_public(address):
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_an_embedded_address_decides(address):
    mapped = IPv6Address(b"\0" * 10 + b"\xff\xff" + address.packed)
    translated = IPv6Address(IPv6Address("64:ff9b::").packed[:12] + address.packed)
    for wrapped in (mapped, translated):
        assert is_public(str(wrapped)) == is_public(str(address))


@given(st.ip_addresses())
def test_reserved_networks_are_never_public(address):
    inner = getattr(address, "ipv4_mapped", None) or address
    is_apart = inner.is_private or inner.is_loopback or inner.is_link_local
    is_apart |= inner.is_multicast or inner.is_reserved or inner.is_unspecified
    if is_apart and not str(address).startswith("64:ff9b::"):
        assert not is_public(str(address))


@pytest.mark.parametrize("name", ["", "localhost", "1.2.3", "127.1", "0x7f000001"])
def test_a_host_name_is_not_an_ip_address(name):
    with pytest.raises(ValueError, match="does not appear to be"):
        is_public(name)
