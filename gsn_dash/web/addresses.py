"""Whose computer a request comes from, where a proxy tells it, and whether that may read."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.requests import HTTPConnection

from gsn_dash.settings_access import AccessSettings, Network

Address = IPv4Address | IPv6Address
_FORWARDED_FOR = "x-forwarded-for"


def address_of(connection: HTTPConnection, access: AccessSettings) -> str:
    """The address of the computer that asks, as text; empty where it has none.

    What the header says is believed only as far as proxies of ours have written it: from its end,
    to the first address that is none of theirs.
    """
    nearest = connection.client.host if connection.client else ""
    told = ",".join(connection.headers.getlist(_FORWARDED_FOR)).split(",")
    chain = [*(part.strip() for part in told if part.strip()), nearest]
    while len(chain) > 1 and _is_in(read_address(chain[-1]), access.proxies):
        chain.pop()
    return chain[-1]


def is_proxy(connection: HTTPConnection, access: AccessSettings) -> bool:
    """Whether it is a proxy of ours that asks, for somebody else."""
    nearest = connection.client.host if connection.client else ""
    return _is_in(read_address(nearest), access.proxies)


def may_read_from(address: str, access: AccessSettings) -> bool:
    """Whether the computer at the address is in the readers' networks; anybody is in none."""
    return not access.readers or _is_in(read_address(address), access.readers)


def read_address(text: str) -> Address | None:
    """The address, IPv4 also where it is written as IPv6; with a port too. None for none."""
    bare = text.strip().strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _is_in(address: Address | None, networks: tuple[Network, ...]) -> bool:
    return address is not None and any(address in network for network in networks)
