"""What is sent: a file with its name and mark of content, or why there is none."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from gsn_dash.web.packing import takes_gzip

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
JSON = "application/json; charset=utf-8"
PNG, SVG, PDF = "image/png", "image/svg+xml; charset=utf-8", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The others are packed already.
_PACKABLE = (CSV, JSON, SVG)
_ASK_AGAIN_SECONDS = "5"


class NotFound(Exception):
    """What is asked for does not exist; the text is one Swedish sentence."""


class NotNow(Exception):
    """What is asked for cannot be told just now; the text is one Swedish sentence."""


@dataclass(frozen=True)
class Published:
    """A file: its bytes, its media type, and the name to save it under, empty to show it."""

    content: bytes
    kind: str
    name: str = ""
    packed: bytes = b""

    @property
    def mark(self) -> str:
        """The ETag: the same content has the same."""
        return f'"{sha256(self.content).hexdigest()[:20]}"'


def publish(content: bytes, kind: str, name: str = "") -> Published:
    """The file, packed too where that makes it smaller."""
    packed = gzip.compress(content, 6, mtime=0) if kind in _PACKABLE else b""
    return Published(content, kind, name, packed)


def send(request: Request, file: Published, is_open: bool = False) -> Response:
    """The file, or that the reader has it already. With `is_open`, pages of others may read it."""
    headers = {"cache-control": "no-cache", "etag": file.mark, "vary": "Accept-Encoding"}
    if is_open:
        headers["access-control-allow-origin"] = "*"
    if file.name:
        headers["content-disposition"] = _disposition(file.name)
    if _has_it(request, file.mark):
        return Response(status_code=304, headers=headers)
    content = file.content
    if file.packed and takes_gzip(request.scope):
        headers["content-encoding"] = "gzip"
        content = file.packed
    headers |= {"content-type": file.kind, "content-length": str(len(content))}
    return Response(b"" if request.method == "HEAD" else content, headers=headers)


def _has_it(request: Request, mark: str) -> bool:
    said = request.headers.get("if-none-match", "")
    marks = {part.strip().removeprefix("W/") for part in said.split(",")}
    return mark in marks or said.strip() == "*"


def _disposition(name: str) -> str:
    """The name with its Swedish letters, and without them for who cannot read that."""
    plain = name.translate(str.maketrans("åäöÅÄÖéÉ", "aaoAAOeE"))
    plain = "".join(mark if mark.isascii() and mark.isprintable() else "_" for mark in plain)
    plain = plain.replace('"', "_").replace("\\", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def refuse(status: int, sentence: str, as_json: bool = False) -> Response:
    """Why there is no file, for a reader, or as JSON for a program."""
    headers = {"cache-control": "no-store"}
    if status == 503:
        headers["retry-after"] = _ASK_AGAIN_SECONDS
    if as_json:
        headers["access-control-allow-origin"] = "*"
        return JSONResponse({"fel": sentence}, status_code=status, headers=headers)
    # Without it the site would say something of its own instead (`web/refusals.py`).
    headers["content-language"] = "sv"
    return PlainTextResponse(f"{sentence}\n", status_code=status, headers=headers)


def page(request: Request, text: str) -> Response:
    """A document of ours: that it says its language lets it through to the reader."""
    headers = {"content-language": "sv", "cache-control": "no-cache"}
    return HTMLResponse("" if request.method == "HEAD" else text, headers=headers)
