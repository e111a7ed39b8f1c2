"""What a scenario gives, and how much of it each assumption gives by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gsn_dash.domain.amounts import ZERO, Amount, Money, Total, Unknown, deviation_of
from gsn_dash.domain.collaborating import bill, payers
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.operating import line
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.overlays import Overlay, Scenario
from gsn_dash.domain.snapshot import Snapshot

Measure = Callable[[Snapshot], Amount]


@dataclass(frozen=True)
class Result:
    """The year's end: net against budget, what is left of the appropriations, each bill.

    `bills` has, for each municipality that pays, what is known of its bill and what is missing.
    """

    net: Amount
    left: Amount
    bills: dict[str, Total]


@dataclass(frozen=True)
class Effects:
    """How a measure moves: `parts` is what each assumption alone would move it by.

    `together` is what they give beyond that by meeting each other, so that the parts and it sum
    to `whole` exactly.
    """

    parts: tuple[tuple[Overlay, Money], ...]
    together: Money
    whole: Money


def net_at_year_end(snapshot: Snapshot) -> Amount:
    """The net's deviation from the year's budget; above zero is better."""
    return line(snapshot, "net", "year").deviation.amount


def left_at_year_end(snapshot: Snapshot) -> Amount:
    """What is left of the appropriations for investments."""
    return total_row(snapshot).left.amount


def known_bill(code: str) -> Measure:
    """What is known of a municipality's bill, an assumed amount for an unknown included."""
    return lambda snapshot: bill(snapshot, code).total.known


def result_of(snapshot: Snapshot, scenario: Scenario) -> Result:
    """What a scenario gives. Raises ValueError where the snapshot cannot take it: see `fit`."""
    assumed = apply(snapshot, scenario)
    bills = {code: bill(assumed, code).total for code in payers(assumed)}
    return Result(net_at_year_end(assumed), left_at_year_end(assumed), bills)


def effects_of(snapshot: Snapshot, scenario: Scenario, measure: Measure) -> Effects | None:
    """Each assumption's own effect on a measure; None where the measure is unknown.

    Raises ValueError where the snapshot cannot take the scenario.
    """
    before = measure(snapshot)

    def change(*overlays: Overlay) -> Amount:
        return deviation_of(measure(apply(snapshot, Scenario(overlays))), before)

    whole = change(*scenario.overlays)
    parts = [(overlay, change(overlay)) for overlay in scenario.overlays]
    if isinstance(whole, Unknown) or any(isinstance(amount, Unknown) for _, amount in parts):
        return None
    together = whole - sum((amount for _, amount in parts), ZERO)
    return Effects(tuple(parts), together, whole)
