"""A workbook that is fetched: the store's figures to the öre, and formulas that give them."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import read_papers
from spreadsheet import Spreadsheet

from gsn_dash.domain.amounts import KR, MKR, ORE, Money, Unknown, round_half_away
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.present.open_data import RESOURCES
from gsn_dash.present.operating_tables import lines_table
from gsn_dash.present.tables import Cell, Table, TableRow, plain_amount, word
from gsn_dash.report.catalogue import list_tables
from gsn_dash.report.csv_table import write_csv
from gsn_dash.report.open_data import write_json
from gsn_dash.report.workbook import write_all, write_table

NET = OperatingKey("total", "net", "period", "outcome")


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


@pytest.fixture(scope="module")
def tables(papers):
    made = {name: found.make() for name, found in list_tables(papers, run_controls(papers)).items()}
    return {name: table for name, table in made.items() if table is not None}


@pytest.fixture(scope="module")
def whole(papers):
    return Spreadsheet(write_all(papers, run_controls(papers)))


def _first_row(table: Table) -> int:
    return 6 if table.groups else 5


def _kr(value: float, unit: Decimal) -> Decimal:
    return round_half_away(Decimal(repr(value)) * unit, ORE)


def test_every_amount_of_every_table_is_the_stores_to_the_ore(papers, tables):
    compared = 0
    for name, table in tables.items():
        sheet = openpyxl.load_workbook(
            BytesIO(write_table(papers, name, table)), data_only=True
        ).worksheets[0]
        for at, row in enumerate(table.rows, start=_first_row(table)):
            for column, cell in enumerate(row.cells, start=2):
                if isinstance(cell.amount, Money):
                    value = sheet.cell(at, column).value
                    shown = round_half_away(cell.amount.kr, ORE)
                    assert _kr(value, table.unit) == shown, f"{name}: {row.heading.text}"
                    compared += 1
    assert compared > 80


def test_every_formula_gives_what_its_cell_shows(whole):
    cells = whole.formula_cells()
    for sheet, name in cells:
        counted, shown = whole.count(sheet, name), whole.shown[sheet][name].value
        if isinstance(shown, str):
            assert counted == shown, f"{sheet}!{name}"
        else:
            assert counted == pytest.approx(shown, abs=1e-9), f"{sheet}!{name}"
    assert len(cells) > 60


def test_sums_and_deviations_can_be_followed(whole):
    driftbudget = whole.formulas["Driftbudget"]
    assert driftbudget["D7"].value == "=C7-B7"  # the deviation of costs
    assert driftbudget["B8"].value == "=SUM(B6:B7)"  # the net
    projects = whole.formulas["Investeringar"]
    assert projects["B9"].value == "=B10-B5-B6-B7-B8"  # what no paper names
    assert projects["D5"].value == "=B5-F5"
    assert "Driftbudget" in whole.formulas["Resten av året"]["B6"].value


def test_a_deviation_follows_when_a_controller_changes_an_amount(papers, tables):
    book = Spreadsheet(write_table(papers, "Driftbudget", tables["driftbudget"]))
    book.filled["Driftbudget", "C7"] = -22.5
    assert book.count("Driftbudget", "D7") == pytest.approx(2.2)
    assert book.count("Driftbudget", "D8") == pytest.approx(3.0)


def test_what_nobody_knows_is_a_text_and_its_sum_says_at_least(whole):
    sheet = whole.shown["Samarbeten"]
    assert sheet["C8"].value == "okänt: papperet har ett frågetecken"
    assert sheet["C9"].value == "minst 120\xa0000 kr, 1 saknas"
    assert sheet["B9"].value == 740_300
    whole.filled["Samarbeten", "C8"] = 30_000
    try:
        assert whole.count("Samarbeten", "C9") == 150_000
    finally:
        whole.filled.clear()


def test_no_cell_of_an_unknown_amount_holds_a_number(papers, tables):
    unknown = 0
    for name, table in tables.items():
        sheet = openpyxl.load_workbook(
            BytesIO(write_table(papers, name, table)), data_only=True
        ).worksheets[0]
        for at, row in enumerate(table.rows, start=_first_row(table)):
            for column, cell in enumerate(row.cells, start=2):
                if isinstance(cell.amount, Unknown):
                    value = sheet.cell(at, column).value
                    assert isinstance(value, str), f"{name}: {row.heading.text}"
                    unknown += 1
    assert unknown >= 8


def test_a_printed_sum_that_its_parts_do_not_give_stays_as_printed(papers):
    figure = papers.operating.get(NET) or papers.totals[NET.ref]
    other = replace(figure, amount=Money(Decimal("-400000")), printed="-0,4")
    where = "operating" if NET in papers.operating else "totals"
    key = NET if where == "operating" else NET.ref
    changed = replace(papers, **{where: {**getattr(papers, where), key: other}})
    book = Spreadsheet(write_table(changed, "Driftbudget", lines_table(changed)))
    sheet = book.formulas["Driftbudget"]
    assert sheet["C8"].value == -0.4
    assert sheet["J8"].value.endswith("Delarna ger −0,3\xa0Mkr")


def test_the_source_stands_beside_each_number(papers, tables):
    sheet = Spreadsheet(write_table(papers, "Driftbudget", tables["driftbudget"])).shown.worksheets[
        0
    ]
    assert sheet["I5"].value == "Källa: Januari–april 2023, Budget"
    assert sheet["I7"].value.startswith("”−24,7”: Intäkter och kostnader")
    assert "bilaga 1" in sheet["I7"].value


def test_numbers_have_formats_that_a_swedish_excel_writes_with_comma(whole):
    assert whole.formulas["Driftbudget"]["B7"].number_format == "#,##0.0"
    assert whole.formulas["Driftbudget"]["D7"].number_format.startswith("+#,##0.0")
    assert whole.formulas["Samarbeten"]["B5"].number_format == "#,##0"
    assert whole.formulas["E-dala, nyckel"]["C5"].number_format == "#,##0.00"
    assert whole.formulas["Investeringar"]["E5"].number_format.endswith("%")


def test_the_whole_has_every_table_every_amount_and_the_controls(whole, tables, papers):
    names = whole.formulas.sheetnames
    assert {"Driftbudget", "Ludvika", "Källor", "Granskning", "Om"} <= set(names)
    assert len(names) == len(tables) + 2
    controls = whole.shown["Granskning"]
    assert controls.max_row == 4 + len(run_controls(papers))
    assert "tillfälle\u00a02, 2023" in whole.shown["Om"]["A1"].value


def test_the_same_figures_give_the_same_bytes(papers, whole):
    assert write_all(papers, run_controls(papers)) == whole.content


@given(
    texts=st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1),
        max_size=4,
    ),
    kr=st.decimals(-(10**10), 10**10, places=2),
    sign=st.sampled_from(["=", "+", "-", "@", "=HYPERLINK(", "http://", "{="]),
)
def test_whatever_a_cell_holds_texts_stay_texts_and_amounts_amounts(papers, texts, kr, sign):
    cells = (plain_amount(Money(kr), "x"), *(word(f"{sign}{text}") for text in texts))
    headings = ("", "kr", *("text" for _ in texts))
    table = Table("=1+1", headings, (TableRow(Cell("-2", is_number=False), cells),), unit=KR)
    sheet = openpyxl.load_workbook(BytesIO(write_table(papers, "=[x]", table))).worksheets[0]
    assert (sheet["A1"].data_type, sheet["A1"].value) == ("s", "=1+1")
    assert (sheet["A5"].data_type, sheet["A5"].value) == ("s", "-2")
    assert _kr(sheet["B5"].value, KR) == kr
    for column, text in enumerate(texts, start=3):
        cell = sheet.cell(5, column)
        assert (cell.data_type, cell.value) == ("s", f"{sign}{text}")


def test_amounts_are_counted_in_what_the_sheet_says(papers, tables):
    assert tables["driftbudget"].unit == MKR
    sheet = Spreadsheet(write_table(papers, "x", tables["driftbudget"])).shown.worksheets[0]
    assert sheet["A2"].value == "Belopp i miljoner kronor (Mkr)."
    assert sheet["B7"].value == -24.7


def test_a_sheet_of_no_amounts_does_not_say_what_amounts_are_counted_in(papers):
    table = Table("x", ("", "x"), (TableRow(Cell("a"), (word("b"),)),), unit=KR)
    sheet = Spreadsheet(write_table(papers, "x", table)).shown.worksheets[0]
    assert "Belopp i" not in (sheet["A2"].value or "")


NOTHING = {
    "operating": {},
    "investments": {},
    "contributions": {},
    "projects": (),
    "collaborations": (),
    "allocation_keys": {},
    "populations": (),
    "totals": {},
    "claims": (),
    "documents": {},
}


@pytest.mark.parametrize("lacking", [*NOTHING, "everything"])
def test_papers_that_lack_something_still_make_a_workbook_and_open_data(papers, lacking):
    gone = NOTHING if lacking == "everything" else {lacking: NOTHING[lacking]}
    partial = replace(papers, **gone)
    findings = run_controls(partial)
    book = Spreadsheet(write_all(partial, findings))
    for sheet, name in book.formula_cells():
        shown = book.shown[sheet][name].value
        same = shown if isinstance(shown, str) else pytest.approx(shown, abs=1e-9)
        assert book.count(sheet, name) == same, f"{sheet}!{name}"
    for resource in RESOURCES.values():
        assert write_json(partial, findings, resource)
    for listed in list_tables(partial, findings).values():
        table = listed.make()
        assert table is None or write_csv(partial, table)
