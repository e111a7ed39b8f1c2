"""The template has the last occasion's lines, and gives back the figures that are filled in."""

import io
import itertools
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from import_files import changed_book, filled_template
from papers import read_papers
from read_tables import facts

from gsn_dash.domain.amounts import Money, Unknown
from gsn_dash.domain.drafts import OccasionDraft
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.ingest.gathering import Known
from gsn_dash.ingest.opened import Choices, ReadFile, known_in, open_file, read_opened
from gsn_dash.report.template import write_template


@pytest.fixture(scope="module")
def snapshot(server_url: str, loaded_template: str) -> Snapshot:
    """The papers' figures."""
    return read_papers(server_url, loaded_template)


def _read(content: bytes, known: Known) -> ReadFile:
    opened = open_file("mall.xlsx", content)
    assert opened.kind == "template"
    return read_opened(opened, Choices(), known)


def _changed(content: bytes, *cells: tuple[str, str, object]) -> bytes:
    return changed_book(content, {(sheet, cell): value for sheet, cell, value in cells})


def test_filled_in_with_the_last_figures_it_gives_the_same_figures_back(snapshot):
    found = _read(filled_template(snapshot, {}), known_in(snapshot))
    assert found.problems == ()
    drafts = found.drafts
    readings = {d.key.ref: d.reading for d in (*drafts.operating, *drafts.investments)}
    stated = {f.ref: f for f in (*snapshot.operating.values(), *snapshot.investments.values())}
    assert set(readings) == set(stated)
    for ref, figure in stated.items():
        _assert_same(readings[ref], figure)
    paid = {draft.key: draft for draft in drafts.contributions}
    assert set(paid) == set(snapshot.contributions)
    for key, contribution in snapshot.contributions.items():
        _assert_same(paid[key].reading, contribution.figure)
        assert paid[key].year == contribution.year
    totals = {draft.ref: draft.reading for draft in drafts.totals}
    assert set(totals) == set(snapshot.totals) - {"collaboration:e-dala:total"}
    for ref, reading in totals.items():
        _assert_same(reading, snapshot.totals[ref])
    latest = max(each.as_of for each in snapshot.populations)
    counted = {(d.municipality, d.as_of, d.count) for d in drafts.populations}
    assert counted == {
        (p.municipality, p.as_of, p.count) for p in snapshot.populations if p.as_of == latest
    }
    assert (drafts.activities, drafts.projects, drafts.collaborations) == ((), (), ())
    (occasion,), held = drafts.occasions, snapshot.occasion
    assert (occasion.period_end, occasion.meeting_on) == (held.period_end, held.meeting_on)


_STEPS = [Decimal(step) for step in ("100000", "1000", "100", "1", "0.01", "10000", "1000000")]


@pytest.mark.parametrize(
    ("pattern", "is_whole"),
    [("0", True), ("1", False), ("01", True), ("0123456", False), ("333330", False), ("65", True)],
)
def test_figures_keep_their_rounding_whatever_they_are_printed_in(snapshot, pattern, is_whole):
    """Also where papers and imports differ: a total in Mkr over activities in tkr or kr."""
    steps = itertools.cycle(_STEPS[int(place)] for place in pattern)

    def printed(figure: Figure) -> Figure:
        if figure.is_unknown:
            return figure
        step = next(steps)
        count = int(figure.amount.kr / step) // (10 if is_whole else 1) * (10 if is_whole else 1)
        return replace(figure, amount=Money(count * step), precision=step)

    changed = replace(
        snapshot,
        operating={key: printed(each) for key, each in snapshot.operating.items()},
        investments={key: printed(each) for key, each in snapshot.investments.items()},
        totals={ref: printed(each) for ref, each in snapshot.totals.items()},
    )
    drafts = _read(filled_template(changed, {}), known_in(changed)).drafts
    readings = {d.key.ref: d.reading for d in (*drafts.operating, *drafts.investments)}
    readings |= {draft.ref: draft.reading for draft in drafts.totals}
    stated = [*changed.operating.values(), *changed.investments.values()]
    stated += [each for ref, each in changed.totals.items() if ref in readings]
    assert len(stated) == len(readings)
    for figure in stated:
        _assert_same(readings[figure.ref], figure)


