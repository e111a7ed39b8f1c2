"""Timing or permanent: how much of the period's deviation evens out before the year ends.

The forecast rests on all of it doing so; a scenario says otherwise, part by part. What of a part
is timing, is what known invoices say of it, and of the rest the share that is used up again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import ZERO, Amount, Money, deviation_of, total_of
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import is_linear, line
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.domain.scenario.deviation_parts import ITEMS, DeviationPart, deviation_parts
from gsn_dash.domain.scenario.operating import known_timing, timing_of
from gsn_dash.domain.scenario.overlays import ALL_USED, Lump, Scenario
from gsn_dash.domain.snapshot import Claim, Snapshot

NONE_USED = Decimal(0)


@dataclass(frozen=True)
class PartTiming:
    """A part of the deviation; `timing` and `permanent` sum to it, and either may be below zero.

    `known` is how much of it `invoices` (each with what of the part it says is timing) account
    for, and `behind` what is left without them: where it has the other sign the part hides it.
    `reason` is the paper's own. `is_even` is whether the period's budget of the part's item is
    the year's spread evenly. `is_assumed` is whether a scenario divides the part otherwise than
    the forecast does.
    """

    part: DeviationPart
    timing: Money
    permanent: Money
    known: Money
    behind: Money
    invoices: tuple[tuple[Lump, Money], ...]
    reason: Claim | None
    is_even: bool
    is_assumed: bool


@dataclass(frozen=True)
class Timing:
    """The period's net deviation, in parts. `timing` + `permanent` + `gap` is the whole of it.

    `gap` is what the printed nets and deviations, rounded one by one, leave; it is zero where
    they foot. An item in `unknown` has no parts, and then the sums are unknown too.
    """

    whole: Figure
    parts: tuple[PartTiming, ...]
    timing: Amount
    permanent: Amount
    gap: Amount
    unknown: tuple[str, ...]

    @property
    def is_assumed(self) -> bool:
        """Whether a scenario divides any of the parts otherwise than the forecast does."""
        return any(part.is_assumed for part in self.parts)


def timing(snapshot: Snapshot, scenario: Scenario) -> Timing:
    """How the period's deviation divides with what the scenario assumes.

    Where no months are left of the year nothing can even out: all of it is permanent.
    """
    parts = tuple(_part(snapshot, scenario, part) for part in deviation_parts(snapshot))
    whole = line(snapshot, "net", "period").deviation
    unknown = tuple(i for i in ITEMS if line(snapshot, i, "period").deviation.is_unknown)
    lacking = [line(snapshot, item, "period").deviation.amount for item in unknown]
    sums = [
        total_of([*amounts, *lacking]).amount
        for amounts in (_each(parts, "timing"), _each(parts, "permanent"))
    ]
    gap = deviation_of(deviation_of(whole.amount, sums[0]), sums[1])
    return Timing(whole, parts, *sums, gap, unknown)


def _each(parts: Iterable[PartTiming], name: str) -> list[Money]:
    return [getattr(part, name) for part in parts]


def _part(snapshot: Snapshot, scenario: Scenario, part: DeviationPart) -> PartTiming:
    occasion, amount = snapshot.occasion, part.figure.money
    known = known_timing(scenario, part, occasion)
    share = scenario.used_up(part.key) if occasion.months_left else NONE_USED
    temporary = known + (amount - known) * share
    invoices = tuple(
        (lump, told)
        for lump in scenario.of(Lump)
        if lump.part == part.key and (told := timing_of(lump, occasion)) != ZERO
    )
    return PartTiming(
        part,
        temporary,
        amount - temporary,
        known,
        amount - known,
        invoices,
        _reason(snapshot, part),
        is_linear(snapshot, part.item),
        bool(occasion.months_left) and share != ALL_USED,
    )


def _reason(snapshot: Snapshot, part: DeviationPart) -> Claim | None:
    """The paper's own reason for just this part."""
    key = OperatingKey(part.step.subject, part.step.item, "period", "deviation")
    said = snapshot.claims_about(key.ref.removesuffix("deviation") + "why")
    return next(iter(said), None)
