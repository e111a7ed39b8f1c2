"""A table as CSV for a Swedish spreadsheet: semicolons, decimal comma, UTF-8 with its mark."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from io import StringIO

from gsn_dash.domain.amounts import KR, MKR, TKR, Money, round_fraction
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.files import say_source, say_unknown
from gsn_dash.present.tables import Cell, Table

# A spreadsheet takes a text that begins so for a formula, also after spaces.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What stands unseen before a sign, and a number that a spreadsheet may as well take for one.
_UNSEEN = re.compile(r"[ \u00a0\u1680\u2000-\u200f\u202f\u205f-\u2064\u3000\ufeff]*")
_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u202f]?[0-9]{3})*(?:[.,][0-9]+)?")
_UNITS = {MKR: "Mkr", TKR: "tkr", KR: "kr"}
_MARK = "\ufeff"
_RATIO_STEP = Decimal("1e-9")


def write_csv(snapshot: Snapshot, table: Table) -> bytes:
    """The table with the place or the rule of each number in columns to the right.

    Amounts are exact, in the table's unit; ratios are parts of 1; unknown is a text.
    """
    columns = range(len(table.headings) - 1)
    sourced = [at for at in columns if any(row.cells[at].ref for row in table.rows)]
    names = [_column_name(table, at) for at in columns]
    heading = [table.headings[0] or "Rad", *names, *(f"Källa: {names[at]}" for at in sourced)]
    rows = (
        [
            harmless(row.heading.text),
            *(_write_cell(cell, table.unit) for cell in row.cells),
            *(harmless(say_source(snapshot, row.cells[at])) for at in sourced),
        ]
        for row in table.rows
    )
    return write_rows([harmless(text) for text in heading], rows)


def write_rows(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of texts that are harmless already, as they are sent."""
    content = StringIO()
    writer = csv.writer(content, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return f"{_MARK}{content.getvalue()}".encode()


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it as a formula."""
    begins = text.startswith(_FORMULA_SIGNS, _UNSEEN.match(text).end())
    return f"'{text}" if begins and not _NUMBER.fullmatch(text) else text


def write_number(value: Decimal) -> str:
    """An exact number with decimal comma and a plain minus, and no needless zeros."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def _column_name(table: Table, at: int) -> str:
    """The column's heading with what its numbers are counted in, where it does not say so."""
    name, cells = table.column_names()[at], [row.cells[at] for row in table.rows]
    unit = _UNITS[table.unit]
    if any(cell.ratio is not None for cell in cells):
        return f"{name} (andel av 1)"
    if all(cell.amount is None for cell in cells) or unit in name.split():
        return name
    return f"{name} ({unit})"


def _write_cell(cell: Cell, unit: Decimal) -> str:
    if isinstance(cell.amount, Money):
        return write_number(cell.amount.in_unit(unit))
    if cell.ratio is not None:
        return write_number(round_fraction(Fraction(cell.ratio), _RATIO_STEP))
    return str(cell.count) if cell.count is not None else harmless(say_unknown(cell))
