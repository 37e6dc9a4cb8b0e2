"""Which addresses of the network are public: those that any reader could reach.

All others may be machines of whoever runs this site, which a link must not make us ask.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# All of IPv6 that is given out to networks: RFC 4291, section 2.4.
GLOBAL_UNICAST = IPv6Network("2000::/3")
# These carry an IPv4 address. In NAT64 (RFC 6052) its bytes come last, and it counts;
# 6to4 (RFC 3056) and Teredo (RFC 4380) are out of use, and no website needs them.
NAT64 = IPv6Network("64:ff9b::/96")
TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))


def is_public(address: str) -> bool:
    """Of an IPv4 or IPv6 address as sockets have it. Raises ValueError for others."""
    ip: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped
        if ip in NAT64:
            inner = IPv4Address(ip.packed[-4:])
        if inner is None:
            is_given_out = ip in GLOBAL_UNICAST and not any(ip in t for t in TUNNELS)
            return is_given_out and ip.is_global
        ip = inner
    return ip.is_global and not ip.is_multicast
