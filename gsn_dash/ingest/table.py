"""Rows of a semicolon-separated file, each knowing its file and row, and problems located."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Problem:
    """Something that cannot be read: where it stands and one Swedish sentence about it."""

    file: str
    row: int
    column: str
    sentence: str


class RowError(ValueError):
    """A cell that cannot be read; carries its column and a Swedish sentence."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column
        self.sentence = sentence


@dataclass(frozen=True)
class Row:
    """One row: `number` as a spreadsheet shows it, and cells by column name."""

    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """The cell's text without outer spaces; raises RowError where the column is missing."""
        if column not in self.cells:
            raise RowError(column, f"kolumnen {column} saknas i filen")
        return self.cells[column].strip()

    def required(self, column: str) -> str:
        """The cell's text; raises RowError where it is empty."""
        value = self.text(column)
        if not value:
            raise RowError(column, f"rutan {column} är tom men behövs")
        return value

    def whole(self, column: str) -> int:
        """The cell as a whole number; raises RowError."""
        value = self.required(column)
        if not value.isascii() or not value.isdigit():
            raise RowError(column, f"”{value}” är inte ett helt tal")
        return int(value)

    def optional_whole(self, column: str) -> int | None:
        """The cell as a whole number, or None where it is empty."""
        return self.whole(column) if self.text(column) else None

    def day(self, column: str) -> date:
        """The cell as a date written ÅÅÅÅ-MM-DD; raises RowError."""
        value = self.required(column)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise RowError(column, f"”{value}” är inte ett datum: skriv ÅÅÅÅ-MM-DD") from None

    def optional_day(self, column: str) -> date | None:
        """The cell as a date, or None where it is empty."""
        return self.day(column) if self.text(column) else None


def read_rows(content: bytes) -> Iterator[Row]:
    """The rows of a UTF-8 file (with or without BOM) that has its column names first.

    Raises RowError where the bytes are not UTF-8 or a row has another number of cells.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RowError("", "filen är inte UTF-8: spara om den som CSV UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    names = [name.strip() for name in next(reader, [])]
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            raise RowError(
                "", f"rad {reader.line_num} har {len(cells)} rutor men rubriken har {len(names)}"
            )
        yield Row(reader.line_num, dict(zip(names, cells, strict=True)))
