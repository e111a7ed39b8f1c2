"""Draws the open page again when the figures in force change or the database comes and goes."""

from pathlib import Path

import streamlit as st

from gsn_dash.web.site import site_version, static_address

_PARTS = Path(__file__).parent / "components"
_live = st.components.v2.component(
    "gsn_live",
    css=(_PARTS / "live.css").read_text(encoding="utf-8"),
    js=(_PARTS / "live.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def watch_live(version: str, ok: bool, app: str, page: str) -> None:
    """Watch, from the browser, whether the server still has what this page was drawn with.

    `version` and `ok` are what the stream of news says of the figures when the page is drawn:
    take them once, before the figures are read. `app` is the token of the process that draws
    it, "" where it has none; `page` is the page's address. Call once per page. What the reader
    has chosen stays. A page that was opened before the site was updated says so.
    """
    _live(
        key="gsn_live",
        data={
            "version": version,
            "ok": ok,
            "app": app,
            "page": page,
            "stream": static_address("stream.js"),
            "site": site_version(),
        },
        on_changed_change=_draw_again,
    )


def _draw_again() -> None:
    """A callback must be there for the component to send its trigger; the rerun is enough."""
