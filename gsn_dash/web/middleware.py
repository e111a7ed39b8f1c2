"""What stands between the browser and Streamlit: Swedish documents, packed files."""

import gzip
import hashlib
import re
from pathlib import Path

import anyio
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gsn_dash.web.document import missing_document, shell_document
from gsn_dash.web.site import PAGES, PICTURE_PAGES

_NO_WEIGHT = re.compile(r"q=0(\.0{0,3})?")
_CLOSED = ("/_stcore/agent", "/_stcore/upload_file", "/_stcore/metrics")
_IMMUTABLE = "public, max-age=31536000, immutable"
_PACKED_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


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


class PackedFiles:
    """Send script, style and SVG files compressed once, on first use, and kept in memory.

    `folders` maps an address prefix to the folder it is served from. Files below
    `immutable_prefix` carry a hash in their names; others are kept for good by the browser
    only when asked for with a version (`?v=`), and are otherwise checked with their ETag.
    """

    def __init__(self, app: ASGIApp, folders: dict[str, Path], immutable_prefix: str) -> None:
        self._app = app
        self._folders = {prefix: folder.resolve() for prefix, folder in folders.items()}
        self._immutable_prefix = immutable_prefix
        self._packed: dict[tuple[Path, int], tuple[bytes, str]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            path = self._file(scope)
        except (OSError, ValueError):  # a name that no file can have: too long, or with a null
            await Response(status_code=404)(scope, receive, send)
            return
        if path is None or not takes_gzip(scope):
            await self._app(scope, receive, send)
            return
        body, etag = await self._content(path)
        headers = {
            "content-encoding": "gzip",
            "vary": "Accept-Encoding",
            "etag": etag,
            "cache-control": self._caching(scope),
        }
        if Headers(scope=scope).get("if-none-match") == etag:
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        headers["content-type"] = _PACKED_TYPES[path.suffix]
        await Response(body, headers=headers)(scope, receive, send)

    def _file(self, scope: Scope) -> Path | None:
        """The file that is asked for, None for anything else; raises OSError or ValueError."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        for prefix, folder in self._folders.items():
            if scope["path"].startswith(prefix):
                path = (folder / scope["path"][len(prefix) :]).resolve()
                inside = path.is_relative_to(folder)
                return path if inside and path.suffix in _PACKED_TYPES and path.is_file() else None
        return None

    async def _content(self, path: Path) -> tuple[bytes, str]:
        # The time of change is part of the key, so that an edited file is sent at once.
        key = (path, path.stat().st_mtime_ns)
        if key not in self._packed:
            self._packed[key] = await anyio.to_thread.run_sync(_pack, path)
        return self._packed[key]

    def _caching(self, scope: Scope) -> str:
        versioned = scope["query_string"].startswith(b"v=")
        if versioned or scope["path"].startswith(self._immutable_prefix):
            return _IMMUTABLE
        return "no-cache"


class _Document:
    """One HTML text, ready both plain and compressed."""

    def __init__(self, text: str) -> None:
        self._plain = text.encode()
        self._packed = gzip.compress(self._plain, 9, mtime=0)

    def response(self, scope: Scope, status: int) -> Response:
        headers = {
            "content-type": "text/html; charset=utf-8",
            "cache-control": "no-cache",
            "vary": "Accept-Encoding",
        }
        if takes_gzip(scope):
            headers["content-encoding"] = "gzip"
            return Response(self._packed, status_code=status, headers=headers)
        return Response(self._plain, status_code=status, headers=headers)


def _make_shells() -> dict[str, _Document]:
    with_pictures, without = _Document(shell_document(True)), _Document(shell_document(False))
    return {
        f"/{address}": with_pictures if address in PICTURE_PAGES else without for address in PAGES
    }


def takes_gzip(scope: Scope) -> bool:
    """Whether the reader can unpack gzip; a weight of 0 says that it cannot."""
    weights = {}
    for part in ",".join(Headers(scope=scope).getlist("accept-encoding")).split(","):
        name, _, weight = part.partition(";")
        weights[name.strip().lower()] = weight.replace(" ", "").lower()
    weight = weights.get("gzip", weights.get("*", "q=0"))
    return not _NO_WEIGHT.fullmatch(weight)


def _pack(path: Path) -> tuple[bytes, str]:
    content = path.read_bytes()
    return gzip.compress(content, 6, mtime=0), f'"{hashlib.sha256(content).hexdigest()[:16]}"'
