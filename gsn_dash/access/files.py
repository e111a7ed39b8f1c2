"""Where a file is handed in, by who may change figures, and lies until the page has taken it up.

It does not come by the page's own connection: what anybody may send there would have to be as
large.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from contextlib import suppress
from secrets import token_hex

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from gsn_dash.access.roles import Deed
from gsn_dash.access.visitors import Gate
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.web import guarding
from gsn_dash.web.rights import is_own

# Of 10 MB at most each; a page takes its file up at once, and then keeps it itself.
MOST_FILES, KEPT_SECONDS = 8, 300.0
_NOT_OURS = "Det här går bara att göra från webbplatsens egen sida; öppna sidan på nytt."
_MAY_NOT = "Du får inte läsa in filer, eller inte längre; logga in eller lås upp först."


class Tray:
    """The files that were handed in last, by a mark that only who handed it in is told."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, content: bytes) -> str:
        """Keep a file for a while; returns its mark. The oldest make room."""
        mark = token_hex(16)
        with self._lock:
            self._files[mark] = content
            while len(self._files) > MOST_FILES:
                self._files.popitem(last=False)
        return mark

    def find(self, mark: str) -> bytes | None:
        """The file; None where it is here no longer, or was handed in to another process."""
        with self._lock:
            return self._files.get(mark)

    def drop(self, mark: str) -> None:
        """Let go of a file, if it is there still."""
        with self._lock:
            self._files.pop(mark, None)


# One for the process: the route fills it, and pages take from it.
TRAY = Tray()


def file_route(gate: Gate, tray: Tray = TRAY) -> Route:
    """The address that a file is posted to, as it is; the answer is its mark."""

    async def take(request: Request) -> JSONResponse:
        status, sentence = await anyio.to_thread.run_sync(_refusal, gate, request)
        if sentence:
            # Who is answered in the middle of it loses the connection, and hears no sentence.
            with suppress(TimeoutError):
                async with asyncio.timeout(guarding.BODY_SECONDS):
                    async for _ in request.stream():
                        pass
            return _answer({"sentence": sentence}, status)
        mark = tray.put(b"".join([part async for part in request.stream()]))
        asyncio.get_running_loop().call_later(KEPT_SECONDS, tray.drop, mark)
        return _answer({"file": mark}, 200)

    return Route(guarding.FILES, take, methods=["POST"])


def _refusal(gate: Gate, request: Request) -> tuple[int, str]:
    """The status and the sentence that the visitor is refused with; an empty one where not."""
    if not is_own(request):
        return 403, _NOT_OURS
    try:
        visitor = gate.who(request)
    except StoreUnavailable as problem:
        return 503, problem.sentence
    if visitor.may(Deed.CHANGE_FIGURES):
        return 200, ""
    gate.note_refused(visitor, Deed.CHANGE_FIGURES)
    return 403, _MAY_NOT


def _answer(content: dict[str, str], status: int) -> JSONResponse:
    return JSONResponse(content, status, {"cache-control": "no-store"})
