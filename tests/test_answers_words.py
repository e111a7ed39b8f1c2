"""Timing or permanent in the board's words, for the papers of today."""

from decimal import Decimal

import pytest
from papers import mkr, not_known, read_papers, snapshot_with, stated

from gsn_dash.domain.operating import is_linear
from gsn_dash.domain.refs import TOTAL, OperatingKey
from gsn_dash.domain.scenario.overlays import (
    Lump,
    Scenario,
    UsedUp,
)
from gsn_dash.domain.timing import timing
from gsn_dash.present.timing import (
    describe_picture,
    describe_reasons,
    describe_tokens,
    timing_caption,
    timing_message,
)

COST = "032+033:other_cost"
NONE_USED = Scenario((UsedUp(Decimal(0)),))


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def plain(text):
    return text.replace("\u00a0", " ")


def said_of(papers, *overlays):
    return plain(timing_message(papers, timing(papers, Scenario(overlays))))


@pytest.mark.parametrize(
    ("overlays", "sentence"),
    [
        (
            (),
            "Prognosen räknar med att hela överskottet på 4,0 Mkr är tillfälligt och går åt före"
            " årets slut.",
        ),
        (
            (UsedUp(Decimal("0.6")),),
            "Med antagandena är 2,4 Mkr av överskottet på 4,0 Mkr tillfälligt, och 1,6 Mkr består.",
        ),
        (
            (UsedUp(Decimal(0)),),
            "Med antagandena är hela överskottet på 4,0 Mkr bestående.",
        ),
        (
            (UsedUp(Decimal(0), COST),),
            "Med antagandena består ett överskott på 4,4 Mkr, mer än de 4,0 Mkr som syns: ett"
            " underskott på 0,4 Mkr är tillfälligt.",
        ),
        (
            (UsedUp(Decimal(0), COST), Lump("Licenser", COST, mkr("15"), 10)),
            "Bakom överskottet på 4,0 Mkr döljs med antagandena ett bestående underskott på 0,6"
            " Mkr.",
        ),
    ],
)
def test_how_the_deviation_divides_in_one_sentence(papers, overlays, sentence):
    assert said_of(papers, *overlays) == sentence


def test_what_tells_of_each_part(papers):
    found = timing(papers, Scenario((Lump("Licenser", COST, mkr("3"), 10),)))
    told = [plain(describe_tokens(papers, part)) for part in found.parts]
    spread = "Periodens budget är exakt 4/12 av årets, så avvikelsen kan bero på när fakturorna"
    assert told[0] == (
        "Papperen säger inget om den här delen. Periodens budget är inte rakt fördelad: 27,5 %,"
        " inte 4/12."
    )
    assert told[1].startswith("Papperet: ”IT-center ännu inte har mottagit större årsfakturer")
    assert told[1].endswith(
        "beställda”. Antaget: Licenser, 3,0 Mkr i oktober. Periodens budget har 1,0 Mkr för det."
        f" Utan det är avvikelsen +3,4 Mkr. {spread} kommer."
    )
    assert told[2] == f"Papperen säger inget om den här delen. {spread} kommer."


def test_a_deficit_behind_an_invoice_is_said(papers):
    found = timing(papers, Scenario((Lump("Licenser", COST, mkr("15"), 10),)))
    assert "Bakom delen döljs ett underskott på 0,6 Mkr." in plain(
        describe_tokens(papers, found.parts[1])
    )


def test_what_the_papers_give_reasons_for(papers):
    assert plain(describe_reasons(papers, timing(papers, Scenario()))) == (
        "Papperen ger ett skäl för övriga verksamhetskostnader inom 032 och 033 (+4,4 Mkr). Om"
        " intäkter (+0,8 Mkr) och alla övriga kostnader (−1,2 Mkr) säger de inget."
    )


def test_the_table_says_by_whose_account(papers):
    period = "Avvikelsen januari–april 2023"
    captions = [timing_caption(papers, timing(papers, s)) for s in (Scenario(), NONE_USED)]
    assert captions == [
        f"{period}, så som prognosen räknar, Mkr",
        f"{period}, med det som antas, Mkr",
    ]


def test_the_picture_in_words(papers):
    assert describe_picture(papers, timing(papers, NONE_USED)).startswith(
        "Hela avvikelsen +4,0 Mkr: tillfälligt 0,0, bestående +4,0. Intäkter +0,8: tillfälligt 0,0,"
    )


def made(revenue, cost="-21.5"):
    cells = {"revenue": ("20.4", revenue), "cost": ("-24.7", cost)}
    figures = {}
    for item, texts in cells.items():
        for measure, text in zip(("budget", "outcome"), texts, strict=True):
            key = OperatingKey(TOTAL, item, "period", measure)
            figures[key] = stated(key.ref, mkr(text)) if text else not_known(key.ref)
    return snapshot_with(operating=figures)


def test_a_deviation_that_nobody_knows_is_not_divided():
    assert said_of(made("")) == (
        "Det går inte att säga vad som är tillfälligt: periodens avvikelse är okänd."
    )


def test_a_deficit_is_made_good():
    snapshot = made("20.4", "-25.7")
    assert said_of(snapshot, UsedUp(Decimal("0.5"))) == (
        "Med antagandena är 0,5 Mkr av underskottet på 1,0 Mkr tillfälligt, och 0,5 Mkr består."
    )


def test_a_forecast_that_does_not_end_on_budget_is_not_said_to_use_it_all():
    assert said_of(made("21.2")) == (
        "Prognosen säger inte hur mycket av periodens överskott på 4,0 Mkr som är tillfälligt;"
        " tills något annat antas räknas allt så."
    )


def test_parts_that_even_out_are_not_nothing():
    snapshot = made("21.4", "-25.7")
    assert said_of(snapshot) == (
        "Nettokostnaden är som periodens budget: det finns ingen avvikelse att dela upp."
    )
    assert said_of(snapshot, UsedUp(Decimal(0), "total:cost")) == (
        "Nettokostnaden är som periodens budget, men bara för att ett tillfälligt överskott och ett"
        " bestående underskott, 1,0 Mkr vardera, tar ut varandra."
    )
    assert not is_linear(snapshot, "cost")
