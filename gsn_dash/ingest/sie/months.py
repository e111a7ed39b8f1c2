"""What each account comes to in a month, divided by cost centre and project without adding twice.

The totals, the sums by cost centre and the sums by project are three cuts of one amount. They are
kept as parts that give all three back when they are summed: what a cost centre or a project has
beyond what both name together stands by itself, and the part without either is the total less all
the others. So that part may have the other sign; it means nothing alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gsn_dash.ingest.sie.fields import NO_OBJECTS, Objects
from gsn_dash.ingest.sie.gathering import Gathered, PeriodKey, Stated, Year
from gsn_dash.ingest.sie.lines import LineError

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PartKey:
    """A part of an account's month; measure is outcome or budget."""

    measure: str
    month: date
    account: str
    objects: Objects


Parts = dict[PartKey, Decimal]
_Account = tuple[str, int, str]  # measure, year, account


def parts_of(found: Gathered) -> tuple[dict[int, Parts], tuple[LineError, ...]]:
    """Parts in kr with SIE's sign by fiscal year, and what cannot be placed in one."""
    years: dict[int, Parts] = {number: {} for number in found.years}
    faults = [*_misplaced_periods(found), *_misplaced_rows(found)]
    if faults:
        return years, tuple(faults)
    booked = booked_years(found)
    homes = {month: _year_of(found, month) for month in found.vouchers.first_lines}
    for key, amount in found.vouchers.sums.items():
        year = homes[key.month]
        if year.number in booked:
            part = PartKey("outcome", key.month, key.account, key.objects)
            years[year.number][part] = amount
    for number, parts in _divided(found, booked, faults):
        years[number].update(parts)
    return years, tuple(faults)


def booked_years(found: Gathered) -> frozenset[int]:
    """The years whose outcome is what their vouchers sum to: those of type 4 that have any."""
    if not found.sie_type.startswith("4"):
        return frozenset()
    years = (_year_of(found, month) for month in found.vouchers.first_lines)
    return frozenset(year.number for year in years if year)


def _year_of(found: Gathered, month: date) -> Year | None:
    """The year that the month lies in: the latest, where one ends in the month of the next."""
    years = sorted(found.years.values(), key=lambda year: -year.number)
    return next((year for year in years if year.has(month)), None)


def stray_budget(found: Gathered) -> tuple[Stated, ...]:
    """Budget records of an earlier year whose period lies in another one: real programs write
    them. Nobody can tell which of the two is meant, so they do not count."""
    return tuple(s for key, s in found.periods.items() if _is_stray(found, key))


def _is_stray(found: Gathered, key: PeriodKey) -> bool:
    year = found.years.get(key.year)
    is_budget = key.measure == "budget" and key.year < 0
    return is_budget and (year is None or not year.has(key.month))


def _misplaced_periods(found: Gathered) -> Iterator[LineError]:
    for key, stated in found.periods.items():
        year = found.years.get(key.year)
        if _is_stray(found, key):
            continue
        if year is None:
            yield LineError(stated.line, f"räkenskapsår {key.year} finns inte: #RAR saknas")
        elif not year.has(key.month):
            sentence = f"perioden {key.month:%Y%m} ligger utanför räkenskapsår {key.year}"
            yield LineError(stated.line, f"{sentence} ({year.starts}–{year.ends})")


def _misplaced_rows(found: Gathered) -> Iterator[LineError]:
    for month, line in found.vouchers.first_lines.items():
        if _year_of(found, month) is None:
            yield LineError(line, f"datumet i {month:%Y-%m} ligger utanför filens räkenskapsår")


def _divided(
    found: Gathered, booked: frozenset[int], faults: list[LineError]
) -> Iterator[tuple[int, Parts]]:
    """The parts of #PSALDO and #PBUDGET, an account's month at a time."""
    takes_objects = found.sie_type != "2"
    months: dict[_Account, dict[date, dict[Objects, Stated]]] = defaultdict(dict)
    for key, stated in found.periods.items():
        is_replaced = key.measure == "outcome" and key.year in booked
        if _is_stray(found, key):
            continue
        if not is_replaced and (takes_objects or key.objects.is_none):
            account = (key.measure, key.year, key.account)
            months[account].setdefault(key.month, {})[key.objects] = stated
    for (measure, year, account), by_month in months.items():
        has_totals = any(NO_OBJECTS in stated for stated in by_month.values())
        for month, stated in by_month.items():
            try:
                parts = _divide(stated, has_totals)
            except LineError as fault:
                faults.append(fault)
                continue
            yield (
                year,
                {
                    PartKey(measure, month, account, objects): amount
                    for objects, amount in parts.items()
                },
            )


def _divide(stated: Mapping[Objects, Stated], has_totals: bool) -> dict[Objects, Decimal]:
    """One account's month as parts that sum to the total, by cost centre and by project alike.

    An account that has totals in no month is what its cost centres sum to, or else its projects.
    One that has totals lacks one only where it is zero. Raises LineError where it is not.
    """
    parts = {o: s.amount for o, s in stated.items() if o.cost_centre and o.project}
    both = dict(parts)
    single = {o: s.amount for o, s in stated.items() if not (o.is_none or o in parts)}
    for objects, amount in single.items():
        parts[objects] = amount - sum(_within(both, objects), _ZERO)
    if NO_OBJECTS in stated:
        total = stated[NO_OBJECTS].amount
    else:
        total = _total_of(parts)
        if has_totals and total != _ZERO:
            line = min(each.line for each in stated.values())
            raise LineError(line, "objekten har ett saldo men kontots total saknas för månaden")
    parts[NO_OBJECTS] = total - sum(parts.values(), _ZERO)
    return parts


def _within(both: Mapping[Objects, Decimal], whole: Objects) -> Iterator[Decimal]:
    """What names the object of `whole` and one of the other dimension as well."""
    for objects, amount in both.items():
        if whole.cost_centre in ("", objects.cost_centre) and whole.project in (
            "",
            objects.project,
        ):
            yield amount


def _total_of(parts: Mapping[Objects, Decimal]) -> Decimal:
    by_centre = [amount for objects, amount in parts.items() if objects.cost_centre]
    return sum(by_centre or parts.values(), _ZERO)
