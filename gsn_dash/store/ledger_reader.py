"""Reads the ledgers of an occasion's year and of the years before it, rolled up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, literal, select

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.figures import SourceRef
from gsn_dash.domain.ledger import Ledger, LedgerMonth
from gsn_dash.store import schema
from gsn_dash.store.chains import in_force

# How many years before the occasion's are read: more would teach nothing of how a year goes.
_EARLIER_YEARS = 10


@dataclass(frozen=True)
class LedgerRows:
    """The ledger that a period lies in, if any, and those of years before it, the latest first."""

    own: Any
    earlier: tuple[Any, ...]

    @property
    def all(self) -> tuple[Any, ...]:
        """All of them."""
        return (self.own, *self.earlier) if self.own else self.earlier


def find_ledgers(connection: Connection, starts: date, ends: date, batch: int) -> LedgerRows:
    """The ledgers in force as of `batch` that are read for a period."""
    table = schema.ledger
    rows = in_force(table, batch).order_by(None).order_by(table.c.starts.desc())
    own = rows.where(table.c.starts <= starts, table.c.ends >= ends).limit(1)
    earlier = rows.where(table.c.ends < starts).limit(_EARLIER_YEARS)
    return LedgerRows(
        connection.execute(own).one_or_none(), tuple(connection.execute(earlier).all())
    )


def read_ledgers(
    connection: Connection, rows: LedgerRows, places: Mapping[int, SourceRef], batch: int
) -> tuple[Ledger | None, tuple[Ledger, ...]]:
    """The period's own ledger in full, and the earlier ones by month, item and measure alone."""
    if not rows.all:
        return None, ()
    table = schema.ledger_map_version
    version = select(func.coalesce(func.max(table.c.version), 0)).where(table.c.batch_id <= batch)
    months = schema.ledger_month
    wanted = select(
        months.c.ledger_id,
        months.c.month,
        months.c.item,
        months.c.activity,
        months.c.project,
        months.c.measure,
        months.c.amount,
    ).where(months.c.map_version == version.scalar_subquery())
    own = _months(connection, wanted, [rows.own] if rows.own else [])
    earlier = _months(connection, _by_item(wanted), rows.earlier)
    made = [_ledger(row, {**earlier, **own}, places) for row in rows.all]
    return (made[0], tuple(made[1:])) if rows.own else (None, tuple(made))


def _by_item(months: Select) -> Select:
    """The same months, their activities and projects summed."""
    rows = months.subquery()
    names = (rows.c.ledger_id, rows.c.month, rows.c.item)
    nothing = (literal("").label("activity"), literal("").label("project"))
    total = func.sum(rows.c.amount).label("amount")
    grouped = select(*names, *nothing, rows.c.measure, total)
    return grouped.group_by(*names, rows.c.measure)


def _months(
    connection: Connection, wanted: Select, ledgers: Iterable[Any]
) -> dict[int, list[LedgerMonth]]:
    """The months of ledgers, in order, by the id of the one that holds the entries."""
    holders = [_holder(row) for row in ledgers]
    columns = wanted.selected_columns
    rows = wanted.where(columns.ledger_id.in_(holders)).order_by(*list(columns)[:-1])
    found: dict[int, list[LedgerMonth]] = {}
    for row in connection.execute(rows) if holders else ():
        ledger, *names, amount = row
        found.setdefault(ledger, []).append(LedgerMonth(*names, Money(amount)))
    return found


def _ledger(
    row: Any, months: Mapping[int, list[LedgerMonth]], places: Mapping[int, SourceRef]
) -> Ledger:
    return Ledger(
        row.starts,
        row.ends,
        tuple(months.get(_holder(row), ())),
        places[row.place_id],
        row.batch_id,
        tuple(row.months),
    )


def _holder(row: Any) -> int:
    return row.entries_id or row.id
