"""The levers that a snapshot has: what can be assumed, between what, in whole percent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from gsn_dash.domain.amounts import ZERO, round_half_away
from gsn_dash.domain.collaborating import key_split
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.operating import demand, line
from gsn_dash.domain.scenario.operating import ITEMS
from gsn_dash.domain.scenario.overlays import (
    ALL_USED,
    UNCHANGED,
    EqualPart,
    Overlay,
    PriceChange,
    RestChange,
    Scenario,
    UsedUp,
    Utilisation,
)
from gsn_dash.domain.snapshot import Snapshot

_RANGES = {
    "used_up": (0, 150, 5),
    "rest": (-20, 20, 1),
    "utilisation": (0, 150, 1),
    "price": (-50, 100, 5),
    "equal_part": (0, 100, 5),
}


@dataclass(frozen=True)
class Lever:
    """One thing that can be assumed. `lowest`, `highest` and `step` are whole percent.

    `reported` is the exact ratio that the papers rest on. Where that is no whole step (84.375 %)
    the lever rests on the nearest one, which then stands for the reported figure itself.
    """

    kind: str
    subject: str
    reported: Decimal
    lowest: int
    highest: int
    step: int

    @property
    def key(self) -> tuple[str, str]:
        """What the lever moves, the same from occasion to occasion."""
        return self.kind, self.subject

    @property
    def resting(self) -> int:
        """The position, in percent, that leaves everything as reported."""
        return int(round_half_away(self.reported * 100, Decimal(self.step)))

    @property
    def positions(self) -> range:
        """Every position, in percent."""
        return range(self.lowest, self.highest + 1, self.step)

    def overlay(self, percent: int) -> Overlay:
        """The assumption at a position. Raises ValueError where the lever has no such one."""
        if percent not in self.positions:
            raise ValueError(f"{self.kind} {self.subject} has no position {percent}")
        share = Decimal(percent) / 100
        match self.kind:
            case "used_up":
                return UsedUp(share)
            case "rest":
                return RestChange(self.subject, share)
            case "utilisation":
                return Utilisation(self.subject, share)
            case "price":
                return PriceChange(self.subject, share)
        return EqualPart(self.subject, share)


Positions = Mapping[tuple[str, str], int]


def scenario_at(levers: tuple[Lever, ...], positions: Positions) -> Scenario:
    """The scenario of the levers that have left their rest; the others add nothing."""
    return Scenario(
        tuple(
            lever.overlay(positions[lever.key])
            for lever in levers
            if positions.get(lever.key, lever.resting) != lever.resting
        )
    )


def levers_of(snapshot: Snapshot) -> tuple[Lever, ...]:
    """The levers whose figures are known; nothing can be assumed in percent of the unknown."""
    return (*_operating(snapshot), *_projects(snapshot), *_collaborations(snapshot))


def _lever(kind: str, subject: str, reported: Decimal) -> Lever:
    """A lever with its kind's range, widened where the papers themselves lie outside it."""
    lowest, highest, step = _RANGES[kind]
    most = int((reported * 100 / step).to_integral_value(ROUND_CEILING)) * step
    return Lever(kind, subject, reported, lowest, max(highest, most), step)


def _operating(snapshot: Snapshot) -> Iterator[Lever]:
    deviations = [line(snapshot, item, "period").deviation for item in ITEMS]
    if snapshot.occasion.months_left and _any_amount(deviations):
        yield _lever("used_up", "", ALL_USED)
    for item in ITEMS:
        if _any_amount([demand(snapshot, item).rest_budget]):
            yield _lever("rest", item, UNCHANGED)


def _any_amount(figures: list[Figure]) -> bool:
    """Whether all are known and not all are zero."""
    return not any(f.is_unknown for f in figures) and any(f.money != ZERO for f in figures)


def _projects(snapshot: Snapshot) -> Iterator[Lever]:
    for row in portfolio(snapshot).rows:
        if row.utilisation is not None and row.utilisation >= 0:
            yield _lever("utilisation", row.project.key, row.utilisation)


def _collaborations(snapshot: Snapshot) -> Iterator[Lever]:
    for collaboration in snapshot.collaborations:
        paid = [
            contribution.figure
            for key, contribution in snapshot.contributions.items()
            if key.collaboration == collaboration.key
        ]
        if not all(figure.is_unknown for figure in paid):
            yield _lever("price", collaboration.key, UNCHANGED)
        split = key_split(snapshot, collaboration.key)
        if split and split.implied_total:
            yield _lever("equal_part", collaboration.key, split.key.equal_part)
