"""Drafts of decisions: formal Swedish, composed from what the papers say and do not say."""

import pytest
from decks import net_of
from papers import investments_with, mkr, read_papers, snapshot_with

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.meeting.agenda import AgendaItem, make_agenda
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.meeting.deck.items import render_decision
from gsn_dash.present.decision import draft_decision

NOT_SAID = Unknown("papperet anger den inte")


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def drafted(snapshot: Snapshot, item: AgendaItem) -> list[str]:
    return plain(draft_decision(snapshot, item, run_controls(snapshot))).split("\n")


def item_of(*subjects: str) -> AgendaItem:
    return AgendaItem("7", "Ett ärende", "", subjects)


def test_the_draft_on_the_operating_budget_and_the_investments(papers):
    three, _ = make_agenda(papers).items
    assert drafted(papers, three) == [
        "Gemensamma servicenämnden beslutar att",
        "1. fastställa rapporteringen av driftkostnader och investeringar för januari–april 2023,"
        " enligt bilaga daterad den 4 maj 2023.",
        "2. notera att nettokostnaden till och med april är 4,0 miljoner kronor lägre än periodens"
        " budget, och att driftbudgeten enligt prognosen hålls utan avvikelse vid årets slut.",
        "3. notera att prognosen förutsätter att kostnaderna per månad under maj–december blir 22"
        " procent högre än hittills.",
        "4. notera att investeringar för 0,8 miljoner kronor av årets anslag på 13,0 miljoner"
        " kronor är bokförda till och med april, att 7,8 miljoner kronor (60 procent) enligt"
        " prognosen används under året och att 5,2 miljoner kronor blir kvar.",
        "5. notera att handlingarna inte klarlägger",
        "– om handlingsplanen har åtgärder, eftersom de säger både ja och nej,",
        "– varför intäkterna är 0,8 miljoner kronor högre än periodens budget,",
        "– varför övriga kostnader är 1,2 miljoner kronor högre än periodens budget,",
        "– hur underskottet på cirka 0,1 miljoner kronor för 031 Digitalisering och innovation"
        " täcks,",
        "– hur mycket som är bokfört på vart och ett av investeringsprojekten,",
        "– vad bilaga 2 innehåller, eftersom den saknas.",
    ]


def test_the_draft_on_the_collaborations(papers):
    _, four = make_agenda(papers).items
    assert drafted(papers, four) == [
        "Gemensamma servicenämnden beslutar att",
        "1. notera redovisningen av samarbetena.",
        "2. notera att samarbetena enligt handlingarna kostar Ludvika 740 300 kronor och"
        " Smedjebacken minst 120 000 kronor (uppgift om E-arkiv saknas) om året.",
        "3. notera att beloppen inte avser samma år: 2022, 2023 och år som inte anges.",
        "4. notera att handlingarna inte klarlägger",
        "– varför kostnaden för E-dala inte delas enligt avtalets fördelningsnyckel,",
        "– vad Smedjebacken betalar för E-arkiv,",
        "– vad bilaga 3 till rapporten och bilaga 4 till rapporten innehåller, eftersom de saknas.",
    ]


def test_each_point_of_a_draft_can_be_pointed_out(papers):
    three, _ = make_agenda(papers).items
    html = render_decision(draft_decision(papers, three, run_controls(papers)))
    assert html.count("data-row=") == 12
    assert 'data-row="Punkt 4"' in html


def test_a_draft_on_what_the_papers_do_not_say_says_so():
    lines = drafted(net_of(NOT_SAID, NOT_SAID), item_of("operating"))
    assert lines[2] == (
        "2. notera att det inte framgår av handlingarna hur nettokostnaden till och med april"
        " förhåller sig till periodens budget, och att det inte framgår hur året väntas sluta."
    )
    assert len(lines) == 3
    nothing = drafted(snapshot_with(), item_of("collaborations"))
    assert nothing[2] == (
        "2. notera att det inte framgår av handlingarna vad samarbetena kostar kommunerna."
    )


@pytest.mark.parametrize(
    ("so_far", "year", "said"),
    [
        ("-1.5", "-0.4", ("1,5 miljoner kronor högre än periodens", "0,4 miljoner kronor högre")),
        ("0", "0.3", ("densamma som periodens", "0,3 miljoner kronor lägre än årets")),
        ("0.02", "0", ("i stort sett densamma som periodens", "hålls utan avvikelse")),
    ],
)
def test_a_draft_says_which_way_the_budget_goes(so_far, year, said):
    lines = drafted(net_of(mkr(so_far), mkr(year)), item_of("operating"))
    assert all(part in lines[2] for part in said)


def test_a_draft_on_investments_beyond_their_appropriation():
    amounts = {
        ("total", "original"): mkr("10"),
        ("total", "forecast"): mkr("11.5"),
        ("total", "outcome"): mkr("2"),
    }
    lines = drafted(investments_with(amounts, ()), item_of("investments"))
    assert lines[2] == (
        "2. notera att investeringar för 2,0 miljoner kronor av årets anslag på 10,0 miljoner"
        " kronor är bokförda till och med april, och att 11,5 miljoner kronor (115 procent) enligt"
        " prognosen används under året, 1,5 miljoner kronor mer än anslaget."
    )


def test_a_draft_names_nobody_and_leads_nowhere(papers):
    for item in make_agenda(papers).items:
        text = draft_decision(papers, item, run_controls(papers))
        assert "<" not in text and "http" not in text
