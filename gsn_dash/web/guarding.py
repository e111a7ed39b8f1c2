"""What every answer has, errors too, and what is refused unheard: by size and by origin."""

from __future__ import annotations

import asyncio
import logging

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gsn_dash.web.document import plain_document
from gsn_dash.web.refusals import refusal, refuse
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
# Nothing that is posted is larger, but for a file.
LARGEST_BODY = 131_072  # bytes
# What is posted has to have come by then; who has a page of ours open needs a moment.
BODY_SECONDS = 15.0
# Where a file is handed in (`access/files.py`), how large it may be, and how long it may take.
FILES, LARGEST_FILE, FILE_SECONDS = "/api/fil", 10 * 1024**2, 120.0
_STARTS = ("http.response.start", "websocket.http.response.start")
_BODILESS = ("GET", "HEAD", "OPTIONS")
_FAULT = (
    "Något gick fel hos webbplatsen. Försök igen om en stund; hjälper inte det, säg till den som"
    " sköter den, så står det i loggen vad som hände."
)
_TOO_LARGE = "Det som skickades är för stort, så det togs inte emot."
_TOO_SLOW = "Det som skickades kom inte fram i tid, så det togs inte emot; försök igen."

log = logging.getLogger(__name__)


class SafeHeaders:
    """Give every answer the security headers, and every cookie its flags, Streamlit's too; also
    the answer that refuses a connection which a page would keep open.

    What goes wrong further in is answered from here, with no more than one sentence.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        begun, by_tls = False, is_secure(HTTPConnection(scope))

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] in _STARTS:
                _dress(message, by_tls)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            log.exception("a request failed: %s", scope["path"])
            if begun or scope["type"] == "websocket":
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
    """Refuse what is posted and too large for anything of ours, however it says its size, and what
    has not come whole within `BODY_SECONDS`: who lets it drip would hold a connection for ever."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _has_body(scope):
            await self._app(scope, receive, send)
            return
        length = HTTPConnection(scope).headers.get("content-length", "0")
        is_file = scope["path"] == FILES
        largest = LARGEST_FILE if is_file else LARGEST_BODY
        body = _Body(receive, largest, FILE_SECONDS if is_file else BODY_SECONDS)
        begun = False

        async def send_noting(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start" and not body.is_whole:
                # The rest of it is not waited for either.
                MutableHeaders(scope=message)["connection"] = "close"
            await send(message)

        if not length.isdigit() or int(length) > largest:
            await _refuse_body(413)(scope, receive, send_noting)
            return
        try:
            await self._app(scope, body.receive, send_noting)
        except ClientDisconnect:
            # Who has gone in the middle of it needs no answer.
            if body.refused and not begun:
                await _refuse_body(body.refused)(scope, receive, send_noting)


def _has_body(scope: Scope) -> bool:
    """Whether something comes after the headers, also where nothing of ours would read it."""
    headers = HTTPConnection(scope).headers
    told = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    return told or scope["method"] not in _BODILESS


class _Body:
    """What is posted, as far as it is received; `refused` is the status that it is refused with,
    0 so far."""

    def __init__(self, receive: Receive, largest: int, seconds: float) -> None:
        self._receive = receive
        self._largest = largest
        self._until = asyncio.get_running_loop().time() + seconds
        self._heard = 0
        self.is_whole = False
        self.refused = 0

    async def receive(self) -> Message:
        if self.is_whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            return self._refuse(408)
        self._heard += len(message.get("body", b""))
        self.is_whole = not message.get("more_body", False)
        return self._refuse(413) if self._heard > self._largest else message

    def _refuse(self, status: int) -> Message:
        # As if the browser had gone: nobody waits for more.
        self.refused = status
        return {"type": "http.disconnect"}


def _refuse_body(status: int) -> Response:
    heading, sentence = ("För sent", _TOO_SLOW) if status == 408 else ("För stort", _TOO_LARGE)
    return _plain(heading, sentence, status)


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
                await refuse(refusal(403), scope, receive, send)
                return
        await self._app(scope, receive, send)


def _plain(heading: str, sentence: str, status: int) -> HTMLResponse:
    text = plain_document(heading, f'<p>{sentence}</p><p><a href="/">Till Översikt</a></p>')
    headers = {"content-language": "sv", "cache-control": "no-store"}
    return HTMLResponse(text, status_code=status, headers=headers)
