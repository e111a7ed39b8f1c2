"""Sheets of cells as they were read, whatever kind of file they came from."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED, HIGHEST_RATIO = 200 * 1024 * 1024, 200
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 20, 50_000, 200
# A board's table has tens of rows; one of thousands is of something else than we read.
MOST_TABLES, MOST_LINES, MOST_NEW_NAMES = 40, 2_000, 200


class FileRefused(ValueError):
    """The file is not read at all; the message is one Swedish sentence with what to do."""


@dataclass(frozen=True)
class Cell:
    """A cell: its text as printed (of a number with decimal comma), and whether it is a number.

    `fault` is a Swedish clause where the cell cannot be used ("är en formel som ger ett fel").
    """

    text: str = ""
    is_number: bool = False
    fault: str = ""


EMPTY = Cell()


@dataclass(frozen=True)
class Sheet:
    """A sheet from A1: `rows` of cells, as long as the longest of them."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    is_hidden: bool = False


@dataclass(frozen=True)
class Workbook:
    """The sheets of a file, and what was seen and not read (macros, links), as sentences."""

    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = ()


def document_key(sha256: str) -> str:
    """The key of a file among the sources: the same file is the same source."""
    return f"fil-{sha256[:12]}"


def cell_name(row: int, column: int) -> str:
    """ "B7" for row 6 and column 1, both counted from 0."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def refuse_size(sheet: str, rows: int, columns: int) -> None:
    """Raise FileRefused where a sheet has more rows or columns than are read."""
    if rows > MOST_ROWS:
        raise FileRefused(
            f"Bladet ”{sheet}” har uppgifter ner till rad {rows}; högst {MOST_ROWS} rader läses."
            " Ta bort det som inte hör till tabellen och spara igen."
        )
    if columns > MOST_COLUMNS:
        raise FileRefused(
            f"Bladet ”{sheet}” har {columns} kolumner; högst {MOST_COLUMNS} läses."
            " Ta bort de kolumner som inte hör till tabellen och spara igen."
        )
