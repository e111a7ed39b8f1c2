"""What the assumptions do to the investment money.

Money that is moved is used to the same degree as the rest of the project's appropriation. What
is booked cannot be unspent: the whole never falls below it, whichever projects it was booked on.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gsn_dash.domain.amounts import (
    ORE,
    ZERO,
    Amount,
    Money,
    Unknown,
    deviation_of,
    round_fraction,
    round_half_away,
    total_of,
)
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.investing import portfolio, total_row
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.refs import TOTAL, InvestmentKey
from gsn_dash.domain.scenario.changes import Change, Changes, assumed
from gsn_dash.domain.scenario.overlays import (
    ALL_CARRIED,
    CarriedOver,
    MovedMoney,
    Scenario,
    Stopped,
    Utilisation,
    shares_by,
)
from gsn_dash.domain.snapshot import Snapshot

ProjectFigures = dict[InvestmentKey, Figure]


@dataclass(frozen=True)
class CarryOver:
    """What is left at year-end: `carried` to next year, to the öre, and what `lapses`.

    They sum to what is left."""

    carried: Amount
    lapses: Amount


def project_figures(snapshot: Snapshot, scenario: Scenario) -> ProjectFigures:
    """The figures of the projects that the scenario moves; empty where it moves none.

    A project whose appropriation is unknown stays as it is. Raises ValueError for a project
    that the snapshot does not have, and where more is moved from one than it has.
    """
    _check_subjects(snapshot, scenario)
    if not any(scenario.of(kind) for kind in (Utilisation, Stopped, MovedMoney)):
        return {}
    rows = portfolio(snapshot).rows
    moved: ProjectFigures = {}
    for row in rows:
        if not row.appropriation.is_unknown:
            moved.update(_moved_project(scenario, row))
    return moved and {**_as_reported(rows), **moved}


def _check_subjects(snapshot: Snapshot, scenario: Scenario) -> None:
    known = {row.project.key: row for row in portfolio(snapshot).rows}
    heard = [o.project for kind in (Utilisation, Stopped) for o in scenario.of(kind)]
    heard += [name for o in scenario.of(MovedMoney) for name in (o.source, o.target)]
    unheard = set(heard) - known.keys()
    if unheard:
        raise ValueError(f"no such project: {', '.join(sorted(unheard))}")
    for move in scenario.of(MovedMoney):
        rows = known[move.source], known[move.target]
        if any(f.is_unknown for row in rows for f in (row.appropriation, row.forecast)):
            raise ValueError(f"{move.source} or {move.target} is not known well enough")
        if rows[0].appropriation.money < move.amount:
            raise ValueError(f"{move.source} cannot give {move.target} so much")


def moved_to(scenario: Scenario, project: str) -> Money:
    """What is moved to a project less what is moved from it."""
    moves = scenario.of(MovedMoney)
    added = sum((o.amount for o in moves if o.target == project), ZERO)
    return added - sum((o.amount for o in moves if o.source == project), ZERO)


def _moved_project(scenario: Scenario, row: ProjectRow) -> ProjectFigures:
    project, added = row.project.key, moved_to(scenario, row.project.key)
    granted = row.appropriation.money + added
    spent = _spent(scenario, row, added)
    if added == ZERO and spent == row.forecast.amount:
        return {}
    figures: ProjectFigures = {}
    appropriation = row.appropriation
    if added != ZERO:
        appropriation = assumed(row.appropriation, granted)
        figures[InvestmentKey(project, "appropriation")] = appropriation
    forecast = row.forecast
    if spent != forecast.amount:
        forecast = assumed(row.forecast, spent, appropriation)
    figures[InvestmentKey(project, "forecast")] = forecast
    if not row.left.is_derived:
        rest = total_of((row.left.amount, added, deviation_of(row.forecast.amount, spent))).amount
        figures[InvestmentKey(project, "left")] = assumed(row.left, rest, appropriation, forecast)
    return figures


def _spent(scenario: Scenario, row: ProjectRow, added: Money) -> Amount:
    """The project's forecast with what is assumed, unknown where it is and stays so."""
    if any(o.project == row.project.key for o in scenario.of(Stopped)):
        return ZERO
    shares = shares_by(scenario.of(Utilisation), "project", "share")
    if row.project.key in shares:
        return (row.appropriation.money + added) * shares[row.project.key]
    forecast, granted = row.forecast.amount, row.appropriation.money
    if isinstance(forecast, Unknown) or added == ZERO or granted == ZERO:
        return forecast
    share = Fraction(added.kr) / Fraction(granted.kr)
    return forecast + Money(round_fraction(Fraction(forecast.kr) * share, ORE))


