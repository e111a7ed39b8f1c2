"""What stands before all pages and routes: who may read at all, and what a log-in leads to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from datetime import timedelta
from re import compile
from urllib.parse import unquote

import anyio
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gsn_dash.access.documents import ACCESSIBILITY, ACCOUNT, PRIVACY, closed_document
from gsn_dash.access.oidc import LOGIN, LOGOUT
from gsn_dash.access.visitors import Gate, Way
from gsn_dash.settings_access import CALLBACK, AccessSettings
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.web.addresses import address_of, may_read_from
from gsn_dash.web.rights import new_browser, remember
from gsn_dash.web.site import STATIC_URL

LOG_IN, LOG_OUT, UNLOCK = "/logga-in", "/logga-ut", "/las-upp"
# Where somebody is to come back to who has gone to log in; it is gone as soon as he is back.
WAY_ON, WAY_ON_SECONDS = "gsn_vidare", 900
FAILED = f"{ACCOUNT}?fel=1"
# Who has just logged out by our own form, and is led on by Streamlit's way out, which is a link:
# a page of others could otherwise log a visitor out by leading there.
WAY_OUT, WAY_OUT_SECONDS = "gsn_ut", 60
_USER_COOKIE = b"_streamlit_user="
_LOGIN_COOKIES = (_USER_COOKIE, b"_streamlit_user_")
_COOKIE_LASTS = compile(rb"(?i)(?<=; max-age=)[1-9][0-9]*")
# What anybody may ask for, also outside the readers' networks: there is no figure in it.
_OPEN = frozenset(
    {LOG_IN, LOG_OUT, UNLOCK, ACCOUNT, ACCESSIBILITY, PRIVACY, LOGIN, LOGOUT, CALLBACK, "/healthz"}
)
_OPEN_PREFIXES = (f"{STATIC_URL}/", "/static/")

# What stays open outside the readers' networks is asked about so often.
_ASK_AGAIN_SECONDS = 45


def read_way_on(said: str) -> str:
    """An address of this site to go on to, from its slash; the start page for anything else."""
    is_ours = said.startswith("/") and not said.startswith("//") and "\\" not in said
    is_plain = said.isascii() and said.isprintable() and " " not in said
    return said if is_ours and is_plain and len(said) <= 500 else "/"


class ReadersOnly:
    """Refuse whoever is outside the readers' networks and has not been let in by name or key."""

    def __init__(self, app: ASGIApp, gate: Gate, access: AccessSettings) -> None:
        self._app = app
        self._gate = gate
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._is_for_all(scope["path"]):
            await self._app(scope, receive, send)
            return
        send = _for_readers(send)
        connection = HTTPConnection(scope)
        if may_read_from(address_of(connection, self._access), self._access):
            await self._app(scope, receive, send)
        elif await anyio.to_thread.run_sync(self._is_known, connection):
            await self._while_known(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            headers = {"content-language": "sv", "cache-control": "no-store"}
            text = closed_document(self._gate.has_login)
            await HTMLResponse(text, 403, headers)(scope, receive, send)

    def _is_for_all(self, path: str) -> bool:
        return not self._access.readers or path in _OPEN or path.startswith(_OPEN_PREFIXES)

    async def _while_known(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for as long as the visitor is let in: also what stays open ends with the log-in.

        A deed asks for itself, and says so where it is refused.
        """
        ended = asyncio.Event()

        async def send_while(message: Message) -> None:
            if not (ended.is_set() and message["type"].startswith("websocket.")):
                await send(message)

        async def receive_while() -> Message:
            message = await _first(receive(), ended)
            if message is not None:
                return message
            if scope["type"] == "http":
                return {"type": "http.disconnect"}
            await send({"type": "websocket.close", "code": 1008})
            return {"type": "websocket.disconnect", "code": 1008}

        watching = asyncio.create_task(self._watch(HTTPConnection(scope), ended))
        try:
            await self._app(scope, receive_while, send_while)
        finally:
            watching.cancel()

    async def _watch(self, connection: HTTPConnection, ended: asyncio.Event) -> None:
        while not ended.is_set():
            await asyncio.sleep(_ASK_AGAIN_SECONDS)
            # While the database is away nobody is sent out who has been let in.
            with suppress(StoreUnavailable):
                visitor = await anyio.to_thread.run_sync(self._gate.who, connection, False)
                if visitor.way is Way.NONE:
                    ended.set()

    def _is_known(self, connection: HTTPConnection) -> bool:
        try:
            return self._gate.who(connection).way is not Way.NONE
        except StoreUnavailable:
            return False


def _for_readers(send: Send) -> Send:
    """Nothing is for pages of others, which a reader's browser could fetch it to, nor for what
    lies between and keeps a copy for whoever asks next."""

    async def send_kept(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            del headers["access-control-allow-origin"]
            said = [each.strip() for each in headers.get("cache-control", "").split(",")]
            rest = (each for each in said if each and each not in ("public", "private"))
            headers["cache-control"] = ", ".join(("private", *rest))
        await send(message)

    return send_kept


async def _first(receiving: Awaitable[Message], ended: asyncio.Event) -> Message | None:
    """The message, or None where it has `ended` before one comes."""
    heard, ending = asyncio.ensure_future(receiving), asyncio.ensure_future(ended.wait())
    try:
        await asyncio.wait((heard, ending), return_when=asyncio.FIRST_COMPLETED)
        return heard.result() if heard.done() else None
    finally:
        heard.cancel()
        ending.cancel()


class LogIns:
    """Stand round Streamlit's own ways in and out.

    Who comes back from the provider goes on to where he was, or is told that it failed, and keeps
    the log-in's cookies no longer than it can last. Nobody goes out but by our own form.
    """

    def __init__(self, app: ASGIApp, access: AccessSettings) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if path == LOGOUT:
            if WAY_OUT not in HTTPConnection(scope).cookies:
                await RedirectResponse(ACCOUNT, status_code=303)(scope, receive, send)
                return
            send = _forgetting(WAY_OUT, send)
        if path == CALLBACK:
            send = _leading_on(Request(scope), send, self._access.longest)
        if path == LOGIN:
            send = _telling(scope, receive, send)
        await self._app(scope, receive, send)


def _forgetting(cookie: str, send: Send) -> Send:
    async def send_forgetting(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", _gone(cookie))
        await send(message)

    return send_forgetting


def _gone(cookie: str) -> str:
    return f"{cookie}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"


def _telling(scope: Scope, receive: Receive, send: Send) -> Send:
    """Where the provider does not answer, Streamlit says two words of English."""
    failed = False

    async def send_telling(message: Message) -> None:
        nonlocal failed
        if message["type"] == "http.response.start" and message["status"] >= 400:
            failed = True
            await RedirectResponse(FAILED, status_code=303)(scope, receive, send)
        if not failed:
            await send(message)

    return send_telling


def _leading_on(request: Request, send: Send, longest: timedelta) -> Send:
    """Streamlit leads everybody from the provider to the start page, and says nothing."""
    tried = "code" in request.query_params or "error" in request.query_params
    way_on = read_way_on(unquote(request.cookies.get(WAY_ON, "")))

    async def send_leading(message: Message) -> None:
        if message["type"] == "http.response.start" and tried:
            is_in = any(
                value.startswith(_USER_COOKIE) and b"Max-Age=0" not in value
                for name, value in message["headers"]
                if name.lower() == b"set-cookie"
            )
            _shorten(message, longest)
            headers = MutableHeaders(scope=message)
            if "location" in headers:
                headers["location"] = way_on if is_in else FAILED
            headers.append("set-cookie", _gone(WAY_ON))
            if is_in:
                renewed = remember(new_browser(), request, Response())
                headers.append("set-cookie", renewed.headers["set-cookie"])
        await send(message)

    return send_leading


def _shorten(message: Message, longest: timedelta) -> None:
    """Streamlit gives the log-in's cookies a month, whatever the settings say."""
    lasts = b"%d" % longest.total_seconds()
    message["headers"] = [
        (name, _COOKIE_LASTS.sub(lasts, value) if value.startswith(_LOGIN_COOKIES) else value)
        for name, value in message["headers"]
    ]
