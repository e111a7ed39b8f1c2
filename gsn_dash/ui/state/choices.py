"""What the address of a page says after the question mark, and how a choice is written there."""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st

from gsn_dash.ui.first_view import first_view
from gsn_dash.ui.state.labels import plain_label

_WHOLE = re.compile(r"-?[0-9]{1,9}")


def read_parameter(name: str) -> str:
    """The value of a parameter of the address, or empty."""
    # A first view is of the address without any.
    return "" if first_view() else st.query_params.get(name, "")


def choose_in_address(
    name: str, label: str, options: Mapping[str, str], is_label_shown: bool = True
) -> str:
    """Buttons of which one is chosen; the address holds the choice, so a link shows the same.

    `options` is value -> text; the first one is the default and leaves the address bare.
    An unknown value in the address counts as the default. A label that is not shown is still
    read out.
    """
    values = list(options)
    if view := first_view():
        view.choice(name, label, options)
        return values[0]
    in_address = read_parameter(name)
    key = f"choice_{name}"
    # The address decides: it may have changed by a link or the browser's way back.
    st.session_state[key] = in_address if in_address in options else values[0]
    return st.radio(
        plain_label(label),
        values,
        format_func=lambda value: plain_label(options[value]),
        horizontal=True,
        label_visibility="visible" if is_label_shown else "collapsed",
        key=key,
        on_change=_write,
        args=(name, key, values[0]),
    )


def slide_in_address(name: str, label: str, options: Mapping[int, str], default: int) -> int:
    """A slider over whole numbers; the address holds its place, so a link shows the same.

    `options` is value -> text, in order. An unknown value in the address counts as the default,
    which leaves the address bare.
    """
    in_address = read_parameter(name)
    key = f"choice_{name}"
    held = int(in_address) if _WHOLE.fullmatch(in_address) else default
    st.session_state[key] = held if held in options else default
    return st.select_slider(
        plain_label(label),
        list(options),
        format_func=options.get,
        key=key,
        on_change=_write,
        args=(name, key, default),
    )


def _write(name: str, key: str, default: str | int) -> None:
    chosen = st.session_state[key]
    if chosen == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(chosen)
