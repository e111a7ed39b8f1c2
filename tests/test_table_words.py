"""A table's own words and numbers are held against how it is read: what differs is told."""

from decimal import Decimal

import pytest
from made_tables import BY_ACTIVITY, Rows, csv_text, xlsx
from read_tables import facts, read


@pytest.mark.parametrize(
    ("above", "heads", "told"),
    [
        ("tkr", ("Budget jan-aug 2022", "Utfall jan-aug 2022", "Prognos 2022"), 3 * ["säger 2022"]),
        ("tkr", ("Budget jan-apr 2023", "Utfall jan-apr", "Årsbudget"), 2 * ["januari–april, men"]),
        ("tkr", ("Budget jan-aug", "Utfall augusti", "Prognos"), ["säger augusti, men"]),
        ("tkr", ("Budget t.o.m. aug", "Utfall 2023-08-31", "Prognos"), []),
        ("tkr", ("Budget 202301-202308", "Utfall per 31 aug", "Prognos apr"), []),
        ("tkr", ("Budget period", "Utfall T1", "Prognos jan-apr"), 2 * ["januari–april, men"]),
        ("tkr, bokslut", ("Budget helår", "Utfall helår", ""), 2 * ["hela året, men"]),
        ("Januari–april 2023, tkr", ("Budget period", "Utfall", "Prognos"), ["texten över"]),
        ("Uppföljning 2022, tkr", ("Budget period", "Utfall", "Prognos"), ["texten över"]),
        ("Beslutad 2022-11-14, tkr", ("Budget period", "Utfall", "Prognos"), []),
        ("tkr", ("Budget period", "Utfall (Mkr)", "Prognos (tkr)"), ["säger Mkr, men"]),
    ],
)
def test_a_table_of_another_time_or_unit_is_told_where_it_says_so(above, heads, told):
    rows = ((f"Nettokostnad {above}",), ("Verksamhet", *heads), ("031", -1, -2, -3))
    problems = read("a.xlsx", xlsx(rows)).problems
    assert len(problems) == len(told), problems
    for problem, words in zip(problems, told, strict=True):
        assert words in problem.sentence and problem.cell.endswith("2")
    investments: Rows = (("Mkr",), ("Projekt", "Överfört från 2022", *heads), ("A", 0, 1, 2, 3))
    if "2022" in heads[0]:
        found = read("a.xlsx", xlsx([(*row[:2], *row[2:]) for row in investments]))
        assert {problem.cell for problem in found.problems} == {"C2", "D2", "E2"}


def test_numbers_are_rounded_as_their_own_column_and_not_as_one_odd_cell():
    third = ("=-10000/3", -3333.3333333333335)
    rows = [list(row) for row in BY_ACTIVITY]
    rows[4][3], rows[5][6] = third, -3600.55
    steps = {
        draft.key.ref: draft.reading.precision
        for draft in read("a.xlsx", xlsx(rows)).drafts.operating
    }
    odd = {"operating:032:net:period:outcome", "operating:033:net:year:forecast"}
    assert {step for ref, step in steps.items() if ref not in odd} == {Decimal(1000)}
    # A column of whole numbers beside one of decimals, and 20,0 that a spreadsheet keeps as 20.
    beside = (("Mkr",), ("Verksamhet", "Budget jan-aug", "Utfall jan-aug"),
              ("031", -20, -1.5), ("032", -10, -2), ("033", -5, -0.7), ("", -3, -4.2))  # fmt: skip
    found = read("a.xlsx", xlsx(beside)).drafts.operating
    assert {(d.key.measure, d.reading.precision) for d in found} == {
        ("budget", Decimal(1_000_000)), ("outcome", Decimal(100_000)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "kr"),
    [("±0", 0), ("+/-0", 0), ("+-0,0", 0), ("0-", 0), ("— 1 200", -1_200_000), ("5-", -5_000)],
)
def test_amounts_as_people_write_them(written, kr):
    rows = (("Nettokostnad, tkr",), ("", "Budget jan-aug", "Utfall jan-aug"), ("031", -1, written))
    found = read("a.csv", csv_text(rows))
    assert found.problems == () and facts(found)["operating:031:net:period:outcome"] == kr


def test_deviations_are_fitted_to_what_they_are_of():
    raw = (("Driftbudget, tkr",), ("", "Budget jan-aug", "Utfall jan-aug", "Avvikelse jan-aug"),
           ("Intäkter", 20, 21, 1), ("Kostnader", 24, 22, -2))  # fmt: skip
    left = (("Investeringar, Mkr",), ("Projekt", "Anslag", "Utfall", "Avvikelse"),
            ("Säkerhet (GDPR)", 2.5, 0.5, 2.0), ("Summa", 2.5, 0.5, 2.0))  # fmt: skip
    found = read("a.xlsx", xlsx(raw, left))
    assert all(each.agrees for each in found.control_totals) and len(found.control_totals) >= 4
    values = facts(found)
    assert values["operating:total:revenue:period:deviation"] == 1_000
    assert values["operating:total:cost:period:deviation"] == 2_000
    assert values["investment:total:outcome_deviation"] == -2_000_000


def test_a_municipality_is_known_with_its_unit_in_brackets():
    rows = (("Samarbete", "Ludvika (tkr)", "Smedjebackens kommun (tkr)"), ("E-dala", 185, 45))
    found = read("a.xlsx", xlsx(rows))
    assert found.problems == () and facts(found) == {
        "collaboration:e-dala:2085": 185_000, "collaboration:e-dala:2061": 45_000,
    }  # fmt: skip
