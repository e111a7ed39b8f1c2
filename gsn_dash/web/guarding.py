"""What every answer has, errors too, and what is refused unheard: by size and by origin."""

from __future__ import annotations

import logging

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gsn_dash.web.document import plain_document
from gsn_dash.web.rights import is_own, is_secure

# 'unsafe-inline' for styles and blob: for scripts are what Streamlit's frontend needs:
# it styles with inserted <style> elements and loads components' code from blobs.
_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' blob: 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
# Told only where the browser has come by TLS: two years.
_ONLY_TLS = "max-age=63072000"
# Nothing that is posted is larger: files come by the page's connection, which has its own limit.
LARGEST_BODY = 131_072  # bytes
_BODILESS = ("GET", "HEAD", "OPTIONS")
_FAULT = (
    "Något gick fel hos webbplatsen. Försök igen om en stund; hjälper inte det, säg till den som"
    " sköter den, så står det i loggen vad som hände."
)
_TOO_LARGE = "Det som skickades är för stort, så det togs inte emot."

log = logging.getLogger(__name__)


class SafeHeaders:
    """Give every HTTP answer the security headers, and every cookie its flags, Streamlit's too.

    What goes wrong further in is answered from here, with no more than one sentence.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, by_tls = False, is_secure(HTTPConnection(scope))

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _dress(message, by_tls)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            log.exception("a request failed: %s", scope["path"])
            if begun:
                raise
            await _plain("Något gick fel", _FAULT, 500)(scope, receive, send_with_headers)


def _dress(message: Message, by_tls: bool) -> None:
    """Set the headers and the cookies' flags of an answer that is about to be sent."""
    headers = MutableHeaders(scope=message)
    for name, value in _HEADERS.items():
        headers[name] = value
    if by_tls:
        headers["strict-transport-security"] = _ONLY_TLS
    message["headers"] = [
        (name, _flagged(value, by_tls) if name.lower() == b"set-cookie" else value)
        for name, value in message["headers"]
    ]


def _flagged(cookie: bytes, by_tls: bool) -> bytes:
    flags = {part.partition(b"=")[0].strip().lower() for part in cookie.split(b";")[1:]}
    if b"samesite" not in flags:
        cookie += b"; SameSite=Lax"
    if by_tls and b"secure" not in flags:
        cookie += b"; Secure"
    return cookie


class SmallBodies:
    """Refuse what is posted and too large for anything of ours, however it says its size."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _BODILESS:
            await self._app(scope, receive, send)
            return
        length = HTTPConnection(scope).headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            await _plain("För stort", _TOO_LARGE, 413)(scope, receive, send)
            return
        heard = 0

        async def receive_little() -> Message:
            nonlocal heard
            message = await receive()
            heard += len(message.get("body", b""))
            if heard > LARGEST_BODY:
                # As if the browser had gone: nobody waits for more.
                return {"type": "http.disconnect"}
            return message

        await self._app(scope, receive_little, send)


class OwnPages:
    """Let only pages of ours open a connection, and post: browsers tell whose page asks.

    What tells no origin is no browser's page; it has no cookies that it was not given.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            connection = HTTPConnection(scope)
            if "origin" in connection.headers and not is_own(connection):
                await send({"type": "websocket.close", "code": 1008})
                return
            scope = _with_told_host(scope, connection)
        await self._app(scope, receive, send)


def _with_told_host(scope: Scope, connection: HTTPConnection) -> Scope:
    """The scope, whose host is the one that the browser knows, also behind a proxy that changes
    it: Streamlit would look for its own address elsewhere."""
    told = connection.headers.get("x-forwarded-host", "").split(",")[0].strip()
    if not told:
        return scope
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*headers, (b"host", told.encode("latin-1"))]}


def _plain(heading: str, sentence: str, status: int) -> HTMLResponse:
    text = plain_document(heading, f'<p>{sentence}</p><p><a href="/">Till Översikt</a></p>')
    headers = {"content-language": "sv", "cache-control": "no-store"}
    return HTMLResponse(text, status_code=status, headers=headers)
