"""The deck of a meeting: what every view shows of the papers."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from decks import (
    ENGLISH,
    LONGEST_ROW,
    MOST_BYTES,
    READ_AT,
    assert_leads_to_sources,
    assert_settled,
    labels_of,
    sources_of,
    told,
    view_of,
    written,
)
from papers import mkr, read_papers

from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.meeting.agenda import Agenda, AgendaChoice, arrange, make_agenda
from gsn_dash.domain.meeting.place import read_place
from gsn_dash.domain.scenario.overlays import MovedMoney, Scenario, UsedUp, Utilisation
from gsn_dash.meeting.deck.compose import compose_deck
from gsn_dash.meeting.deck.items import render_decision
from gsn_dash.meeting.deck.tables import unused_name
from gsn_dash.present.decision import draft_decision
from gsn_dash.present.unsettled import concerns
from gsn_dash.store.agendas import DecisionVersion


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


@pytest.fixture(scope="module")
def deck(papers):
    return compose_deck(sources_of(papers))


def test_every_control_is_told_under_some_item(papers):
    items = make_agenda(papers).items
    told_nowhere = [
        found.key
        for found in run_controls(papers)
        if not any(concerns(item, found) for item in items)
    ]
    assert told_nowhere == []


def test_every_view_of_the_agenda_is_in_the_deck_in_its_order(papers, deck):
    agenda = make_agenda(papers)
    assert [view["key"] for view in deck["views"]] == [view.key for view in agenda.views]
    assert deck["views"][0]["message"] == "Gemensamma servicenämnden, 8\u00a0maj 2023"
    assert deck["items"] == [
        {
            "number": "3",
            "title": "Rapportering av driftkostnader och investeringar, tillfälle 2",
            "pages": "sidorna 4–8",
        },
        {
            "number": "4",
            "title": "Redovisning av dalagemensamma samarbeten",
            "pages": "sidorna 9–14",
        },
    ]
    assert "Ärende 4" in told(deck["views"][0])


def _without(agenda: Agenda, *keys: str) -> Agenda:
    return arrange(agenda, AgendaChoice(hidden=frozenset(keys)))


def test_a_view_that_is_left_out_is_not_in_the_deck(papers, deck):
    agenda = _without(make_agenda(papers), "operating:bridge")
    fewer = compose_deck(sources_of(papers, agenda=agenda))
    rest = [view for view in deck["views"] if view["key"] != "operating:bridge"]
    assert fewer["views"] == rest


def test_without_what_if_there_is_no_program_to_send(papers):
    agenda = make_agenda(papers)
    what_ifs = [view.key for view in agenda.views if view.kind == "what_if"]
    agenda = _without(agenda, *what_ifs)
    assert compose_deck(sources_of(papers, agenda=agenda))["sheet"] is None


def test_every_view_says_where_it_belongs(deck):
    view = view_of(deck, "investments:table")
    assert view["heading"] == (
        "Ärende 3 · Rapportering av driftkostnader och investeringar, tillfälle 2 · sidorna 4–8"
    )
    assert (view["item"], view["source"]) == ("3", "Ärende 3, sidorna 4–8")
    assert view["name"] == "Investeringar: tabell"
    assert deck["source"] == "Källa: Kallelse till nämndens möte 8 maj 2023"
    assert deck["read"] == "Siffrorna lästes in 4\u00a0maj 2023 kl.\u00a009:30"
    assert deck["occasion"] == "Uppföljning tillfälle\u00a02, 2023 · januari–april 2023"


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("operating:message", ["+4,0 Mkr", "0,0 Mkr", "+22 %"]),
        ("investments:message", ["13,0 Mkr", "0,8 Mkr", "7,8 Mkr", "5,2 Mkr"]),
        ("collaborations:message", ["740 300 kr", "minst 120 000 kr"]),
    ],
)
def test_a_message_has_its_large_numbers(deck, key, numbers):
    found = view_of(deck, key)["numbers"]
    assert [number["text"].replace("\u00a0", " ") for number in found] == numbers


@pytest.mark.parametrize(
    ("key", "labels"),
    [
        ("operating:picture", ["+0,8", "0,0", "+3,2", "0,0", "+4,0", "0,0"]),
        ("operating:bridge", ["−4,3", "+0,8", "+4,4", "−1,2", "−0,3"]),
        ("operating:demand", ["5,4", "6,6", "5,3", "6,6"]),
        ("investments:demand", ["0,2", "0,9", "1,5"]),
    ],
)
def test_a_picture_shows_what_the_papers_say(deck, key, labels):
    assert labels_of(view_of(deck, key)) == labels


def test_the_picture_of_investments_is_short_enough_for_a_room(deck):
    labels = labels_of(view_of(deck, "investments:picture"))
    assert labels[:2] == ["13,0", "7,8"]
    assert len(labels) == 12
    assert "okänt" not in labels


def test_what_nobody_knows_of_the_collaborations_is_an_open_slot(deck):
    marks = view_of(deck, "collaborations:picture")["picture"]["marks"]
    unknown = [mark["name"] for mark in marks if mark["label"] == "okänt"]
    assert len(unknown) == 1 and "E-arkiv" in unknown[0] and "Smedjebacken" in unknown[0]
    assert all(mark["value"] is None for mark in marks if mark["name"] in unknown)


def test_rows_are_pointed_out_by_names_that_are_their_own(deck):
    for view in deck["views"]:
        names = [unescape(name) for name in re.findall(r'data-row="([^"]*)"', view["html"])]
        assert len(set(names)) == len(names), view["key"]
        assert all(0 < len(name) <= LONGEST_ROW for name in names)
        if "<tbody" in view["html"]:
            body = view["html"].partition("<tbody")[2]
            assert len(names) == body.count("<tr"), view["key"]
    assert 'data-row="Nettokostnad"' in view_of(deck, "operating:table")["html"]


def test_points_of_one_number_are_told_apart():
    html = render_decision("1. notera.\n1. notera igen.\n1. notera")
    names = ["Punkt 1", "Punkt 1 (2)", "Punkt 1 (3)"]
    assert re.findall(r'data-row="([^"]*)"', html) == names
    long = unused_name("x" * 300, {"x" * LONGEST_ROW})
    assert long.endswith("x (2)") and len(long) == LONGEST_ROW


def test_a_line_with_a_tab_in_it_can_be_pointed_out():
    (name,) = re.findall(r'data-row="([^"]*)"', render_decision("att\tgodkänna"))
    assert read_place({"view": "3:decision", "row": name}).row == "att godkänna"


def test_what_a_price_would_do_to_an_unknown_bill_is_unknown(deck):
    html = view_of(deck, "collaborations:demand")["html"]
    row = re.search(r'<tr[^>]*data-row="E-arkiv: priset">.*?</tr>', html)[0]
    assert "högst" in row and "okänt" in row


def test_every_number_leads_to_a_source_that_is_there(papers, deck):
    assert_leads_to_sources(papers, deck)
    assert all(number["href"] for view in deck["views"] for number in view["numbers"])


def test_the_same_sources_give_the_same_bytes(papers, deck):
    first = written(deck)
    assert written(compose_deck(sources_of(papers))) == first
    assert len(first) <= MOST_BYTES


def test_the_deck_is_swedish(deck):
    for view in deck["views"]:
        said = told(view)
        assert not ENGLISH.search(said), (view["key"], ENGLISH.search(said))
        assert "object" not in said and "<" not in said


def test_controls_tell_the_worst_first_and_how_many_more_there_are(deck):
    view = view_of(deck, "3:controls")
    assert view["message"].startswith("I 32 av 43 kontroller stämmer papperens siffror.")
    assert view["html"].count("<li") == 5
    assert view["html"].count("stämmer inte") == 5
    assert '<a href="/granskning">och 6 till på Granskning</a>' in view["html"]
    assert "E-dala" not in view["html"]
    other = view_of(deck, "4:controls")["html"]
    assert "Fördelningen av E-dala" in other and "Granskning" not in other


def test_a_decision_is_a_draft_until_somebody_has_accepted_it(papers, deck):
    assert view_of(deck, "3:decision")["badge"] == "utkast"
    kept = DecisionVersion("3", 1, "1. notera <b>rapporten</b>.", False, "Sekreteraren", READ_AT)
    for accepted, badge in ((False, "utkast"), (True, "")):
        decisions = {"3": replace(kept, accepted=accepted)}
        view = view_of(compose_deck(sources_of(papers, decisions=decisions)), "3:decision")
        assert view["badge"] == badge
        assert '<p data-row="Punkt 1">1. notera &lt;b&gt;rapporten&lt;/b&gt;.</p>' in view["html"]


@pytest.mark.parametrize("accepted", [True, False])
def test_a_text_under_which_figures_have_been_corrected_says_so(papers, deck, accepted):
    draft = view_of(deck, "3:decision")
    kept = DecisionVersion("3", 1, "1. notera.", accepted, "Sekreteraren", READ_AT)

    def notes(**changes: object) -> list:
        decisions = {"3": replace(kept, **changes)}
        return view_of(compose_deck(sources_of(papers, decisions=decisions)), "3:decision")["notes"]

    assert draft["notes"] == notes() == []
    before = READ_AT - timedelta(minutes=1)
    assert notes(saved_at=before) == ["Siffrorna har ändrats sedan texten skrevs."]
    same = draft_decision(papers, make_agenda(papers).items[0], sources_of(papers).findings)
    assert notes(saved_at=before, text=same) == []


# ---- What if ----


def test_the_program_gives_what_the_domain_answers(papers, deck):
    assert_settled(deck["sheet"])
    halved = Scenario((UsedUp(mkr("0.5").kr / mkr("1").kr, "total:revenue"),))
    moved = compose_deck(sources_of(papers, scenario=halved, scenario_name="Höst"))
    assert_settled(moved["sheet"])
    assert moved["sheet"]["settled"] != deck["sheet"]["settled"]
    assert "Scenariot ”Höst”" in view_of(moved, "operating:what_if")["notes"]


@pytest.mark.parametrize("subject", ["operating", "investments", "collaborations"])
def test_each_view_of_what_if_has_levers_of_its_own_and_one_moving_picture(deck, subject):
    view = view_of(deck, f"{subject}:what_if")
    ids = [lever["id"] for lever in deck["sheet"]["levers"]]
    assert set(view["levers"]) <= set(ids)
    assert any(mark["node"] for mark in view["picture"]["marks"])
    assert "Vad händer om …?" in told(view)


def test_no_lever_is_in_two_views_and_none_is_lost(deck):
    shown = [lever for view in deck["views"] for lever in view["levers"]]
    assert sorted(shown) == sorted(lever["id"] for lever in deck["sheet"]["levers"])


def test_what_the_figures_cannot_take_of_a_scenario_is_said(papers):
    impossible = Scenario((MovedMoney("natverk", "borta", mkr("1")),))
    view = view_of(compose_deck(sources_of(papers, scenario=impossible)), "investments:what_if")
    assert any("går inte längre att anta" in note for note in view["notes"])


def test_a_scenario_moves_what_the_deck_begins_with(papers):
    used = Scenario((Utilisation("sakerhet", mkr("1").kr / mkr("1").kr),))
    found = compose_deck(sources_of(papers, scenario=used))
    moved = [x["id"] for x in found["sheet"]["levers"] if x["value"] != x["resting"]]
    assert moved == ["utilisation:sakerhet"]
