"""One table as one sheet: its heading, its numbers and formulas, and the sources to the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from gsn_dash.domain.amounts import Amount, Money
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.files import describe_table_unit, say_source, say_unknown
from gsn_dash.present.tables import Cell, Table, TableRow
from gsn_dash.report.formulas import Formula, Formulas, is_of_occasion
from gsn_dash.report.spots import Spot

# Excel's own limits.
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_767
_FORBIDDEN = frozenset("[]:*?/\\'")
_NARROWEST, _WIDEST, _SOURCE_WIDTH = 11, 48, 44
# Caption, unit and an empty line; then come the headings.
_HEAD = 3


@dataclass(frozen=True)
class Sheet:
    """A table under a sheet's name; `has_sources` puts a column of places beside each number."""

    name: str
    table: Table
    has_sources: bool = True


def name_sheets(sheets: Sequence[Sheet], *taken: str) -> list[Sheet]:
    """The sheets with names that Excel allows, each once whatever its letters' size."""
    used = {name.casefold() for name in taken}
    named = []
    for sheet in sheets:
        kept = "".join(" " if mark in _FORBIDDEN else mark for mark in sheet.name).strip()
        name, count = kept[:_LONGEST_NAME].strip() or "Tabell", 1
        while name.casefold() in used:
            count += 1
            name = f"{kept[: _LONGEST_NAME - 4].strip()} {count}"
        used.add(name.casefold())
        named.append(replace(sheet, name=name))
    return named


