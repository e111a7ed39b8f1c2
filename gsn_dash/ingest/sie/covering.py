"""Which months of a fiscal year an SIE file knows the outcome of: in all others it is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from gsn_dash.ingest.sie.controls import OF_BALANCES, Sides
from gsn_dash.ingest.sie.gathering import Gathered, Year
from gsn_dash.ingest.sie.months import PartKey


def covered_months(
    found: Gathered, year: Year, parts: Iterable[PartKey], sides: Sides | None
) -> tuple[date, ...]:
    """The months that any outcome is recorded in, and of the others those that must be empty.

    That is told by #OMFATTN, to its day in the file's own year, and by a result of the year (#RES)
    that the months sum to: no month is missing then, to the last one or, in an earlier year, to
    its end.
    """
    booked = {part.month for part in parts if part.measure == "outcome"}
    if not booked:
        return ()
    last = max(booked)
    if year.number == 0 and found.scope is not None and year.starts <= found.scope <= year.ends:
        last = found.scope
    elif sides is None or not _is_whole(sides):
        return tuple(sorted(booked))
    elif year.number < 0:
        last = year.ends
    return tuple(_months_between(year.starts, last))


def _is_whole(sides: Sides) -> bool:
    """Whether the file states the year's result, and its months sum to that on every account."""
    stated = {key: each.amount for key, each in sides.stated.items() if _is_result(key)}
    months = {key: amount for key, amount in sides.months.items() if _is_result(key)}
    return bool(stated) and all(
        stated.get(key, 0) == months.get(key, 0) for key in stated.keys() | months.keys()
    )


def _is_result(key: tuple) -> bool:
    account, objects = key
    return objects.is_none and account[:1] not in OF_BALANCES


def _months_between(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)
