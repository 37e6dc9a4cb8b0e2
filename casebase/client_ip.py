"""Where a request comes from, as far as people are to be told apart."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings

# Who has an IPv6 address has as many as they like of the same network.
IPV6_NETWORK = 64


def origin_of(request):
    """An IPv4 address, or the network of an IPv6 one; None where neither is known.

    Behind a proxy it is the last that the proxy names: readers may send the others.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    last = parsed(forwarded) if settings.BEHIND_PROXY else None
    return last or parsed(request.META.get("REMOTE_ADDR", ""))


def parsed(text):
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        network = IPv6Network((int(address), IPV6_NETWORK), strict=False)
        address = address.ipv4_mapped or network.network_address
    return str(address)
