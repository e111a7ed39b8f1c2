"""Composes a page's first view: the page's own story, inside the frame, told without Streamlit."""

from __future__ import annotations

from pathlib import Path

from gsn_dash.ui.data import Figures, frame_lines
from gsn_dash.ui.first_view import FirstView, drawing
from gsn_dash.ui.frame import show_frame_bottom, show_frame_top


def compose_first_view(story: Path, address: str, figures: Figures) -> str | None:
    """The first view, as HTML, of the page with this `address` whose `story` is a file of Python.

    None where there is something to say of the figures that is not the page's: that there are
    none, or that they may be old. Takes as long as drawing the pictures does, the first time.
    """
    banner, notes = frame_lines(figures)
    if figures.snapshot is None or banner is not None:
        return None
    view = FirstView(figures)
    with drawing(view):
        show_frame_top(figures, address)
        # On the page it is here that the address is written.
        view.empty()
        _tell(story)
        show_frame_bottom(notes)
    return view.render()


def _tell(story: Path) -> None:
    """Run it as Streamlit does."""
    code = compile(story.read_text(encoding="utf-8"), str(story), "exec")
    exec(code, {"__name__": "__main__", "__file__": str(story)})
