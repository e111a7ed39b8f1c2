"""Whether the visitor has just come to a page, or is using it."""

from __future__ import annotations

import streamlit as st

_PAGE = "visited_page"
_IS_NEW = "visited_page_is_new"
_IS_OTHER = "visited_page_is_other"
_VISIT = "visited_page_turn"


def arrive(page: str, occasion: str) -> None:
    """Call first in every run of a page, with what tells it from the others."""
    before = st.session_state.get(_PAGE, ("", ""))
    st.session_state[_IS_NEW] = before != (page, occasion)
    st.session_state[_VISIT] = visit() + st.session_state[_IS_NEW]
    st.session_state[_IS_OTHER] = before[0] != page
    st.session_state[_PAGE] = (page, occasion)


def has_just_come() -> bool:
    """Whether this is the first run since the visitor came to the page, or to its occasion."""
    return st.session_state.get(_IS_NEW, True)


def has_come_from_elsewhere() -> bool:
    """Whether the visitor came from another page: a new occasion has not moved him."""
    return st.session_state.get(_IS_OTHER, True)


def visit() -> int:
    """Another number each time the visitor comes to a page, or to its occasion."""
    return st.session_state.get(_VISIT, 0)
