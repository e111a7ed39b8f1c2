"""What an import says: of what changes, of what came of it, and of who was first."""

from datetime import date, datetime

import pytest
from papers import PLACE, SPRING, mkr, not_known, snapshot_with, stated

from gsn_dash.domain import drafts
from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.differences import CHANGED, GONE, NEW, SAME, Difference
from gsn_dash.domain.snapshot import Municipality, Population
from gsn_dash.importing.telling import describe_totals, name_spot
from gsn_dash.ingest.control import ControlTotal
from gsn_dash.ingest.table import Problem
from gsn_dash.present.answers import describe_answered
from gsn_dash.present.importing import (
    BATCH_KINDS,
    NOTHING_NEW,
    count_changes,
    describe_coming,
    describe_gone,
    describe_kept,
    describe_overtaken,
    format_stated,
    name_batch_kind,
    name_difference,
)
from gsn_dash.ui.views.importing_choices import shorten_label

MOMENT = datetime(2023, 5, 9, 10, 15)
LUDVIKA = Population("2085", date(2022, 12, 31), 26353, PLACE)


def changes(*kinds: str) -> list[Difference]:
    return [Difference("x", None, None, kind, "operating") for kind in kinds]


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ((), ""),
        ((SAME, SAME), ""),
        ((NEW,), "1 ny uppgift"),
        ((CHANGED, CHANGED, SAME), "2 ändrade uppgifter"),
        ((GONE, NEW, NEW, CHANGED), "4 uppgifter (2 nya, 1 ändrad, 1 borttagen)"),
    ],
)
def test_changes_are_counted_in_words(kinds: tuple[str, ...], said: str):
    assert count_changes(changes(*kinds)) == said


def test_what_comes_and_what_came_is_one_sentence():
    assert (
        describe_coming("1 ny uppgift", 63)
        == "Det här skulle ge 1 ny uppgift, och 63 är som förut."
    )
    assert describe_coming("1 ny uppgift", 0) == "Det här skulle ge 1 ny uppgift."
    assert describe_coming("", 5).startswith("Inget belopp ändras")
    assert describe_kept(None) == NOTHING_NEW
    assert describe_kept(7, "1 ny uppgift") == "Inläsning 7 är sparad: 1 ny uppgift."
    assert describe_kept(7) == "Inläsning 7 är sparad."
    assert describe_gone(SPRING).startswith("Tillfälle\u00a02, 2023 visas då inte längre")
    assert "Eva läste in något annat 9\u00a0maj 2023" in describe_overtaken(8, "Eva", MOMENT)


def test_every_kind_of_import_has_a_swedish_name_and_a_new_one_keeps_its_own():
    kinds = (
        drafts.FOLDER, drafts.TABLE, drafts.TEMPLATE, drafts.LEDGER, drafts.POPULATION,
        drafts.CORRECTION, drafts.CHOICE, drafts.WITHDRAWAL, drafts.MAP,
    )  # fmt: skip
    assert set(kinds) == set(BATCH_KINDS)
    assert name_batch_kind("nyhet") == "nyhet"


def test_figures_and_inhabitants_are_named_and_unknown_is_never_zero():
    snapshot = snapshot_with(municipalities={"2085": Municipality("2085", "Ludvika")})
    ref = "operating:total:cost:period:outcome"
    cost = Difference(ref, not_known(ref, "?"), stated(ref, mkr("-21.9")), CHANGED, "operating")
    assert name_difference(snapshot, cost) == "Kostnader, utfall januari–april 2023"
    assert (format_stated(cost.before), format_stated(cost.after)) == ("okänt", "−21,9\u00a0Mkr")
    total = Difference(ref, None, cost.after, NEW, "total")
    assert name_difference(snapshot, total).endswith("(tryckt summa)")
    people = Difference("population:2085:2022-12-31", None, LUDVIKA, NEW, "population")
    assert name_difference(snapshot, people) == "Invånare i Ludvika 31\u00a0december 2022"
    assert (format_stated(None), format_stated(LUDVIKA)) == (
        "finns inte",
        "26\u00a0353\u00a0invånare",
    )
    month = Difference("ledger:2023-04:cost:outcome", None, None, NEW, "ledger")
    assert name_difference(snapshot, month) == "Redovisningen april 2023: kostnader, utfall"


@pytest.mark.parametrize(
    ("problem", "spot"),
    [
        (
            Problem("a.xlsx", 7, "Utfall", "x", "Blad1", "B7"),
            "Bladet Blad1, cell B7, kolumnen Utfall",
        ),
        (Problem("a.se", 12, "", "x"), "Rad 12"),
        (Problem("a.xlsx", 0, "", "x"), "a.xlsx"),
    ],
)
def test_a_problem_says_where_it_stands(problem: Problem, spot: str):
    assert name_spot(problem) == spot


def test_a_long_label_of_a_column_is_cut_after_a_whole_word():
    said = "B: Verksamhet (031 Digitalisering och innovation; 032 Arkitektur och teknik)"
    assert shorten_label(said) == (
        "B: Verksamhet (031 Digitalisering och innovation; 032\u00a0…)"
    )
    assert shorten_label(said[:40]) == said[:40] and len(shorten_label("x" * 99)) < 65


def test_sums_and_answers_are_counted():
    fits = ControlTotal("Netto", mkr("1"), mkr("1"), mkr("0").kr, "B7")
    unsure = ControlTotal("Netto", Unknown("tom"), mkr("1"), mkr("0").kr, "B7")
    assert describe_totals(()) == ""
    assert describe_totals((fits,)) == "Filens egna summor (1) stämmer med sina delar."
    assert describe_totals((fits, unsure)) == "1 av 2 summor i filen stämmer med sina delar."
    assert describe_answered(0, 5) == ""
    assert describe_answered(1, 5).startswith("1 av de 5") and "är förklarad." in describe_answered(
        1, 5
    )
