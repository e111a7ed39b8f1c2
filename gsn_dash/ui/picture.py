"""The one way that a picture comes to a page: a small component that holds what is drawn here."""

from __future__ import annotations

from collections.abc import Callable

from gsn_dash.charts.data import Picture
from gsn_dash.charts.svg.figure import picture_html
from gsn_dash.ui.component import component

_CAPTION_HEIGHT = 31


# How it looks and is fitted is at the head of every page: web/static/pictures.css and .js.
_mount = component("gsn_picture", ["picture.js"])


def show_picture(picture: Picture, key: str, lead_to: Callable[[str], str] | None = None) -> None:
    """Show the picture; it keeps its place in the page when it is shown again with the same key.

    `lead_to` gives the address that the mark with a `ref` is a link to. Without it no mark is one.
    """
    _mount(
        key=key,
        # Kept from the first moment, so that nothing below jumps; pictures.css lets it go.
        height=picture.wide.height + _CAPTION_HEIGHT,
        data=picture_html(picture, lead_to),
    )
