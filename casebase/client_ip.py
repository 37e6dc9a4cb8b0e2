"""The address that a request comes from, as far as it tells people apart."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings

# Whoever has one IPv6 address can use any other of the same network.
IPV6_NETWORK_BITS = 64


def client_ip_of(request):
    """An IPv4 address, or the network of an IPv6 one; None if neither is known.

    Behind a proxy it is the last address that the proxy names, because clients may send
    the others.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    last = parse_address(forwarded) if settings.BEHIND_PROXY else None
    return last or parse_address(request.META.get("REMOTE_ADDR", ""))


def parse_address(text):
    """As a text; None for a text that is no address."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        network = IPv6Network((int(address), IPV6_NETWORK_BITS), strict=False)
        address = address.ipv4_mapped or network.network_address
    return str(address)
