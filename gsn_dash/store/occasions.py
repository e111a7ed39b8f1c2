"""The occasions that there are, and a figure's way through them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CTE, Engine, Integer, Select, Table, extract, literal, select, union_all

from gsn_dash.domain.amounts import Amount, Money, Unknown
from gsn_dash.domain.drafts import IN_FORCE
from gsn_dash.store import schema
from gsn_dash.store.chains import in_force
from gsn_dash.store.trouble import told_of

_TROUBLE = (
    "Databasen svarar inte, så tillfällena går inte att läsa; försök igen om en stund.",
    "Databasen lämnar inte ut tillfällena; den som sköter databasen ser varför i loggen.",
)
_FIGURES = (
    schema.operating_line,
    schema.appropriation,
    schema.project_result,
    schema.contribution,
)


@dataclass(frozen=True)
class OccasionLine:
    """An occasion in force, as a list names it."""

    year: int
    number: int
    period_end: date
    meeting_on: date

    @property
    def is_closing(self) -> bool:
        """Whether the period ends with the year."""
        return self.period_end.month == 12


@dataclass(frozen=True)
class Point:
    """A stated figure at an occasion; `months` is how many of the year its period has."""

    year: int
    number: int
    ref: str
    amount: Amount
    precision: Decimal
    months: int


def list_occasions(engine: Engine) -> tuple[OccasionLine, ...]:
    """The occasions in force, the latest first. Raises StoreUnavailable."""
    days = in_force(schema.occasion_days).order_by(None).subquery()
    table = schema.occasion
    rows = select(table.c.year, table.c.number, days.c.period_end, days.c.meeting_on)
    rows = rows.join(days, days.c.occasion_id == table.c.id)
    rows = rows.order_by(table.c.year.desc(), table.c.number.desc())
    with told_of(*_TROUBLE), engine.connect() as connection:
        return tuple(OccasionLine(*row) for row in connection.execute(rows))


def read_series(engine: Engine, refs: Collection[str]) -> tuple[Point, ...]:
    """The figures in force that papers state for `refs`, oldest occasion first.

    Where nothing is stated there is no point; what is stated as unknown is unknown. A figure of
    a row goes before a published total of the same name. One query, by index. Raises
    StoreUnavailable.
    """
    found: dict[tuple[int, int, str], Point] = {}
    with told_of(*_TROUBLE), engine.connect() as connection:
        for row in connection.execute(_points(frozenset(refs))):
            found.setdefault((row.year, row.number, row.ref), _point(row))
    return tuple(found[name] for name in sorted(found))


def list_collaborations(engine: Engine) -> tuple[str, ...]:
    """The keys of all collaborations that any paper has spoken of. Raises StoreUnavailable."""
    table = schema.collaboration
    with told_of(*_TROUBLE), engine.connect() as connection:
        return tuple(connection.execute(select(table.c.key).order_by(table.c.position)).scalars())


def _point(row: Any) -> Point:
    amount = Unknown(row.unknown_reason) if row.amount is None else Money(row.amount)
    return Point(row.year, row.number, row.ref, amount, row.precision_kr, row.months)


def _points(refs: frozenset[str]) -> Select:
    """The figures of every table, those of rows before the published totals."""
    occasions = _occasions()
    parts = [
        _last_of(occasions, table, refs, place)
        for place, table in enumerate((*_FIGURES, schema.published_total))
    ]
    figures = union_all(*parts).subquery()
    return (
        select(
            occasions.c.year,
            occasions.c.number,
            occasions.c.months,
            figures.c.ref,
            figures.c.amount,
            figures.c.unknown_reason,
            figures.c.precision_kr,
        )
        .join(figures, figures.c.occasion_id == occasions.c.id)
        .order_by(figures.c.place)
    )


def _occasions() -> CTE:
    """The occasions in force with how many months of the year each one covers."""
    days, occasion = in_force(schema.occasion_days).order_by(None).subquery(), schema.occasion
    months = extract("month", days.c.period_end).cast(Integer).label("months")
    return (
        select(occasion.c.id, occasion.c.year, occasion.c.number, months)
        .join(days, days.c.occasion_id == occasion.c.id)
        .cte("occasions")
    )


def _last_of(occasions: CTE, table: Table, refs: frozenset[str], place: int) -> Select:
    """The figures of a table in force at the occasions: from each first row along its chain.

    Looking for rows that nothing replaces would read every figure there is.
    """
    columns = ("id", "occasion_id", "ref", "amount", "unknown_reason", "precision_kr", "withdrawn")
    first = (
        select(*(table.c[name] for name in columns))
        .join(occasions, occasions.c.id == table.c.occasion_id)
        .where(table.c.ref.in_(refs), table.c.replaces_id.is_(None))
    )
    if "standing" in table.c:
        first = first.where(table.c.standing == IN_FORCE)
    rows = first.cte(f"{table.name}_rows", recursive=True)
    later, after = table.alias(f"{table.name}_later"), table.alias(f"{table.name}_after")
    rows = rows.union_all(
        select(*(later.c[name] for name in columns)).join(rows, later.c.replaces_id == rows.c.id)
    )
    is_last = ~select(after.c.id).where(after.c.replaces_id == rows.c.id).exists()
    return select(*rows.c, literal(place).label("place")).where(is_last, ~rows.c.withdrawn)
