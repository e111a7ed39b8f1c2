"""What the board's own earlier forecasts turned out to be, where the year has been closed since."""

from __future__ import annotations

from sqlalchemy import Engine

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.refs import operating
from gsn_dash.store.occasions import read_series

_FORECAST = operating("cost", "year", "forecast")
_OUTCOME = operating("cost", "period", "outcome")
_LAST_MONTH = 12


def read_history(engine: Engine) -> tuple[PastForecast, ...]:
    """Every occasion within a year that has another at its end, with an outcome.

    The figures in force, oldest first; where a forecast or an outcome is unknown there is none.
    Of several occasions at the end of a year the last one that tells counts. One query, by
    index. Raises StoreUnavailable.
    """
    known = [
        (point, point.amount)
        for point in read_series(engine, (_FORECAST, _OUTCOME))
        if isinstance(point.amount, Money)
    ]
    outcomes = {
        point.year: amount
        for point, amount in known
        if point.ref == _OUTCOME and point.months == _LAST_MONTH
    }
    return tuple(
        PastForecast(point.year, point.number, point.months, amount, outcomes[point.year])
        for point, amount in known
        if point.ref == _FORECAST and point.months < _LAST_MONTH and point.year in outcomes
    )
