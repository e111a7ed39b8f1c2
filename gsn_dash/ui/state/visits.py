"""Whether the visitor has just come to a page, or is using it."""

from __future__ import annotations

import streamlit as st

_PAGE = "visited_page"
_IS_NEW = "visited_page_is_new"


def arrive(page: str) -> None:
    """Call first in every run of a page, with what tells it from the others."""
    st.session_state[_IS_NEW] = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page


def has_just_come() -> bool:
    """Whether this is the first run since the visitor came to the page."""
    return st.session_state.get(_IS_NEW, True)
