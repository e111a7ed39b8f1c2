"""Who knows the id of a page's session comes to it only from the browser that it was opened in."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from gsn_dash.access import sessions
from gsn_dash.access.sessions import OwnSessions

OWN, OTHER = b"a" * 16, b"b" * 16


async def _as_streamlit(websocket: WebSocket) -> None:
    """Tells what it was asked for, as the id of a session that it opens or goes on with."""
    opened = websocket.query_params["opens"]
    said = websocket.headers["sec-websocket-protocol"].split(", ")
    await websocket.accept(subprotocol=said[0])
    told = ForwardMsg()
    told.new_session.initialize.session_id = said[2] if len(said) > 2 else opened
    await websocket.send_bytes(ForwardMsg(script_finished=1).SerializeToString())
    await websocket.send_bytes(told.SerializeToString())
    await websocket.close()


@pytest.fixture
def site() -> Starlette:
    routes = [WebSocketRoute("/_stcore/stream", _as_streamlit)]
    return Starlette(routes=routes, middleware=[Middleware(OwnSessions)])


def _session(site: Starlette, token: bytes | None, session: str = "", opens: str = "new") -> str:
    """The session that a browser with a token is given, who asks for one, or for a new."""
    client = TestClient(site)
    if token:
        # Streamlit masks it anew with each answer.
        client.cookies.set("_streamlit_xsrf", generate_xsrf_token_string(token))
    protocols = ["streamlit", "token", *filter(None, [session])]
    with client.websocket_connect(f"/_stcore/stream?opens={opens}", subprotocols=protocols) as page:
        assert page.accepted_subprotocol == "streamlit"
        page.receive_bytes()
        return ForwardMsg.FromString(page.receive_bytes()).new_session.initialize.session_id


def test_a_page_comes_back_only_in_the_browser_that_opened_it(site: Starlette):
    assert _session(site, OWN, opens="old") == "old"
    assert _session(site, OWN, "old") == "old"
    for thief in (OTHER, None):
        assert _session(site, thief, "old") == "new"
    assert _session(site, OWN, "old") == "old", "who was robbed goes on"
    assert _session(site, OWN, "never told") == "new"


def test_a_browser_without_a_token_comes_back_to_nothing(site: Starlette):
    assert _session(site, None, opens="old") == "old"
    assert _session(site, None, "old") == "new"


def test_the_oldest_sessions_are_let_go_of(site: Starlette, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sessions, "MOST_KNOWN", 1)
    for name in ("first", "second"):
        _session(site, OWN, opens=name)
    assert [_session(site, OWN, name) for name in ("second", "first")] == ["second", "new"]


@pytest.mark.parametrize("garbage", [b"\xff\xff\xff", "text"])
def test_what_no_page_sends_is_closed_with_one_line_in_the_log(
    caplog: pytest.LogCaptureFixture, garbage: bytes | str
):
    """Anybody can send it, and each used to be a traceback, of text two."""
    heard: list[str] = []

    async def listen(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.receive_bytes()
        heard.append((await websocket.receive())["type"])

    routes = [WebSocketRoute("/_stcore/stream", listen)]
    site = TestClient(Starlette(routes=routes, middleware=[Middleware(OwnSessions)]))
    with site.websocket_connect("/_stcore/stream") as page:
        page.send_bytes(BackMsg(rerun_script=ClientState()).SerializeToString())
        page.send_bytes(garbage) if isinstance(garbage, bytes) else page.send_text(garbage)
        with pytest.raises(WebSocketDisconnect) as closed:
            page.receive_bytes()
    assert (closed.value.code, heard) == (1002, ["websocket.disconnect"])
    assert [bool(record.exc_info) for record in caplog.records] == [False]
