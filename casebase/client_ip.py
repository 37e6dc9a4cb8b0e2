"""The IP address of a client, to limit requests and to log sign-ins by it."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

# A person with one IPv6 address can use any other address of the same network.
IPV6_NETWORK_BITS = 64


def client_ip_of(request: HttpRequest) -> str | None:
    """Return the client's IPv4 address or IPv6 network as text; None if unknown."""
    address = client_address(request)
    if isinstance(address, IPv6Address):
        network = IPv6Network((int(address), IPV6_NETWORK_BITS), strict=False)
        return str(network.network_address)
    return str(address) if address else None


def client_address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """Return the client's address, or None if it is unknown.

    Behind a proxy it is the last address in X-Forwarded-For, because the client may
    have sent the others.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    named = parse_address(forwarded) if settings.BEHIND_PROXY else None
    return named or parse_address(request.META.get("REMOTE_ADDR", ""))


def parse_address(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address, or None if the text is none. One of IPv4 in IPv6 is IPv4."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped or address
    return address
