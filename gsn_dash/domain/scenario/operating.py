"""What the assumptions do to the year-end of the operating budget.

Each item's forecast moves by (1 − used up) × the period's deviation + change × the budget for
the rest of the year; the deviation from the year's budget moves as much, and net by the sum.
"""

from __future__ import annotations

from gsn_dash.domain.operating import demand, line
from gsn_dash.domain.refs import operating
from gsn_dash.domain.scenario.changes import Change, Changes, joined, scaled
from gsn_dash.domain.scenario.overlays import ALL_USED, UNCHANGED, Scenario
from gsn_dash.domain.snapshot import Snapshot

ITEMS = ("revenue", "cost")


def operating_changes(snapshot: Snapshot, scenario: Scenario) -> Changes:
    """The changes of forecast and deviation, by figure. Raises ValueError for an unknown item."""
    for item in scenario.rest_changes:
        if item not in ITEMS:
            raise ValueError(f"no rest of the year for {item!r}: only {' and '.join(ITEMS)}")
    by_item = {item: change for item in ITEMS if (change := _item_change(snapshot, scenario, item))}
    if by_item:
        by_item["net"] = joined(by_item.values())
    return {
        operating(item, "year", measure): change
        for item, change in by_item.items()
        for measure in ("forecast", "deviation")
    }


def _item_change(snapshot: Snapshot, scenario: Scenario, item: str) -> Change | None:
    changes = []
    if scenario.used_up != ALL_USED:
        kept = line(snapshot, item, "period").deviation
        changes.append(scaled(kept, ALL_USED - scenario.used_up))
    share = scenario.rest_changes.get(item, UNCHANGED)
    if share != UNCHANGED:
        changes.append(scaled(demand(snapshot, item).rest_budget, share))
    return joined(changes) if changes else None
