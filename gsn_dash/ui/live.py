"""Draws the open page again when the figures in force change or the database comes and goes."""

from pathlib import Path

import streamlit as st

_live = st.components.v2.component(
    "gsn_live", js=(Path(__file__).parent / "components" / "live.js").read_text(encoding="utf-8")
)


def watch_live(version: str, ok: bool) -> None:
    """Watch, from the browser, whether the server still has what this page was drawn with.

    `version` and `ok` are what /api/version answered with when the page was drawn: take them
    once, before the figures are read. Call once per page. What the reader has chosen stays.
    """
    _live(
        key="gsn_live",
        data={"version": version, "ok": ok, "address": "/api/version"},
        on_changed_change=_draw_again,
    )


def _draw_again() -> None:
    """A callback must be there for the component to send its trigger; the rerun is enough."""
