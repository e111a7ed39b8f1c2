"""What is gathered while the tables of a file are read: drafts, problems, remarks, sums."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from gsn_dash.domain.amounts import Amount, Money, Unknown
from gsn_dash.domain.drafts import (
    ContributionDraft,
    InvestmentDraft,
    OperatingDraft,
    Place,
    PopulationDraft,
    Reading,
    TotalDraft,
)
from gsn_dash.domain.refs import REST, TOTAL
from gsn_dash.domain.snapshot import Activity, Collaboration, Municipality, Project
from gsn_dash.ingest.amount_cells import CellAmount, read_amount, usual_decimals
from gsn_dash.ingest.cells import EMPTY, MOST_NEW_NAMES, Cell, cell_name
from gsn_dash.ingest.control import ControlTotal
from gsn_dash.ingest.lines import same_name
from gsn_dash.ingest.printed import UnreadableError
from gsn_dash.ingest.recognising import Recognised
from gsn_dash.ingest.table import Problem

_TELLING_CELLS = 4
_LONGEST_KEY, _LONGEST_NAME = 40, 120
# What is quoted of a cell is cut short: a cell may hold a novel.
_LONG_QUOTE = re.compile(r"”([^”]{40})[^”]{4,}”")


class TooManyNewError(ValueError):
    """More new names than a board can have: a column was taken for another."""


@dataclass(frozen=True)
class Known:
    """The names that are known already, which rows of a file are matched to."""

    activities: tuple[Activity, ...] = ()
    projects: tuple[Project, ...] = ()
    municipalities: Mapping[str, Municipality] = field(default_factory=dict)
    collaborations: tuple[Collaboration, ...] = ()


@dataclass
class Gathering:
    """Gathers what the tables of one file give. `document` is the file's key as a source.

    `is_template`: the file is ours. An empty cell is no figure at all there; elsewhere it is one
    that the table should have had, and unknown. And there is no choosing how a template is read.
    """

    file: str
    document: str
    known: Known
    occasion: tuple[int, int] | None
    is_template: bool = False
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    control_totals: list[ControlTotal] = field(default_factory=list)
    operating: list[OperatingDraft] = field(default_factory=list)
    investments: list[InvestmentDraft] = field(default_factory=list)
    contributions: list[ContributionDraft] = field(default_factory=list)
    totals: list[TotalDraft] = field(default_factory=list)
    populations: list[PopulationDraft] = field(default_factory=list)
    activities: dict[str, Activity] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    collaborations: dict[str, Collaboration] = field(default_factory=dict)
    municipalities: dict[str, Municipality] = field(default_factory=dict)
    stated: dict[str, str] = field(default_factory=dict)

    def tell(self, table: TableOf, y: int, x: int, sentence: str) -> None:
        """Note a problem of a cell; it is told with the cell's name."""
        heading = table.heading(x)
        said = _LONG_QUOTE.sub(r"”\1…”", sentence)
        place = cell_name(y, x) if table.sheet else ""
        self.problems.append(Problem(self.file, y + 1, heading, said, table.sheet, place))

    def states(self, table: TableOf, y: int, x: int, ref: str) -> bool:
        """Whether the cell is the first to state `ref`; a second one is a problem, and False."""
        first = self.stated.setdefault(ref, table.where(y, x))
        if first == table.where(y, x):
            return True
        self.tell(table, y, x, f"rutan säger samma sak som {first}: ta bort en av dem")
        return False

    def control(
        self, name: str, stated: Amount, parts: Iterable[Amount], slack: Decimal, place: str
    ) -> None:
        """Hold a printed sum against the sum of its parts."""
        found = Money(Decimal(0))
        for part in parts:
            if isinstance(part, Unknown):
                self.control_totals.append(ControlTotal(name, stated, part, slack, place))
                return
            found += part
        self.control_totals.append(ControlTotal(name, stated, found, slack, place))


