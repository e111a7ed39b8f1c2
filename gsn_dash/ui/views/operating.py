"""Driftbudget: the paper's table, the bridge, what the forecast demands, single activities."""

from __future__ import annotations

from collections.abc import Callable

from gsn_dash.domain.bridge import bridge
from gsn_dash.domain.operating import demand, period_share, spans_of
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import Made, kept
from gsn_dash.pictures.operating import bridge_picture, lines_picture, pace_picture
from gsn_dash.present.bridge import (
    bridge_message,
    describe_remainder,
    describe_split,
    is_remainder,
)
from gsn_dash.present.corrected import say_outdated
from gsn_dash.present.operating import (
    activity_lines,
    demand_message,
    describe_activity,
    describe_demand,
    describe_timing,
    operating_message,
)
from gsn_dash.present.operating_tables import (
    activities_table,
    bridge_table,
    by_activity_table,
    demand_table,
    lines_table,
)
from gsn_dash.ui.page import show_drawn, show_heading, show_lead, show_note, show_text
from gsn_dash.ui.tables import show_table


def _once(snapshot: Snapshot, make: Callable[[Snapshot], Made]) -> Made:
    """What `make` makes of the snapshot: the same for all who look."""
    return kept(snapshot, make.__name__, lambda: make(snapshot))


def message(snapshot: Snapshot) -> str:
    """The page's one sentence."""
    return operating_message(snapshot)


def show_lines(snapshot: Snapshot) -> None:
    """Period and year: the pictures and the paper's table."""
    show_drawn(
        lines_picture(snapshot, "period"),
        "driftbudget_period",
        "periodens driftbudget",
        download="driftbudget-period",
    )
    if "year" in spans_of(snapshot):
        show_drawn(
            lines_picture(snapshot, "year"),
            "driftbudget_ar",
            "hela årets driftbudget",
            download="driftbudget-ar",
        )
    show_table(_once(snapshot, lines_table), download="driftbudget")
    show_text(*say_outdated(snapshot, "operating:"))
    results = "utfall" if snapshot.occasion.is_closing else "utfall eller prognos"
    show_text(
        f"Avvikelse är {results} minus budget. Plus är bättre än budget, minus är sämre."
        " Varje siffra leder till sin källa."
    )


def show_bridge(snapshot: Snapshot) -> None:
    """What the period's deviation consists of, stated and derived."""
    found = _once(snapshot, bridge)
    show_heading("Vad avvikelsen består av")
    show_lead(bridge_message(snapshot, found))
    show_drawn(
        bridge_picture(snapshot),
        "driftbudget_brygga",
        "periodens nettokostnad",
        download="driftbudget-brygga",
    )
    show_table(_once(snapshot, bridge_table), download="avvikelse")
    show_text(*describe_split(snapshot))
    for step in found.steps:
        if is_remainder(step):
            show_note(describe_remainder(snapshot, step))


def show_by_activity(snapshot: Snapshot) -> None:
    """Budget, outcome and forecast of each activity, where the papers have them."""
    table = _once(snapshot, by_activity_table)
    if table is not None:
        show_heading("Verksamhet för verksamhet")
        show_table(table, download="per-verksamhet")


def show_demand(snapshot: Snapshot) -> None:
    """What the forecast demands of the months that are left, and whether timing explains it."""
    if not snapshot.occasion.months_left:
        return
    show_heading("Vad prognosen kräver av resten av året")
    show_lead(demand_message(snapshot.occasion, demand(snapshot, "cost")))
    demands = (demand(snapshot, "cost"), demand(snapshot, "revenue"))
    known = [found for found in demands if found.increase is not None]
    show_text(*(describe_demand(snapshot.occasion, found) for found in known))
    show_drawn(
        pace_picture(snapshot),
        "driftbudget_takt",
        "kostnader och intäkter per månad",
        download="driftbudget-takt",
    )
    show_table(_once(snapshot, demand_table), download="resten-av-aret")
    if all(period_share(snapshot, found.item) is not None for found in demands):
        show_note(" ".join(describe_timing(snapshot)))


def show_activities(snapshot: Snapshot) -> None:
    """What is said of single activities at year-end."""
    table = _once(snapshot, activities_table)
    if table is None:
        return
    show_heading("Enskilda verksamheter")
    lines = activity_lines(snapshot)
    show_text(*(describe_activity(snapshot, key, figure) for key, figure, _ in lines))
    show_table(table, download="verksamheter")
