"""The bar above the levers: which saved scenario is open, and the ways to save, open and add."""

from __future__ import annotations

from html import escape

import streamlit as st

from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.scenario_tables import say_refused
from gsn_dash.present.scenarios import (
    ADDRESS_IS_LINK,
    CHANGED,
    FROZEN_MARK,
    NOTHING_OPEN,
    describe_left_out,
    describe_saved,
    group_fingerprint,
    shorten_fingerprint,
)
from gsn_dash.store.scenario_drafts import FROZEN, ScenarioVersion
from gsn_dash.ui.page import show_text
from gsn_dash.ui.state import opened
from gsn_dash.ui.state import scenario as state
from gsn_dash.ui.views.scenario_forms import (
    is_form_open,
    show_choices,
    show_more,
    show_opening,
    show_saving,
    show_sentence,
    show_told,
)
from gsn_dash.ui.views.scenario_results import show_other_base
from gsn_dash.ui.views.scenario_words import base_of, moment_of
from gsn_dash.ui.views.what_if_additions import show_additions


@st.fragment
def show_scenario_bar(snapshot: Snapshot) -> None:
    """What is open, saved and told, and the buttons. Call above the levers, in the whole page."""
    held = state.fitted(snapshot)
    found = opened.opened()
    with st.container(key="scenario_bar", gap="small"):
        # In one row where there is room: the message and a lever are to be on the first screen.
        with st.container(horizontal=True, gap="small", key="scenario_row"):
            _show_open(snapshot, found, opened.is_changed(held))
            show_additions(snapshot)
        if not is_form_open():
            show_told()
        show_choices(snapshot)
        if found is not None:
            st.html(_render_about(found.version))
            show_text(describe_left_out([say_refused(o, snapshot) for o in found.refused]))
            show_other_base(snapshot, found.version)
    opened.show_state(held)


def _show_open(snapshot: Snapshot, found: opened.Opened | None, is_changed: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.html(_render_line(found, is_changed), width="content")
        show_saving(snapshot)
        show_opening(snapshot)
        show_more(snapshot)


def show_scenario_trouble() -> None:
    """What went wrong with the scenario that the address asks for, in a view without the bar."""
    told = opened.told()
    if told.is_warning or told.deleted is not None:
        show_sentence(told.sentence, told.is_warning)


def _render_line(found: opened.Opened | None, is_changed: bool) -> str:
    if found is None:
        return f'<p class="gsn-nothing-open">{escape(NOTHING_OPEN)}</p>'
    version = found.version
    parts = [
        f"Scenario: <strong><bdi>{escape(version.name)}</bdi></strong>",
        escape(describe_saved(version.author, moment_of(version))),
    ]
    if version.state == FROZEN:
        parts.append(f"<strong>{escape(FROZEN_MARK)}</strong>")
    if is_changed:
        parts.append(f"<em>{escape(CHANGED)}</em>")
    return f"<p>{' · '.join(parts)}</p>"


def _render_about(version: ScenarioVersion) -> str:
    """What need not be in sight: the note, the base, the fingerprint, and how to send it on."""
    note = escape(version.note).replace("\n", "<br>")
    parts = [f"<p><bdi>{note}</bdi></p>"] if note else []
    parts.append(f"<p>Bygger på {escape(base_of(version))}. {escape(ADDRESS_IS_LINK)}</p>")
    if version.fingerprint:
        parts.append(_render_fingerprint(version.fingerprint))
    return (
        "<details><summary>Om scenariot</summary>"
        f'<div class="gsn-quiet">{"".join(parts)}</div></details>'
    )


def _render_fingerprint(fingerprint: str) -> str:
    short, whole = shorten_fingerprint(fingerprint), group_fingerprint(fingerprint)
    return (
        f"<p>Siffrornas fingeravtryck när det frystes: <code>{escape(short)}</code> …</p>"
        f"<details><summary>Hela fingeravtrycket</summary><p><code>{escape(whole)}</code></p>"
        "</details>"
    )
