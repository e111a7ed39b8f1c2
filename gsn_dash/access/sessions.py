"""What stands before Streamlit's pages: whose session one may come back to, and what it may say."""

from __future__ import annotations

import logging
from collections import OrderedDict

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

_STREAM = "/_stcore/stream"
_PROTOCOLS = b"sec-websocket-protocol"
# More than can be open at once, or come back; the oldest are let go of, and begin anew.
MOST_KNOWN = 5000
# Why the connection is closed where somebody sends what no page does.
_WRONG = 1002

log = logging.getLogger(__name__)


class OwnSessions:
    """Let a page that has lost its connection come back to its session only from its own browser.

    Streamlit gives a session to whoever knows its id, with what its visitor has chosen and written
    there. It sends the id to the page, which brings it back as the third of its protocols; who
    brings one of another browser's is given a new session, as who brings none. Browsers are told
    apart by the token that Streamlit gives each against requests of others. What is no message of
    a page's ends here: Streamlit would log each with a whole traceback.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._browsers: OrderedDict[str, bytes | None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket" or scope["path"] != _STREAM:
            await self._app(scope, receive, send)
            return
        browser = _browser_of(HTTPConnection(scope))
        session = ""

        async def send_noting(message: Message) -> None:
            nonlocal session
            if not session and message["type"] == "websocket.send":
                session = _session_in(message.get("bytes"))
                self._note(session, browser)
            await send(message)

        async def receive_checked() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive" or _is_of_page(message.get("bytes")):
                return message
            log.warning("closed a page's connection: what it sent is no message of a page's")
            await send({"type": "websocket.close", "code": _WRONG})
            return {"type": "websocket.disconnect", "code": _WRONG}

        headers = [
            (name, self._own(value, browser) if name == _PROTOCOLS else value)
            for name, value in scope["headers"]
        ]
        await self._app({**scope, "headers": headers}, receive_checked, send_noting)

    def _note(self, session: str, browser: bytes | None) -> None:
        if session:
            self._browsers[session] = browser
            self._browsers.move_to_end(session)
            if len(self._browsers) > MOST_KNOWN:
                self._browsers.popitem(last=False)

    def _own(self, protocols: bytes, browser: bytes | None) -> bytes:
        """The protocols without the id of a session that is not the browser's."""
        said = protocols.split(b",")
        session = said[2].strip().decode("latin-1") if len(said) > 2 else ""
        is_own = browser is not None and self._browsers.get(session) == browser
        return protocols if is_own else b",".join(said[:2])


def _browser_of(connection: HTTPConnection) -> bytes | None:
    """What tells the browser from others; None where it has no token, and comes back to nothing."""
    token, _ = decode_xsrf_token_string(connection.cookies.get(XSRF_COOKIE_NAME, ""))
    return token or None


def _is_of_page(content: bytes | None) -> bool:
    """Whether it can be read as a message of a page's; text is None, and is none."""
    try:
        return content is not None and BackMsg.FromString(content) is not None
    except Exception:  # what it raises is its library's own, which is not for us to know
        return False


def _session_in(content: bytes | None) -> str:
    """The id of the session where the message to the page tells it, else empty."""
    told = ForwardMsg.FromString(content or b"")
    return told.new_session.initialize.session_id if told.HasField("new_session") else ""
