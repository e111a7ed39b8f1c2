"""A table as CSV: what a Swedish spreadsheet opens right, and nothing that it would run."""

import csv
import re
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import read_papers

from gsn_dash.domain.amounts import KR, Money, Unknown
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.present.tables import Table, TableRow, plain_amount, word
from gsn_dash.report.catalogue import list_tables
from gsn_dash.report.csv_table import harmless, write_csv
from gsn_dash.report.sources import FindingAnswer

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
    names = ("Januari–april 2023, Budget (Mkr)", "Januari–april 2023, Utfall (Mkr)")
    assert rows[0][:3] == ["Rad", *names]
    assert rows[2][:4] == ["Kostnader", "-24,7", "-21,5", "3,2"]
    assert rows[2][7].startswith("”−24,7”: Intäkter och kostnader")


def test_what_the_paper_calls_about_so_much_says_so_beside_the_number(papers):
    rows = _read(write_csv(papers, list_tables(papers, ())["investeringar"].make()))
    (about,) = (row for row in rows if row[0].startswith("0051"))
    assert any(text.startswith("cirka ”0,5”: ") for text in about)
    assert sum(text.startswith("cirka ") for row in rows for text in row) == 2


def test_shares_are_parts_of_one(papers):
    rows = _read(write_csv(papers, list_tables(papers, ())["nyckel-e-dala"].make()))
    assert rows[0][1] == "Enligt rapporten (kr)"
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


def test_the_controls_come_with_what_has_been_answered(papers):
    findings = run_controls(papers)
    print_of = findings[0].fingerprint
    answers = {
        findings[0].key: FindingAnswer("Fakturan kom i maj", "Eva Ek", date(2023, 5, 3), print_of),
        findings[1].key: FindingAnswer("Avrundat", "Eva Ek", date(2023, 5, 3), "andra siffror"),
    }
    table = list_tables(papers, findings, answers)["kontroller"].make()
    rows = _read(write_csv(papers, table))
    assert rows[0][-1] == "Svar"
    assert rows[1][-1] == "Fakturan kom i maj (Eva Ek, 3\u00a0maj 2023)."
    assert rows[2][-1].endswith("Svaret gavs när siffrorna var andra.")
    assert {row[-1] for row in rows[3:]} == {""}


@given(
    st.sampled_from(["", " ", "\u00a0", "\u200b", "\ufeff", "\u2003 "]),
    st.sampled_from(["=", "+", "-", "@", "\t", "\r", "＝", "－"]),
    st.text(max_size=12).filter(lambda text: not text[:1].isdecimal()),
)
def test_no_text_begins_as_a_formula(space, sign, text):
    made = harmless(f"{space}{sign}{text}")
    assert made == f"'{space}{sign}{text}"


@pytest.mark.parametrize("text", ["-24,7", "+1.5", "-1 234", "-740\u00a0000,50", "-1000"])
def test_a_number_is_left_as_it_is_printed(text):
    assert harmless(text) == text


@pytest.mark.parametrize("text", ["-1+2", "+46 70 12", "-24,7 %|x", "-2;3", "-1-1", "-1 000 00"])
def test_what_only_begins_as_a_number_is_no_number(text):
    assert harmless(text) == f"'{text}"


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
    for said in (read[0], read[2]):
        assert not said.startswith(DANGEROUS) or re.fullmatch(r"[+-]\d[\d\s.,]*", said)
    assert read[2] in (text, f"'{text}")
