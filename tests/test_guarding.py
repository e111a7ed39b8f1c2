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
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.types import Message
from starlette.websockets import WebSocket

from gsn_dash.settings_access import read_access
from gsn_dash.web import guarding
from gsn_dash.web.first_view import FirstViews
from gsn_dash.web.guarding import LARGEST_BODY, LARGEST_FILE
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


async def _close(websocket: WebSocket) -> None:
    await websocket.close()


async def _listen(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(websocket.headers["host"])
    await websocket.close()


ROUTES = [
    Route("/fel", _break),
    Route("/ta", _take, methods=["POST", "PUT"]),
    Route("/kaka", _cookie),
    Route("/healthz", _cookie),
    Route("/_stcore/upload_file/a/b", _take, methods=["PUT"]),
    WebSocketRoute("/_stcore/stream", _listen),
    WebSocketRoute("/stangd", _close),
]


def _site(behind_proxy: bool = False, **environ: str) -> Starlette:
    access = read_access(environ, behind_proxy)
    views = FirstViews(lambda: ("7", True), lambda _address: None)
    return Starlette(routes=ROUTES, middleware=make_middleware(views, access=access))


APP = _site()
BEHIND_PROXY = _site(behind_proxy=True, GSN_PROXIES="192.0.2.1")
PROXY, OTHER = ("192.0.2.1", 1), ("192.0.2.7", 1)


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
    by_tls = {"x-forwarded-proto": "https"}
    with TestClient(BEHIND_PROXY, client=PROXY) as client:
        plain, safe = client.get("/kaka"), client.get("/kaka", headers=by_tls)
    first, second = plain.headers.get_list("set-cookie")
    assert first == "_streamlit_xsrf=x; Path=/; SameSite=Lax"
    assert second.lower().count("samesite") == second.lower().count("secure") == 1
    assert safe.headers["strict-transport-security"] == "max-age=63072000"
    assert all("secure" in cookie.lower() for cookie in safe.headers.get_list("set-cookie"))
    for app, client, words in (
        (APP, PROXY, "https"),
        (BEHIND_PROXY, OTHER, "https"),
        (BEHIND_PROXY, PROXY, "https, http"),
    ):
        told = TestClient(app, client=client).get("/kaka", headers={"x-forwarded-proto": words})
        assert "strict-transport-security" not in told.headers, "anybody can write a header"


@pytest.mark.parametrize(
    ("address", "size", "status"),
    [
        ("/ta", LARGEST_BODY, 200),
        ("/ta", LARGEST_BODY + 1, 413),
        (guarding.FILES, LARGEST_FILE, 404),  # as far as the route, which is not here
        (guarding.FILES, LARGEST_FILE + 1, 413),
    ],
)
def test_what_is_posted_has_a_limit(address: str, size: int, status: int):
    with TestClient(APP) as client:
        assert client.post(address, content=b"x" * size).status_code == status


def _post(message: Message) -> tuple[int, list[Message]]:
    """How often the same message is heard when it comes for ever, and what is answered."""
    heard, sent = 0, []

    async def receive() -> Message:
        nonlocal heard
        heard += 1
        return message

    async def send(answer: Message) -> None:
        sent.append(answer)

    scope = {"type": "http", "method": "POST", "path": "/ta", "headers": [], "query_string": b""}
    scope |= {"scheme": "http", "server": ("localhost", 80), "client": ("127.0.0.1", 1)}
    # In a thread of its own: the tests' browser has a loop going in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(APP(scope, receive, send))).result()
    return heard, sent


def test_a_size_that_is_not_told_has_the_same_limit():
    heard, sent = _post({"type": "http.request", "body": b"x" * 50_000, "more_body": True})
    assert (heard, sent[0]["status"]) == (LARGEST_BODY // 50_000 + 1, 413)


def test_who_goes_in_the_middle_of_it_is_no_fault_of_ours(caplog: pytest.LogCaptureFixture):
    assert (_post({"type": "http.disconnect"})[1], caplog.records) == ([], [])


def test_streamlits_own_way_for_files_is_closed():
    with TestClient(APP) as client:
        assert client.put("/_stcore/upload_file/a/b", content=b"x").status_code == 404


@pytest.mark.parametrize(("drip", "status"), [(b"x", 408), (b"", 408), (b"x" * 50_000, 413)])
def test_who_lets_a_body_drip_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, drip: bytes, status: int
):
    monkeypatch.setattr(guarding, "BODY_SECONDS", 0.1)
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(0.01 if drip else 60)
        return {"type": "http.request", "body": drip, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/ta", "headers": [], "query_string": b""}
    scope |= {"scheme": "http", "server": ("localhost", 80), "client": OTHER}
    # In a thread of its own: the tests' browser has a loop going in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(APP(scope, receive, send))).result(10)
    assert sent[0]["status"] == status
    assert (b"connection", b"close") in sent[0]["headers"]
    assert "togs inte emot" in sent[1]["body"].decode()


def test_a_body_that_nobody_reads_is_not_waited_for_either():
    with TestClient(APP) as client:
        asked = (
            client.request("GET", "/kaka", content=b"x"),
            client.post("/finns-inte", content=b"x"),
        )
        assert [answer.headers["connection"] for answer in asked] == ["close", "close"]
        read = client.get("/kaka"), client.post("/ta", content=b"x")
        assert not any("connection" in answer.headers for answer in read)


@pytest.mark.parametrize(
    ("headers", "host"),
    [
        ({"origin": "http://gsn.example"}, "gsn.example"),
        ({}, "gsn.example"),
        ({"origin": "http://evil.example"}, None),
        ({"origin": "null"}, None),
        ({"origin": "http://localhost"}, None),  # which Streamlit itself lets in
        # Anybody can write this one.
        ({"origin": "https://yttre.example", "x-forwarded-host": "yttre.example"}, None),
    ],
)
def test_only_pages_of_ours_open_a_connection(headers: Mapping[str, str], host: str | None):
    for app, client in ((APP, PROXY), (BEHIND_PROXY, OTHER)):
        assert _connect(app, client, headers) == host


def test_a_proxy_of_ours_tells_which_address_the_browser_used():
    by = {"origin": "https://yttre.example", "x-forwarded-host": "evil.example, yttre.example"}
    assert _connect(BEHIND_PROXY, PROXY, by) == "yttre.example"
    assert _connect(BEHIND_PROXY, PROXY, {**by, "origin": "https://evil.example"}) is None


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("gsn.example", 200),
        ("127.0.0.1:8501", 200),
        ("[fd00::1]:8501", 200),
        ("localhost", 200),
        ("evil.example", 421),
        ("", 421),
    ],
)
def test_a_page_elsewhere_cannot_say_through_a_proxy_that_it_is_ours(host: str, status: int):
    """Its own name leads to the proxy, which passes on what the page wrote of an outer name."""
    app = _site(behind_proxy=True, GSN_PROXIES="192.0.2.1", GSN_HOSTS="gsn.example")
    headers = {"host": host, "x-forwarded-host": "gsn.example"}
    assert TestClient(app, client=PROXY).get("/kaka", headers=headers).status_code == status


