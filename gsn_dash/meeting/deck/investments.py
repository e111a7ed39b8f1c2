"""The views of the investment money."""

from __future__ import annotations

from gsn_dash.domain.investing import is_over, portfolio, total_row
from gsn_dash.domain.investment_pace import investment_pace
from gsn_dash.meeting.deck.content import Content, DeckSources, draw_still, key_number
from gsn_dash.meeting.deck.tables import keep_columns, render_rows
from gsn_dash.pictures.investments import forecasts_chart, pace_chart
from gsn_dash.present.contradicted import say_contradicted
from gsn_dash.present.investing import investments_message
from gsn_dash.present.investing_tables import projects_table
from gsn_dash.present.meeting_messages import (
    investments_in_short,
    pace_message,
    projects_message,
)
from gsn_dash.present.numbers import format_mkr_unit

_NUMBERS = {
    "appropriation": "Anslag i år",
    "outcome": "Bokfört hittills",
    "forecast": "Prognos för året",
    "left": "Väntas bli kvar",
}
# Of a year that is over.
_NUMBERS_AFTER = {
    "appropriation": "Anslag i år",
    "outcome": "Använt under året",
    "left": "Blev kvar",
}


def tell_message(sources: DeckSources) -> Content:
    """How much there is, is booked, is expected to be used and to be left."""
    snapshot = sources.snapshot
    occasion, total = snapshot.occasion, total_row(snapshot)
    names = _NUMBERS_AFTER if is_over(occasion, [total]) else _NUMBERS
    figures = {name: getattr(total, measure) for measure, name in names.items()}
    numbers = tuple(key_number(n, f, format_mkr_unit(f.amount)) for n, f in figures.items())
    message = say_contradicted(snapshot, "investment", investments_in_short(occasion, total))
    return Content(message, numbers)


def tell_picture(sources: DeckSources) -> Content | None:
    """Each project's appropriation and forecast."""
    chart = forecasts_chart(sources.snapshot)
    if chart is None:
        return None
    snapshot = sources.snapshot
    message = projects_message(snapshot.occasion, portfolio(snapshot))
    return Content(message, picture=draw_still(chart))


def tell_table(sources: DeckSources) -> Content | None:
    """The projects, without what is told of each in words."""
    snapshot = sources.snapshot
    found = portfolio(snapshot)
    rows = (*found.rows, found.total)
    if all(f.is_unknown for r in rows for f in (r.appropriation, r.forecast, r.left)):
        return None
    over = is_over(snapshot.occasion, rows)
    used = ("Utfall", "Användes") if over else ("Prognos", "Väntas användas")
    table = keep_columns(projects_table(snapshot), "Anslag", *used, "Kvar")
    return Content(investments_message(snapshot), html=render_rows(table))


def tell_demand(sources: DeckSources) -> Content | None:
    """How much must be used a month, for the forecast and for the whole appropriation."""
    found = investment_pace(sources.snapshot)
    if found.to_forecast.is_unknown and found.to_appropriation.is_unknown:
        return None
    chart = pace_chart(sources.snapshot)
    return Content(pace_message(found), picture=draw_still(chart) if chart else None)


KINDS = {
    "message": tell_message,
    "picture": tell_picture,
    "table": tell_table,
    "demand": tell_demand,
}
