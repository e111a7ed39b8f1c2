"""How a table stands on paper: how wide its columns are, and what is said beside a number."""

from __future__ import annotations

from math import sqrt

from gsn_dash.present.derivations import UNKNOWN_MARK
from gsn_dash.present.numbers import UNKNOWN
from gsn_dash.present.tables import Cell, Table

# A column that is never longer than so many characters needs no more room than its texts: one of
# words, and one of numbers with its heading.
_SHORT, _SHORT_NUMBER = 24, 30
# How many characters a line of a table has room for, what stands between two columns as such, and
# how many of a text's a column must have so that its words are not broken.
_LINE, _BETWEEN, _READABLE = 120, 2, 18


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

    Some column always takes a part, so that a table is as wide as its page. Where the headings of
    numbers leave the others too little, every column takes a part and headings run over lines.
    """
    weights = tuple(_weight(table, place) for place in range(len(table.headings)))
    weights = weights if any(weights) else (1.0, *weights[1:])
    needed = sum(
        _BETWEEN + (min(_longest(table, place), _READABLE) if weight else _whole(table, place))
        for place, weight in enumerate(weights)
    )
    if needed <= _LINE:
        return weights
    return tuple(_narrowest(table, place) for place in range(len(weights)))


def _longest(table: Table, place: int) -> int:
    return max((len(text) for text in _texts(table, place)), default=0)


def _whole(table: Table, place: int) -> int:
    """The characters of the longest text of a column that is as wide as its texts."""
    heading = table.headings[place]
    return max(_longest(table, place), len(heading))


def _narrowest(table: Table, place: int) -> float:
    """As wide as no word, and no number, of the column is broken."""
    words = " ".join((table.headings[place], *_texts(table, place))).split(" ")
    least = _longest(table, place)
    if not is_number_column(table, place):
        least = min(least, _SHORT)
    return float(max(least, *map(len, words)) + _BETWEEN)


def _weight(table: Table, place: int) -> float:
    is_number = is_number_column(table, place)
    longest = _whole(table, place) if is_number else _longest(table, place)
    short = _SHORT_NUMBER if is_number else _SHORT
    # Long texts run over more lines: twice the text gets less than twice the width.
    return 0.0 if longest <= short else round(sqrt(longest), 1)


def _texts(table: Table, place: int) -> list[str]:
    """What the rows say in the column, each with the mark beside it."""
    cells = [row.heading if not place else row.cells[place - 1] for row in table.rows]
    return [f"{mark_beside(cell)} {cell.text}".lstrip() for cell in cells]
