"""What a file of an accounting system has that nobody has mapped: before it is kept."""

from __future__ import annotations

import streamlit as st

from gsn_dash.domain.drafts import Drafts
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.ledger_objects import tell_unmapped
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.ledger_maps import read_map
from gsn_dash.ui import data
from gsn_dash.ui.page import show_note
from gsn_dash.ui.tables import show_table

_HEADING = "Det i filen som inte är kopplat"
_WHAT_TO_DO = (
    "Inget kopplas av sig självt. Förslagen är ifyllda i kontotabellen längre ned på sidan: se"
    " igenom dem och spara den, före eller efter att filen läses in."
)


def show_unmapped(drafts: Drafts, snapshot: Snapshot | None) -> None:
    """The codes of the files' ledgers that are mapped to nothing, with amounts and proposals."""
    engine = data.engine()
    if not drafts.ledgers or engine is None:
        return
    try:
        told = tell_unmapped(drafts, read_map(engine).map, snapshot)
    except StoreUnavailable:
        return  # whoever shows the preview has said it already
    if not told:
        return
    show_note(" ".join([*(sentence for sentence, _ in told), _WHAT_TO_DO]), True)
    with st.expander(_HEADING, expanded=True):
        for _, table in told:
            show_table(table)