@dataclass(frozen=True)
class TableOf:
    """A recognised table with its rows, which knows the names of its places."""

    recognised: Recognised
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def sheet(self) -> str:
        """The sheet's name, empty where the file has no sheets."""
        return self.recognised.sheet

    @property
    def first(self) -> int:
        """The number of the first row below the headings, from 0."""
        return self.recognised.heading_rows[-1] + 1 if self.recognised.heading_rows else 0

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows below the headings."""
        return self.rows[self.first : self.recognised.ends or len(self.rows)]

    @property
    def decimals(self) -> int:
        """How many decimals the table's amounts usually have."""
        amounts = [x for x, meaning in self.recognised.columns.items() if meaning.is_amount]
        return usual_decimals(row[x] for row in self.body for x in amounts if x < len(row))

    @cached_property
    def own_decimals(self) -> Mapping[int, int]:
        """The decimals of each column of amounts: its own where it is long enough to tell."""
        amounts = [x for x, meaning in self.recognised.columns.items() if meaning.is_amount]
        table = self.decimals
        return {
            x: usual_decimals((row[x] for row in self.body if x < len(row)), _TELLING_CELLS, table)
            for x in amounts
        }

    def cell(self, y: int, x: int) -> Cell:
        """The cell at row `y` and column `x`, empty where the row is shorter."""
        return self.rows[y][x] if x < len(self.rows[y]) else EMPTY

    def heading(self, x: int) -> str:
        """The heading over a column, or its letter."""
        headings = self.recognised.headings
        named = headings[x] if x < len(headings) else ""
        return named or f"kolumn {cell_name(0, x).rstrip('1')}"

    def where(self, y: int, x: int) -> str:
        """A cell as a person finds it: "Blad1, B7" or "rad 7, Utfall"."""
        if self.sheet:
            return f"{self.sheet}, {cell_name(y, x)}"
        return f"rad {y + 1}, {self.heading(x)}"

    def place(self, document: str, label: str, y: int, x: int) -> Place:
        """A cell as a source; the row has its number with it, since labels come again."""
        section = self.recognised.caption or self.sheet or "Tabellen"
        spot = cell_name(y, x) if self.sheet else f"rad {y + 1}"
        row = f"{_short(label)} ({spot})"
        return Place(document, _short(section), row, _short(self.heading(x)))


def _short(text: str) -> str:
    """A text that names a place, cut where it is a whole paragraph."""
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"


def read_cell(
    gathering: Gathering, table: TableOf, y: int, x: int, decimals: int
) -> CellAmount | None:
    """The amount of a cell in the file's own sign; None where it has a problem, which is told."""
    try:
        usual = table.own_decimals.get(x, decimals)
        amount = read_amount(table.cell(y, x), table.recognised.scale, usual)
    except UnreadableError as error:
        gathering.tell(table, y, x, str(error))
        return None
    if amount.is_rounded:
        where = table.where(y, x)
        gathering.remarks.append(f"{where}: beloppet hade delar av ören och avrundades")
    return amount


def reading_of(found: CellAmount, amount: Amount, place: Place) -> Reading:
    """A cell's amount in our sign as a draft's reading."""
    return Reading(found.printed, amount, found.precision, found.approximate, place)


def is_below_zero(found: CellAmount) -> bool:
    """Whether a cell's amount is known and below zero."""
    return isinstance(found.amount, Money) and found.amount.kr < 0


def is_key(text: str) -> bool:
    """Whether a code of a file can be a key: names of quantities are made of it."""
    return ":" not in text and text not in (TOTAL, REST) and len(text) <= _LONGEST_KEY


def new_key(name: str, taken: Iterable[str]) -> str:
    """A key for something that has none: its name in plain letters, and another than `taken`.

    Raises TooManyNewError.
    """
    others = {*taken, TOTAL, REST}
    if len(others) > MOST_NEW_NAMES:
        raise TooManyNewError(
            f"filen har fler än {MOST_NEW_NAMES} nya namn: se efter vilken kolumn som är namnen"
        )
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:40].strip("-") or "namnlos"
    number = 2
    wanted = key
    while wanted in others:
        wanted, number = f"{key}-{number}", number + 1
    return wanted


def find_named(name: str, named: Iterable[object]) -> object | None:
    """The one of `named` whose name is the same but for spelling details; None where none is."""
    return next((each for each in named if same_name(each.name, name)), None)
