"""Columns that many tables have, in short; all tables are of one `metadata`."""

from __future__ import annotations

from typing import Any

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
    TypeDecorator,
    func,
)

metadata = MetaData()
ERASED = "borttaget namn"


class Name(TypeDecorator):
    """Who did something: a name to who writes and reads, and a pseudonym in the table.

    The database itself puts the pseudonym in the name's place. A name that has been erased reads
    as ERASED. Compared in a query it is the pseudonym.
    """

    impl = Text
    cache_ok = True

    def column_expression(self, column: Any) -> Any:
        """What is read of the column."""
        return func.shown_name(column, type_=self)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """The name, of the empty text that the database gives for one that is gone."""
        return ERASED if value == "" else value


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


def name(column: str) -> Column:
    """The name of who did it."""
    return Column(column, Name)


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
