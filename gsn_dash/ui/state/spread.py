"""The assumptions of the spread, and the address that says them: a link shows the same dots.

What has left its starting point is held in the session, and the address follows. The address is
read when the sliders come to the page and not while they are used: then it may lag a step behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

import streamlit as st

from gsn_dash.simulate.assumptions import RANGES, Assumptions
from gsn_dash.ui.state.address import Address, write_address
from gsn_dash.ui.state.labels import plain_label

# What each assumption is called in the address.
NAMES = {"cost": "s-k", "revenue": "s-i", "completion": "s-inv", "completion_width": "s-invb"}
_STARTS = asdict(Assumptions())
_HELD = "spread_held"
# The address as it was last read or written, so that it is not taken up a second time.
_KNOWN = "spread_known"
Held = dict[str, int]


def _slider_key(name: str) -> str:
    return f"spread_{name}"


def read_address(address: Mapping[str, Sequence[str]]) -> Held:
    """The assumptions of an address that are others than the starting points.

    What says nothing that a slider can is left out, so that its starting point holds.
    """
    found = {name: address.get(NAMES[name], ()) for name in _STARTS}
    return {
        name: int(texts[0])
        for name, texts in found.items()
        if len(texts) == 1
        and texts[0] in {str(percent) for percent in RANGES[name]}
        and int(texts[0]) != _STARTS[name]
    }


def open_spread() -> None:
    """Take up the assumptions of the address or, where it says none, those that were left."""
    if any(_slider_key(name) in st.session_state for name in _STARTS):
        return  # on the page since before, so the session knows better
    held = read_address({name: st.query_params.get_all(name) for name in NAMES.values()})
    if _HELD not in st.session_state or (held and held not in st.session_state[_KNOWN]):
        st.session_state[_HELD] = held
    st.session_state[_KNOWN] = (held, st.session_state[_HELD])


def assumptions() -> Assumptions:
    """What is assumed now."""
    return Assumptions(**{**_STARTS, **st.session_state[_HELD]})


def spread_slider(name: str, label: str, say: Callable[[int], str]) -> None:
    """The slider of an assumption; `say` writes a position as the text that is shown and read."""
    key, standing = _slider_key(name), getattr(assumptions(), name)
    # Only where it differs: a value that is set again would pull the slider from the finger.
    if st.session_state.get(key) != standing:
        st.session_state[key] = standing
    st.select_slider(
        plain_label(label),
        list(RANGES[name]),
        format_func=say,
        key=key,
        on_change=_hold,
        args=(name,),
    )


def _hold(name: str) -> None:
    percent = st.session_state[_slider_key(name)]
    held = {other: value for other, value in st.session_state[_HELD].items() if other != name}
    st.session_state[_HELD] = held if percent == _STARTS[name] else {**held, name: percent}


def reset_button(label: str) -> None:
    """A button that puts every assumption back to its starting point; none where all are there."""
    if st.session_state[_HELD]:
        st.button(label, key="spread_reset", on_click=_reset)


def _reset() -> None:
    st.session_state[_HELD] = {}


def write_spread(page: str) -> None:
    """Let the address of `page` say what has left its starting point, beside all else it says."""
    held = st.session_state[_HELD]
    st.session_state[_KNOWN] = (st.session_state[_KNOWN][0], held)
    chosen = [(NAMES[name], str(value)) for name, value in held.items()]
    write_address("spread", page, list(NAMES.values()), [], chosen, _take_up)


def _take_up(address: Address) -> None:
    st.session_state[_HELD] = read_address(address)
