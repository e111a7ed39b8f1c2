"""Månad för månad on Driftbudget, and on Tänk om what the months propose for the year."""

from __future__ import annotations

from html import escape

import streamlit as st

from gsn_dash.domain.months import Proposal, proposal
from gsn_dash.domain.scenario.proposed import set_all, settings_for
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.pictures.months import months_picture
from gsn_dash.present.months import (
    activities_booked_table,
    describe_item,
    describe_other_outcome,
    describe_proposal,
    describe_settings,
    describe_source,
    describe_trials,
    months_table,
)
from gsn_dash.present.names import ITEMS as ITEM_NAMES
from gsn_dash.ui.canvas import canvas
from gsn_dash.ui.page import show_drawn, show_heading, show_lead, show_text
from gsn_dash.ui.state import scenario as state
from gsn_dash.ui.tables import show_table

_PICTURES = {"cost": "manader-kostnader", "revenue": "manader-intakter"}


def show_months(snapshot: Snapshot) -> None:
    """The months of the occasion's year; nothing where no ledger has been read."""
    table = months_table(snapshot)
    if table is None:
        return
    show_heading("Månad för månad")
    show_lead(describe_item(snapshot, "cost"))
    show_text(describe_item(snapshot, "revenue"))
    _show_other_outcome(snapshot)
    for item, name in _PICTURES.items():
        about = f"{ITEM_NAMES[item].lower()} per månad"
        key = name.replace("-", "_")
        show_drawn(months_picture(snapshot, item), key, about, download=name)
    show_table(table, download="manader")
    booked = activities_booked_table(snapshot)
    if booked is not None:
        show_table(booked, download="bokfort-verksamheter")
    show_text(describe_source(snapshot))


def _show_other_outcome(snapshot: Snapshot) -> None:
    """That these months sum to something else than what the page says above, if they do."""
    sentence = describe_other_outcome(snapshot)
    if sentence:
        canvas().html(
            f'<div class="gsn-note gsn-note-warning"><p>{escape(sentence)}'
            ' <a href="/granskning">Se kontrollen på Granskning</a></p></div>'
        )


def show_proposal(snapshot: Snapshot) -> None:
    """What the months propose, and a button that sets the levers for the rest of the year so."""
    found = kept(snapshot, "months proposal", lambda: proposal(snapshot))
    if found is None:
        return
    settings = settings_for(snapshot, state.fitted(snapshot), found)
    with st.expander("Förslag från månaderna", key="what_if_months"):
        show_text(describe_proposal(snapshot, found), describe_trials(found))
        if settings:
            show_text(describe_settings(snapshot, settings))
            st.button(
                "Ställ reglagen efter förslaget",
                key="what_if_months_set",
                on_click=_set,
                args=(snapshot, found),
            )


def _set(snapshot: Snapshot, found: Proposal) -> None:
    """Reckoned again when it is pressed: the levers may have moved since the page was drawn."""
    scenario = state.fitted(snapshot)
    state.replace_scenario(set_all(scenario, settings_for(snapshot, scenario, found)))
