"""What a visitor has chosen, and the address that says it.

A lever that has left its rest is held in the session by its name in the address, and the address
follows it, so that a link, a reload and a way back all show the same. The address is read when
the page is opened and not while it is used: then it may lag a step behind the finger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from secrets import token_hex
from typing import TypeVar
from urllib.parse import parse_qs

import streamlit as st

from gsn_dash.domain.scenario.levers import Lever
from gsn_dash.ui.state.labels import plain_label

Made = TypeVar("Made")

_HELD = "levers_held"
_REFUSED = "levers_refused"
_SESSION = "levers_session"
_ADDRESS = "gsn_address"
_NAMES = {("used_up", ""): "u", ("rest", "revenue"): "r", ("rest", "cost"): "c"}
_PREFIXES = {"utilisation": "p-", "price": "pris-", "equal_part": "lika-"}
_WHOLE = re.compile(r"-?[0-9]{1,4}")

_mount = st.components.v2.component(
    _ADDRESS,
    js=(Path(__file__).parents[1] / "components" / "address.js").read_text(encoding="utf-8"),
)


def address_name(lever: Lever) -> str:
    """The lever's name in the address: short, plain letters, the same from year to year."""
    return _NAMES.get(lever.key) or f"{_PREFIXES[lever.kind]}{lever.subject}"


def slider_key(lever: Lever) -> str:
    """The key of the lever's slider; it is also the class `st-key-…` around it."""
    return f"lever_{address_name(lever)}"


def open_levers(levers: Sequence[Lever]) -> None:
    """Take up the levers of the address or, where it has none, those that the visitor left.

    Call in every run of the whole page, before the sliders are drawn.
    """
    if any(slider_key(lever) in st.session_state for lever in levers):
        return  # drawn before in this visit to the page, so the session knows better
    held, refused = read_address(levers, _address())
    st.session_state[_REFUSED] = refused
    if held or refused or _HELD not in st.session_state:
        st.session_state[_HELD] = held


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def read_address(
    levers: Sequence[Lever], address: Mapping[str, Sequence[str]]
) -> tuple[dict[str, int], tuple[str, ...]]:
    """The moved levers of an address, and the names in it that say nothing a lever can do."""
    by_name = {address_name(lever): lever for lever in levers}
    held, refused = {}, []
    for name, texts in address.items():
        lever = by_name.get(name)
        if lever is None:
            if name.startswith(tuple(_PREFIXES.values())) or name in _NAMES.values():
                refused.append(name)
            continue
        percent = _position(lever, texts)
        if percent is None:
            refused.append(name)
        elif percent != lever.resting:
            held[name] = percent
    return held, tuple(refused)


def _position(lever: Lever, texts: Sequence[str]) -> int | None:
    if len(texts) != 1 or not _WHOLE.fullmatch(texts[0]):
        return None
    percent = int(texts[0])
    return percent if percent in lever.positions else None


def refused() -> tuple[str, ...]:
    """The names in the address that could not be used when the page was opened."""
    return st.session_state.get(_REFUSED, ())


def positions(levers: Sequence[Lever]) -> dict[tuple[str, str], int]:
    """Where the moved levers stand, in percent, by the lever's key."""
    held = st.session_state[_HELD]
    return {
        lever.key: held[name]
        for lever in levers
        if (name := address_name(lever)) in held and held[name] in lever.positions
    }


def lever_slider(lever: Lever, label: str, say: Callable[[int], str]) -> None:
    """The lever as a slider; `say` writes a position as the text that is shown and read out."""
    key = slider_key(lever)
    held = st.session_state[_HELD].get(address_name(lever), lever.resting)
    standing = held if held in lever.positions else lever.resting
    # Only where it differs: a value that is set again would pull the slider from the finger.
    if st.session_state.get(key) != standing:
        st.session_state[key] = standing
    st.select_slider(
        plain_label(label),
        list(lever.positions),
        format_func=say,
        key=key,
        on_change=_hold,
        args=(lever,),
    )


def _hold(lever: Lever) -> None:
    percent = st.session_state[slider_key(lever)]
    held = dict(st.session_state[_HELD])
    held.pop(address_name(lever), None)
    if percent != lever.resting:
        held[address_name(lever)] = percent
    st.session_state[_HELD] = held


def reset_button(label: str) -> None:
    """A button that puts every lever back to its rest."""
    st.button(label, key="levers_reset", on_click=_reset)


def _reset() -> None:
    st.session_state[_HELD] = {}
    st.session_state[_REFUSED] = ()


def write_address(page: str, levers: Sequence[Lever]) -> None:
    """Let the address of `page` say where the moved levers stand, and nothing of the others."""
    held = st.session_state[_HELD]
    names = [address_name(lever) for lever in levers]
    data = {
        "page": page,
        "session": st.session_state.setdefault(_SESSION, token_hex(8)),
        "names": [*names, *refused()],
        "chosen": [(name, str(held[name])) for name in names if name in held],
    }
    _mount(key=_ADDRESS, data=data, on_address_change=lambda: _take_up(levers))


def _take_up(levers: Sequence[Lever]) -> None:
    """After the server has been away the open page's own address knows better than the server."""
    search = st.session_state[_ADDRESS]["address"]
    address = parse_qs(search.removeprefix("?"), keep_blank_values=True)
    st.session_state[_HELD], st.session_state[_REFUSED] = read_address(levers, address)


def kept_while(name: str, same: object, make: Callable[[], Made]) -> Made:
    """`make()` anew only where `same` is another than when it was last made, for this visitor."""
    key = f"kept_{name}"
    if key not in st.session_state or st.session_state[key][0] != same:
        st.session_state[key] = (same, make())
    return st.session_state[key][1]
