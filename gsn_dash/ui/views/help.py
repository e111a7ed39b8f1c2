"""Hjälp: the guide in docs/, the same text as those who read the folder see."""

from __future__ import annotations

from functools import cache
from html import escape

import streamlit as st

from gsn_dash.pictures.notation import notation_picture
from gsn_dash.present.help import PICTURE_MARK, Guide, Section, parse_guide
from gsn_dash.settings import PROJECT
from gsn_dash.ui.page import show_message
from gsn_dash.ui.picture import show_picture


@cache
def _read_guide() -> Guide:
    return parse_guide((PROJECT / "docs" / "guide.md").read_text(encoding="utf-8"))


def show_guide() -> None:
    """The whole guide. It needs no figures, so it is there also when the database is not."""
    guide = _read_guide()
    st.title(guide.title, anchor=False)
    show_message(guide.message)
    st.markdown(guide.contents)
    for section in guide.sections:
        _show_section(section)


def _show_section(section: Section) -> None:
    st.html(f'<h2 id="{escape(section.place)}">{escape(section.heading)}</h2>')
    before, mark, after = section.body.partition(PICTURE_MARK)
    st.markdown(before)
    if mark:
        show_picture(notation_picture(), "teckenforklaring")
        st.markdown(after)