def _as_reported(rows: tuple[ProjectRow, ...]) -> ProjectFigures:
    """What is solved from the reported forecasts and totals, written down as it is.

    From the assumed ones some appropriations, and the unnamed projects, would come out otherwise.
    """
    figures = {}
    for row in rows:
        measures = ("appropriation", "forecast") if row.project.is_rest else ("appropriation",)
        for measure in measures:
            figure = getattr(row, measure)
            if not figure.is_unknown:
                figures[InvestmentKey(row.project.key, measure)] = figure
    return figures


def total_changes(snapshot: Snapshot, moved: ProjectFigures) -> Changes:
    """The changes of the totals: each project's assumed forecast less the reported one.

    The forecast is not moved below what is booked.
    """
    reported = {row.project.key: row.forecast for row in portfolio(snapshot).rows}
    forecasts = [(k, figure) for k, figure in moved.items() if k.measure == "forecast"]
    if not forecasts:
        return {}
    parts = [deviation_of(f.amount, reported[key.project].amount) for key, f in forecasts]
    inputs = tuple(figure for _, figure in forecasts)
    amount = _held_up(snapshot, total_of(parts).amount)
    less = amount if isinstance(amount, Unknown) else -amount
    change = Change(amount, inputs)
    return {
        InvestmentKey(TOTAL, "forecast").ref: change,
        InvestmentKey(TOTAL, "forecast_deviation").ref: change,
        InvestmentKey(TOTAL, "left").ref: Change(less, inputs),
    }


def _held_up(snapshot: Snapshot, change: Amount) -> Amount:
    room = room_above_booked(snapshot)
    if isinstance(change, Unknown) or room is None:
        return change
    return max(change, -room)


def room_above_booked(snapshot: Snapshot) -> Money | None:
    """How much the year's forecast can fall before it meets what is booked.

    None where that cannot be told, or where the papers themselves forecast less than is booked.
    """
    total = total_row(snapshot)
    room = deviation_of(total.forecast.amount, total.outcome.amount)
    return None if isinstance(room, Unknown) or room < ZERO else room


def booked_on_top(snapshot: Snapshot, assumed_one: Snapshot) -> Money:
    """How much of what is booked the projects, as they are assumed, do not account for.

    Zero or more; it is what the assumed projects together lack to the assumed total.
    """
    before = [row.forecast.amount for row in portfolio(snapshot).rows]
    after = [row.forecast.amount for row in portfolio(assumed_one).rows]
    totals = [total_row(s).forecast.amount for s in (snapshot, assumed_one)]
    parts = deviation_of(total_of(after).amount, total_of(before).amount)
    missing = deviation_of(deviation_of(totals[1], totals[0]), parts)
    return ZERO if isinstance(missing, Unknown) else missing


def carry_over(assumed_one: Snapshot, scenario: Scenario) -> CarryOver:
    """What of the money left in an assumed snapshot is carried over.

    Of a stopped project nothing is, and of what is spent beyond the appropriation neither.
    """
    rows = portfolio(assumed_one).rows
    stopped = {o.project for o in scenario.of(Stopped)}
    left = total_row(assumed_one).left.amount
    lapsed = total_of(row.left.amount for row in rows if row.project.key in stopped).amount
    kept = deviation_of(left, lapsed)
    if isinstance(left, Unknown) or isinstance(kept, Unknown):
        return CarryOver(kept, kept)
    share = next((o.share for o in scenario.of(CarriedOver)), ALL_CARRIED)
    carried = Money(round_half_away((max(kept, ZERO) * share).kr, ORE))
    return CarryOver(carried, left - carried)
