"""One Swedish sentence for all that is refused, Streamlit's and the web server's refusals too."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_DENIAL = "websocket.http.response"
_SENTENCES = {
    400: "Det som skickades går inte att läsa; gå tillbaka till sidan och försök igen.",
    403: "Det här får bara webbplatsens egna sidor göra; öppna sidan på nytt.",
    404: "Det finns inget på den här adressen.",
    405: "Det här går inte att göra på den här adressen.",
    413: "Det som skickades är för stort, så det togs inte emot.",
    416: "Den delen av filen finns inte; hämta den hel.",
    503: "Webbplatsen kan inte svara just nu; försök igen om en stund.",
}
_ANYTHING = "Webbplatsen kunde inte göra det som begärdes; öppna sidan på nytt."


def refusal(status: int, sentence: str = "") -> Response:
    """A refusal of `sentence` alone, or of what there is to say of the status."""
    headers = {"content-language": "sv", "cache-control": "no-store"}
    return PlainTextResponse(sentence or _SENTENCES.get(status, _ANYTHING), status, headers)


async def refuse(answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer so; a connection that a page would keep open is refused by the same answer."""
    if scope["type"] == "websocket" and _DENIAL not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1008})
    else:
        await answer(scope, receive, send)


class SwedishRefusals:
    """Say in Swedish what others further in refuse in two words of English.

    What is a document or data already, or says that it is Swedish, is left as it is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        begun = replaced = False

        async def send_swedish(message: Message) -> None:
            nonlocal begun, replaced
            status = 0 if begun else _english_status(message)
            begun = True
            if status:
                replaced = True
                answer = refusal(status)
                _keep_said(message, answer)
                await refuse(answer, scope, receive, send)
            elif not replaced:
                await send(message)

        await self._app(scope, receive, send_swedish)


def _english_status(message: Message) -> int:
    """The status of a first message that refuses in somebody else's words, else 0."""
    if message["type"] == "websocket.close":
        return 403
    if message["type"] not in ("http.response.start", f"{_DENIAL}.start"):
        return 0
    headers = Headers(raw=message.get("headers", []))
    kind = headers.get("content-type", "text/plain")
    is_theirs = headers.get("content-language") != "sv" and kind.startswith("text/plain")
    return message["status"] if message["status"] >= 400 and is_theirs else 0


def _keep_said(message: Message, answer: Response) -> None:
    """Which methods an address has, and that the connection ends, are part of the refusal."""
    headers = Headers(raw=message.get("headers", []))
    for name in ("allow", "connection"):
        if name in headers:
            answer.headers[name] = headers[name]
