"""The rule of which IP addresses are public, that is, can be reached by any reader.

All others may be internal machines of the site's operator. A link must not make this
site send requests to them.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# The part of IPv6 that is assigned to networks: RFC 4291, section 2.4.
GLOBAL_UNICAST = IPv6Network("2000::/3")
# These contain an IPv4 address. In NAT64 (RFC 6052) it is the last four bytes, and it
# decides. 6to4 (RFC 3056) and Teredo (RFC 4380) are obsolete; no website needs them.
NAT64 = IPv6Network("64:ff9b::/96")
TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))


def is_public(address: str) -> bool:
    """Return whether an IPv4 or IPv6 address, in the form that sockets use, is public.

    Raises ValueError if the text is not an IP address.
    """
    ip: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped
        if ip in NAT64:
            inner = IPv4Address(ip.packed[-4:])
        if inner is None:
            is_assigned = ip in GLOBAL_UNICAST and not any(
                ip in tunnel for tunnel in TUNNELS
            )
            return is_assigned and ip.is_global
        ip = inner
    return ip.is_global and not ip.is_multicast
