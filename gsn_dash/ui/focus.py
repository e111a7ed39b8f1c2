"""Where the hand is put after a press: the field that lacks something, or what was said."""

import re

from gsn_dash.ui.component import component

_mount = component("gsn_focus", ["focus.js"])


def move_focus(key: str, turn: str) -> None:
    """Focus the first thing in the element with the key; once for each `turn`."""
    # Two lines under each other mean something else to Streamlit in a component's key.
    _mount(key=re.sub("_+", "_", f"focus_{key}"), data={"key": key, "turn": turn})
