"""Who may change figures: a browser on the server's own computer, or one that has had a key."""

from __future__ import annotations

import streamlit as st
from starlette.requests import HTTPConnection

from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.keys import may_present
from gsn_dash.ui import data
from gsn_dash.web.rights import browser_of, is_local

_KNOWN = "rights_known"
_behind_proxy = False


def settle(behind_proxy: bool) -> None:
    """Call once at start: behind a proxy nobody counts as being on the server's own computer."""
    global _behind_proxy
    _behind_proxy = behind_proxy


def may_edit() -> bool:
    """Whether this visitor may change figures; False also where the database cannot tell.

    Who has been let in stays so while the page is open, without asking again.
    """
    if not st.session_state.get(_KNOWN):
        st.session_state[_KNOWN] = _may_edit()
    return st.session_state[_KNOWN]


def _may_edit() -> bool:
    connection = _connection()
    if is_local(connection) and not _behind_proxy:
        return True
    browser, engine = browser_of(connection), data.engine()
    if browser.is_new or engine is None:
        return False
    try:
        return may_present(engine, browser.mark)
    except StoreUnavailable:
        return False


def _connection() -> HTTPConnection:
    """The request that the page's own connection began with."""
    context = st.context
    headers = [(name.lower().encode(), text.encode()) for name, text in context.headers.items()]
    # Streamlit says None of this very computer's own address.
    client = (context.ip_address or "127.0.0.1", 0)
    return HTTPConnection({"type": "websocket", "headers": headers, "client": client})


def show_way_in(page: str, what: str) -> None:
    """That one may not do `what` here, and how to get to; `page` is the address to come back to."""
    st.html(
        '<div class="gsn-note"><p>'
        f"För att {what} härifrån behövs en nyckel, som den som sköter webbplatsen ger ut."
        f' <a href="/las-upp?vidare={page}">Lås upp med en nyckel</a></p></div>'
    )
