"""Where the hand is put after a press: the field that lacks something, or what was said."""

import re

import streamlit as st

from gsn_dash.ui.picture import join_parts

_mount = st.components.v2.component("gsn_focus", js=join_parts("focus.js"))


def move_focus(key: str, turn: str) -> None:
    """Focus the first thing in the element with the key; once for each `turn`."""
    # Two lines under each other mean something else to Streamlit in a component's key.
    _mount(key=re.sub("_+", "_", f"focus_{key}"), data={"key": key, "turn": turn})
