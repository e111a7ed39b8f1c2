"""Who is let in from outside the readers' networks is so until the log-in ends, and no longer."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from meeting_people import mark_of
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from gsn_dash.access import guard
from gsn_dash.access.routes import make_guard
from gsn_dash.access.visitors import Gate
from gsn_dash.settings import Settings, read_settings
from gsn_dash.store.acting import EDITOR
from gsn_dash.store.keys import keep_key, redeem_key
from gsn_dash.store.logins import end_login, find_login
from gsn_dash.web.rights import COOKIE, Browser

SECRET = "0123456789abcdef" * 2
MARK = Browser(SECRET, is_new=False).mark


async def _open(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("tal", headers={"access-control-allow-origin": "*"})


async def _page(websocket: WebSocket) -> None:
    await websocket.accept()
    with suppress(WebSocketDisconnect):
        while True:
            await websocket.send_text(await websocket.receive_text())


async def _deck(_request: Request) -> PlainTextResponse:
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return PlainTextResponse("tal", headers=headers)


class _Stream:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while (await receive())["type"] != "http.disconnect":
            pass
        await send({"type": "http.response.body", "body": b""})


def _site(engine: Engine, settings: Settings) -> TestClient:
    routes = [
        Route("/tal", _open),
        Route("/vyer", _deck),
        Route("/strom", endpoint=_Stream()),
        WebSocketRoute("/sida", _page),
    ]
    middleware = make_guard(Gate(settings, lambda: engine), settings.access)
    return TestClient(Starlette(routes=routes, middleware=middleware))


@pytest.fixture
def outside(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A browser from elsewhere that a key has let in; it is asked again at once, over and over."""
    monkeypatch.setattr(guard, "_ASK_AGAIN_SECONDS", 0.02)
    keep_key(engine, mark_of("nyckel"), EDITOR)
    assert redeem_key(engine, mark_of("nyckel"), MARK)
    client = _site(engine, read_settings({"GSN_READERS": "192.0.2.0/24"}))
    client.cookies.set(COOKIE, SECRET)
    return client


def test_an_open_page_closes_when_the_log_in_ends(outside: TestClient, engine: Engine):
    with outside.websocket_connect("/sida") as page:
        page.send_text("hej")
        assert page.receive_text() == "hej"
        used = find_login(engine, MARK).seen_at
        end_login(engine, [MARK])
        with pytest.raises(WebSocketDisconnect) as closed:
            page.receive_text()
    assert closed.value.code == 1008
    assert find_login(engine, MARK).seen_at == used, "to be watched is not to do anything"


def test_what_is_told_as_it_happens_ends_too(outside: TestClient, engine: Engine):
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)
        if message["type"] == "http.response.start":
            await asyncio.to_thread(end_login, engine, [MARK])

    cookie = [(b"cookie", f"{COOKIE}={SECRET}".encode())]
    scope = {"type": "http", "method": "GET", "path": "/strom", "headers": cookie}
    silent = asyncio.Future

    async def listen() -> None:
        await asyncio.wait_for(outside.app({**scope, "query_string": b""}, silent, send), 5)

    # In a thread of its own, as a browser test before this one keeps this thread's loop.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(listen())).result()
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert outside.get("/strom").status_code == 403


def test_pages_of_others_read_only_where_everybody_may(outside: TestClient, engine: Engine):
    allowed = "access-control-allow-origin"
    assert allowed not in outside.get("/tal").headers
    assert _site(engine, read_settings({})).get("/tal").headers[allowed] == "*"


def test_what_is_for_some_is_kept_by_nobody_between(outside: TestClient, engine: Engine):
    """Whoever asks next through the same proxy may be no reader."""
    for_good = "public, max-age=31536000, immutable"
    addresses = ("/vyer", "/tal")
    told = [outside.get(address).headers["cache-control"] for address in addresses]
    assert told == ["private, max-age=31536000, immutable", "private"]
    assert _site(engine, read_settings({})).get("/vyer").headers["cache-control"] == for_good
