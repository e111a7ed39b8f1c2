"""What stands between the browser and Streamlit: Swedish documents for its English ones."""

import hashlib
import logging
import time
from collections import defaultdict
from dataclasses import dataclass

import anyio
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gsn_dash.web.document import missing_document, shell_document
from gsn_dash.web.first_view import FirstViews, first_view_document
from gsn_dash.web.packing import chosen_way, has_mark, packed_ways
from gsn_dash.web.site import FIRST_VIEWS, PAGES

# A first view that could not be made is tried again after so long: each try may take a second.
SECONDS_WITHOUT = 10
_CLOSED = ("/_stcore/agent", "/_stcore/upload_file", "/_stcore/metrics")

log = logging.getLogger(__name__)


class SwedishDocuments:
    """Answer the site's page addresses with the Swedish shell and unknown ones with 404.

    Streamlit answers every unknown address with its English index.html and status 200. Here
    the shell is given only for the addresses of the site, with a first view of the page where
    there is one, and whatever else turns out to be an HTML document becomes "Sidan finns inte",
    unless it says that it is Swedish, as those of our own do. Streamlit's agent interface is
    closed, and so is its way for files: ours are handed in elsewhere. So is what it counts of
    itself.
    """

    def __init__(self, app: ASGIApp, first_views: FirstViews) -> None:
        self._app = app
        self._shell = _Document(shell_document())
        self._missing = _Document(missing_document())
        self._with_first_view = _WithFirstView(first_views, self._shell)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = await self._own_answer(scope)
        if answer is not None:
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, self._without_foreign_html(scope, receive, send))

    async def _own_answer(self, scope: Scope) -> Response | None:
        path = scope["path"]
        if any(closed in path for closed in _CLOSED):
            return self._missing.response(scope, 404)
        if scope["method"] not in ("GET", "HEAD"):
            return None
        if path.startswith("/") and path[1:] in PAGES:
            return await self._page(scope, path[1:])
        # Small letters: an address that is said aloud is often written with a capital.
        bare = path.rstrip("/").lower()
        if bare and bare[1:] in PAGES and not path.startswith("//"):
            query = scope["query_string"].decode("latin-1")
            return RedirectResponse(bare + (f"?{query}" if query else ""), status_code=308)
        return None

    async def _page(self, scope: Scope, address: str) -> Response:
        # What an address says after its question mark, only the page itself understands.
        is_plain = address in FIRST_VIEWS and not scope["query_string"]
        document = await self._with_first_view.of(address) if is_plain else self._shell
        return document.response(scope, 200)

    def _without_foreign_html(self, scope: Scope, receive: Receive, send: Send) -> Send:
        replaced = False

        async def send_checked(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                is_html = headers.get("content-type", "").startswith("text/html")
                is_ours = headers.get("content-language") == "sv"
                replaced = message["status"] == 200 and is_html and not is_ours
                if replaced:
                    await self._missing.response(scope, 404)(scope, receive, send)
            if not replaced:
                await send(message)

        return send_checked


class _Document:
    """One HTML text, ready both plain and compressed."""

    def __init__(self, text: str) -> None:
        content = text.encode()
        self._bodies = packed_ways(content)
        self._mark = hashlib.sha256(content).hexdigest()[:16]

    def response(self, scope: Scope, status: int) -> Response:
        """The browser may keep it, but asks each time whether it has changed."""
        way = chosen_way(scope)
        mark = f'"{self._mark}-{way or "plain"}"'
        headers = {"cache-control": "no-cache", "vary": "Accept-Encoding", "etag": mark}
        if way is not None:
            headers["content-encoding"] = way
        if status == 200 and has_mark(scope, mark):
            return Response(status_code=304, headers=headers)
        headers["content-type"] = "text/html; charset=utf-8"
        return Response(self._bodies[way], status_code=status, headers=headers)


@dataclass(frozen=True)
class _Made:
    """What came of a page's first view for a version of the figures; None where there was none."""

    version: str
    document: _Document | None
    at: float

    def holds(self, version: str) -> bool:
        is_spent = self.document is None and time.monotonic() - self.at >= SECONDS_WITHOUT
        return self.version == version and not is_spent


class _WithFirstView:
    """Documents with a first view, each made once for a version of the figures: when somebody
    asks for it.

    What stands around it is made at once: raises ValueError as `shell_document` does.
    """

    def __init__(self, first_views: FirstViews, shell: _Document) -> None:
        for address in FIRST_VIEWS:
            first_view_document(address, "")
        self._first_views = first_views
        self._shell = shell
        self._made: dict[str, _Made] = {}
        # Fifty who come at once after an import wait for one.
        self._turns: defaultdict[str, anyio.Lock] = defaultdict(anyio.Lock)

    async def of(self, address: str) -> _Document:
        """The document of the page with this address; the shell where there is nothing more."""
        async with self._turns[address]:
            now = version, is_well = self._first_views.status()
            if not is_well:
                return self._shell
            made = self._made.get(address)
            if made is None or not made.holds(version):
                document = await anyio.to_thread.run_sync(self._make, address)
                made = _Made(version, document, time.monotonic())
                # Of other figures it may be, or of none, where they have changed meanwhile.
                if self._first_views.status() == now:
                    self._made[address] = made
            return made.document or self._shell

    def _make(self, address: str) -> _Document | None:
        try:
            view = self._first_views.compose(address)
            return _Document(first_view_document(address, view)) if view else None
        except Exception:
            # The page itself tells the visitor what is wrong, if it is.
            log.exception("no first view of /%s", address)
            return None
