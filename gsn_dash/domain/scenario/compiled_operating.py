"""The operating budget's year-end as nodes, in hundredths of an öre; the rules of `operating`."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO
from gsn_dash.domain.operating import cell, demand, line
from gsn_dash.domain.refs import operating
from gsn_dash.domain.scenario.deviation_parts import ITEMS, DeviationPart, deviation_parts
from gsn_dash.domain.scenario.operating import YEAR, year_end_key
from gsn_dash.domain.scenario.overlays import Action, Lump, Scenario
from gsn_dash.domain.scenario.panel import HUNDRED, THOUSAND_IN_ORE, Panel, in_ore
from gsn_dash.domain.scenario.program import PER_HUNDREDTH, Quantity
from gsn_dash.domain.snapshot import Occasion, Snapshot

ACTIVITIES = "assumed:activities"
Quantities = dict[str, Quantity]


def put_operating(panel: Panel, snapshot: Snapshot, scenario: Scenario) -> Quantities:
    """Forecast and deviation of revenue, cost and net, and what the activities add."""
    changes = {item: _item_change(panel, snapshot, scenario, item) for item in ITEMS}
    activities = _activities(panel, snapshot)
    changes["net"] = panel.build.sum(*((1, node) for node in changes.values()), (1, activities))
    quantities = {ACTIVITIES: Quantity(activities, PER_HUNDREDTH)}
    for item, change in changes.items():
        year = line(snapshot, item, "year")
        for measure, figure in (("forecast", year.result), ("deviation", year.deviation)):
            if not figure.is_unknown:
                node = panel.build.sum((1, panel.money(figure.money, HUNDRED)), (1, change))
                quantities[operating(item, "year", measure)] = Quantity(node, PER_HUNDREDTH)
    return quantities


def _item_change(panel: Panel, snapshot: Snapshot, scenario: Scenario, item: str) -> int:
    build, occasion = panel.build, snapshot.occasion
    terms = [
        (1, _part_change(panel, occasion, scenario, part))
        for part in deviation_parts(snapshot)
        if part.item == item
    ]
    if panel.find("rest", item):
        budget = in_ore(demand(snapshot, item).rest_budget.money)
        terms.append((budget, panel.position("rest", item)))
    for action in scenario.of(Action):
        if action.item == item:
            terms.append((HUNDRED, _action(panel, occasion, action)))
    if item == "cost":
        for lump in scenario.of(Lump):
            if not lump.budgeted:
                terms.append((-HUNDRED, _coming(panel, occasion, lump, 1, 1)))
    return build.sum(*terms)


def _part_change(panel: Panel, occasion: Occasion, scenario: Scenario, part: DeviationPart) -> int:
    """(100 − used up) × (the deviation − what invoices say is timing)."""
    build = panel.build
    kept = panel.less(build.const(HUNDRED), panel.position("used_up", part.key, missing=HUNDRED))
    timing = [
        (-1, _coming(panel, occasion, lump, occasion.months, YEAR))
        for lump in scenario.of(Lump)
        if lump.budgeted and lump.part == part.key
    ]
    return build.times(kept, build.sum((1, panel.money(part.figure.money)), *timing))


def _coming(panel: Panel, occasion: Occasion, lump: Lump, part: int, of: int) -> int:
    """`part`/`of` of an invoice, in öre, where its month is still to come; otherwise zero."""
    build = panel.build
    months = panel.find("lump_month", lump.name).positions
    coming = [int(month > occasion.period_end.month) for month in months]
    amount = build.sum((THOUSAND_IN_ORE * part, panel.position("lump", lump.name)))
    share = amount if part == of else build.divide(amount, of)
    return build.times(share, panel.table("lump_month", lump.name, coming))


def _action(panel: Panel, occasion: Occasion, action: Action) -> int:
    """A twelfth of a year's effect for each month left from the start, in öre."""
    build = panel.build
    first = occasion.period_end.month + 1
    starts = panel.find("action_start", action.name).positions
    months = [YEAR + 1 - max(start, first) for start in starts]
    yearly = build.sum((THOUSAND_IN_ORE, panel.position("action", action.name)))
    running = panel.table("action_start", action.name, months)
    return build.divide(build.times(yearly, running), YEAR)


def _activities(panel: Panel, snapshot: Snapshot) -> int:
    """What the activities' assumed year-ends add to what the papers state of them."""
    terms = []
    for activity in snapshot.activities:
        lever = panel.find("year_end", activity.key)
        if lever is None:
            continue
        stated = cell(snapshot, year_end_key(snapshot, activity.key))
        reported = ZERO if stated.is_unknown else stated.money
        assumed = panel.build.sum(
            (THOUSAND_IN_ORE * HUNDRED, panel.position("year_end", activity.key))
        )
        change = panel.less(assumed, panel.money(reported, HUNDRED))
        # At rest nothing is assumed, also where the rest is only near what is reported.
        moved = panel.moved("year_end", activity.key)
        terms.append((1, panel.build.times(moved, change)))
    return panel.build.sum(*terms)