class SheetWriter:
    """Writes one sheet: all sheets of a file are to be placed before any is written."""

    def __init__(
        self, book: Workbook, snapshot: Snapshot, formulas: Formulas, sheet: Sheet
    ) -> None:
        self._book, self._snapshot, self._formulas = book, snapshot, formulas
        self._table, self._name = sheet.table, sheet.name
        self._sheet = book.add_worksheet(sheet.name)
        self._formats: dict[tuple, Format] = {}
        self._first = _HEAD + bool(sheet.table.groups) + 1
        self._sources = _columns_with_sources(sheet.table) if sheet.has_sources else []

    def place(self) -> None:
        """Tell the formulas where each figure stands."""
        for row, column, cell in self._cells():
            self._formulas.place(cell, self._spot(row, column))

    def write(self) -> None:
        """Write everything. All figures of the file must have been placed."""
        self._write_head()
        for at, row in enumerate(self._table.rows):
            self._write_text(self._first + at, 0, row.heading.text, self._words(row))
        for row, column, cell in self._cells():
            self._write_cell(row, column, cell)
        self._write_sources()
        self._lay_out()

    def _cells(self) -> Iterator[tuple[int, int, Cell]]:
        for at, row in enumerate(self._table.rows):
            for column, cell in enumerate(row.cells, start=1):
                yield self._first + at, column, cell

    def _spot(self, row: int, column: int) -> Spot:
        return Spot(self._name, row, column, self._table.unit)

    def _write_head(self) -> None:
        self._write_text(0, 0, self._table.caption, self._format(bold=True, font_size=13))
        self._write_text(1, 0, describe_table_unit(self._table), self._format())
        heading = self._format(bold=True, bottom=1, text_wrap=True, valign="bottom")
        column = 1
        for text, count in self._table.groups:
            self._sheet.merge_range(_HEAD, column, _HEAD, column + count - 1, "", heading)
            self._write_text(_HEAD, column, text, heading)
            column += count
        for column, text in enumerate(self._table.headings):
            self._write_text(self._first - 1, column, text, heading)

    def _write_cell(self, row: int, column: int, cell: Cell) -> None:
        of = self._table.rows[row - self._first]
        shown = self._format(num_format=_number_format(cell), **_weight(of))
        spot = self._spot(row, column)
        formula = self._formula(cell, spot, of)
        number = _number_of(cell, self._table.unit)
        if formula is not None:
            result = formula.result
            value = result if isinstance(result, str) else _as_number(result)
            self._sheet.write_formula(row, column, formula.text, shown, value)
        elif number is not None:
            self._sheet.write_number(row, column, _as_number(number), shown)
        else:
            words = self._words(of, right=cell.is_number)
            self._write_text(row, column, say_unknown(cell), words)

    def _formula(self, cell: Cell, spot: Spot, row: TableRow) -> Formula | None:
        if cell.ratio is not None:
            return self._formulas.of_ratio(cell.ref, spot)
        found = None
        if row.is_total and cell.amount is not None:
            found = self._formulas.of_column(cell.amount, self._above(spot), spot)
        if cell.less is not None:
            whole, part = (self._beside(spot, row, at) for at in cell.less)
            found = self._formulas.of_difference(cell.amount, whole, part, spot)
        if found is None and is_of_occasion(cell):
            found = self._formulas.of_amount(cell.figure, spot)
        return found

    def _beside(self, spot: Spot, row: TableRow, at: int) -> tuple[Spot, Amount]:
        """Another amount of the cell's row."""
        return self._spot(spot.row, at + 1), row.cells[at].amount

    def _above(self, spot: Spot) -> list[tuple[Spot, Amount]]:
        """The amounts over a cell in its column, in order."""
        rows = self._table.rows[: spot.row - self._first]
        cells = (row.cells[spot.column - 1] for row in rows)
        return [
            (self._spot(self._first + at, spot.column), cell.amount)
            for at, cell in enumerate(cells)
            if cell.amount is not None
        ]

    def _write_sources(self) -> None:
        heading = self._format(bold=True, bottom=1, text_wrap=True, valign="bottom")
        labels = self._table.column_names()
        beside = len(self._table.headings) + 1
        for at, column in enumerate(self._sources):
            label = labels[column - 1]
            self._write_text(
                self._first - 1, beside + at, f"Källa: {label}" if label else "Källa", heading
            )
            for row, of in enumerate(self._table.rows, start=self._first):
                text = say_source(self._snapshot, of.cells[column - 1])
                # Not wrapped: the rows keep the height that they have in the paper.
                self._write_text(row, beside + at, text, self._format(**_weight(of, bold=False)))

    def _write_text(self, row: int, column: int, text: str, shown: Format) -> None:
        if text:
            self._sheet.write_string(row, column, text[:_LONGEST_TEXT], shown)

    def _lay_out(self) -> None:
        for column in range(len(self._table.headings)):
            texts = [self._table.headings[column], *_texts_of(self._table, column)]
            longest = max(map(len, texts))
            self._sheet.set_column(column, column, min(max(longest + 2, _NARROWEST), _WIDEST))
        if self._sources:
            beside = len(self._table.headings) + 1
            self._sheet.set_column(beside - 1, beside - 1, 3)
            self._sheet.set_column(beside, beside + len(self._sources) - 1, _SOURCE_WIDTH)
        self._sheet.freeze_panes(self._first, 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)

    def _words(self, row: TableRow, right: bool = False) -> Format:
        align = {"align": "right"} if right else {}
        return self._format(text_wrap=True, **align, **_weight(row))

    def _format(self, **properties: object) -> Format:
        """A look, made once: each that is made anew is one more in the file."""
        asked = {"valign": "top", **properties}
        key = tuple(sorted(asked.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(asked)
        return self._formats[key]


def _columns_with_sources(table: Table) -> list[int]:
    """The columns, from 1, where any cell has a source."""
    columns = range(1, len(table.headings))
    return [at for at in columns if any(row.cells[at - 1].ref for row in table.rows)]


def _weight(row: TableRow, bold: bool = True) -> dict[str, object]:
    return {"bold": bold, "top": 1} if row.is_total else {}


def _number_of(cell: Cell, unit: Decimal) -> Decimal | None:
    """What a cell's number is in the file; None for a text, and for what is unknown."""
    if isinstance(cell.amount, Money):
        return cell.amount.in_unit(unit)
    if cell.ratio is not None:
        above, below = cell.ratio.as_integer_ratio()
        return Decimal(above) / below
    return None if cell.count is None else Decimal(cell.count)


def _as_number(value: Decimal) -> int | float:
    """A number as a workbook holds it: the nearest of 15 digits, which is exact to the öre."""
    return int(value) if value == value.to_integral_value() else float(value)


def _number_format(cell: Cell) -> str:
    """As many decimals as the page shows, written as the reader's own Excel writes numbers."""
    _, _, after = cell.text.partition(",")
    count = len(after) - len(after.lstrip("0123456789"))
    digits = "#,##0" + (f".{'0' * count}" if count else "")
    if cell.ratio is not None:
        digits = f"{digits} %"
    return f"+{digits};-{digits};{digits}" if cell.text.startswith("+") else digits


def _texts_of(table: Table, column: int) -> list[str]:
    if not column:
        return [row.heading.text for row in table.rows]
    return [row.cells[column - 1].text for row in table.rows]
