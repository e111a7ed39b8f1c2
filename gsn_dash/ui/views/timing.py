"""Tillfällig eller bestående avvikelse?: the period's deviation, part by part."""

from __future__ import annotations

from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.domain.timing import timing
from gsn_dash.pictures.kept import kept
from gsn_dash.pictures.timing import timing_picture
from gsn_dash.present.operating import describe_timing
from gsn_dash.present.timing import (
    HOW_COUNTED,
    describe_reasons,
    timing_message,
)
from gsn_dash.present.timing_tables import timing_table
from gsn_dash.ui.page import show_drawn, show_heading, show_message, show_text
from gsn_dash.ui.tables import show_table

_PICTURE = "tillfalligt"


def show_timing(snapshot: Snapshot, scenario: Scenario) -> None:
    """The sentence, the picture, the parts, and how the period's budgets are spread."""
    found = timing(snapshot, scenario)
    show_message(timing_message(snapshot, found))
    show_text(describe_reasons(snapshot, found))
    picture = (
        timing_picture(snapshot, found)
        if scenario.overlays
        else kept(snapshot, _PICTURE, lambda: timing_picture(snapshot, found))
    )
    show_drawn(picture, _PICTURE, "periodens nettokostnad")
    show_table(timing_table(snapshot, found))
    show_text(HOW_COUNTED)
    lines = describe_timing(snapshot)
    if lines:
        show_heading("Hur periodens budget är fördelad")
        show_text(*lines)
