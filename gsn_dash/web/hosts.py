"""The address that the visitor asked at: as a proxy of ours tells it, and only if it is ours."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from gsn_dash.settings_access import AccessSettings
from gsn_dash.web.addresses import is_proxy, read_address
from gsn_dash.web.refusals import refusal, refuse
from gsn_dash.web.rights import is_loopback, name_of

_SAFE = {"http": "https", "ws": "wss"}
_ELSEWHERE = (
    "Webbplatsen har inte den adress som du kom till; fråga den som sköter webbplatsen efter den"
    " rätta."
)
# What makes more of a host than its name and port: a name before it, or a path after.
_NO_HOST = set("@/?#\\")
_HEALTH = "/healthz"


class AskedAt:
    """Let everything further in see the host and the scheme that the browser used.

    What headers say of them is believed of proxies of ours alone: anybody can write a header.
    """

    def __init__(self, app: ASGIApp, access: AccessSettings) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            connection = HTTPConnection(scope)
            if is_proxy(connection, self._access):
                scope = _as_told(scope, connection, self._access)
        await self._app(scope, receive, send)


def _as_told(scope: Scope, connection: HTTPConnection, access: AccessSettings) -> Scope:
    told = dict(scope)
    host = _last_word(connection, "x-forwarded-host")
    if host and _may_tell(connection, access):
        headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
        told["headers"] = [*headers, (b"host", host.encode("latin-1"))]
    if _last_word(connection, "x-forwarded-proto").lower() == "https":
        told["scheme"] = _SAFE.get(scope["scheme"], scope["scheme"])
    return told


def _last_word(connection: HTTPConnection, header: str) -> str:
    # Proxies that add to a header write last; what stands before it the visitor may have written.
    return ",".join(connection.headers.getlist(header)).split(",")[-1].strip()


def _may_tell(connection: HTTPConnection, access: AccessSettings) -> bool:
    """Whether the host that the proxy forwarded to may stand for another.

    A proxy may pass on an `X-Forwarded-Host` that a page of somebody else's has written, beside
    that page's own name in `Host`, which no page can write. A name of ours is none of theirs, and
    so is an address: the one that many proxies put there, of where they forward to. A proxy with an
    inner name there needs it among the settings' hosts.
    """
    name = _name(connection.headers.get("host", ""))
    is_inner = is_loopback(name) or read_address(name) is not None
    return not access.hosts or name in access.hosts or is_inner


def _name(host: str) -> str:
    """Its name, small and without port; empty for what is more than a host."""
    return "" if set(host) & _NO_HOST else name_of(host)


class OurHosts:
    """Refuse who asks at another address than those that the settings name; any where they name
    none.

    A page of somebody else's could otherwise make its own name lead to us, and read what comes.
    """

    def __init__(self, app: ASGIApp, access: AccessSettings) -> None:
        self._app = app
        self._hosts = access.hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or not self._hosts or self._is_ours(scope):
            await self._app(scope, receive, send)
        else:
            await refuse(refusal(421, _ELSEWHERE), scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        connection = HTTPConnection(scope)
        if _name(connection.headers.get("host", "")) in self._hosts:
            return True
        # Whoever watches over the server on the server itself knows no other name of it.
        near = connection.client is not None and is_loopback(connection.client.host)
        return near and scope["path"] == _HEALTH
