"""Tables whose assumed numbers follow the levers: for the live sheet, and as they stand still."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gsn_dash.present.tables import Cell, Table, TableRow, word
from gsn_dash.present.templates import Template, as_json, render


@dataclass(frozen=True)
class Moving:
    """A cell that follows the levers: no paper is its source."""

    text: Template
    mark: str = ""


@dataclass(frozen=True)
class MovingRow:
    """A row under its heading; `is_total` sets it off."""

    heading: str
    cells: tuple[Cell | Moving, ...]
    is_total: bool = False


@dataclass(frozen=True)
class MovingTable:
    """A table with a caption; `headings` name the columns, the first one that of the rows."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[MovingRow, ...]


def table_json(table: MovingTable, lead_to: Callable[[str], str]) -> dict:
    """The table as the live sheet takes it; `lead_to` gives the address of a figure's source."""
    return {
        "caption": table.caption,
        "headings": list(table.headings),
        "rows": [
            {
                "heading": row.heading,
                "total": row.is_total,
                "cells": [_cell_json(cell, lead_to) for cell in row.cells],
            }
            for row in table.rows
        ],
    }


def _cell_json(cell: Cell | Moving, lead_to: Callable[[str], str]) -> dict:
    if isinstance(cell, Moving):
        return {"template": as_json(cell.text), "mark": cell.mark}
    plain = {"text": cell.text, "mark": cell.mark}
    return {**plain, "href": lead_to(cell.ref)} if cell.ref else plain


def still_table(table: MovingTable, values: Sequence) -> Table:
    """The table with the levers where `values` (of the program's nodes) have them."""
    rows = tuple(
        TableRow(word(row.heading), tuple(_still(cell, values) for cell in row.cells), row.is_total)
        for row in table.rows
    )
    return Table(table.caption, table.headings, rows)


def _still(cell: Cell | Moving, values: Sequence) -> Cell:
    return Cell(render(cell.text, values), "", cell.mark) if isinstance(cell, Moving) else cell
