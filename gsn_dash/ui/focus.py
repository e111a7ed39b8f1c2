"""Where the hand is put after a press: the field that lacks something, or what was said."""

import streamlit as st

from gsn_dash.ui.picture import join_parts

_mount = st.components.v2.component("gsn_focus", js=join_parts("focus.js"))


def move_focus(key: str, turn: str) -> None:
    """Focus the first thing in the element with the key; once for each `turn`."""
    _mount(key=f"focus_{key}", data={"key": key, "turn": turn})
