"""The one way that a picture comes to a page: a small component that holds what is drawn here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from gsn_dash.charts.data import Picture
from gsn_dash.charts.svg.figure import picture_html
from gsn_dash.web.site import STATIC_DIR

_CAPTION_HEIGHT = 31
_PARTS = Path(__file__).parent / "components"


def join_parts(*names: str) -> str:
    """Files of a component as one: they know each other's names.

    Those that pages have at their head too lie among the static files.
    """
    paths = (_PARTS / name for name in names)
    found = (path if path.exists() else STATIC_DIR / path.name for path in paths)
    return "\n".join(path.read_text(encoding="utf-8") for path in found)


# Registered at import, once a process; mounting registers it anew where a runtime lacks it.
# How it looks and is fitted is at the head of every page: web/static/pictures.css and .js.
_mount = st.components.v2.component(
    "gsn_picture", js=join_parts("picture.js"), isolate_styles=False
)


def show_picture(picture: Picture, key: str, lead_to: Callable[[str], str] | None = None) -> None:
    """Show the picture; it keeps its place in the page when it is shown again with the same key.

    `lead_to` gives the address that the mark with a `ref` is a link to. Without it no mark is one.
    """
    _mount(
        key=key,
        # Kept from the first moment, so that nothing below jumps; pictures.css lets it go.
        height=picture.wide.height + _CAPTION_HEIGHT,
        # In a list, which Streamlit sends as it is: of a dict it asks pandas about each value.
        data=[picture_html(picture, lead_to)],
    )
