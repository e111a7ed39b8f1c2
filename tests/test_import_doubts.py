"""What a controller is told to look at before a file is kept: leaps, slips, what has gone."""

from datetime import date
from decimal import Decimal

import pytest
from import_files import filled_template, own_table
from papers import PLACE, mkr
from seated import sit_at_the_server
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest
from test_importing import AUGUST, COST_CELL, keep, look, read, texts

from gsn_dash.domain.checks.finding import Finding, Side, Verdict
from gsn_dash.domain.differences import CHANGED, Difference
from gsn_dash.domain.figures import Figure
from gsn_dash.importing import comparing, doubts, flow, telling
from gsn_dash.importing.corrections import Correction, correction_drafts
from gsn_dash.importing.proposing import fitting_line, propose_occasion
from gsn_dash.ingest.control import ControlTotal
from gsn_dash.ingest.opened import Choices, Opened
from gsn_dash.ingest.recognising import Recognised
from gsn_dash.present.importing import format_sides
from gsn_dash.settings import PROJECT
from gsn_dash.store.occasions import OccasionLine
from gsn_dash.ui import data

LAST = ("Intäkter", 20.4, 21.2, 74.1, 74.1), ("Kostnader", -24.7, -21.5, -74.1, -74.1)
HELD = OccasionLine(2023, 2, date(2023, 4, 30), date(2023, 5, 8))


def said(engine: Engine, *lines: tuple[object, ...]) -> tuple[flow.Look, str]:
    """The look at a new occasion with these lines, and all that is warned of."""
    seen = look(engine, "drift.xlsx", own_table(lines), Choices(AUGUST))
    return seen, " ".join(doubts.warnings(seen))


def test_a_new_occasion_stands_beside_the_one_before_it_the_leaps_first(loaded_engine: Engine):
    seen, warned = said(
        loaded_engine,
        ("Intäkter", 49.4, 50.1, 74.1, 74.8),
        ("Kostnader", -49.4, -47000, -74.1, None),
    )
    table = telling.changes_table(seen)
    assert table.headings == ("Uppgift", "Förra tillfället", "Nu", "Ändring")
    first, *rest = texts(table)
    assert first[0].startswith("Kostnader, utfall") and first[3] == "ändras, fel enhet?"
    assert first[1:3] == ("−21,5\u00a0Mkr", "−47\u00a0000,0\u00a0Mkr")
    assert ("Intäkter, budget helår 2023", "74,1\u00a0Mkr", "74,1\u00a0Mkr", "samma") in rest
    assert "förra gången var det −21,5\u00a0Mkr. Är beloppet skrivet i fel enhet" in warned
    # What was known last time, and is left empty now, is never passed over in silence.
    assert "Kostnader, prognos helår 2023" in warned and "förra gången" in warned
    assert len(telling.telling_rows(table).rows) <= telling.MOST_TOLD


def test_amounts_left_as_they_were_last_time_are_said_and_must_be_confirmed(loaded_engine: Engine):
    seen, warned = said(loaded_engine, *LAST)
    assert "4 av 4 utfall och prognoser är precis som förra tillfället" in warned
    assert doubts.confirmation(seen, date(2023, 5, 1)).startswith("Alla utfall och prognoser")
    other, warned = said(loaded_engine, LAST[0], ("Kostnader", -49.4, -47.0, -74.1, -74.9))
    assert "2 av 4 utfall" in warned and doubts.confirmation(other, date(2023, 5, 1)) == ""


def test_a_net_that_changes_sign_is_said_loudly(loaded_engine: Engine):
    _, warned = said(loaded_engine, *LAST)
    assert "byter tecken" not in warned
    _, warned = said(loaded_engine, LAST[0], ("Kostnader", -24.7, -20.5, -74.1, -74.1))
    assert "Nettokostnad, utfall januari–augusti 2023 byter tecken, från −0,3" in warned


def another(now, year: int, number: int, end: date, **cells: object) -> bytes:
    """The template filled in as now, but for its occasion and some cells (D5_Driftbudget=…)."""
    days = dict(zip(("B3", "B4", "B5", "B6", "B7"), (year, number, end, end, end), strict=True))
    changes = {("Tillfälle", cell): value for cell, value in days.items()}
    changes |= {tuple(name.split("_")[::-1]): value for name, value in cells.items()}
    return filled_template(now, changes)


