"""The addresses of a meeting, as others are to write them."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from re import compile

from starlette.requests import HTTPConnection

from gsn_dash.web.rights import is_secure

_LOCAL = ("localhost", "127.0.0.1", "::1")
# A name, or an address as addresses are written, and a port; what is anything else is not said on.
_HOST = compile(r"([0-9A-Za-z._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_EVERYWHERE = ("0.0.0.0", "::")
# A machine that is nobody's: nothing is sent there, only the way out of this one is looked up.
_ELSEWHERE = ("192.0.2.1", 9)


@dataclass(frozen=True)
class Site:
    """Where others find the site; `is_reached` is False where nobody else can come."""

    base: str
    is_reached: bool


def site_of(request: HTTPConnection, served: str, port: int) -> Site:
    """The site as others reach it, for who has come by `request`.

    It is the address that was used, but for one that means "this computer", which others cannot
    use: then it is this computer's own in its network, where the site is served there (`served`
    is the address that it is served on). An address that can be none is taken for such a one.
    """
    told = _HOST.fullmatch(request.headers.get("host", ""))
    host, name = (told[0], told[1]) if told else (f"{_LOCAL[0]}:{port}", _LOCAL[0])
    scheme = "https" if is_secure(request) else "http"
    if name.strip("[]").lower() not in _LOCAL:
        return Site(f"{scheme}://{host}", True)
    own = _own_address() if served in _EVERYWHERE else ""
    return Site(f"http://{own}:{port}", True) if own else Site(f"{scheme}://{host}", False)


def _own_address() -> str:
    """This computer's address in its network, empty where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.connect(_ELSEWHERE)
            return sock.getsockname()[0]
        except OSError:
            return ""
