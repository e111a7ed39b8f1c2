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

    @property
    def booked(self) -> Decimal | None:
        """Outcome ÷ appropriation; None where it cannot be told."""
        return ratio_of(self.outcome.amount, self.appropriation.amount)


@dataclass(frozen=True)
class Slack:
    """How far what is left of the totals can be off for the rounding of print, in kr.

    Half of every printed step that the difference rests on, each counted once: `overrun` is of
    forecast − appropriation, in which a project counts only by what it leaves. So the network's
    "1" (a step of 1 Mkr) is in `overrun` once, as what is left, and not again by its forecast.
    """

    appropriation: Decimal
    forecast: Decimal
    overrun: Decimal


@dataclass(frozen=True)
class Candidate:
    """One digit tried: the appropriation it gives, what it leaves for the unnamed projects.

    fault: empty where it is possible within the rounding of print; `overrun` where the unnamed
    projects would be forecast above their appropriation, `negative` where their appropriation
    would be below zero, `unclaimed` where money would be left and no project is unnamed.
    """

    digit: int
    appropriation: Money
    rest_appropriation: Money
    rest_forecast: Money
    fault: str


@dataclass(frozen=True)
class LostDigit:
    """A printed appropriation whose first digit is lost, and the ten it can have been.

    `has_rest` is whether there are projects that the papers do not name.
    """

    project: Project
    printed: Figure
    candidates: tuple[Candidate, ...]
    has_rest: bool = True

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
    unnamed = [p for p in snapshot.projects if p.is_rest]
    lost = [found for row in named if (found := _lost_digit(row, named, total, bool(unnamed)))]
    for found in lost:
        named = [
            _with_solution(row, found) if row.project == found.project else row for row in named
        ]
    rest = [_rest_row(snapshot, p, named, total, bool(lost)) for p in unnamed]
    return Portfolio((*named, *rest), total, tuple(lost))


def rest_slack(named: Sequence[ProjectRow], total: ProjectRow) -> Slack:
    """The rounding in the totals less the named projects."""

    def half(*figures: Figure) -> Decimal:
        return sum((figure.precision for figure in figures), Decimal(0)) / 2

    return Slack(
        half(total.appropriation, *(row.appropriation for row in named)),
        half(total.forecast, *(row.forecast for row in named)),
        half(total.appropriation, total.forecast, *(row.left for row in named)),
    )


def total_row(snapshot: Snapshot) -> ProjectRow:
    """The whole of the investment money."""
    project = Project(TOTAL, "Alla projekt", ())
    appropriation = snapshot.totals.get(InvestmentKey(TOTAL, "appropriation").ref)
    appropriation = appropriation or granted(snapshot) or _unstated(TOTAL, "appropriation")
    forecast, outcome = (_stated(snapshot, TOTAL, m) for m in ("forecast", "outcome"))
    left, why = _left(TOTAL, appropriation, forecast), _reason(snapshot, TOTAL)
    return ProjectRow(project, appropriation, forecast, outcome, left, why)


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
    why = _reason(snapshot, project.key)
    return ProjectRow(project, appropriation, forecast, outcome, left, why)


def _reason(snapshot: Snapshot, project: str) -> Claim | None:
    """What the papers give as the reason, in their own words."""
    return next(iter(snapshot.claims_about(InvestmentKey(project, "why").ref)), None)


def _follows(stated: Figure, amount: Amount, rule: str, *inputs: Figure) -> Figure:
    """The derived figure where its inputs are known, otherwise the unknown one as it stands."""
    return stated if isinstance(amount, Unknown) else derive(stated.ref, amount, rule, *inputs)


def _places_of_not_started(snapshot: Snapshot, project: str) -> tuple[SourceRef, ...]:
    said = snapshot.claims_about(f"investment:{project}:not_started")
    return tuple(claim.source for claim in said if claim.value is True)


def _lost_digit(
    row: ProjectRow, named: Sequence[ProjectRow], total: ProjectRow, has_rest: bool
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
    slack = rest_slack(named, total)
    candidates = []
    for amount in _ten_amounts(row.appropriation, found[1]):
        rest, forecast = whole - others.known - amount, planned - forecasts.known
        fault = _fault(rest, forecast, slack, has_rest)
        candidates.append(Candidate(len(candidates), amount, rest, forecast, fault))
    return LostDigit(row.project, row.appropriation, tuple(candidates), has_rest)


def _ten_amounts(printed: Figure, decimals: str) -> list[Money]:
    """The amounts that the printed decimals can be the end of, for the digits 0 to 9.

    The unit is that of the print: the step of its last decimal, which ingest takes from the scale
    and lets no one overrule for such a text, times ten for each decimal.
    """
    unit = printed.precision.scaleb(len(decimals))
    return [Money((digit + Decimal(f"0.{decimals}")) * unit) for digit in range(10)]


def _fault(rest: Money, forecast: Money, slack: Slack, has_rest: bool) -> str:
    """Why the unnamed projects cannot have `rest` and `forecast`, beyond what rounding explains.

    In the papers of May 2023 the overrun's slack is 0.8 Mkr: 0.5 for the network's "1" and 0.3
    for six steps of 0.1. One digit more moves the overrun by 1.0, so 0 stays alone also where
    the total is a rounding away (7.9), and 1, an overrun of 1.0, stays a fault.
    """
    if rest.kr < -slack.appropriation:
        return "negative"
    if not has_rest:
        return "unclaimed" if rest.kr > slack.appropriation else ""
    return "overrun" if (forecast - rest).kr > slack.overrun else ""


def _with_solution(row: ProjectRow, lost: LostDigit) -> ProjectRow:
    if lost.solution is None:
        return row
    printed, amount = lost.printed, lost.solution.appropriation
    condition = NO_OVERRUN if lost.has_rest else ""
    solved = derive(printed.ref, amount, "lost_digit", printed, condition=condition)
    return replace(row, appropriation=solved, left=_left(row.project.key, solved, row.forecast))


def _rest_row(
    snapshot: Snapshot,
    project: Project,
    named: Sequence[ProjectRow],
    total: ProjectRow,
    is_conditional: bool,
) -> ProjectRow:
    """What is left of the totals for the projects that no paper names, where nothing is said."""
    condition = NO_OVERRUN if is_conditional else ""
    figures = {}
    for measure in ("appropriation", "forecast"):
        parts = [getattr(row, measure) for row in named]
        whole = getattr(total, measure)
        rest = deviation_of(whole.amount, total_of(p.amount for p in parts).amount)
        key = InvestmentKey(project.key, measure)
        figures[measure] = snapshot.investments.get(key) or derive(
            key.ref, rest, "rest_of_total", whole, *parts, condition=condition
        )
    left = _left(project.key, figures["appropriation"], figures["forecast"])
    outcome = _stated(snapshot, project.key, "outcome")
    return ProjectRow(project, outcome=outcome, left=left, why=None, **figures)
