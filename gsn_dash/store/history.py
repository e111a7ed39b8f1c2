"""What the board's own earlier forecasts turned out to be, where the year has been closed since."""

from __future__ import annotations

from sqlalchemy import CTE, Engine, Select, and_, extract, select
from sqlalchemy.dialects.postgresql import distinct_on

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.refs import operating
from gsn_dash.store import schema
from gsn_dash.store.chains import in_force

_FORECAST = operating("cost", "year", "forecast")
_OUTCOME = operating("cost", "period", "outcome")
_LAST_MONTH = 12


def read_history(engine: Engine) -> tuple[PastForecast, ...]:
    """Every occasion within a year that has another at its end, with an outcome.

    The figures in force, oldest first; where a forecast or an outcome is unknown there is none.
    Of several occasions at the end of a year the last one counts. One query, which reads the
    occasions and, by index, only the two figures of each.
    """
    with engine.connect() as connection:
        return tuple(
            PastForecast(row.year, row.number, row.months, Money(row.forecast), Money(row.outcome))
            for row in connection.execute(_pairs())
        )


def _pairs() -> Select:
    """One row for each occasion within a year that has one at its end."""
    occasions = _occasions()
    early, final = occasions.alias("early"), occasions.alias("final")
    forecast = _amounts(occasions, _FORECAST, "forecast")
    outcome = _amounts(occasions, _OUTCOME, "outcome")
    return (
        select(
            early.c.year,
            early.c.number,
            early.c.months,
            forecast.c.amount.label("forecast"),
            outcome.c.amount.label("outcome"),
        )
        .join(
            final,
            and_(
                final.c.year == early.c.year,
                early.c.months < _LAST_MONTH,
                final.c.months == _LAST_MONTH,
            ),
        )
        .join(forecast, forecast.c.occasion_id == early.c.id)
        .join(outcome, outcome.c.occasion_id == final.c.id)
        .ext(distinct_on(early.c.year, early.c.number))
        .order_by(early.c.year, early.c.number, final.c.number.desc())
    )


def _occasions() -> CTE:
    """The occasions with how many months of the year each one covers."""
    days, occasion = in_force(schema.occasion_days).order_by(None).subquery(), schema.occasion
    months = extract("month", days.c.period_end).label("months")
    return (
        select(occasion.c.id, occasion.c.year, occasion.c.number, months)
        .join(days, days.c.occasion_id == occasion.c.id)
        .cte("occasions")
    )


def _amounts(occasions: CTE, ref: str, name: str) -> CTE:
    """The known amount in force of `ref` at each occasion.

    From a cell's first row along its corrections, both found by index: looking for rows that
    nothing replaces would read every figure there is.
    """
    table = schema.operating_line
    first = (
        select(table.c.id, table.c.occasion_id, table.c.amount, table.c.withdrawn)
        .join(occasions, occasions.c.id == table.c.occasion_id)
        .where(table.c.ref == ref, table.c.replaces_id.is_(None))
        .cte(f"{name}_rows", recursive=True)
    )
    later = table.alias(f"{name}_later")
    rows = first.union_all(
        select(later.c.id, later.c.occasion_id, later.c.amount, later.c.withdrawn).join(
            first, later.c.replaces_id == first.c.id
        )
    )
    after = table.alias(f"{name}_after")
    is_last = ~select(after.c.id).where(after.c.replaces_id == rows.c.id).exists()
    return (
        select(rows.c.occasion_id, rows.c.amount)
        .where(is_last, ~rows.c.withdrawn, rows.c.amount.is_not(None))
        .cte(name)
    )