def test_nothing_is_missing_of_what_a_file_is_not_about_or_a_closing_cannot_have(
    loaded_engine: Engine,
):
    now = read(loaded_engine)
    empty = [f"{x}{y}_Samarbeten" for x in "CD" for y in range(4, 14)]
    empty += [f"{x}{y}_Driftbudget" for x in "HI" for y in range(4, 24)]
    empty += [f"{x}{y}_Investeringar" for x in "HK" for y in range(4, 14)]
    closing = another(now, 2023, 4, date(2023, 12, 31), **dict.fromkeys([*empty, "E5_Driftbudget"]))
    seen = look(loaded_engine, "bokslut.xlsx", closing)
    told = [name for name, _ in texts(telling.missing_table(seen))]
    assert any(name.startswith("Kostnader, utfall") for name in told)
    assert not [name for name in told if "prognos" in name or "helår" in name], told
    assert "Summan" not in " ".join(told) and "samarbete" not in " ".join(told), told


def test_a_part_of_a_new_year_is_not_held_against_the_year_before(loaded_engine: Engine):
    now = read(loaded_engine)
    turned = {"E4_Driftbudget": 20.0, "E5_Driftbudget": -19.0, "E6_Driftbudget": 1.0}
    seen = look(loaded_engine, "a.xlsx", another(now, 2024, 1, date(2024, 3, 31), **turned))
    assert seen.earlier and "byter tecken" not in " ".join(doubts.warnings(seen))
    seen = look(loaded_engine, "b.xlsx", another(now, 2023, 3, date(2023, 8, 31), **turned))
    assert "byter tecken" in (told := " ".join(doubts.warnings(seen)))
    assert "kontroller på Granskning skulle inte stämma. De står längre ned." in told
    same = look(loaded_engine, "c.xlsx", another(now, 2023, 3, date(2023, 8, 31)))
    told = " ".join(doubts.warnings(same))
    assert "En kontroll på Granskning skulle inte stämma. Den står längre ned." in told


def test_an_occasion_whose_meeting_has_been_is_changed_only_with_a_yes(loaded_engine: Engine):
    now = read(loaded_engine)
    seen = look(loaded_engine, "a.xlsx", filled_template(now, {COST_CELL: -21.9}))
    held = doubts.confirmation(seen, now.occasion.meeting_on)
    assert held.startswith("Du ändrar tillfälle\u00a02, 2023, som nämnden redan har haft möte om: ")
    assert doubts.confirmation(seen, date(2023, 5, 1)) == ""
    assert telling.describe_look(seen).startswith("Filen gäller tillfälle\u00a02, 2023.")


def test_what_a_file_leaves_out_of_an_occasion_stays_and_is_listed(loaded_engine: Engine):
    now = read(loaded_engine)
    seen = look(loaded_engine, "a.xlsx", filled_template(now, {COST_CELL: None}))
    assert [row[0] for row in texts(telling.unsaid_table(seen))] == [
        "Kostnader, utfall januari–april 2023"
    ]
    unknown = look(loaded_engine, "a.xlsx", filled_template(now, {COST_CELL: "?"}))
    assert "Blir okänt" in " ".join(doubts.warnings(unknown))


def test_a_file_that_undoes_a_correction_says_so(loaded_engine: Engine):
    now = read(loaded_engine)
    ref = "operating:total:cost:period:outcome"
    drafts = correction_drafts(now, ref, Correction("−21,9", "Mkr"))
    flow.keep_drafts(loaded_engine, drafts, "Eva Ek", "Felskrivet", now.batch)
    seen = look(loaded_engine, "a.xlsx", filled_template(now, {}))
    assert (
        "Filen tar bort en rättelse: Kostnader, utfall januari–april 2023 rättades till"
        " −21,9\u00a0Mkr av Eva Ek, därför att: Felskrivet. Det blir −21,5\u00a0Mkr."
    ) in doubts.warnings(seen)


def test_a_control_that_another_file_puts_right_is_one_row_from_before_to_after(
    loaded_engine: Engine,
):
    now = read(loaded_engine)
    keep(loaded_engine, look(loaded_engine, "fel.xlsx", filled_template(now, {COST_CELL: -28.0})))
    wrong = read(loaded_engine)
    seen = look(loaded_engine, "ratt.xlsx", filled_template(wrong, {COST_CELL: -21.5}))
    rows = texts(telling.findings_table(seen, flow.finding_changes(seen)))
    right = [row for row in rows if row[1:3] == ("stämmer inte", "stämmer")]
    assert "Nettokostnad, utfall januari–april 2023" in {row[0] for row in right}
    # What the text says of two figures is another control than before: they are swapped. And a
    # control that comes to hold exactly is told too.
    assert {row[1:3] for row in rows if row not in right} == {
        ("stämmer efter avrundning", "stämmer"),
        ("ny", "stämmer inte"),
        ("stämmer inte", "prövas inte längre"),
    }


