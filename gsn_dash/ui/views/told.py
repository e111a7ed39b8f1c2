"""What came of a press, said beside the button, with the hand put where something is lacking."""

from __future__ import annotations

from html import escape

import streamlit as st

from gsn_dash.store.keep import NO_NAME
from gsn_dash.ui.focus import move_focus
from gsn_dash.ui.state import importing as state
from gsn_dash.ui.state.importing import Told


def show_told(about: str) -> None:
    """What the last command in this part of the page came to; nothing where there was none.

    Call it where the eye is after the press: under the button.
    """
    told = state.told(about)
    if not told.sentence:
        return
    kind, role = (
        ("gsn-note gsn-note-warning", "alert") if told.is_warning else ("gsn-note", "status")
    )
    place = f"told_{''.join(sign if sign.isalnum() else '_' for sign in about) or 'first'}"
    with st.container(key=place):
        st.html(
            f'<div class="{kind}" role="{role}" tabindex="-1"><p>{escape(told.sentence)}</p></div>'
        )
    move_focus(told.field or place, state.told_turn())


def lacks_name(author: str, field: str) -> Told | None:
    """That a name is to be written in `field`; None where there is one."""
    return None if author.strip() else Told(NO_NAME, True, field)
