"""What is followed from occasion to occasion, by the same rules as on the page of each one.

Occasions are not read whole for it: only the figures that the rules need, as points, which are
put together to snapshots that hold nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from gsn_dash.domain.amounts import Amount, Total
from gsn_dash.domain.collaborating import bill, payers
from gsn_dash.domain.differences import differences
from gsn_dash.domain.figures import Document, Figure, SourceRef, sources_of
from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.operating import RESULT_OF, line
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import (
    INVESTMENT_MEASURES,
    OPERATING_MEASURES,
    TOTAL,
    ContributionKey,
    InvestmentKey,
    OperatingKey,
)
from gsn_dash.domain.snapshot import Collaboration, Contribution, Occasion, Snapshot
from gsn_dash.domain.year_end import as_stated

_ITEMS = ("revenue", "cost", "net")
_AMOUNTS = ("operating", "investment", "contribution", "total")
# Where a point stands is told on the page of sources; the rules do not ask.
_SOMEWHERE = SourceRef(Document("", "", "", None), "")


class Stated(Protocol):
    """A figure that a paper states at an occasion; `months` is how many its period has."""

    @property
    def year(self) -> int: ...

    @property
    def number(self) -> int: ...

    @property
    def months(self) -> int: ...

    @property
    def ref(self) -> str: ...

    @property
    def amount(self) -> Amount: ...

    @property
    def precision(self) -> Decimal: ...


@dataclass(frozen=True)
class Moment:
    """What is followed, as it was at one occasion.

    `outcome` and `forecast` are the net's deviation from budget, of the period and of the year.
    `booked` and `utilisation` are the investments' outcome and forecast ÷ appropriation, None
    where it cannot be told. `bills` is what each municipality pays for the collaborations, and
    `billed` which ones: only sums of the same ones can be held against each other.
    """

    year: int
    number: int
    months: int
    outcome: Figure
    forecast: Figure
    booked: Decimal | None
    utilisation: Decimal | None
    bills: Mapping[str, Total]
    billed: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Change:
    """An amount as it is shown at two occasions; None where there is nothing to show at one."""

    ref: str
    before: Figure | None
    after: Figure | None

    @property
    def is_same(self) -> bool:
        """Whether both are the same amount, or are both unknown."""
        if self.before is None or self.after is None:
            return self.before is self.after
        both_unknown = self.before.is_unknown and self.after.is_unknown
        return both_unknown or self.before.amount == self.after.amount


def held_against(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """Every amount that a paper of either occasion states, as the pages show it at each.

    What one occasion's papers print and the other's leave to be derived is compared all the same.
    In the order that the papers have them.
    """
    stated = (d.ref for d in differences(before, after) if d.part in _AMOUNTS)
    found = (Change(ref, _shown(before, ref), _shown(after, ref)) for ref in dict.fromkeys(stated))
    return tuple(change for change in found if change.before or change.after)


def _shown(snapshot: Snapshot, ref: str) -> Figure | None:
    """The figure in force, of a year that is over the outcome that it ended at.

    None where no paper of the occasion states anything that it rests on.
    """
    figure = in_force(snapshot, ref)
    return as_stated(figure) if figure is not None and sources_of(figure) else None


def followed_refs(collaborations: Iterable[str], municipalities: Iterable[str]) -> tuple[str, ...]:
    """The figures that are followed. A collaboration that is not named is missing in the sums."""
    codes = tuple(municipalities)
    operating = (
        OperatingKey(TOTAL, item, span, measure).ref
        for item in _ITEMS
        for span, measures in OPERATING_MEASURES.items()
        for measure in measures
    )
    investing = (InvestmentKey(TOTAL, measure).ref for measure in INVESTMENT_MEASURES)
    paid = (ContributionKey(name, code).ref for name in collaborations for code in codes)
    return (*operating, *investing, *paid)


def moments_of(points: Iterable[Stated]) -> tuple[Moment, ...]:
    """Each occasion that has points, in the order that they come."""
    found: dict[tuple[int, int], list[Stated]] = {}
    for point in points:
        found.setdefault((point.year, point.number), []).append(point)
    return tuple(_moment(_snapshot_of(stated)) for stated in found.values())


def moments_until(moments: Iterable[Moment], occasion: Occasion) -> tuple[Moment, ...]:
    """The moments up to an occasion and with it: what was known there, and nothing later."""
    last = (occasion.year, occasion.number)
    return tuple(moment for moment in moments if (moment.year, moment.number) <= last)


def history_until(history: Iterable[PastForecast], occasion: Occasion) -> tuple[PastForecast, ...]:
    """The forecasts of the years that were over at an occasion."""
    last = occasion.year if occasion.is_closing else occasion.year - 1
    return tuple(past for past in history if past.year <= last)


def _moment(snapshot: Snapshot) -> Moment:
    occasion, invested = snapshot.occasion, total_row(snapshot)
    outcome, forecast = (line(snapshot, "net", span).deviation for span in RESULT_OF)
    bills = {code: bill(snapshot, code) for code in payers(snapshot)}
    return Moment(
        occasion.year,
        occasion.number,
        occasion.months,
        outcome,
        forecast,
        invested.booked,
        invested.utilisation,
        {code: found.total for code, found in bills.items()},
        {code: tuple(r.key.collaboration for r in found.rows) for code, found in bills.items()},
    )


def _snapshot_of(stated: list[Stated]) -> Snapshot:
    """An occasion that knows the points and nothing else."""
    operating: dict[OperatingKey, Figure] = {}
    investments: dict[InvestmentKey, Figure] = {}
    contributions: dict[ContributionKey, Contribution] = {}
    totals: dict[str, Figure] = {}
    for point in stated:
        area, *names = point.ref.split(":")
        figure = Figure(point.ref, point.amount, point.precision, _SOMEWHERE)
        totals[point.ref] = figure
        if area == "operating":
            operating[OperatingKey(*names)] = figure
        elif area == "investment":
            investments[InvestmentKey(*names)] = figure
        else:
            key = ContributionKey(*names)
            contributions[key] = Contribution(key, figure, None)
    names = dict.fromkeys(key.collaboration for key in contributions)
    return Snapshot(
        occasion=_occasion(stated[0]),
        batch=0,
        documents={},
        activities=(),
        operating=operating,
        projects=(),
        investments=investments,
        municipalities={},
        collaborations=tuple(Collaboration(name, name) for name in names),
        contributions=contributions,
        restated=(),
        allocation_keys={},
        populations=(),
        totals=totals,
        claims=(),
        cells=(),
    )


def _occasion(point: Stated) -> Occasion:
    """The rules ask for its months alone, which are whole: any day of the last one will do."""
    last = date(point.year, point.months, 1)
    return Occasion(point.year, point.number, date(point.year, 1, 1), last, last, last)
