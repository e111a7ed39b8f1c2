"""How a table stands on paper: how wide its columns are, and what is said beside a number."""

from __future__ import annotations

from math import sqrt

from gsn_dash.present.derivations import UNKNOWN_MARK
from gsn_dash.present.numbers import UNKNOWN
from gsn_dash.present.tables import Cell, Table

# A column that is never longer than so many characters needs no more room than its texts: one of
# words, and one of numbers with its heading.
_SHORT, _SHORT_NUMBER = 24, 30


def is_number_column(table: Table, place: int) -> bool:
    """Whether the column, counted from 0 at the rows' own, holds numbers."""
    cells = [row.cells[place - 1] for row in table.rows] if place else []
    told = [cell for cell in cells if cell.text]
    return bool(told) and all(cell.is_number for cell in told)


def mark_beside(cell: Cell) -> str:
    """The cell's mark ("härledd"), but that it is unknown where its text says so itself."""
    return "" if cell.mark == UNKNOWN_MARK and cell.text.startswith(UNKNOWN) else cell.mark


def column_weights(table: Table) -> tuple[float, ...]:
    """For each column how large a part of what is left it takes; 0 is as wide as its texts.

    Some column always takes a part, so that a table is as wide as its page.
    """
    weights = tuple(_weight(table, place) for place in range(len(table.headings)))
    return weights if any(weights) else (1.0, *weights[1:])


def _weight(table: Table, place: int) -> float:
    is_number = is_number_column(table, place)
    texts = [*_texts(table, place), *([table.headings[place]] if is_number else [])]
    longest = max(map(len, texts), default=0)
    short = _SHORT_NUMBER if is_number else _SHORT
    # Long texts run over more lines: twice the text gets less than twice the width.
    return 0.0 if longest <= short else round(sqrt(longest), 1)


def _texts(table: Table, place: int) -> list[str]:
    return [(row.heading if not place else row.cells[place - 1]).text for row in table.rows]
