"""The address that the visitor asked at: as a proxy of ours tells it, and only if it is ours."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from gsn_dash.settings_access import AccessSettings
from gsn_dash.web.addresses import is_proxy
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
                scope = _as_told(scope, connection)
        await self._app(scope, receive, send)


def _as_told(scope: Scope, connection: HTTPConnection) -> Scope:
    told = dict(scope)
    # Proxies that add to the header write last; what stands before it the visitor may have written.
    host = connection.headers.get("x-forwarded-host", "").split(",")[-1].strip()
    if host:
        headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
        told["headers"] = [*headers, (b"host", host.encode("latin-1"))]
    scheme = connection.headers.get("x-forwarded-proto", "").split(",")[0].strip().lower()
    if scheme == "https":
        told["scheme"] = _SAFE.get(scope["scheme"], scope["scheme"])
    return told


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
        host = connection.headers.get("host", "")
        if name_of(host) in self._hosts and not set(host) & _NO_HOST:
            return True
        # Whoever watches over the server on the server itself knows no other name of it.
        near = connection.client is not None and is_loopback(connection.client.host)
        return near and scope["path"] == _HEALTH
