"""What a page is drawn on: Streamlit, or the page's first view (first_view.py).

Pages whose documents carry a first view are drawn through here and not with Streamlit itself, so
that their story is told once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import streamlit as st

from gsn_dash.charts.data import Picture
from gsn_dash.ui.first_view import first_view
from gsn_dash.ui.picture import show_picture
from gsn_dash.ui.state.labels import plain_label


class Canvas(Protocol):
    """Draws one thing below the other."""

    def html(self, markup: str, width: str = "stretch") -> None:
        """HTML, over the whole width or as wide as its `content`."""

    def heading(self, text: str, level: int) -> None:
        """Plain text as a heading, of level 1 to 3."""

    def picture(
        self, picture: Picture, key: str, lead_to: Callable[[str], str] | None = None
    ) -> None:
        """A picture, as `show_picture` shows it."""

    def box(
        self, key: str = "", border: bool = False, row: bool = False
    ) -> AbstractContextManager[object]:
        """What is drawn inside is kept together: in a box, or side by side in a row."""

    def columns(self, count: int) -> Sequence[AbstractContextManager[object]]:
        """Equally wide, side by side; one below the other on a narrow screen."""


class _Page:
    """The page that Streamlit draws for a visitor."""

    def html(self, markup: str, width: str = "stretch") -> None:
        st.html(markup, width=width)

    def heading(self, text: str, level: int) -> None:
        write = (st.title, st.header, st.subheader)[level - 1]
        write(plain_label(text), anchor=False)

    def picture(
        self, picture: Picture, key: str, lead_to: Callable[[str], str] | None = None
    ) -> None:
        show_picture(picture, key, lead_to=lead_to)

    def box(
        self, key: str = "", border: bool = False, row: bool = False
    ) -> AbstractContextManager[object]:
        in_row = {"horizontal": True, "vertical_alignment": "center"} if row else {}
        return st.container(key=key or None, border=border, **in_row)

    def columns(self, count: int) -> Sequence[AbstractContextManager[object]]:
        return st.columns(count, gap="medium")


_PAGE = _Page()


def canvas() -> Canvas:
    """What is to be drawn on here and now."""
    return first_view() or _PAGE