def test_a_control_of_a_figure_that_has_moved_to_another_file_is_the_same_control():
    def finding(verdict: Verdict, document: str) -> Finding:
        place = PLACE.__class__(PLACE.document.__class__(document, "t", "fil", None), "s")
        side = Side(mkr("1"), (place,))
        return Finding("total", "operating:total:net:period:outcome", verdict, side, side)

    seen = flow.Look(
        None,
        before=(finding(Verdict.FAILS, "fel"),),
        after=(finding(Verdict.HOLDS, "ratt"),),
    )
    (change,) = flow.finding_changes(seen)
    assert (change.before.verdict, change.after.verdict) == (Verdict.FAILS, Verdict.HOLDS)


def figure(step: str, is_about: bool = False) -> Figure:
    return Figure("investment:x:left", mkr("0.5"), Decimal(step), PLACE, "0,5", is_about)


def test_a_slip_that_is_put_right_is_not_asked_about_again(loaded_engine: Engine):
    lines = ("Intäkter", 49.4, 50.1, 74.1, 74.8), ("Kostnader", -49.4, -47000, -74.1, -74.9)
    keep(loaded_engine, said(loaded_engine, *lines)[0])
    seen, warned = said(loaded_engine, lines[0], ("Kostnader", -49.4, -47.0, -74.1, -74.9))
    assert comparing.slips(seen) == () and "fel enhet" not in warned
    _, warned = said(loaded_engine, lines[0], ("Kostnader", -49.4, -47000, -74100, -74.9))
    assert "budget helår 2023 är −74\u00a0100,0\u00a0Mkr, men nu gäller −74,1\u00a0Mkr" in warned


def test_a_file_is_the_first_that_an_empty_program_has(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(data, "_figures", data.Figures())
    monkeypatch.setattr(data, "_engine", None)
    data.refresh(engine)
    sit_at_the_server()
    page = AppTest.from_file(str(PROJECT / "pages" / "inlasning.py"), default_timeout=60)
    page.run()
    assert not page.exception
    assert "1. Välj fil" in [heading.value for heading in page.header]

    seen = look(engine, "drift.xlsx", own_table(), Choices(AUGUST))
    assert "är nytt. Det här skulle ge 8 nya uppgifter." in telling.describe_look(seen)
    assert telling.changes_table(seen).headings[1] == "Gäller nu"
    keep(engine, seen)
    assert "Uppföljning, tillfälle 3 2023" in {d.title for d in read(engine).documents.values()}


def test_what_changes_is_said_where_the_amounts_are_written_alike():
    found = format_sides(figure("100000", True), figure("100000"))
    assert found == ("cirka 0,5\u00a0Mkr", "0,5\u00a0Mkr, inte ungefärligt")
    finer = format_sides(figure("100000"), figure("1000"))
    assert len(set(finer)) == 2 and "1\u00a0000\u00a0kr" in finer[1]


def test_a_cell_that_is_two_sums_is_told_once():
    totals = [ControlTotal(n, mkr("1"), mkr("2"), Decimal(0), "B7") for n in ("Netto", "Summan")]
    assert len(telling.doubtful_totals(totals)) == 1
    assert telling.describe_totals(totals).startswith("0 av 1 summor")


@pytest.mark.parametrize(
    ("caption", "headings", "found"),
    [
        ("Driftbudget januari–augusti 2023", (), (2023, 3, 8)),
        ("Driftbudget", ("Utfall jan-apr 2023", "Budget helår 2023"), (2023, 2, 4)),
        ("Uppföljning tillfälle 3 2023", ("Utfall jan–aug",), (2023, 3, 8)),
        ("Bokslut 2023", ("Utfall",), (2023, 3, 12)),
        ("Driftbudget", ("Utfall", "Prognos"), (None, None, None)),
        ("Utfall 2022 och 2023", ("jan–aug",), (None, None, 8)),
    ],
)
def test_the_occasion_is_proposed_from_the_files_own_words_alone(caption, headings, found):
    table = Recognised("Blad1", "operating", (1,), {}, "Mkr", -1, True, caption, headings)
    opened = Opened("a.xlsx", "0" * 64, "table", None, (table,), ())
    proposed = propose_occasion(opened, (HELD,))
    assert (proposed.year, proposed.number, proposed.month) == found
    assert (fitting_line(proposed, (HELD,)) is HELD) == (found == (2023, 2, 4))


def test_a_leap_is_measured_against_what_the_longer_period_leads_to_expect():
    def leap(before: str, after: str) -> Decimal:
        ref = "operating:total:cost:period:outcome"
        sides = (Figure(ref, mkr(each), Decimal(1), PLACE, each) for each in (before, after))
        return comparing._leap(Difference(ref, *sides, CHANGED, "operating"), Decimal(2))

    assert leap("-20", "-40") == 1 < leap("-20", "-20") < leap("-20", "-200") < leap("-20", "20")
