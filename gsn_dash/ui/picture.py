"""The one way that a picture comes to a page: a small component that draws with `Plotly.react`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import streamlit as st

from gsn_dash.charts.data import Drawing, Picture
from gsn_dash.web.site import PLOTLY_FILE, static_address

# From this width in pixels on all type grows with the width, for a screen that is shared.
PLAIN_WIDTH = 1280
MOST_SCALE = 1.3
_CAPTION = 31
_PARTS = Path(__file__).parent / "components"

# Registered at import, once a process; mounting registers it anew where a runtime lacks it.
_mount = st.components.v2.component(
    "gsn_picture",
    css=(_PARTS / "picture.css").read_text(encoding="utf-8"),
    js=(_PARTS / "picture.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show_picture(
    picture: Picture, key: str, lead_to: Callable[[str], str] | None = None
) -> None:
    """Show the picture; it keeps its place in the page when it is shown again with the same key.

    `lead_to` gives the address that the mark with a `ref` is a link to. Without it no mark is one.
    """
    st.html(f"<style>{_reserved_height(picture, key)}</style>")
    _mount(
        key=key,
        data={
            "title": picture.title,
            "alt": picture.alt,
            "script": static_address(PLOTLY_FILE),
            "plainWidth": PLAIN_WIDTH,
            "mostScale": MOST_SCALE,
            "wide": _sendable(picture.wide, lead_to),
            "narrow": _sendable(picture.narrow, lead_to),
        },
    )


def _sendable(drawing: Drawing, lead_to: Callable[[str], str] | None) -> dict:
    targets = drawing.targets if lead_to else ()
    return {
        "figure": drawing.figure,
        "height": drawing.height,
        "minWidth": drawing.min_width,
        "targets": [{**asdict(target), "href": lead_to(target.ref)} for target in targets],
    }


def _reserved_height(picture: Picture, key: str) -> str:
    """CSS that keeps the picture's place while its script is on the way, so nothing jumps.

    The same choice between layouts as in `picture.js`, made by the width of the place itself.
    """
    place = f".st-key-{re.sub('[^a-zA-Z0-9_-]', '-', key.strip())}:not(:has(.gsn-picture))"
    wide, narrow = picture.wide, picture.narrow
    share = wide.height / PLAIN_WIDTH * 100
    grown = f"clamp({wide.height}px, {share:.2f}cqw, {wide.height * MOST_SCALE:.0f}px)"
    return (
        f"{place}{{container-type:inline-size}}"
        f"{place}>*{{min-height:{narrow.height + 2 * _CAPTION}px}}"
        f"@container (min-width:{wide.min_width}px)"
        f"{{{place}>*{{min-height:calc({grown} + {_CAPTION}px)}}}}"
    )