def _assert_same(reading, figure) -> None:
    assert isinstance(reading.amount, Unknown) == figure.is_unknown, figure.ref
    if not figure.is_unknown:
        assert reading.amount == figure.amount, figure.ref
        assert reading.precision == figure.precision, figure.ref
    assert reading.approximate == figure.approximate, figure.ref
    if figure.printed.startswith(","):
        assert reading.printed == figure.printed and reading.precision == figure.precision


def test_the_same_figures_give_the_same_template_to_the_byte(snapshot):
    assert write_template(snapshot) == write_template(replace(snapshot))


def test_the_next_occasion_is_filled_into_the_template(snapshot):
    content = _changed(
        write_template(snapshot),
        ("Tillfälle", "B3", 2023), ("Tillfälle", "B4", 3),
        ("Tillfälle", "B5", datetime(2023, 8, 31)),
        ("Tillfälle", "B6", "2023-09-04"), ("Tillfälle", "B7", datetime(2023, 9, 11)),
        ("Driftbudget", "E5", -47.25), ("Driftbudget", "E6", -3.5), ("Driftbudget", "D10", "?"),
        ("Driftbudget", "A24", "034"), ("Driftbudget", "B24", "Säkerhet"),
        ("Driftbudget", "C24", "Netto"), ("Driftbudget", "H24", -1.5),
    )  # fmt: skip
    found = _read(content, known_in(snapshot))
    assert found.problems == ()
    (occasion,) = found.drafts.occasions
    assert (occasion.number, occasion.period_end.month, occasion.meeting_on.day) == (3, 8, 11)
    values = facts(found)
    assert values["operating:total:cost:period:outcome"] == -47_250_000
    assert values["operating:031:net:period:budget"] is None
    assert values["operating:034:net:year:forecast"] == -1_500_000
    assert {draft.occasion for draft in found.drafts.operating} == {(2023, 3)}


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [("B3", "tjugotre", "inte ett helt tal"), ("B5", "30 april", "inte ett datum"),
     ("B5", datetime(2023, 4, 29), "den sista dagen"), ("B3", 2024, "ska ligga i år 2024"),
     ("B7", None, "inte ett datum")],
)  # fmt: skip
def test_an_occasion_that_cannot_be_one_is_told_where_it_stands(snapshot, cell, value, words):
    content = filled_template(snapshot, {("Tillfälle", cell): value})
    found = _read(content, known_in(snapshot))
    (problem,) = found.problems
    assert words in problem.sentence and problem.sheet == "Tillfälle"
    assert problem.cell in ("", cell)
    assert found.drafts.operating == ()


def test_an_occasion_that_a_person_chooses_goes_before_the_template(snapshot):
    days = snapshot.occasion
    other = OccasionDraft(
        2023, 7, days.period_start, days.period_end, days.appendix_dated, days.meeting_on, ""
    )
    opened = open_file("mall.xlsx", filled_template(snapshot, {}))
    found = read_opened(opened, Choices(other), known_in(snapshot))
    assert {draft.occasion for draft in found.drafts.operating} == {(2023, 7)}


