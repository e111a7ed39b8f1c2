"""The investment money: what the papers state per project, and what follows from the totals.

Appropriation = forecast + left, so two of the three give the third. The projects that no paper
names are the totals less the named. A lost first digit is solved by trying all ten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gsn_dash.domain.amounts import (
    ZERO,
    Amount,
    Money,
    Unknown,
    deviation_of,
    ratio_of,
    total_of,
)
from gsn_dash.domain.figures import Derivation, Figure, SourceRef, derive
from gsn_dash.domain.refs import TOTAL, InvestmentKey
from gsn_dash.domain.snapshot import Claim, Project, Snapshot

NO_OVERRUN = "inget projekt har en prognos över sitt anslag"
_LOST_DIGIT = re.compile(r"^,(\d+)$")


@dataclass(frozen=True)
class ProjectRow:
    """A project with appropriation, forecast, outcome and what is left, each known or not."""

    project: Project
    appropriation: Figure
    forecast: Figure
    outcome: Figure
    left: Figure
    why: Claim | None

    @property
    def utilisation(self) -> Decimal | None:
        """Forecast ÷ appropriation; None where it cannot be told."""
        return ratio_of(self.forecast.amount, self.appropriation.amount)


@dataclass(frozen=True)
class Candidate:
    """One digit tried: the appropriation it gives, what it leaves for the unnamed projects.

    fault: empty where it is possible, `overrun` where the unnamed projects would be forecast
    above their appropriation, `negative` where their appropriation would be below zero.
    """

    digit: int
    appropriation: Money
    rest_appropriation: Money
    rest_forecast: Money
    fault: str


@dataclass(frozen=True)
class LostDigit:
    """A printed appropriation whose first digit is lost, and the ten it can have been."""

    project: Project
    printed: Figure
    candidates: tuple[Candidate, ...]

    @property
    def solution(self) -> Candidate | None:
        """The only possible digit; None where none or several are."""
        possible = [candidate for candidate in self.candidates if not candidate.fault]
        return possible[0] if len(possible) == 1 else None


@dataclass(frozen=True)
class Portfolio:
    """Every project and the total; `lost` is the printed amounts that had to be solved."""

    rows: tuple[ProjectRow, ...]
    total: ProjectRow
    lost: tuple[LostDigit, ...]


def portfolio(snapshot: Snapshot) -> Portfolio:
    """The projects of an occasion with all that follows from their figures and the totals."""
    total = total_row(snapshot)
    named = [_stated_row(snapshot, p) for p in snapshot.projects if not p.is_rest]
    lost = [found for row in named if (found := _lost_digit(row, named, total))]
    for found in lost:
        named = [
            _with_solution(row, found) if row.project == found.project else row for row in named
        ]
    rest = [
        _rest_row(snapshot, p, named, total, bool(lost)) for p in snapshot.projects if p.is_rest
    ]
    return Portfolio((*named, *rest), total, tuple(lost))


def total_row(snapshot: Snapshot) -> ProjectRow:
    """The whole of the investment money."""
    project = Project(TOTAL, "Alla projekt", ())
    appropriation = snapshot.totals.get(InvestmentKey(TOTAL, "appropriation").ref)
    appropriation = appropriation or granted(snapshot) or _unstated(TOTAL, "appropriation")
    forecast, outcome = (_stated(snapshot, TOTAL, m) for m in ("forecast", "outcome"))
    return ProjectRow(
        project, appropriation, forecast, outcome, _left(TOTAL, appropriation, forecast), None
    )


def granted(snapshot: Snapshot) -> Figure | None:
    """Original + carried over + extra appropriation of the whole; None where none is stated."""
    kinds = ("original", "carried_over", "extra")
    found = [snapshot.investments.get(InvestmentKey(TOTAL, kind)) for kind in kinds]
    parts = [figure for figure in found if figure is not None]
    if not parts:
        return None
    amount = total_of(part.amount for part in parts).amount
    return derive(InvestmentKey(TOTAL, "appropriation").ref, amount, "sum", *parts)


def deviation(snapshot: Snapshot, measure: str) -> Figure:
    """Outcome or forecast less the whole appropriation, below zero where money is unspent."""
    row = total_row(snapshot)
    result = row.outcome if measure == "outcome" else row.forecast
    amount = deviation_of(result.amount, row.appropriation.amount)
    ref = InvestmentKey(TOTAL, f"{measure}_deviation").ref
    return derive(ref, amount, "investment_deviation", result, row.appropriation)


def _stated(snapshot: Snapshot, project: str, measure: str) -> Figure:
    return snapshot.investments.get(InvestmentKey(project, measure)) or _unstated(project, measure)


def _unstated(project: str, measure: str) -> Figure:
    reason = Unknown("uppgiften finns inte i papperen")
    return derive(InvestmentKey(project, measure).ref, reason, "not_stated")


def _left(project: str, appropriation: Figure, forecast: Figure) -> Figure:
    amount = deviation_of(appropriation.amount, forecast.amount)
    return derive(InvestmentKey(project, "left").ref, amount, "left", appropriation, forecast)


def _stated_row(snapshot: Snapshot, project: Project) -> ProjectRow:
    appropriation, forecast, outcome, left = (
        _stated(snapshot, project.key, measure)
        for measure in ("appropriation", "forecast", "outcome", "left")
    )
    not_started = _places_of_not_started(snapshot, project.key)
    if forecast.is_unknown and not_started:
        origin = Derivation("not_started", (), places=not_started)
        forecast = Figure(forecast.ref, ZERO, Decimal(0), origin)
    if forecast.is_unknown:
        amount = deviation_of(appropriation.amount, left.amount)
        forecast = _follows(forecast, amount, "forecast_from_left", appropriation, left)
    if appropriation.is_unknown and not appropriation.printed:
        amount = total_of((forecast.amount, left.amount)).amount
        appropriation = _follows(appropriation, amount, "appropriation_from_left", forecast, left)
    if left.is_unknown:
        left = _left(project.key, appropriation, forecast)
    why = next(iter(snapshot.claims_about(f"investment:{project.key}:why")), None)
    return ProjectRow(project, appropriation, forecast, outcome, left, why)


def _follows(stated: Figure, amount: Amount, rule: str, *inputs: Figure) -> Figure:
    """The derived figure where its inputs are known, otherwise the unknown one as it stands."""
    return stated if isinstance(amount, Unknown) else derive(stated.ref, amount, rule, *inputs)


def _places_of_not_started(snapshot: Snapshot, project: str) -> tuple[SourceRef, ...]:
    said = snapshot.claims_about(f"investment:{project}:not_started")
    return tuple(claim.source for claim in said if claim.value is True)


def _lost_digit(
    row: ProjectRow, named: Sequence[ProjectRow], total: ProjectRow
) -> LostDigit | None:
    """The ten candidates of a lost digit; None where nothing is lost or it cannot be tried."""
    found = _LOST_DIGIT.match(row.appropriation.printed)
    if not row.appropriation.is_unknown or not found:
        return None
    others = total_of(r.appropriation.amount for r in named if r is not row)
    forecasts = total_of(r.forecast.amount for r in named)
    whole, planned = total.appropriation.amount, total.forecast.amount
    if others.missing or forecasts.missing:
        return None
    if isinstance(whole, Unknown) or isinstance(planned, Unknown):
        return None
    unit = row.appropriation.precision.scaleb(len(found[1]))
    candidates = tuple(
        _candidate(
            digit,
            Money((digit + Decimal(f"0.{found[1]}")) * unit),
            whole - others.known,
            planned - forecasts.known,
        )
        for digit in range(10)
    )
    return LostDigit(row.project, row.appropriation, candidates)


def _candidate(digit: int, amount: Money, unclaimed: Money, rest_forecast: Money) -> Candidate:
    rest = unclaimed - amount
    fault = "negative" if rest < ZERO else "overrun" if rest_forecast > rest else ""
    return Candidate(digit, amount, rest, rest_forecast, fault)


def _with_solution(row: ProjectRow, lost: LostDigit) -> ProjectRow:
    if lost.solution is None:
        return row
    printed = lost.printed
    solved = derive(
        printed.ref, lost.solution.appropriation, "lost_digit", printed, condition=NO_OVERRUN
    )
    return replace(row, appropriation=solved, left=_left(row.project.key, solved, row.forecast))


def _rest_row(
    snapshot: Snapshot,
    project: Project,
    named: Sequence[ProjectRow],
    total: ProjectRow,
    is_conditional: bool,
) -> ProjectRow:
    """What is left of the totals for the projects that no paper names."""
    condition = NO_OVERRUN if is_conditional else ""
    figures = {}
    for measure in ("appropriation", "forecast"):
        parts = [getattr(row, measure) for row in named]
        whole = getattr(total, measure)
        rest = deviation_of(whole.amount, total_of(p.amount for p in parts).amount)
        ref = InvestmentKey(project.key, measure).ref
        figures[measure] = derive(ref, rest, "rest_of_total", whole, *parts, condition=condition)
    left = _left(project.key, figures["appropriation"], figures["forecast"])
    outcome = _stated(snapshot, project.key, "outcome")
    return ProjectRow(project, outcome=outcome, left=left, why=None, **figures)
