"""What the assumptions do to the investment money."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO, Money, Unknown, deviation_of
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.investing import ProjectRow, portfolio, total_row
from gsn_dash.domain.refs import TOTAL, InvestmentKey
from gsn_dash.domain.scenario.changes import Change, Changes, assumed, joined
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.snapshot import Snapshot

ProjectFigures = dict[InvestmentKey, Figure]


def project_figures(snapshot: Snapshot, scenario: Scenario) -> ProjectFigures:
    """The figures of the projects that the scenario moves; empty where it moves none.

    A project whose appropriation is unknown stays as it is. Raises ValueError for a project
    that the snapshot does not have.
    """
    shares = scenario.utilisations
    unheard = shares.keys() - {project.key for project in snapshot.projects}
    if unheard:
        raise ValueError(f"no such project: {', '.join(sorted(unheard))}")
    if not shares:
        return {}
    rows = portfolio(snapshot).rows
    moved: ProjectFigures = {}
    for row in rows:
        if row.project.key in shares and not row.appropriation.is_unknown:
            spent = row.appropriation.money * shares[row.project.key]
            if spent != row.forecast.amount:
                moved.update(_moved_project(snapshot, row, spent))
    # The reported appropriations are written down: some of them are solved from the reported
    # forecasts, and would come out otherwise from the assumed.
    return moved and {**_appropriations(rows), **moved}


def _moved_project(snapshot: Snapshot, row: ProjectRow, spent: Money) -> ProjectFigures:
    forecast = assumed(row.forecast, spent, row.appropriation)
    figures = {InvestmentKey(row.project.key, "forecast"): forecast}
    left = InvestmentKey(row.project.key, "left")
    if left in snapshot.investments:
        rest = row.appropriation.money - spent
        figures[left] = assumed(snapshot.investments[left], rest, row.appropriation, forecast)
    return figures


def _appropriations(rows: tuple[ProjectRow, ...]) -> ProjectFigures:
    return {
        InvestmentKey(row.project.key, "appropriation"): row.appropriation
        for row in rows
        if not row.appropriation.is_unknown
    }


def total_changes(snapshot: Snapshot, moved: ProjectFigures) -> Changes:
    """The changes of the totals: each project's assumed forecast less the reported one."""
    reported = {row.project.key: row.forecast for row in portfolio(snapshot).rows}
    changes = [
        Change(deviation_of(figure.amount, reported[key.project].amount), (figure,))
        for key, figure in moved.items()
        if key.measure == "forecast"
    ]
    if not changes:
        return {}
    change = joined(changes)
    amount = change.amount
    less = amount if isinstance(amount, Unknown) else -amount
    return {
        InvestmentKey(TOTAL, "forecast").ref: change,
        InvestmentKey(TOTAL, "forecast_deviation").ref: change,
        InvestmentKey(TOTAL, "left").ref: Change(less, change.inputs),
    }


def short_of_booked(snapshot: Snapshot) -> Money | None:
    """How far the year's forecast lies below what is already booked; None where it does not.

    What is booked cannot be unspent, so such a scenario cannot come true.
    """
    total = total_row(snapshot)
    missing = deviation_of(total.outcome.amount, total.forecast.amount)
    return None if isinstance(missing, Unknown) or missing <= ZERO else missing
