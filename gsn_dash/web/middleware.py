"""What stands between the browser and Streamlit: Swedish documents for its English ones."""

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gsn_dash.web.document import missing_document, shell_document
from gsn_dash.web.packing import chosen_way, packed_ways
from gsn_dash.web.site import PAGES, PICTURE_PAGES

_CLOSED = ("/_stcore/agent", "/_stcore/upload_file", "/_stcore/metrics")


class SwedishDocuments:
    """Answer the site's page addresses with the Swedish shell and unknown ones with 404.

    Streamlit answers every unknown address with its English index.html and status 200. Here
    the shell is given only for the addresses of the site, and whatever else turns out to be
    an HTML document becomes "Sidan finns inte", unless it says that it is Swedish, as those of
    our own do. Streamlit's agent interface is closed, and so is its way for files: ours come
    with the page's own connection. So is what it counts of itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._shells = _make_shells()
        self._missing = _Document(missing_document())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = self._own_answer(scope)
        if answer is not None:
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, self._without_foreign_html(scope, receive, send))

    def _own_answer(self, scope: Scope) -> Response | None:
        path = scope["path"]
        if any(closed in path for closed in _CLOSED):
            return self._missing.response(scope, 404)
        if scope["method"] not in ("GET", "HEAD"):
            return None
        if path in self._shells:
            return self._shells[path].response(scope, 200)
        # Small letters: an address that is said aloud is often written with a capital.
        bare = path.rstrip("/").lower()
        if bare in self._shells and not path.startswith("//"):
            query = scope["query_string"].decode("latin-1")
            return RedirectResponse(bare + (f"?{query}" if query else ""), status_code=308)
        return None

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
        self._bodies = packed_ways(text.encode())

    def response(self, scope: Scope, status: int) -> Response:
        way = chosen_way(scope)
        headers = {
            "content-type": "text/html; charset=utf-8",
            "cache-control": "no-cache",
            "vary": "Accept-Encoding",
        }
        if way is not None:
            headers["content-encoding"] = way
        return Response(self._bodies[way], status_code=status, headers=headers)


def _make_shells() -> dict[str, _Document]:
    with_pictures, without = _Document(shell_document(True)), _Document(shell_document(False))
    return {
        f"/{address}": with_pictures if address in PICTURE_PAGES else without for address in PAGES
    }
