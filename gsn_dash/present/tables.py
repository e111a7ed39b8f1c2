"""Tables as data: the texts of a table, and the name of the figure that each number shows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from gsn_dash.domain.figures import Figure
from gsn_dash.present.derivations import UNKNOWN_MARK, describe_state
from gsn_dash.present.numbers import format_percent

SOURCES = "/kallor"


@dataclass(frozen=True)
class Cell:
    """A cell: its text, the figure's name where it has a source, a mark ("härledd", "okänd")."""

    text: str
    ref: str = ""
    mark: str = ""
    is_number: bool = True


@dataclass(frozen=True)
class TableRow:
    """A row under its heading; `is_total` sets it off. `name` is what it is pointed out by."""

    heading: Cell
    cells: tuple[Cell, ...]
    is_total: bool = False
    name: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a caption; `headings` name the columns, the first one that of the rows.

    `groups` are headings over several columns each, as (text, how many). `keeps_columns` is for
    many short columns alike: on a narrow screen it scrolls sideways, its first column in sight.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    groups: tuple[tuple[str, int], ...] = ()
    keeps_columns: bool = False


def word(text: str, ref: str = "") -> Cell:
    """A cell of words."""
    return Cell(text, ref, is_number=False)


def number(figure: Figure, text: str) -> Cell:
    """A cell with a figure's number, already written, and a mark where it is not plainly stated."""
    return Cell(text, figure.ref, describe_state(figure))


def ratio_cell(ratio: Decimal | None, ref: str, decimals: int = 0, signed: bool = False) -> Cell:
    """A cell with a ratio that a rule has given, in percent, or that it is unknown."""
    mark = UNKNOWN_MARK if ratio is None else "härledd"
    return Cell(format_percent(ratio, decimals, signed), ref, mark)


def source_address(ref: str) -> str:
    """The address that shows where a figure is from, and moves the reader to its box there."""
    return f"{SOURCES}?figur={quote(ref, safe=':')}#{quote(place_name(ref), safe=':')}"


def place_name(ref: str) -> str:
    """The name of a figure's box on the page of sources."""
    return f"figur-{ref}".replace(" ", "-")
