"""A spreadsheet's cells are read as they are, and a file that is none is refused with words."""

import io
import zipfile
from contextlib import suppress
from datetime import date
from time import process_time

import pytest
import xlsxwriter
from made_tables import BY_ACTIVITY, csv_text, ods, packed, repacked, xlsx

from gsn_dash.ingest.cells import MOST_ROWS, MOST_SHEETS, Cell, FileRefused, cell_name
from gsn_dash.ingest.sheet_xml import refuse_large_xlsx, xlsx_faults
from gsn_dash.ingest.workbook import open_workbook


def _cells(content: bytes, name: str = "a.xlsx") -> list[Cell]:
    return list(open_workbook(name, content).sheets[0].rows[0])


def test_numbers_dates_and_truths_are_read_as_the_spreadsheet_means_them():
    row = (24.7, 20, 0.1 + 0.2, 1234567.125, -0.0, 1e15, date(2023, 4, 30), True, " hej ", None, 1)
    assert _cells(xlsx([row])) == [
        Cell("24,7", True), Cell("20", True), Cell("0,3", True), Cell("1234567,125", True),
        Cell("0", True), Cell("1000000000000000", True), Cell("2023-04-30"), Cell("SANT"),
        Cell("hej"), Cell(), Cell("1", True),
    ]  # fmt: skip


