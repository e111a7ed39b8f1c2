"""The one way that a picture comes to a page: a small component that draws with `Plotly.react`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import streamlit as st

from gsn_dash.charts.data import Drawing, Picture
from gsn_dash.web.site import PLOTLY_FILE, static_address

# From this width in pixels on a picture's type grows with its width.
PLAIN_WIDTH = 1280
MOST_SCALE = 1.3
# A window of this width is a screen that is shared: all type is as large as it becomes.
SHARED_WIDTH = 1600
CAPTION_HEIGHT = 31
_PARTS = Path(__file__).parent / "components"


def join_parts(*names: str) -> str:
    """Files of a component as one: they know each other's names."""
    return "\n".join((_PARTS / name).read_text(encoding="utf-8") for name in names)


# Registered at import, once a process; mounting registers it anew where a runtime lacks it.
_mount = st.components.v2.component(
    "gsn_picture",
    css=join_parts("picture.css"),
    js=join_parts("fit.js", "picture.js"),
    isolate_styles=False,
)


def show_picture(picture: Picture, key: str, lead_to: Callable[[str], str] | None = None) -> None:
    """Show the picture; it keeps its place in the page when it is shown again with the same key.

    `lead_to` gives the address that the mark with a `ref` is a link to. Without it no mark is one.
    """
    _mount(
        key=key,
        # Kept from the first moment, so that nothing below jumps; picture.css lets it go.
        height=picture.wide.height + CAPTION_HEIGHT,
        data={
            "title": picture.title,
            "alt": picture.alt,
            "script": static_address(PLOTLY_FILE),
            "plainWidth": PLAIN_WIDTH,
            "mostScale": MOST_SCALE,
            "sharedWidth": SHARED_WIDTH,
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
