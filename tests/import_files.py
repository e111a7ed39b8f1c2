"""Files as a controller makes them: the template filled in, and a table of the municipality."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import openpyxl

from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.report.template import write_template

HEADINGS = ("Verksamhet", "Budget jan–aug", "Utfall jan–aug", "Budget helår", "Prognos helår")
LINES = (
    ("Intäkter", 49.4, 50.1, 74.1, 74.8),
    ("Kostnader", -49.4, -47.0, -74.1, -74.9),
)


def filled_template(snapshot: Snapshot, changes: Mapping[tuple[str, str], object]) -> bytes:
    """The template of `snapshot` with other values in some cells, by (sheet, cell)."""
    book = openpyxl.load_workbook(io.BytesIO(write_template(snapshot)))
    for (sheet, cell), value in changes.items():
        book[sheet][cell] = value
    return _saved(book)


def own_table(
    lines: Sequence[Sequence[object]] = LINES, headings: Sequence[str] = HEADINGS
) -> bytes:
    """A sheet with the columns that a municipality has of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Driftbudget"
    sheet.append(["Driftbudget 2023, Mkr"])
    for row in (headings, *lines):
        sheet.append(list(row))
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
