"""What stands before every answer: headers on errors too, flags on cookies, sizes and origins."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgi_client import AsgiClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from gsn_dash.web.guarding import LARGEST_BODY
from gsn_dash.web.server import make_middleware

SECRET = "postgresql://gsn:hemligt@db"
WS = "ws://gsn.example/_stcore/stream"


async def _break(_request: Request) -> PlainTextResponse:
    raise RuntimeError(SECRET)


async def _take(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def _cookie(_request: Request) -> PlainTextResponse:
    answer = PlainTextResponse("svar")
    answer.headers["set-cookie"] = "_streamlit_xsrf=x; Path=/"
    answer.set_cookie("annan", "y", samesite="strict", secure=True)
    return answer


async def _listen(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(websocket.headers["host"])
    await websocket.close()


APP = Starlette(
    routes=[
        Route("/fel", _break),
        Route("/ta", _take, methods=["POST", "PUT"]),
        Route("/kaka", _cookie),
        Route("/_stcore/upload_file/a/b", _take, methods=["PUT"]),
        WebSocketRoute("/_stcore/stream", _listen),
    ],
    middleware=make_middleware(),
)


@pytest.mark.parametrize("address", ["/fel", "/finns-inte", "/kaka", "/"])
def test_every_answer_is_guarded_and_tells_nothing_of_what_went_wrong(address: str):
    answer = AsgiClient(APP).get(address)
    for name in ("content-security-policy", "x-content-type-options", "referrer-policy"):
        assert answer.headers[name], name
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert "strict-transport-security" not in answer.headers
    assert SECRET not in answer.text and "Traceback" not in answer.text
    if address == "/fel":
        assert answer.status == 500 and "Något gick fel" in answer.text


def test_behind_tls_the_browser_is_told_to_stay_there_and_cookies_too():
    with TestClient(APP) as client:
        plain, safe = (
            client.get("/kaka"),
            client.get("/kaka", headers={"x-forwarded-proto": "https"}),
        )
    first, second = plain.headers.get_list("set-cookie")
    assert first == "_streamlit_xsrf=x; Path=/; SameSite=Lax"
    assert second.lower().count("samesite") == second.lower().count("secure") == 1
    assert safe.headers["strict-transport-security"] == "max-age=63072000"
    assert all("secure" in cookie.lower() for cookie in safe.headers.get_list("set-cookie"))


@pytest.mark.parametrize(("size", "status"), [(LARGEST_BODY, 200), (LARGEST_BODY + 1, 413)])
def test_what_is_posted_has_a_limit(size: int, status: int):
    with TestClient(APP) as client:
        assert client.post("/ta", content=b"x" * size).status_code == status


def test_a_size_that_is_not_told_has_the_same_limit():
    heard = 0

    async def receive() -> dict:
        nonlocal heard
        heard += 1
        return {"type": "http.request", "body": b"x" * 50_000, "more_body": True}

    async def send(_message: dict) -> None:
        return None

    scope = {"type": "http", "method": "POST", "path": "/ta", "headers": [], "query_string": b""}
    scope |= {"scheme": "http", "server": ("localhost", 80), "client": ("127.0.0.1", 1)}
    # In a thread of its own: the tests' browser has a loop going in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(APP(scope, receive, send))).result()
    assert heard == LARGEST_BODY // 50_000 + 1


def test_streamlits_own_way_for_files_is_closed():
    with TestClient(APP) as client:
        assert client.put("/_stcore/upload_file/a/b", content=b"x").status_code == 404


@pytest.mark.parametrize(
    ("headers", "host"),
    [
        ({"origin": "http://gsn.example"}, "gsn.example"),
        ({}, "gsn.example"),
        ({"origin": "https://yttre.example", "x-forwarded-host": "yttre.example"}, "yttre.example"),
        ({"origin": "http://evil.example"}, None),
        ({"origin": "null"}, None),
        ({"origin": "http://localhost"}, None),  # which Streamlit itself lets in
    ],
)
def test_only_pages_of_ours_open_a_connection(headers: Mapping[str, str], host: str | None):
    client = TestClient(APP, base_url="http://gsn.example")
    if host is None:
        with (
            pytest.raises(WebSocketDisconnect) as refused,
            client.websocket_connect(WS, headers=dict(headers)),
        ):
            pass
        assert refused.value.code == 1008
        return
    with client.websocket_connect(WS, headers=dict(headers)) as connection:
        assert connection.receive_text() == host
