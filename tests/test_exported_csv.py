"""A table as CSV: what a Swedish spreadsheet opens right, and nothing that it would run."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import read_papers

from gsn_dash.domain.amounts import KR, Money, Unknown
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.present.tables import Table, TableRow, plain_amount, word
from gsn_dash.report.catalogue import list_tables
from gsn_dash.report.csv_table import harmless, write_csv

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def _read(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def test_every_table_holds_the_stores_amounts_exactly(papers):
    compared = 0
    for name, listed in list_tables(papers, run_controls(papers)).items():
        table = listed.make()
        if table is None:
            continue
        content = write_csv(papers, table)
        assert content.startswith(b"\xef\xbb\xbf"), name
        assert content.endswith(b"\r\n"), name
        rows = _read(content)[1:]
        for row, read in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, read[1:], strict=False):
                if isinstance(cell.amount, Money):
                    assert _number(text) == cell.amount.in_unit(table.unit), name
                    compared += 1
                elif isinstance(cell.amount, Unknown):
                    assert text.startswith(("okänt: ", "minst")), f"{name}: {text}"
    assert compared > 80


def test_numbers_have_decimal_comma_and_negatives_stay_numbers(papers):
    rows = _read(write_csv(papers, list_tables(papers, ())["driftbudget"].make()))
    assert rows[0][:3] == ["Rad", "Januari–april 2023, Budget", "Januari–april 2023, Utfall"]
    assert rows[2][:4] == ["Kostnader", "-24,7", "-21,5", "3,2"]
    assert rows[2][7].startswith("”−24,7”: Intäkter och kostnader")


def test_shares_are_parts_of_one(papers):
    rows = _read(write_csv(papers, list_tables(papers, ())["nyckel-e-dala"].make()))
    assert rows[0][3] == "Andel av hela samarbetet (andel av 1)"
    assert rows[1][:4] == ["Ludvika", "185000", "142555,26", "0,113194685"]


def test_the_sum_with_a_missing_term_says_at_least(papers):
    rows = {
        row[0]: row
        for row in _read(write_csv(papers, list_tables(papers, ())["samarbeten"].make()))
    }
    assert rows["E-arkiv"][2] == "okänt: papperet har ett frågetecken"
    assert rows["Summa av uppgifterna"][1] == "740300"
    assert rows["Summa av uppgifterna"][2].startswith("minst")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["", " ", "\u00a0"]),
    st.sampled_from(["=", "+", "-", "@", "\t", "\r", "＝", "－"]),
    st.text(max_size=12),
)
def test_no_text_begins_as_a_formula(space, sign, text):
    made = harmless(f"{space}{sign}{text}")
    assert made == f"'{space}{sign}{text}"


@settings(max_examples=40, deadline=None)
@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=20),
    kr=st.decimals(-(10**12), 10**12, places=2),
)
def test_whatever_a_cell_holds_it_is_read_again_in_its_column(papers, text, kr):
    row = TableRow(word(text), (plain_amount(Money(kr), "x"), word(text)))
    table = Table("t", ("Rad", "kr", text), (row,), unit=KR)
    heading, read = _read(write_csv(papers, table))
    assert len(heading) == len(read) == 3
    assert _number(read[1]) == kr
    assert not read[0].startswith(DANGEROUS)
    assert not read[2].startswith(DANGEROUS)
    assert read[2] in (text, f"'{text}")
