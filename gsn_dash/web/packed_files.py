"""Static files: packed once for each way of packing, and the icons that stand in for all icons."""

import hashlib
from collections import defaultdict
from pathlib import Path

import anyio
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gsn_dash.web.packing import chosen_way, has_mark, pack
from gsn_dash.web.site import STATIC_URL, VERSION_SIGNS

_IMMUTABLE = "public, max-age=31536000, immutable"
_PACKED_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# Streamlit has some eight hundred files; a page asks for eighty.
_MOST_FOUND = 2000
Key = tuple[Path, int, str]


class PackedFiles:
    """Send script, style and SVG files compressed once, on first use, and kept in memory.

    `folders` maps an address prefix to the folder it is served from. Files below
    `immutable_prefix` carry a hash in their names; others are kept for good by the browser
    only when asked for with the version that they have (`?v=`), and are otherwise checked with
    their ETag.
    """

    def __init__(self, app: ASGIApp, folders: dict[str, Path], immutable_prefix: str) -> None:
        self._app = app
        self._folders = {prefix: folder.resolve() for prefix, folder in folders.items()}
        self._immutable_prefix = immutable_prefix
        self._packed: dict[Key, tuple[bytes, str]] = {}
        # The file of an address that has been asked for: to find it costs as much as to send it.
        self._found: dict[str, Path] = {}
        # Fifty who come at once to a new server wait for one who packs.
        self._turns: defaultdict[Key, anyio.Lock] = defaultdict(anyio.Lock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            path = self._file(scope)
            # Part of what is kept, so that an edited file is sent at once.
            changed = path.stat().st_mtime_ns if path else 0
        except (OSError, ValueError):  # gone, or a name that no file can have
            await Response(status_code=404)(scope, receive, send)
            return
        if path is None:
            await self._app(scope, receive, send)
            return
        way = chosen_way(scope)
        if way is None:
            await self._app(scope, receive, _varying(send))
            return
        await (await self._answer(scope, (path, changed, way)))(scope, receive, send)

    async def _answer(self, scope: Scope, key: Key) -> Response:
        path, _, way = key
        body, mark = await self._content(key)
        headers = {
            "content-encoding": way,
            "vary": "Accept-Encoding",
            "etag": mark,
            "cache-control": self._caching(scope, mark),
        }
        if has_mark(scope, mark):
            return Response(status_code=304, headers=headers)
        headers["content-type"] = _PACKED_TYPES[path.suffix]
        return Response(body, headers=headers)

    def _file(self, scope: Scope) -> Path | None:
        """The file that is asked for, None for anything else; raises OSError or ValueError."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        known = self._found.get(scope["path"])
        if known is not None:
            return known
        for prefix, folder in self._folders.items():
            if scope["path"].startswith(prefix):
                path = (folder / scope["path"][len(prefix) :]).resolve()
                inside = path.is_relative_to(folder)
                if not (inside and path.suffix in _PACKED_TYPES and path.is_file()):
                    return None
                # A file has as many addresses as one likes to think of.
                if len(self._found) < _MOST_FOUND:
                    self._found[scope["path"]] = path
                return path
        return None

    async def _content(self, key: Key) -> tuple[bytes, str]:
        path, _, way = key
        if key not in self._packed:
            async with self._turns[key]:
                if key not in self._packed:
                    self._packed[key] = await anyio.to_thread.run_sync(_pack, path, way)
        return self._packed[key]

    def _caching(self, scope: Scope, mark: str) -> str:
        # Who asks for another version has a document of another, and may not keep this as that.
        # The file itself tells its version: it may have changed since the documents were made.
        version = mark[1 : 1 + VERSION_SIGNS]
        is_ours = scope["path"].startswith(f"{STATIC_URL}/")
        versioned = is_ours and scope["query_string"] == f"v={version}".encode()
        if versioned or scope["path"].startswith(self._immutable_prefix):
            return _IMMUTABLE
        return "no-cache"


class OneFile:
    """Send one file for one address, whatever else would be sent for it.

    The browser asks each time whether it has changed: the address may say nothing of it.
    """

    def __init__(self, app: ASGIApp, address: str, path: Path, kind: str) -> None:
        self._app, self._address, self._content = app, address, path.read_bytes()
        mark = f'"{hashlib.sha256(self._content).hexdigest()[:16]}"'
        self._headers = {"content-type": kind, "etag": mark, "cache-control": "no-cache"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != self._address:
            await self._app(scope, receive, send)
        elif has_mark(scope, self._headers["etag"]):
            await Response(status_code=304, headers=self._headers)(scope, receive, send)
        else:
            await Response(self._content, headers=self._headers)(scope, receive, send)


def _varying(send: Send) -> Send:
    """Say of a plain answer too that it could have been packed."""

    async def send_varying(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return send_varying


def _pack(path: Path, way: str) -> tuple[bytes, str]:
    content = path.read_bytes()
    return pack(content, way), f'"{hashlib.sha256(content).hexdigest()[:16]}-{way}"'