def test_the_last_occasions_amounts_are_not_left_to_pass_for_new_ones(snapshot):
    book = openpyxl.load_workbook(io.BytesIO(write_template(snapshot)))
    assert [book["Tillfälle"][f"B{y}"].value for y in range(3, 8)] == [None] * 5
    assert "vilket tillfälle uppgifterna gäller" in book["Tillfälle"]["A2"].value
    rows = list(book["Driftbudget"].iter_rows(min_row=4, min_col=4, max_col=9, values_only=True))
    assert [row[3] for row in rows[:2]] == [74.1, -74.1]  # the year's budget stays
    assert {value for row in rows for x, value in enumerate(row) if x != 3} == {None}
    rows = list(book["Investeringar"].iter_rows(min_row=4, min_col=3, values_only=True))
    assert rows[0][:2] == (6.9, 6.1)
    assert {value for row in rows for value in row[2:]} == {None}
    paid = list(book["Samarbeten"].iter_rows(min_row=4, min_col=3, values_only=True))
    assert paid and {value for row in paid for value in row[:2]} == {None}
    # What its row is rounded to is how it is printed, and stays.
    assert {row[2] for row in paid} == {None, 1000}
    (row,) = [row for row in book["Samarbeten"].iter_rows(min_row=4, values_only=True)
              if row[:2] == ("E-dala", "Ludvika")]  # fmt: skip
    assert row[4] == 1000
    closing = replace(snapshot.occasion, period_end=snapshot.occasion.period_end.replace(month=12))
    book = openpyxl.load_workbook(io.BytesIO(write_template(replace(snapshot, occasion=closing))))
    assert book["Driftbudget"]["G4"].value is None  # the next one is of another year


def test_a_template_that_is_not_filled_in_is_told_in_one_sentence(snapshot):
    untouched = write_template(snapshot)
    found = _read(untouched, known_in(snapshot))
    (problem,) = found.problems
    assert problem.sentence.startswith("mallen är inte ifylld: skriv tillfället")
    assert found.remarks == ()
    filled = _changed(untouched, ("Driftbudget", "E5", -3.5))
    (problem,) = _read(filled, known_in(snapshot)).problems
    assert "inte ifyllt vilket tillfälle" in problem.sentence and problem.sheet == "Tillfälle"
    days = filled_template(snapshot, {})
    cells = [("Tillfälle", f"B{y}", openpyxl.load_workbook(io.BytesIO(days))["Tillfälle"][f"B{y}"]
              .value) for y in range(3, 8)]  # fmt: skip
    found = _read(_changed(untouched, *cells), known_in(snapshot))
    assert found.problems == ()
    assert "Inga utfall och inga prognoser är ifyllda i mallen" in " ".join(found.remarks)


def test_a_template_is_never_met_with_a_choice_that_the_page_lacks(snapshot):
    found = _read(filled_template(snapshot, {("Driftbudget", "E5"): 21.5}), known_in(snapshot))
    (problem,) = found.problems
    assert "fel tecken" in problem.sentence and "välj" not in problem.sentence
    # Nets of both signs and nothing else: a template's costs are below zero all the same.
    content = _changed(
        write_template(None), ("Tillfälle", "B3", 2023), ("Tillfälle", "B4", 3),
        ("Tillfälle", "B5", "2023-08-31"), ("Tillfälle", "B6", "2023-09-04"),
        ("Tillfälle", "B7", "2023-09-11"), ("Driftbudget", "D6", 1.5), ("Driftbudget", "E6", -2.5),
    )  # fmt: skip
    assert open_file("mall.xlsx", content).recognised[0].is_sure
    assert facts(_read(content, Known()))["operating:total:net:period:outcome"] == -2_500_000
    changed = _changed(content, ("Driftbudget", "A1", "Driftkostnader, dussin kronor"))
    (problem,) = _read(changed, Known()).problems
    assert "rubrikerna ska stå som i mallen" in problem.sentence


def test_without_any_figures_there_is_an_empty_template():
    content = write_template(None)
    book = openpyxl.load_workbook(io.BytesIO(content))
    names = ["Tillfälle", "Driftbudget", "Investeringar", "Samarbeten", "Invånare"]
    assert book.sheetnames == names
    filled = _changed(
        content, ("Tillfälle", "B3", 2024), ("Tillfälle", "B4", 1),
        ("Tillfälle", "B5", "2024-03-31"), ("Tillfälle", "B6", "2024-04-04"),
        ("Tillfälle", "B7", "2024-04-08"), ("Driftbudget", "E5", -3.5), ("Driftbudget", "D5", -3),
    )  # fmt: skip
    assert facts(_read(filled, Known())) == {
        "operating:total:cost:period:outcome": -3_500_000,
        "operating:total:cost:period:budget": -3_000_000,
    }
