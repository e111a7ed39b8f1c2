"""Rows of a semicolon-separated file, each knowing its file and row, and problems located."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Problem:
    """Something that cannot be read: where it stands and one Swedish sentence about it.

    `row` is as a spreadsheet shows it, 0 where the whole file is meant. `sheet` and `cell` ("B7")
    are of a spreadsheet's, empty where the file has none or no single cell is meant.
    """

    file: str
    row: int
    column: str
    sentence: str
    sheet: str = ""
    cell: str = ""


class RowError(ValueError):
    """A cell that cannot be read; carries its column, a Swedish sentence, and the row if known."""

    def __init__(self, column: str, sentence: str, row: int | None = None) -> None:
        super().__init__(sentence)
        self.column = column
        self.sentence = sentence
        self.row = row


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
        if not _WHOLE.fullmatch(value):
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

    Raises RowError where the bytes are not UTF-8, there are no column names, a row has another
    number of cells, or a quotation mark is not closed.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RowError("", "filen är inte UTF-8: spara om den som CSV UTF-8", 1) from None
    # strict: an open quotation mark would otherwise swallow the rest of the file in silence.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    try:
        names = _column_names(next(reader, []))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(reader.line_num, names, cells)
    except csv.Error:
        sentence = "citattecken kring en ruta går inte ihop: stäng dem eller ta bort dem"
        raise RowError("", sentence, reader.line_num) from None


def _column_names(cells: list[str]) -> list[str]:
    names = [name.strip() for name in cells]
    if not any(names):
        raise RowError("", "filen är tom: första raden ska vara kolumnernas namn", 1)
    for name in names:
        if names.count(name) > 1:
            raise RowError(name, f"kolumnen {name} står två gånger", 1)
    return names


def _row(number: int, names: list[str], cells: list[str]) -> Row:
    if len(cells) != len(names):
        sentence = f"raden har {len(cells)} rutor men rubriken har {len(names)}"
        raise RowError("", sentence, number)
    return Row(number, dict(zip(names, cells, strict=True)))
