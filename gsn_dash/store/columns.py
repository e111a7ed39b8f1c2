"""Columns that many tables have, in short; all tables are of one `metadata`."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Computed,
    DateTime,
    Integer,
    MetaData,
    Numeric,
    Text,
)

metadata = MetaData()


def occasion_columns() -> list[Column]:
    """The year and the number that name an occasion."""
    return [Column(name, Integer) for name in ("year", "number")]


def times(*names: str) -> list[Column]:
    """Times, in UTC."""
    return [Column(name, DateTime(timezone=True)) for name in names]


def row_id() -> Column:
    """The number of a row, which the database gives."""
    return Column("id", BigInteger, primary_key=True, autoincrement=True)


def texts(*names: str) -> list[Column]:
    """Texts."""
    return [Column(name, Text) for name in names]


def numbered(*names: str) -> list[Column]:
    """Numbers of rows of other tables."""
    return [Column(name, BigInteger) for name in names]


def figure_columns() -> list[Column]:
    """What every row of figures has after the columns of its cell."""
    return [
        Column("printed", Text),
        Column("amount", Numeric(18, 2)),
        Column("unknown_reason", Text),
        Column("precision_kr", Numeric),
        Column("approximate", Boolean),
        *numbered("place_id"),
        *link_columns(),
    ]


def link_columns() -> list[Column]:
    """What ties a row to its import and to the row that it corrects or withdraws."""
    return [*numbered("batch_id", "replaces_id"), Column("withdrawn", Boolean)]


def computed_ref() -> Column:
    """The quantity's name, which the database puts together."""
    return Column("ref", Text, Computed("ref"))
