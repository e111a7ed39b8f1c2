"""What the assumptions do to the year-end of the operating budget.

Each item's forecast moves by (1 − used up) × each part of the period's deviation, by the change
of the budget for the rest of the year, by the actions, and by the invoices that no budget has.
What activities are assumed to deviate by moves the net alone: no paper says which item it is.
"""

from __future__ import annotations

from gsn_dash.domain.amounts import ORE, ZERO, Money, deviation_of, round_half_away
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import cell, demand, line
from gsn_dash.domain.refs import OperatingKey, operating
from gsn_dash.domain.scenario.changes import Change, Changes, assumed, joined, scaled
from gsn_dash.domain.scenario.deviation_parts import ITEMS, DeviationPart, deviation_parts
from gsn_dash.domain.scenario.overlays import (
    ALL_USED,
    UNCHANGED,
    Action,
    Lump,
    RestChange,
    Scenario,
    UsedUp,
    YearEnd,
    shares_by,
)
from gsn_dash.domain.snapshot import Occasion, Snapshot

YEAR = 12


def operating_changes(snapshot: Snapshot, scenario: Scenario) -> Changes:
    """The changes of forecast and deviation, by figure.

    Raises ValueError for an item, a part, or an activity that the snapshot does not have.
    """
    _check_subjects(snapshot, scenario)
    by_item = {item: change for item in ITEMS if (change := _item_change(snapshot, scenario, item))}
    net = [*by_item.values(), *_activity_changes(snapshot, scenario)]
    if net:
        by_item["net"] = joined(net)
    return {
        operating(item, "year", measure): change
        for item, change in by_item.items()
        for measure in ("forecast", "deviation")
    }


def _check_subjects(snapshot: Snapshot, scenario: Scenario) -> None:
    parts = {part.key: part.item for part in deviation_parts(snapshot)}
    unheard = {o.item for o in (*scenario.of(RestChange), *scenario.of(Action))} - set(ITEMS)
    unheard |= {o.part for o in scenario.of(UsedUp)} - {"", *parts}
    unheard |= {o.part for o in scenario.of(Lump) if parts.get(o.part) != "cost"}
    unheard |= {o.activity for o in scenario.of(YearEnd)} - _with_year_end(snapshot)
    if unheard:
        raise ValueError(f"nothing to assume of: {', '.join(sorted(unheard))}")


def _with_year_end(snapshot: Snapshot) -> set[str]:
    """The activities that a year-end can be assumed of: a group only where the papers state one."""
    return {
        activity.key
        for activity in snapshot.activities
        if not activity.members or year_end_key(snapshot, activity.key) in snapshot.operating
    }


def _item_change(snapshot: Snapshot, scenario: Scenario, item: str) -> Change | None:
    occasion = snapshot.occasion
    changes = [
        change
        for part in deviation_parts(snapshot)
        if part.item == item and (change := _part_change(occasion, scenario, part))
    ]
    whole = line(snapshot, item, "period").deviation
    if whole.is_unknown and scenario.used_up("") != ALL_USED:
        changes.append(scaled(whole, ALL_USED))
    share = shares_by(scenario.of(RestChange), "item", "share").get(item, UNCHANGED)
    if share != UNCHANGED:
        changes.append(scaled(demand(snapshot, item).rest_budget, share))
    changes += [_alone(action_effect(o, occasion)) for o in scenario.of(Action) if o.item == item]
    if item == "cost":
        changes += [_alone(-unbudgeted(lump, occasion)) for lump in scenario.of(Lump)]
    return joined(changes) if changes else None


def _alone(amount: Money) -> Change:
    """A change that follows from no figure but what is assumed."""
    return Change(amount, ())


def _part_change(occasion: Occasion, scenario: Scenario, part: DeviationPart) -> Change | None:
    kept = ALL_USED - scenario.used_up(part.key)
    if kept == UNCHANGED:
        return None
    timing = known_timing(scenario, part, occasion)
    return Change((part.figure.money - timing) * kept, (part.figure,))


def known_timing(scenario: Scenario, part: DeviationPart, occasion: Occasion) -> Money:
    """How much of a part the scenario's budgeted invoices say is timing, above zero."""
    own = [lump for lump in scenario.of(Lump) if lump.part == part.key]
    return sum((timing_of(lump, occasion) for lump in own), ZERO)


def timing_of(lump: Lump, occasion: Occasion) -> Money:
    """The budget that the months behind have for an invoice that comes later, to the öre."""
    if not lump.budgeted or lump.month <= occasion.period_end.month:
        return ZERO
    return _twelfths(lump.amount, occasion.months)


def unbudgeted(lump: Lump, occasion: Occasion) -> Money:
    """What an invoice adds to the forecast's costs: nothing where the budget has it."""
    is_coming = not lump.budgeted and lump.month > occasion.period_end.month
    return lump.amount if is_coming else ZERO


def action_effect(action: Action, occasion: Occasion) -> Money:
    """What an action gives this year: a twelfth a month, in the months left from its start."""
    first = max(action.start, occasion.period_end.month + 1)
    return _twelfths(action.yearly, YEAR + 1 - first)


def _twelfths(yearly: Money, months: int) -> Money:
    return Money(round_half_away(yearly.kr * months / YEAR, ORE))


def year_end_key(snapshot: Snapshot, activity: str) -> OperatingKey:
    """The year-end deviation that the papers state of an activity, or would."""
    stated = (k for k in snapshot.operating if (k.subject, k.span) == (activity, "year"))
    found = next((key for key in stated if key.measure == "deviation"), None)
    return found or OperatingKey(activity, "net", "year", "deviation")


def year_end_figures(snapshot: Snapshot, scenario: Scenario) -> dict[OperatingKey, Figure]:
    """The activities' assumed year-end deviations, also where no paper has one."""
    keys = {o: year_end_key(snapshot, o.activity) for o in scenario.of(YearEnd)}
    return {key: assumed(cell(snapshot, key), o.deviation) for o, key in keys.items()}


def activities_change(snapshot: Snapshot, scenario: Scenario) -> Money:
    """What the activities' assumed year-ends add to the net: zero where nothing is assumed."""
    return sum((c.amount for c in _activity_changes(snapshot, scenario)), ZERO)


def _activity_changes(snapshot: Snapshot, scenario: Scenario) -> list[Change]:
    """Where the papers state nothing, what is assumed comes on top of their forecast."""
    changes = []
    for key, figure in year_end_figures(snapshot, scenario).items():
        stated = cell(snapshot, key)
        amount = figure.money if stated.is_unknown else deviation_of(figure.money, stated.money)
        changes.append(Change(amount, (figure,)))
    return changes
