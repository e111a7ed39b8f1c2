"""Pictures of the investment money: each project, and the whole."""

from __future__ import annotations

from dataclasses import replace

from gsn_dash.charts.data import Mark, Picture, Row, RowsChart, Style
from gsn_dash.domain.amounts import ratio_of
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.investing import is_over, portfolio, total_row
from gsn_dash.domain.investment_pace import investment_pace
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.pictures.marks import draw_known, known_chart, mkr_mark
from gsn_dash.present.investing import describe_project
from gsn_dash.present.names import name_project, name_rest_of_year
from gsn_dash.present.numbers import format_mkr_unit, format_months, format_percent


def projects_picture(snapshot: Snapshot) -> Picture | None:
    """Every project and the total: appropriation, outcome or its empty slot, forecast."""

    def make() -> Picture | None:
        found = portfolio(snapshot)
        rows = (found.total, *found.rows)
        over = is_over(snapshot.occasion, rows)
        what = "anslag och utfall" if over else "anslag, utfall och prognos"
        return draw_known(
            f"GSN, investeringar {snapshot.occasion.year}: {what}, Mkr",
            ". ".join(describe_project(row, over) for row in rows),
            tuple(_project_row(row, over) for row in rows),
            "Mkr",
        )

    return kept(snapshot, "investment projects", make)


def forecasts_chart(snapshot: Snapshot) -> RowsChart | None:
    """The total and every project: appropriation and forecast alone, for reading across a room.

    The outcome in place of the forecast where the year is over. None where no amount is known.
    """
    found = portfolio(snapshot)
    rows = (found.total, *found.rows)
    over = is_over(snapshot.occasion, rows)
    used, name = (_used, "utfall") if over else (_expected, "prognos")
    return known_chart(
        f"GSN, investeringar {snapshot.occasion.year}: anslag och {name}, Mkr",
        ". ".join(describe_project(row, over) for row in rows),
        tuple(Row(name_project(row.project), (_granted(row), used(row))) for row in rows),
        "Mkr",
    )


def pace_chart(snapshot: Snapshot) -> RowsChart | None:
    """What is booked a month, and what the forecast and the whole appropriation demand a month.

    None where no amount in it is known.
    """
    found, occasion = investment_pace(snapshot), snapshot.occasion
    so_far = format_months(occasion.period_start, occasion.period_end)
    rest = name_rest_of_year(occasion)
    paces = (
        (f"Bokfört {so_far}", found.so_far, Style.OUTCOME),
        (f"För prognosen, {rest}", found.to_forecast, Style.FORECAST),
        (f"För hela anslaget, {rest}", found.to_appropriation, Style.BUDGET),
    )
    alt = ". ".join(f"{name}: {format_mkr_unit(figure.amount)}" for name, figure, _ in paces)
    return known_chart(
        f"GSN, investeringar {occasion.year}: i snitt per månad, Mkr",
        alt,
        tuple(Row(name, (_pace_mark(figure, style),)) for name, figure, style in paces),
        "Mkr",
    )


def _pace_mark(figure: Figure, style: Style) -> Mark:
    """Every pace is derived, so the mark need not tell it apart; its source does."""
    return replace(mkr_mark(figure, style, "Per månad"), note="", derived=False)


def _project_row(row: ProjectRow, over: bool) -> Row:
    marks = (_granted(row), _used(row))
    if over:
        return Row(name_project(row.project), marks, f"{format_percent(row.booked)} användes")
    forecast = mkr_mark(row.forecast, Style.FORECAST, "Prognos")
    expected = f"{format_percent(row.utilisation)} väntas användas"
    return Row(name_project(row.project), (*marks, forecast), expected)


def _used(row: ProjectRow) -> Mark:
    return mkr_mark(row.outcome, Style.OUTCOME, "Utfall", _booked(row))


def _granted(row: ProjectRow) -> Mark:
    return mkr_mark(row.appropriation, Style.BUDGET, "Anslag")


def _expected(row: ProjectRow) -> Mark:
    """The forecast with its share of the appropriation; without it where that is unknown."""
    share = "" if row.utilisation is None else format_percent(row.utilisation)
    return mkr_mark(row.forecast, Style.FORECAST, "Prognos", share)


def _booked(row: ProjectRow) -> str:
    """The outcome's share of the appropriation; empty where it is unknown."""
    share = ratio_of(row.outcome.amount, row.appropriation.amount)
    return "" if share is None else format_percent(share)


def total_picture(snapshot: Snapshot) -> Picture | None:
    """The small picture of the overview: the whole appropriation, what is booked and forecast."""

    def make() -> Picture | None:
        total = total_row(snapshot)
        over = is_over(snapshot.occasion, [total])
        when = "Hela året" if over else "Hittills"
        year = str(snapshot.occasion.year) if over else "I år"
        rows = [
            Row("Anslag", (mkr_mark(total.appropriation, Style.BUDGET, year),)),
            Row("Bokfört", (mkr_mark(total.outcome, Style.OUTCOME, when, _booked(total)),)),
        ]
        if not over:
            share = format_percent(total.utilisation)
            mark = mkr_mark(total.forecast, Style.FORECAST, "Vid årets slut", share)
            rows.append(Row("Prognos", (mark,)))
        alt = describe_project(total, over)
        return draw_known("Investeringspengarna, Mkr", alt, tuple(rows), "Mkr")

    return kept(snapshot, "investment total", make)
