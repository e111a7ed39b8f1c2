"""How every page begins, and the few blocks that all of them are made of."""

from __future__ import annotations

from html import escape

import streamlit as st

from gsn_dash.charts.data import Picture
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.ui import data
from gsn_dash.ui.picture import show_picture
from gsn_dash.ui.tables import source_address

_EMPTY = (
    "Databasen har inga uppgifter än. Läs in papperens siffror med"
    " ”python -m gsn_dash load data”; sidan visar dem av sig själv."
)
_READING = "Siffrorna läses från databasen. Sidan visar dem av sig själv om ett ögonblick."


def open_page(title: str) -> Snapshot:
    """The page's heading; returns the figures in force, or says what to do and stops."""
    st.title(title, anchor=False)
    figures = data.current()
    if figures.snapshot is None:
        show_note(figures.problem or (_EMPTY if figures.version == 0 else _READING), True)
        st.stop()
    return figures.snapshot


def show_message(sentence: str) -> None:
    """The page's one sentence, large."""
    st.html(f'<p class="gsn-message">{escape(sentence)}</p>')


def show_lead(sentence: str) -> None:
    """A section's one sentence."""
    st.html(f'<p class="gsn-lead">{escape(sentence)}</p>')


def show_heading(text: str) -> None:
    """A section's heading."""
    st.header(text, anchor=False)


def show_text(*sentences: str) -> None:
    """Plain paragraphs."""
    st.html("".join(f"<p>{escape(sentence)}</p>" for sentence in sentences if sentence))


def show_note(sentence: str, is_warning: bool = False) -> None:
    """A box beside the story."""
    kind = "gsn-note gsn-note-warning" if is_warning else "gsn-note"
    st.html(f'<div class="{kind}"><p>{escape(sentence)}</p></div>')


def show_drawn(picture: Picture, key: str) -> None:
    """A picture whose marks lead to their sources."""
    show_picture(picture, key, lead_to=source_address)


def render_link(text: str, ref: str) -> str:
    """A link to a figure's source, escaped."""
    return f'<a class="gsn-src" href="{escape(source_address(ref))}">{escape(text)}</a>'
