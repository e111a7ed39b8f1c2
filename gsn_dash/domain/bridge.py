"""What the period's deviation consists of: from the budgeted net, step by step, to its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import ZERO, Unknown, deviation_of, total_of
from gsn_dash.domain.figures import Figure, derive
from gsn_dash.domain.operating import Line, cell, line
from gsn_dash.domain.refs import REST, TOTAL, OperatingKey
from gsn_dash.domain.snapshot import Activity, Snapshot

_ITEMS = ("revenue", "cost")


@dataclass(frozen=True)
class BridgeStep:
    """A part of the net deviation. `subject` is whom it is stated for.

    Derived items: `rest_cost` and `rest_revenue` are what no explanation covers; `rounding` is
    what the papers' roundings leave, `mismatch` a difference that no rounding explains. The last
    two are neither good nor bad.
    """

    subject: str
    item: str
    figure: Figure


@dataclass(frozen=True)
class Bridge:
    """From the period's budgeted net through its parts to the net outcome."""

    start: Figure
    steps: tuple[BridgeStep, ...]
    end: Figure


@dataclass(frozen=True)
class ActivitySplit:
    """An item's deviation in the period by activity, as far as the papers tell it.

    `is_whole` is whether every activity is told of, `agrees` whether they then come to the item's
    own deviation within the rounding of print. Those of which some are unknown can always agree.
    """

    steps: tuple[BridgeStep, ...]
    is_whole: bool
    agrees: bool


def explanations(snapshot: Snapshot, item: str) -> tuple[BridgeStep, ...]:
    """What an item's deviation in the period consists of, by activity or group.

    The deviations in the table of activities where they make up all of it; else what the papers
    state of single ones, and where they state nothing the activities that are known: not where
    all are and come to something else.
    """
    split = activity_split(snapshot, item)
    if _makes_up_all(split):
        return split.steps
    stated = _stated(snapshot, item)
    return stated or (split.steps if split.agrees else ())


def _makes_up_all(split: ActivitySplit) -> bool:
    return bool(split.steps) and split.is_whole and split.agrees


def _stated(snapshot: Snapshot, item: str) -> tuple[BridgeStep, ...]:
    kinds = ("cost", "other_cost") if item == "cost" else (item,)
    stated = {
        key: figure
        for key, figure in snapshot.operating.items()
        if key.subject != TOTAL
        and key.span == "period"
        and key.measure == "deviation"
        and key.item in kinds
    }
    return tuple(
        BridgeStep(key.subject, key.item, figure)
        for key, figure in stated.items()
        if not any(_covers(snapshot, other, key) for other in stated)
    )


def activity_split(snapshot: Snapshot, item: str) -> ActivitySplit:
    """The deviations of the activities; a group in the place of its members, if it has one."""
    known = {
        activity: figure
        for activity in snapshot.activities
        if not (figure := _deviation(snapshot, activity, item)).is_unknown
    }
    grouped = {member for activity in known for member in activity.members}
    told = grouped | {activity.key for activity in known}
    steps = tuple(
        BridgeStep(activity.key, item, figure)
        for activity, figure in known.items()
        if activity.key not in grouped
    )
    is_whole = all(a.members or a.key in told for a in snapshot.activities)
    whole = line(snapshot, item, "period").deviation
    gap = deviation_of(whole.amount, total_of(step.figure.amount for step in steps).amount)
    slack = _slack(whole, *(step.figure for step in steps))
    agrees = not is_whole or (not isinstance(gap, Unknown) and abs(gap).kr <= slack)
    return ActivitySplit(steps, is_whole, agrees)


def _deviation(snapshot: Snapshot, activity: Activity, item: str) -> Figure:
    return cell(snapshot, OperatingKey(activity.key, item, "period", "deviation"))


def _slack(*figures: Figure) -> Decimal:
    """How far figures that each are rounded by themselves may be from footing."""
    return sum((figure.precision for figure in figures), Decimal(0)) / 2


def _covers(snapshot: Snapshot, whole: OperatingKey, part: OperatingKey) -> bool:
    """Whether `part` is counted in `whole` already: a group's member, or some of all costs."""
    if whole == part or (whole.item, part.item) == ("other_cost", "cost"):
        return False
    group = next((a for a in snapshot.activities if a.key == whole.subject), None)
    return whole.subject == part.subject or (group is not None and part.subject in group.members)


def unexplained(snapshot: Snapshot, item: str) -> Figure:
    """An item's deviation in the period less what is explained of it: all, where nothing is."""
    whole = line(snapshot, item, "period").deviation
    parts = tuple(step.figure for step in explanations(snapshot, item))
    explained = total_of(part.amount for part in parts).amount
    amount = deviation_of(whole.amount, explained)
    ref = OperatingKey(REST, item, "period", "deviation").ref
    return derive(ref, amount, "remainder", whole, *parts)


def bridge(snapshot: Snapshot) -> Bridge:
    """The period's bridge: start plus steps is the end, wherever all of them are known."""
    net = line(snapshot, "net", "period")
    steps: list[BridgeStep] = []
    for item in _ITEMS:
        explained = explanations(snapshot, item)
        steps += explained
        if explained and not _is_whole(snapshot, item):
            steps.append(BridgeStep(TOTAL, f"rest_{item}", unexplained(snapshot, item)))
        elif not explained:
            steps.append(BridgeStep(TOTAL, item, line(snapshot, item, "period").deviation))
    footing = _footing(snapshot, net, steps)
    return Bridge(net.budget, (*steps, *footing), net.result)


def _is_whole(snapshot: Snapshot, item: str) -> bool:
    """Whether the activities make up the item's whole deviation: what is left is rounding."""
    return _makes_up_all(activity_split(snapshot, item))


def _footing(snapshot: Snapshot, net: Line, steps: list[BridgeStep]) -> tuple[BridgeStep, ...]:
    """The step that makes the bridge foot: none where it does, or where that cannot be told.

    The published nets and deviations are each rounded by themselves, so they may differ from
    each other by half of all their steps together.
    """
    whole = deviation_of(net.result.amount, net.budget.amount)
    gap = deviation_of(whole, total_of(step.figure.amount for step in steps).amount)
    if isinstance(gap, Unknown) or gap == ZERO:
        return ()
    deviations = [line(snapshot, item, "period").deviation for item in _ITEMS]
    split = [item for item in _ITEMS if _is_whole(snapshot, item)]
    parts = [step.figure for item in split for step in explanations(snapshot, item)]
    inputs = (net.result, net.budget, *deviations, *parts)
    item = "rounding" if abs(gap).kr <= _slack(*inputs) else "mismatch"
    ref = OperatingKey(REST, item, "period", "deviation").ref
    return (BridgeStep(TOTAL, item, derive(ref, gap, item, *inputs)),)
