"""Which occasion the visitor looks at: the address says it, and the session keeps it.

A bare address is the latest occasion for who has just come, and for everybody else the one that
was looked at last: the links between pages do not say it. The address is then made to, so that
a link or a reload shows the same.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from gsn_dash.present.occasions import PARAMETER, Place, read_place, say_place
from gsn_dash.ui.state.address import Address, write_address
from gsn_dash.ui.state.labels import plain_label

_CHOSEN = "occasion_chosen"
# The page, and what its address said and was last made to say: no news, whenever it is read.
_KNOWN = "occasion_known"
_UNREAD = "occasion_unread"
_WIDGET = "occasion_select"


def follow_address(page: str) -> None:
    """Take up what the address says, where the browser has gone to another one.

    Call first in every run of `page`. While a page is used its address may lag behind.
    """
    said = st.query_params.get(PARAMETER, "")
    before, *known = st.session_state.get(_KNOWN, (page,))
    if said and (before != page or said not in known):
        _take_up(said)
    elif before != page:
        st.session_state[_UNREAD] = ""
    st.session_state[_KNOWN] = (page, said)


def _take_up(said: str) -> None:
    place = read_place(said)
    st.session_state[_CHOSEN] = place
    st.session_state[_UNREAD] = "" if place else said


def chosen() -> Place | None:
    """The occasion that was chosen; None for the latest one."""
    return st.session_state.get(_CHOSEN)


def is_said() -> bool:
    """Whether the address is of the chosen occasion: a step back leads to what was said before.

    One that says no occasion is of the latest, also where an earlier one is chosen.
    """
    return chosen() is None or PARAMETER in st.query_params


def choose_latest() -> None:
    """Follow the latest occasion from now on, whichever that is."""
    st.session_state[_CHOSEN] = None


def refuse(place: Place) -> None:
    """There is no such occasion: the latest one is shown, and it is said why until one leaves."""
    choose_latest()
    st.session_state[_UNREAD] = say_place(place)


def unread() -> str:
    """What the address says that is no occasion of ours, or empty."""
    return st.session_state.get(_UNREAD, "")


def choose_occasion(label: str, options: Mapping[Place, str], shown: Place) -> None:
    """A list to choose the occasion in; `options` is newest first, `shown` the one that is shown.

    The choice is made before the page is drawn again.
    """
    places = list(options)
    st.session_state[_WIDGET] = shown
    st.selectbox(
        plain_label(label),
        places,
        format_func=options.get,
        label_visibility="collapsed",
        key=_WIDGET,
        width=230,
        on_change=_choose,
        args=(places[0],),
    )


def _choose(latest: Place) -> None:
    place = st.session_state[_WIDGET]
    st.session_state[_CHOSEN] = None if place == latest else place
    st.session_state[_UNREAD] = ""


def write_chosen(page: str) -> None:
    """Let the address of `page` say the occasion where it is not the latest."""
    place = chosen()
    said = [(PARAMETER, say_place(place))] if place else []
    st.session_state[_KNOWN] = (*st.session_state[_KNOWN], *(text for _, text in said))
    write_address("occasion", page, [PARAMETER], [], said, _hear)


def _hear(address: Address) -> None:
    """The browser knows better than a server that has been away."""
    _take_up(_say(address))


def said_in(address: Address) -> Place | None:
    """The occasion that an address says; None where it says none."""
    return read_place(_say(address))


def _say(address: Address) -> str:
    return next(iter(address.get(PARAMETER, ())), "")
