"""Resolves hosts to IP addresses, and rejects those that are not public."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from indexer.errors import NotFetched

_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: the last four bytes are an IPv4 address."""


_NOT_PUBLIC = tuple(
    IPv6Network(network)
    for network in (
        "::/96",  # IPv4-compatible, deprecated by RFC 4291
        "64:ff9b:1::/48",  # NAT64 within a network, RFC 8215
        "3fff::/20",  # documentation, RFC 9637
        "5f00::/16",  # segment routing, RFC 9602
        "fec0::/10",  # site-local, deprecated by RFC 3879
    )
)
"""Networks that `ipaddress` takes for public in some versions of Python."""


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
    return all(
        one.is_global and not one.is_multicast and not any(one in net for net in _NOT_PUBLIC)
        for one in _with_inner(ip_address(address))
    )


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
