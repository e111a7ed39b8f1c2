"""Tables as a workbook: numbers as numbers, sums as formulas, and the source beside each number.

The same figures give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook

from gsn_dash.domain.checks.finding import Finding
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.files import MADE_BY, describe_file, name_file
from gsn_dash.present.sources_tables import figures_table
from gsn_dash.present.tables import Table
from gsn_dash.report.catalogue import list_tables
from gsn_dash.report.formulas import Formulas
from gsn_dash.report.sheets import Sheet, SheetWriter, name_sheets
from gsn_dash.report.sources import NO_ANSWERS, Answers

_ABOUT_WIDTH = 100
_OPTIONS = {
    "in_memory": True,
    # A text is a text, whatever it begins with.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_table(snapshot: Snapshot, title: str, table: Table) -> bytes:
    """One table as an xlsx, with a sheet that says how it is to be read."""
    return _write(snapshot, title, [Sheet(title, table)])


def write_all(
    snapshot: Snapshot, findings: Sequence[Finding], answers: Answers = NO_ANSWERS
) -> bytes:
    """Every table of the occasion as one xlsx, and every amount with its place or rule."""
    tables = list_tables(snapshot, findings, answers).values()
    made = ((listed.title, listed.make()) for listed in tables)
    sheets = [Sheet(title, table) for title, table in made if table is not None and table.rows]
    sheets.append(Sheet("Källor", figures_table(snapshot), has_sources=False))
    return _write(snapshot, "Alla tabeller", sheets)


def _write(snapshot: Snapshot, title: str, sheets: list[Sheet]) -> bytes:
    content = BytesIO()
    book = Workbook(content, _OPTIONS)
    # A time of its own would make each file another one.
    made_at = datetime.combine(snapshot.occasion.appendix_dated, time())
    book.set_properties(
        {"title": name_file(snapshot.occasion, title), "author": MADE_BY, "created": made_at}
    )
    formulas = Formulas(snapshot)
    writers = [SheetWriter(book, snapshot, formulas, sheet) for sheet in name_sheets(sheets, "Om")]
    for writer in writers:
        writer.place()
    for writer in writers:
        writer.write()
    _write_about(book, describe_file(snapshot))
    book.close()
    return content.getvalue()


def _write_about(book: Workbook, paragraphs: Sequence[str]) -> None:
    sheet = book.add_worksheet("Om")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, _ABOUT_WIDTH, wrapped)
    for row, text in enumerate(paragraphs):
        sheet.write_string(row, 0, text, wrapped)
