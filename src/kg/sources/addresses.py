"""Which network addresses may be dialled.

`ipaddress.is_global` alone does not tell: it is true for multicast and for the NAT64 and 6to4 forms of 127.0.0.1.
"""

import ipaddress

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.IPv6Network("64:ff9b:1::/48")


def is_public_address(address: str) -> bool:
    """Return whether an IP address belongs to the public internet.

    A NAT64 address counts as the IPv4 address inside it (networks without IPv4 see the whole internet so); forms
    that no public host needs (IPv4-mapped, 6to4, Teredo) are never public.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return is_public_address(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip in _NAT64_LOCAL or ip.ipv4_mapped or ip.sixtofour or ip.teredo:
            return False
    return ip.is_global and not ip.is_multicast
