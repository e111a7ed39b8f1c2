"""Who the visitor of a page is, and what they may do: the same answer as the routes give."""

from __future__ import annotations

import time
from html import escape
from urllib.parse import quote

import streamlit as st
from starlette.requests import HTTPConnection

from gsn_dash.access.guard import LOG_IN, UNLOCK
from gsn_dash.access.roles import Deed
from gsn_dash.access.visitors import ANYBODY, Gate, Visitor
from gsn_dash.store.engine import StoreUnavailable

__all__ = ["Deed", "asked_now", "gate", "may", "settle", "show_way_in", "visitor"]

_KNOWN = "rights_known"
# A page is drawn again and again while a hand rests on it; a deed always asks anew.
_KNOWN_SECONDS = 10.0
_gate: Gate | None = None


def settle(gate: Gate) -> None:
    """Call once at start, before the first page is drawn."""
    global _gate
    _gate = gate


def gate() -> Gate:
    """Who tells visitors apart. Raises RuntimeError before `settle`."""
    if _gate is None:
        raise RuntimeError("rights are asked for before they are settled")
    return _gate


def visitor() -> Visitor:
    """Who looks at the page, as it was some seconds ago at most; a reader where none can tell."""
    held = st.session_state.get(_KNOWN)
    if held is None or time.monotonic() - held[0] > _KNOWN_SECONDS:
        try:
            found = asked_now()
        except StoreUnavailable:
            found = ANYBODY
        held = st.session_state[_KNOWN] = (time.monotonic(), found)
    return held[1]


def asked_now() -> Visitor:
    """Who asks for something to be done, now. Raises StoreUnavailable where nobody can tell."""
    return gate().who(_connection())


def may(deed: Deed) -> bool:
    """Whether to show the visitor the way to a deed; the deed itself asks again."""
    return visitor().may(deed)


def _connection() -> HTTPConnection:
    """The request that the page's own connection began with."""
    context = st.context
    headers = [(name.lower().encode(), text.encode()) for name, text in context.headers.items()]
    # Streamlit says None of this very computer's own address.
    client = (context.ip_address or "127.0.0.1", 0)
    return HTTPConnection({"type": "websocket", "headers": headers, "client": client})


def show_way_in(page: str, what: str) -> None:
    """That one may not do `what` here, and how to get to; `page` is the address to come back to."""
    st.html(f'<div class="gsn-note"><p>{_render_way_in(page, what)}</p></div>')


def _render_way_in(page: str, what: str) -> str:
    way_on, known = quote(f"/{page}", safe=""), visitor()
    if not gate().has_login:
        return (
            f"För att {what} härifrån behövs en nyckel, som den som sköter webbplatsen ger ut."
            f' <a href="{UNLOCK}?vidare={page}">Lås upp med en nyckel</a>'
        )
    if known.name:
        return (
            f"För att {what} behövs en annan roll än {escape(known.role.title)}, som den som sköter"
            " webbplatsen ger."
        )
    return f'För att {what} behöver du logga in. <a href="{LOG_IN}?vidare={way_on}">Logga in</a>'


def render_visitor(page: str) -> str:
    """Who is logged in, with the way in or out; `page` is the address to come back to."""
    known = visitor()
    if known.title:
        leave = "" if known.mark == "" else "<span>Logga ut</span>"
        return (
            f'<a class="gsn-visitor" href="/inloggning"><bdi>{escape(known.title)}</bdi>{leave}</a>'
        )
    if gate().has_login:
        way_on = quote(f"/{page}", safe="")
        return f'<a class="gsn-visitor" href="{LOG_IN}?vidare={way_on}">Logga in</a>'
    return f'<a class="gsn-visitor" href="{UNLOCK}?vidare={page}">Lås upp</a>'
