"""How every page begins, and the few blocks that all of them are made of."""

from __future__ import annotations

from html import escape

import streamlit as st

from gsn_dash.charts.data import Picture
from gsn_dash.ui import data
from gsn_dash.ui.canvas import canvas
from gsn_dash.ui.downloads import picture_line
from gsn_dash.ui.first_view import first_view
from gsn_dash.ui.occasions import shown, source_of
from gsn_dash.ui.state.visits import arrive

EMPTY = (
    "Databasen har inga uppgifter än. Läs in en fil på sidan Inläsning, eller papperens siffror med"
    " ”python -m gsn_dash load data”; sidan visar dem av sig själv."
)
_READING = "Siffrorna läses från databasen. Sidan visar dem av sig själv om ett ögonblick."


def open_page(title: str, may_be_empty: bool = False) -> data.Figures:
    """The page's heading; returns the figures of the occasion that the visitor has chosen, or
    says what to do and stops.

    All that a page shows is to be of this one moment: it must not ask for the figures again.
    `snapshot` is None in what is returned only where the page `may_be_empty` and the store is.
    """
    figures = shown() or data.current()
    canvas().heading(title, 1)
    if figures.snapshot is None:
        is_read = figures.version is not None
        if not (may_be_empty and is_read and not figures.problem):
            show_note(figures.problem or (EMPTY if is_read else _READING), True)
            st.stop()
    # Only now: who has seen no figures yet has not come to the page with them.
    if first_view() is None:
        arrive(title, str(figures.place))
    return figures


def show_message(sentence: str) -> None:
    """The page's one sentence, large."""
    canvas().html(f'<p class="gsn-message">{escape(sentence)}</p>')


def show_lead(sentence: str) -> None:
    """A section's one sentence."""
    canvas().html(f'<p class="gsn-lead">{escape(sentence)}</p>')


def show_heading(text: str) -> None:
    """A section's heading."""
    canvas().heading(text, 2)


def show_text(*sentences: str) -> None:
    """Plain paragraphs, one for each sentence that is not empty; none where all are."""
    paragraphs = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences if sentence)
    if paragraphs:
        canvas().html(paragraphs)


def show_note(sentence: str, is_warning: bool = False) -> None:
    """A box beside the story."""
    kind = "gsn-note gsn-note-warning" if is_warning else "gsn-note"
    canvas().html(f'<div class="{kind}"><p>{escape(sentence)}</p></div>')


def show_drawn(picture: Picture | None, key: str, about: str, download: str = "") -> None:
    """A picture whose marks lead to their sources, or that no paper has amounts for `about`.

    `download` is its name in the catalogue, for the links to it as a file under it.
    """
    if picture is None:
        show_nothing(about)
        return
    canvas().picture(picture, key, lead_to=source_of)
    if download:
        canvas().html(picture_line(download, picture.title))


def show_nothing(about: str) -> None:
    """That no paper has amounts for something: `about` ends the sentence."""
    show_text(f"Papperen för det här tillfället har inga belopp för {about}.")


def render_link(text: str, ref: str) -> str:
    """A link to a figure's source, escaped."""
    return f'<a class="gsn-src" href="{escape(source_of(ref))}">{escape(text)}</a>'
