"""The icons: a font with those that can be shown, in place of Streamlit's with four thousand.

Made by tests/make_icons.py. Streamlit draws an icon by writing its name in the font.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import streamlit

from gsn_dash.web.site import STATIC_DIR

ICONS_FILE = STATIC_DIR / "icons.woff2"
# Of the font that ours was made from, to notice when Streamlit comes with another one.
SOURCE_SHA256 = "5338271f9f9c546efda102c5778ef8ada92cdc3813f7ca6386bd8facb5df2537"
STREAMLIT_STATIC = Path(streamlit.__file__).parent / "static" / "static"
_NAMED = re.compile(r":material/([a-z0-9_]+):")
# What Streamlit's tables write without saying that it is an icon.
_IN_TABLES = frozenset({"audio_file", "more_vert", "open_in_new", "video_file"})


def source_font() -> Path:
    """Streamlit's font of icons; raises FileNotFoundError when there is not just one."""
    found = list((STREAMLIT_STATIC / "media").glob("MaterialSymbols-Rounded.*.woff2"))
    if len(found) != 1:
        raise FileNotFoundError(f"Streamlit har {len(found)} typsnitt med ikoner, inte ett.")
    return found[0]


def source_address() -> str:
    """The address at which Streamlit's style sheet looks for its icons."""
    return f"/static/media/{source_font().name}"


def icons_of_streamlit() -> frozenset[str]:
    """Every icon that Streamlit's scripts can show without being told its name by a page."""
    return named_icons(sorted((STREAMLIT_STATIC / "js").glob("*.js"))) | _IN_TABLES


def named_icons(files: Iterable[Path]) -> frozenset[str]:
    """The icons that scripts, ours or others', name as Streamlit wants it."""
    found: set[str] = set()
    for path in files:
        found.update(_NAMED.findall(path.read_text(encoding="utf-8")))
    return frozenset(found)
