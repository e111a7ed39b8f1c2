"""The files of the meeting's screen and pages, each kind put together into one."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from gsn_dash.settings import PROJECT
from gsn_dash.web.font import font_face
from gsn_dash.web.site import STATIC_DIR, site_version

URL = "/gsn-mote"
_HERE = Path(__file__).parent
_COMPONENTS = PROJECT / "gsn_dash" / "ui" / "components"
# What the live sheet of Tänk om draws with, and then the screen's own.
_SCRIPTS = (
    *(
        _COMPONENTS / f"{name}.js"
        for name in (
            "sheet_program sheet_text sheet_svg sheet_lettering sheet_axis sheet_places"
            " sheet_picture sheet_levers"
        ).split()
    ),
    STATIC_DIR / "pictures.js",
    *(
        _HERE / "screen" / f"{name}.js"
        for name in "place link fitting rows trial view dialogs bar hand following meeting".split()
    ),
)
_SCREEN_STYLES = (
    STATIC_DIR / "pictures.css",
    _COMPONENTS / "sheet.css",
    _HERE / "screen" / "screen.css",
    _HERE / "screen" / "bar.css",
)
_FILES = {
    "screen.js": ("text/javascript; charset=utf-8", _SCRIPTS),
    "screen.css": ("text/css; charset=utf-8", _SCREEN_STYLES),
    "plain.css": ("text/css; charset=utf-8", (_HERE / "plain.css",)),
}


@dataclass(frozen=True)
class Bundle:
    """A file as it is sent, plain and packed; `version` names its content."""

    kind: str
    plain: bytes
    packed: bytes
    version: str


@cache
def bundle(name: str) -> Bundle:
    """One of screen.js, screen.css and plain.css. Raises KeyError for any other.

    Raises FileNotFoundError where one of its files, or Streamlit's font, is missing.
    """
    kind, files = _FILES[name]
    parts = [path.read_text(encoding="utf-8") for path in files]
    if name.endswith(".css"):
        parts.insert(0, font_face())
    plain = "\n".join(parts).encode()
    packed = gzip.compress(plain, 9, mtime=0)
    return Bundle(kind, plain, packed, sha256(plain).hexdigest()[:12])


def address(name: str) -> str:
    """Where a bundle is fetched; the version lets a browser keep it for good."""
    return f"{URL}/{name}?v={bundle(name).version}"


@cache
def screen_version() -> str:
    """What names all that a meeting's screen is opened with; another one after an update."""
    parts = (site_version(), bundle("screen.js").version, bundle("screen.css").version)
    return sha256(" ".join(parts).encode()).hexdigest()[:12]
