"""What a page's address says after the question mark, written while the page is used.

Each owner writes the names that are its own and leaves all others. After the server has been away
the open page's address knows better than the server: then it is told of instead of written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from secrets import token_hex
from urllib.parse import parse_qs

import streamlit as st

from gsn_dash.ui.component import component

_SESSION = "address_session"
_mount = component("gsn_address", ["address.js"])

Address = Mapping[str, Sequence[str]]


def read_whole_address() -> dict[str, list[str]]:
    """Every parameter of the address that the page was opened with, or was drawn with last."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def session_mark() -> str:
    """What tells the visitor's session here from the one that an open page had before, on a
    server that has gone."""
    return st.session_state.setdefault(_SESSION, token_hex(8))


def write_address(
    owner: str,
    page: str,
    names: Sequence[str],
    stems: Sequence[str],
    chosen: Sequence[tuple[str, str]],
    take_up: Callable[[Address], None],
) -> None:
    """Let the address of `page` say `chosen`, in the place of what `owner` said there before.

    The owner's names are `names` and all that begin with one of `stems`. `take_up` gets the whole
    address where the browser knows better.
    """
    key = f"address_{owner}"
    data = {
        "owner": owner,
        "page": page,
        "session": session_mark(),
        "names": list(names),
        "stems": list(stems),
        "chosen": [list(pair) for pair in chosen],
        # A link, or another choice, may have written an address that says nothing of this, or
        # what was so before: with new data the browser looks at it again.
        "seen": read_whole_address(),
    }
    _mount(key=key, data=data, on_address_change=lambda: take_up(_told(key)))


def _told(key: str) -> Address:
    search = st.session_state[key]["address"]
    return parse_qs(search.removeprefix("?"), keep_blank_values=True)
