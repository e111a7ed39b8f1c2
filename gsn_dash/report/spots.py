"""Where a file's cells are, and how a formula writes several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Spot:
    """A cell of a file: its sheet's name, row and column from 0; `unit` kr make its number 1."""

    sheet: str
    row: int
    column: int
    unit: Decimal

    def address(self, seen_from: str) -> str:
        """ "B7", with the sheet's name before it where that is another one."""
        name = f"{letters(self.column)}{self.row + 1}"
        return name if self.sheet == seen_from else f"'{self.sheet}'!{name}"


def join_addresses(spots: Sequence[Spot], seen_from: str) -> str:
    """The cells as one range where they lie under each other in a sheet, otherwise one by one."""
    first = spots[0]
    is_column = len(spots) > 1 and all(
        (spot.sheet, spot.column, spot.row) == (first.sheet, first.column, first.row + at)
        for at, spot in enumerate(spots)
    )
    if is_column:
        return f"{first.address(seen_from)}:{letters(first.column)}{spots[-1].row + 1}"
    return ",".join(spot.address(seen_from) for spot in spots)


def letters(column: int) -> str:
    """A column's name: "A" for 0, "AA" for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
