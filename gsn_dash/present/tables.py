"""Tables as data: the texts of a table, and the name of the figure that each number shows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from urllib.parse import quote

from gsn_dash.domain.amounts import KR, Amount, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.present.derivations import UNKNOWN_MARK, describe_state
from gsn_dash.present.numbers import format_percent
from gsn_dash.present.occasions import PARAMETER, Place, say_place

SOURCES = "/kallor"
_AT = "@"


@dataclass(frozen=True)
class Cell:
    """A cell: its text, the figure's name where it has a source, a mark ("härledd", "okänd").

    What the text writes is also there exactly, so that a file can hold it as a number: an
    `amount` of kr (with its `figure` where it has one), a `ratio` (0.6 is 60 %) or a `count`.
    `less` is the two cells of the row, from 0, that the amount is the difference of.
    """

    text: str
    ref: str = ""
    mark: str = ""
    is_number: bool = True
    amount: Amount | None = None
    figure: Figure | None = None
    ratio: Decimal | Fraction | None = None
    count: int | None = None
    less: tuple[int, int] | None = None


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
    `unit` is what the texts of its amounts are counted in: MKR, TKR or KR.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    groups: tuple[tuple[str, int], ...] = ()
    keeps_columns: bool = False
    unit: Decimal = KR

    def column_names(self) -> tuple[str, ...]:
        """What each cell of a row is called where it stands alone: "Helår 2023, Budget"."""
        below = self.headings[1:]
        if not self.groups:
            return below
        over = [text for text, count in self.groups for _ in range(count)]
        return tuple(f"{group}, {text}" for group, text in zip(over, below, strict=True))


def word(text: str, ref: str = "") -> Cell:
    """A cell of words."""
    return Cell(text, ref, is_number=False)


def number(figure: Figure, text: str) -> Cell:
    """A cell with a figure's number, already written, and a mark where it is not plainly stated."""
    return Cell(text, figure.ref, describe_state(figure), amount=figure.amount, figure=figure)


def plain_amount(amount: Amount, text: str) -> Cell:
    """A cell with an amount that no paper states and no rule of ours names."""
    mark = UNKNOWN_MARK if isinstance(amount, Unknown) else ""
    return Cell(text, "", mark, amount=amount)


def ratio_cell(ratio: Decimal | None, ref: str, decimals: int = 0, signed: bool = False) -> Cell:
    """A cell with a ratio that a rule has given, in percent, or that it is unknown."""
    mark = UNKNOWN_MARK if ratio is None else "härledd"
    return Cell(format_percent(ratio, decimals, signed), ref, mark, ratio=ratio)


def occasion_ref(year: int, number: int, ref: str) -> str:
    """The name of a figure as it is at an occasion, which may be another than the one shown."""
    return f"{say_place((year, number))}{_AT}{ref}"


def source_address(ref: str, shown: Place | None = None) -> str:
    """The address that shows where a figure is from, and moves the reader to its box there.

    `shown` is the occasion of what names none itself; None where that is the latest.
    """
    own, _, name = ref.rpartition(_AT)
    occasion = own or (say_place(shown) if shown else "")
    where = f"&{PARAMETER}={occasion}" if occasion else ""
    return f"{SOURCES}?figur={quote(name, safe=':')}{where}#{quote(place_name(name), safe=':')}"


def place_name(ref: str) -> str:
    """The name of a figure's box on the page of sources."""
    return f"figur-{ref}".replace(" ", "-")
