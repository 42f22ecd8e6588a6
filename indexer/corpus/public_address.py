"""Resolves hosts to IP addresses, and rejects those that are not public."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from indexer.errors import NotFetched

_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: the last four bytes are an IPv4 address."""


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, in the order to try them; never empty.

    Raises `NotFetched` if the host is unknown.
    """
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise NotFetched(f"there is no host {host}") from problem
    return list(dict.fromkeys(str(address[0]) for *_, address in infos))


def is_public(address: str) -> bool:
    """Return True for an IP address of the public internet that contains no private one.

    >>> is_public("192.168.1.1"), is_public("::ffff:127.0.0.1"), is_public("fe80::1%eth0")
    (False, False, False)
    """
    return all(one.is_global and not one.is_multicast for one in _with_inner(ip_address(address)))


def _with_inner(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """Return an address, and the IPv4 addresses that it contains."""
    if isinstance(address, IPv4Address):
        yield address
        return
    inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        inside.append(IPv4Address(int(address) & 0xFFFFFFFF))
    yield from (one for one in inside if one is not None)
    if not address.ipv4_mapped:
        yield address