def test_formulas_that_err_or_were_never_calculated_are_no_empty_cells():
    content = xlsx([(("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ("=A1", 5), ("=A2", ""))])
    err, missing, calculated, empty = _cells(content)
    assert err.fault == missing.fault == "är en formel som ger ett fel"
    assert calculated == Cell("5", True) and "inte är uträknad" in empty.fault
    sheet = '<table:table-cell office:value-type="float" office:value="0" '
    sheet += 'calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
    rows = f"<table:table-row>{sheet}</table:table-row>"
    assert open_workbook("a.ods", ods([], rows)).sheets[0].rows[0][0].fault == err.fault


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell():
    """Excel writes =IF(A1="";"";…) as a text with nothing in it; it has been calculated."""
    content = xlsx([("a", ("=B1", ""), 5)])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    for value in (b"<v></v>", b"<v/>"):
        text = sheet.replace(b'<c r="B1"><f>B1</f><v></v>', b'<c r="B1" t="str"><f>B1</f>' + value)
        assert text != sheet
        cells = _cells(repacked(content, xl__worksheets__sheet1DOTxml=text))
        assert cells == [Cell("a"), Cell(), Cell("5", True)]


@pytest.mark.parametrize(
    ("shown", "is_divided"),
    [("#,##0,", True), ("#,##0.0,,", True), ('0, "tkr"', True), ("#,##0", False), ("0.00", False),
     ('#,##0 "a, b"', False), ("_-* #,##0_,_-", False)],
)  # fmt: skip
def test_an_amount_that_is_shown_divided_is_not_read(shown, is_divided):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet, style = book.add_worksheet(), book.add_format({"num_format": shown})
    sheet.write_row(0, 0, (-1_200_000, "text", None), style)
    sheet.write_blank(0, 3, None, style)
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.write_number(5, 0, 1)
    book.close()
    found = open_workbook("a.xlsx", stream.getvalue())
    number, *others = found.sheets[0].rows[0]
    assert bool(number.fault) is is_divided and not any(cell.fault for cell in others)
    (remark,) = found.remarks
    assert remark == "Bladet ”Sheet1” har dolda rader eller kolumner; de läses som de andra."


def test_hidden_rows_of_an_ods_are_told_as_those_of_an_xlsx_are():
    hidden = '<table:table-row table:visibility="{}"><table:table-cell/></table:table-row>'
    for how in ("collapse", "filter"):
        (remark,) = open_workbook("a.ods", ods(BY_ACTIVITY, hidden.format(how))).remarks
        assert remark == "Bladet ”Blad1” har dolda rader eller kolumner; de läses som de andra."
    assert open_workbook("a.ods", ods(BY_ACTIVITY, hidden.format("visible"))).remarks == ()


def test_an_ods_that_shows_amounts_divided_is_refused():
    content = ods(BY_ACTIVITY, '<number:number xmlns:number="n" number:display-factor="1000"/>')
    with pytest.raises(FileRefused, match="delade med tusen"):
        open_workbook("a.ods", content)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_files_are_read_whatever_wrote_them(separator, encoding):
    content = csv_text([("Intäkter", 20.4), ("Övrigt", -3)], separator, encoding)
    rows = open_workbook("a.csv", content).sheets[0].rows
    assert [[cell.text for cell in row] for row in rows] == [["Intäkter", "20,4"], ["Övrigt", "-3"]]


def test_what_is_not_read_is_said():
    content = xlsx([("a",)], [("b",)], names=("Synligt", "Dolt"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = archive.read("xl/workbook.xml").replace(
            b'name="Dolt"', b'name="Dolt" state="hidden"'
        )
    changed = repacked(
        content, xl__workbookDOTxml=book, xl__vbaProjectDOTbin=b"x",
        xl__externalLinks__externalLink1DOTxml=b"<x/>",
    )  # fmt: skip
    remarks = open_workbook("a.xlsm", changed).remarks
    assert [remark.split()[1] for remark in remarks] == ["har", "hämtar", "”Dolt”"]
    assert "Filen har makron; de läses inte." in remarks


def _far_away(reference: str) -> bytes:
    """One cell far from the others, which a reader that keeps whole sheets would drown in."""
    sheet = (
        '<?xml version="1.0"?><worksheet'
        ' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row><c r="A1"><v>1</v></c><c r="{reference}"><v>1</v></c></row></sheetData></worksheet>'
    )
    return repacked(xlsx([("a",)]), xl__worksheets__sheet1DOTxml=sheet)


_WIDE = '<table:table-row><table:table-cell office:value-type="float" office:value="1"'
_WIDE += ' table:number-columns-repeated="16384"/></table:table-row>'
_LONG = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell'
_LONG += ' office:value-type="float" office:value="1"/></table:table-row>'


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", _far_away("XFD1"), "16384 kolumner; högst 200"),
        ("a.xlsx", _far_away("A1048576"), f"rad 1048576; högst {MOST_ROWS}"),
        ("a.ods", ods([], _WIDE), "16384 kolumner"),
        ("a.ods", ods([], _LONG), "rad 1048576"),
        ("a.csv", b"1;" * 300, "301 kolumner"),
        ("a.csv", b"1\n" * (MOST_ROWS + 1), f"högst {MOST_ROWS} rader"),
        ("a.xlsx", xlsx(*([("a",)] for _ in range(MOST_SHEETS + 1))), "Filen har 21 blad"),
        ("a.csv", b"1" * (10 * 1024 * 1024 + 1), "högst 10 MB"),
        ("a.xlsx", packed({"xl/workbook.xml": bytes(5 * 1024 * 1024)}), "orimligt stor uppackad"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_file_that_is_too_large_is_refused_with_its_limit(name, content, words):
    with pytest.raises(FileRefused, match=words):
        open_workbook(name, content)


def test_an_ods_that_repeats_empty_rows_to_the_end_is_no_large_file():
    tail = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell'
    tail += ' table:number-columns-repeated="16384"/></table:table-row>'
    assert len(open_workbook("a.ods", ods(BY_ACTIVITY, tail)).sheets[0].rows) == len(BY_ACTIVITY)


def test_cells_have_the_names_that_spreadsheets_give_them():
    assert [cell_name(0, 0), cell_name(6, 1), cell_name(9, 27)] == ["A1", "B7", "AB10"]


@pytest.mark.parametrize(
    "begins", [b"<c ", b'<c r="A1" ', b'<c s="1" ', b"<row ", b'<c r="A1"><f>1</f>', b"<c><v> "]
)
@pytest.mark.parametrize("goes_on", [b"<c ", b'r="A1" ', b's="1" ', b" ", b"<row ", b"A"])
def test_no_sheet_takes_longer_to_look_through_than_its_size(begins, goes_on):
    """What grows as the square of the size takes minutes for a sheet of a few kilobytes packed."""
    xml = begins + goes_on * (300_000 // len(goes_on))
    start = process_time()
    xlsx_faults(xml, frozenset({b"1"}))
    with suppress(FileRefused):
        refuse_large_xlsx("a", xml)
    assert process_time() - start < 1.5