def test_of_a_header_that_is_told_twice_the_proxys_is_the_last():
    app = _site(behind_proxy=True, GSN_PROXIES="192.0.2.1", GSN_HOSTS="gsn.example")
    named = [("host", "127.0.0.1")]
    told = [("x-forwarded-host", name) for name in ("gsn.example", "evil.example")]
    asking = TestClient(app, client=PROXY)
    assert asking.get("/kaka", headers=named + told).status_code == 421
    assert asking.get("/kaka", headers=named + told[::-1]).status_code == 200


def _connect(app: Starlette, client: tuple[str, int], headers: Mapping[str, str]) -> str | None:
    """The host that a page's connection sees, or None where it is refused as it should be."""
    asking = TestClient(app, base_url="http://gsn.example", client=client)
    try:
        with asking.websocket_connect(WS, headers=dict(headers)) as connection:
            return connection.receive_text()
    except WebSocketDenialResponse as refused:
        assert refused.status_code == 403 and refused.headers["content-security-policy"]
        assert refused.text.endswith(".") and refused.headers["content-language"] == "sv"
        return None


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("gsn.example", True),
        ("GSN.example.:8443", True),
        ("10.0.0.7", True),
        ("evil.example", False),
        ("gsn.example.evil.example", False),
        ("evil@gsn.example", False),
        ("gsn.example/evil", False),
        ("", False),
    ],
)
def test_an_address_that_is_not_ours_is_answered_with_one_sentence(host: str, is_ours: bool):
    app = _site(GSN_HOSTS="gsn.example, 10.0.0.7")
    for client in (("127.0.0.1", 1), OTHER):
        asking = TestClient(app, client=client)
        told = asking.get("/kaka", headers={"host": host})
        assert told.status_code == (200 if is_ours else 421)
        assert is_ours or (told.text.count(".") == 1 and told.headers["x-frame-options"])
        # Whoever watches over the server on the server itself knows no other name of it.
        health = asking.get("/healthz", headers={"host": host})
        assert health.status_code == (200 if is_ours or client != OTHER else 421)
        if not is_ours:
            with (
                pytest.raises(WebSocketDenialResponse) as refused,
                asking.websocket_connect(WS, headers={"host": host}),
            ):
                pass
            assert refused.value.status_code == 421
    assert TestClient(APP).get("/kaka", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("GET", "/static/finns-inte.js", 404), ("DELETE", "/ta", 405), ("GET", "/ta", 405)],
)
def test_what_others_refuse_in_english_is_refused_in_swedish(
    method: str, address: str, status: int
):
    told = TestClient(APP).request(method, address)
    assert (told.status_code, told.headers["content-language"]) == (status, "sv")
    assert told.text.startswith("Det ") and told.text.endswith(".")
    assert status != 405 or "POST" in told.headers["allow"]
    with pytest.raises(WebSocketDenialResponse) as refused:
        TestClient(APP).websocket_connect("/stangd").__enter__()
    assert refused.value.headers["content-security-policy"] and "sidor" in refused.value.text
