"""A table in Word: its caption above, heading rows that are marked as such and repeated."""

from __future__ import annotations

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.table import _Row as WordRow

from gsn_dash.charts.svg.nodes import plain
from gsn_dash.present.tables import Cell, Table, TableRow
from gsn_dash.report.columns import column_weights, is_number_column, mark_beside
from gsn_dash.report.word_styles import CAPTION, TEXT_WIDTH

_STYLE = "Table Grid"
_TYPE = Pt(8.5)
# How wide a column of numbers is where the rest is divided by weight: as a weight itself.
_NUMBER_WEIGHT = 4.0


def add_table(document: Document, table: Table) -> None:
    """The table with its caption, as wide as the text."""
    caption = document.add_paragraph(plain(table.caption), style=CAPTION)
    caption.paragraph_format.keep_with_next = True
    heads = 2 if table.groups else 1
    made = document.add_table(heads + len(table.rows), len(table.headings), style=_STYLE)
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = False
    _describe(made, table.caption)
    numbers = [is_number_column(table, place) for place in range(len(table.headings))]
    _write_heads(made, table, numbers)
    for row, told in zip(made.rows[heads:], table.rows, strict=True):
        _write_row(row, told, numbers)
    _set_widths(made, table)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _describe(made: WordTable, caption: str) -> None:
    """The caption as the table's own name, and the first row and column as headings."""
    properties = made._tbl.tblPr
    name = OxmlElement("w:tblCaption")
    name.set(qn("w:val"), plain(caption))
    properties.append(name)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1")
        look.set(qn("w:firstColumn"), "1")


def _write_heads(made: WordTable, table: Table, numbers: list[bool]) -> None:
    if table.groups:
        place = 1
        for text, count in table.groups:
            merged = made.cell(0, place).merge(made.cell(0, place + count - 1))
            _write(merged, text, is_bold=True, is_number=False)
            place += count
        _mark_heading(made.rows[0])
    head = made.rows[1 if table.groups else 0]
    for cell, text, is_number in zip(head.cells, table.headings, numbers, strict=True):
        _write(cell, text, is_bold=True, is_number=is_number)
    _mark_heading(head)


def _mark_heading(row: WordRow) -> None:
    properties = row._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _write_row(row: WordRow, told: TableRow, numbers: list[bool]) -> None:
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    cells = zip(row.cells, (told.heading, *told.cells), numbers, strict=True)
    for cell, said, is_number in cells:
        _write(cell, _text(said), told.is_total, is_number)


def _text(cell: Cell) -> str:
    mark = mark_beside(cell)
    return f"{mark} {cell.text}" if mark else cell.text


def _write(cell: WordCell, text: str, is_bold: bool, is_number: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(plain(text))
    run.bold, run.font.size = is_bold, _TYPE


def _set_widths(made: WordTable, table: Table) -> None:
    weights = [weight or _NUMBER_WEIGHT for weight in column_weights(table)]
    for column, weight in zip(made.columns, weights, strict=True):
        column.width = int(TEXT_WIDTH * weight / sum(weights))
    # A heading over several columns is as wide as they are.
    for row in made.rows[1 if table.groups else 0 :]:
        for cell, column in zip(row.cells, made.columns, strict=False):
            cell.width = column.width
