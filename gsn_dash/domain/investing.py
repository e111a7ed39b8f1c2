"""The investment money: what the papers state per project, and what follows from the totals.

Appropriation = forecast + left, so two of the three give the third. The projects that no paper
names are the totals less the named. A lost first digit is solved by trying all ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gsn_dash.domain.amounts import (
    ZERO,
    Amount,
    Unknown,
    deviation_of,
    total_of,
)
from gsn_dash.domain.figures import Derivation, Figure, SourceRef, derive
from gsn_dash.domain.lost_digit import LostDigit, solve_digit
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.refs import TOTAL, InvestmentKey
from gsn_dash.domain.snapshot import Claim, Occasion, Project, Snapshot
from gsn_dash.domain.year_end import year_end

NO_OVERRUN = "inget projekt har en prognos över sitt anslag"


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
    lost = [found for row in named if (found := solve_digit(row, named, total, bool(unnamed)))]
    for found in lost:
        named = [
            _with_solution(row, found) if row.project == found.project else row for row in named
        ]
    rest = [_rest_row(snapshot, p, named, total, bool(lost)) for p in unnamed]
    return Portfolio((*named, *rest), total, tuple(lost))


def total_row(snapshot: Snapshot) -> ProjectRow:
    """The whole of the investment money."""
    project = Project(TOTAL, "Alla projekt", ())
    appropriation = snapshot.totals.get(InvestmentKey(TOTAL, "appropriation").ref)
    appropriation = appropriation or granted(snapshot) or _unstated(TOTAL, "appropriation")
    outcome = _stated(snapshot, TOTAL, "outcome")
    forecast = year_end(snapshot.occasion, _stated(snapshot, TOTAL, "forecast"), outcome)
    left = _printed_left(snapshot, TOTAL) or left_of(TOTAL, appropriation, forecast)
    return ProjectRow(project, appropriation, forecast, outcome, left, _reason(snapshot, TOTAL))


def granted(snapshot: Snapshot) -> Figure | None:
    """Original + carried over + extra appropriation of the whole; None where none is stated."""
    kinds = ("original", "carried_over", "extra")
    found = [snapshot.investments.get(InvestmentKey(TOTAL, kind)) for kind in kinds]
    parts = [figure for figure in found if figure is not None]
    if not parts:
        return None
    amount = total_of(part.amount for part in parts).amount
    return derive(InvestmentKey(TOTAL, "appropriation").ref, amount, "sum", *parts)


def is_over(occasion: Occasion, rows: Iterable[ProjectRow]) -> bool:
    """Whether the rows' outcomes are all that there is of the year: nothing else is expected."""
    return occasion.is_closing and all(
        row.forecast.is_unknown or row.forecast.amount == row.outcome.amount for row in rows
    )


def is_from_left(row: ProjectRow) -> bool:
    """Whether the forecast is the appropriation less what a paper prints as left."""
    return row.forecast.is_derived and row.forecast.origin.rule == "forecast_from_left"


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


def _printed_left(snapshot: Snapshot, project: str) -> Figure | None:
    """What a paper prints as left, also where it follows from others; None where none does."""
    key = InvestmentKey(project, "left")
    found = snapshot.investments.get(key) or snapshot.totals.get(key.ref)
    return None if found is None or found.is_unknown else found


def left_of(project: str, appropriation: Figure, forecast: Figure) -> Figure:
    """What is left by the rule, whatever a paper prints."""
    amount = deviation_of(appropriation.amount, forecast.amount)
    return derive(InvestmentKey(project, "left").ref, amount, "left", appropriation, forecast)


def _stated_row(snapshot: Snapshot, project: Project) -> ProjectRow:
    appropriation, forecast, outcome, left = (
        _stated(snapshot, project.key, measure)
        for measure in ("appropriation", "forecast", "outcome", "left")
    )
    forecast = year_end(snapshot.occasion, forecast, outcome)
    left = _printed_left(snapshot, project.key) or left
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
        left = left_of(project.key, appropriation, forecast)
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


def _with_solution(row: ProjectRow, lost: LostDigit) -> ProjectRow:
    if lost.solution is None:
        return row
    printed, amount = lost.printed, lost.solution.appropriation
    condition = NO_OVERRUN if lost.has_rest else ""
    solved = derive(printed.ref, amount, "lost_digit", printed, condition=condition)
    return replace(row, appropriation=solved, left=left_of(row.project.key, solved, row.forecast))


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
    outcome = _stated(snapshot, project.key, "outcome")
    figures["forecast"] = year_end(snapshot.occasion, figures["forecast"], outcome)
    left = _printed_left(snapshot, project.key) or left_of(project.key, **figures)
    return ProjectRow(project, outcome=outcome, left=left, why=None, **figures)
