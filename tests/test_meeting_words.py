"""The words of a meeting: one sentence for each view, what if in short, names of views."""

import pytest
from decks import deviations_of, net_of
from papers import (
    LAMPS,
    REST,
    SPRING,
    WHOLE_YEAR,
    investments_with,
    kr,
    mkr,
    not_known,
    read_papers,
    snapshot_with,
    stated,
)

from gsn_dash.domain.amounts import Amount, Unknown
from gsn_dash.domain.investing import portfolio, total_row
from gsn_dash.domain.investment_pace import investment_pace
from gsn_dash.domain.meeting.agenda import AgendaItem, AgendaView, make_agenda
from gsn_dash.domain.refs import ContributionKey, OperatingKey
from gsn_dash.domain.scenario.overlays import AssumedAmount, PriceChange, Scenario, Utilisation
from gsn_dash.domain.scenario.trial import make_trial
from gsn_dash.domain.snapshot import Collaboration, Contribution, Municipality, Snapshot
from gsn_dash.present.meeting import head_item, name_pages, name_view, place_item
from gsn_dash.present.meeting_messages import (
    bills_in_short,
    deviations_message,
    investments_in_short,
    operating_in_short,
    pace_message,
    projects_message,
)
from gsn_dash.present.meeting_what_if import bills_what_if, investments_what_if
from gsn_dash.present.sources import account_for
from gsn_dash.present.templates import render

NOT_SAID = Unknown("papperet anger den inte")
UNTIL = "Till och med april"


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


# ---- One sentence for each view ----


@pytest.mark.parametrize(
    ("so_far", "year", "said"),
    [
        ("4.0", "0", "bättre än budget, men året väntas sluta precis på budget."),
        ("-4.0", "-1.0", "4,0 Mkr sämre än budget, och året väntas sluta 1,0 Mkr sämre än budget."),
        ("-4.0", "1.0", "sämre än budget, men året väntas sluta 1,0 Mkr bättre än budget."),
        ("0", "0", "gått precis på budget, och året väntas sluta precis på budget."),
    ],
)
def test_the_operating_budget_in_short(so_far, year, said):
    text = plain(operating_in_short(net_of(mkr(so_far), mkr(year))))
    assert text.startswith("Driften har till och med april gått ")
    assert text.endswith(said)


def test_the_operating_budget_in_short_where_something_is_unknown():
    known = mkr("-2")
    assert "2,0 Mkr sämre än budget, men hur året väntas sluta är okänt" in plain(
        operating_in_short(net_of(known, NOT_SAID))
    )
    assert "väntas sluta året 2,0 Mkr sämre" in plain(operating_in_short(net_of(NOT_SAID, known)))
    both = operating_in_short(net_of(NOT_SAID, NOT_SAID))
    assert both == "Papperen säger inte hur driften går mot budget."


def test_when_the_year_is_over_nothing_is_expected():
    key = OperatingKey("total", "net", "period", "deviation")
    over = snapshot_with(occasion=WHOLE_YEAR, operating={key: stated(key.ref, mkr("1.2"))})
    said = "2023 slutade 1,2 Mkr bättre än budget."
    assert plain(operating_in_short(over)) == said


@pytest.mark.parametrize(
    ("revenue", "cost", "said"),
    [
        ("0.8", "3.2", "intäkterna 0,8 Mkr högre och kostnaderna 3,2 Mkr lägre än budget"),
        ("-0.8", "-3.2", "intäkterna 0,8 Mkr lägre och kostnaderna 3,2 Mkr högre än budget"),
        ("0", "3.2", "kostnaderna 3,2 Mkr lägre än budget och intäkterna som budgeterat"),
        ("0", "0", "intäkterna och kostnaderna som budgeterat"),
    ],
)
def test_the_picture_of_deviations_is_told(revenue, cost, said):
    amounts = {("revenue", "period"): mkr(revenue), ("cost", "period"): mkr(cost)}
    amounts |= {(item, "year"): mkr("0") for item in ("revenue", "cost", "net")}
    text = plain(deviations_message(deviations_of(amounts)))
    assert text == f"{UNTIL} är {said}; vid årets slut väntas ingen skillnad."


def test_the_investments_in_short(papers):
    assert plain(investments_in_short(papers.occasion, total_row(papers))) == (
        "Av årets investeringspengar, 13,0 Mkr, väntas 7,8 Mkr (60 %) användas, och 0,8 Mkr är"
        " bokfört hittills."
    )
    nothing = investments_in_short(SPRING, total_row(snapshot_with()))
    assert nothing.startswith("Både vad som är bokfört och hur mycket")


def test_where_most_of_the_money_is_left(papers):
    assert plain(projects_message(papers.occasion, portfolio(papers))) == (
        "Mest pengar väntas bli kvar i 0051 Säkerhet (GDPR): 2,0 Mkr av 2,5 Mkr."
    )


def test_a_project_beyond_its_appropriation_is_told_where_no_money_is_left():
    amounts = {("lamps", "appropriation"): mkr("2"), ("lamps", "forecast"): mkr("2.5")}
    found = portfolio(investments_with(amounts, (LAMPS,)))
    said = plain(projects_message(SPRING, found))
    assert said == "0001 Lampor väntas gå 0,5 Mkr över sitt anslag."


def test_what_must_be_invested_a_month(papers):
    assert plain(pace_message(investment_pace(papers))) == (
        "För att nå prognosen behöver 0,9 Mkr i månaden användas resten av året, mot 0,2 Mkr"
        " hittills; för hela anslaget 1,5 Mkr."
    )


def test_what_must_be_invested_a_month_leads_to_what_it_is_made_of(papers):
    account = account_for(papers, "pace:forecast")
    assert plain(account.value) == "0,9 Mkr (oavrundat 875 000 kr)"
    refs = ["investment:total:forecast", "investment:total:outcome"]
    assert [part.ref for part in account.inputs] == refs
    assert account.name.startswith("Investeringar, i snitt per månad resten av året")


@pytest.mark.parametrize(
    ("forecast", "outcome", "said"),
    [
        ("12", "4", "mot 1,0 Mkr hittills; anslaget räcker till 0,8 Mkr."),
        ("12", "11", "mot 2,8 Mkr hittills; anslaget räcker till inget mer."),
        ("3", "4", "Mer är redan bokfört än vad prognosen för hela året säger."),
        ("4", "4", "Allt som prognosen räknar med är redan bokfört."),
    ],
)
def test_what_must_be_invested_a_month_at_the_edges(forecast, outcome, said):
    amounts = {
        ("total", "original"): mkr("10"),
        ("total", "forecast"): mkr(forecast),
        ("total", "outcome"): mkr(outcome),
    }
    text = plain(pace_message(investment_pace(investments_with(amounts, (REST,)))))
    assert text.endswith(said)


def bills_of(**amounts: Amount) -> Snapshot:
    """One collaboration, Lampor, that the named municipalities pay for."""
    contributions = {}
    for code, amount in amounts.items():
        key = ContributionKey("lampor", code)
        figure = not_known(key.ref) if isinstance(amount, Unknown) else stated(key.ref, amount)
        contributions[key] = Contribution(key, figure, 2023)
    return snapshot_with(
        municipalities={code: Municipality(code, code.capitalize()) for code in amounts},
        collaborations=(Collaboration("lampor", "Lampor"),),
        contributions=contributions,
    )


def test_the_bills_in_short(papers):
    assert plain(bills_in_short(papers)) == (
        "Samarbetena kostar Ludvika 740 300 kr och Smedjebacken minst 120 000 kr om året;"
        " Smedjebackens del av E-arkiv är okänd."
    )
    some = bills_of(orsa=kr("5000"), mora=NOT_SAID, boda=kr("700"))
    assert plain(bills_in_short(some)) == (
        "Samarbetena kostar Orsa 5 000 kr, Mora ett okänt belopp och Boda 700 kr om året."
    )


# ---- What if ----


def what_if(papers: Snapshot, *overlays) -> tuple[str, str]:
    """The sentences over the investments and over the bills."""
    trial = make_trial(papers, Scenario(overlays))
    told = (make(trial) for make in (investments_what_if, bills_what_if))
    first, second = (plain(render(template, trial.values)) for template in told)
    return first, second


def test_what_if_begins_with_a_question(papers):
    money, bills = what_if(papers)
    assert money == "Prognosen säger att 7,8 Mkr investeras i år. Vad händer om …?"
    assert bills == (
        "Samarbetena kostar Ludvika 740 300 kr och Smedjebacken minst 120 000 kr om året."
        " Vad händer om …?"
    )


def test_what_if_tells_what_is_assumed_beside_what_the_papers_say(papers):
    money, bills = what_if(papers, Utilisation("sakerhet", mkr("1").kr / mkr("1").kr))
    assert money == (
        "Med dessa antaganden investeras 9,8 Mkr i år och 3,2 Mkr blir kvar; prognosen säger"
        " 7,8 Mkr."
    )
    assert bills.startswith("Med dessa antaganden kostar samarbetena lika mycket som i papperen")
    dearer = PriceChange("telefoni", kr("1").kr / kr("10").kr)
    money, bills = what_if(papers, dearer)
    assert money == "Med dessa antaganden investeras 7,8 Mkr i år, som i prognosen."
    assert bills == (
        "Med dessa antaganden kostar samarbetena Ludvika 752 300 kr och Smedjebacken minst"
        " 126 000 kr om året; papperen säger Ludvika 740 300 kr och Smedjebacken minst 120 000 kr."
    )


def test_an_amount_in_the_place_of_an_unknown_is_told_though_nothing_that_is_known_moves(papers):
    _, bills = what_if(papers, AssumedAmount("e-arkiv", "2061", kr("80000")))
    assert "Smedjebacken 200 000 kr om året; papperen säger" in bills


# ---- Names ----


def test_views_have_short_names():
    views = [
        AgendaView("opening", "", "", "opening"),
        AgendaView("operating:demand", "3", "operating", "demand"),
        AgendaView("investments:what_if", "3", "investments", "what_if"),
        AgendaView("4:decision", "4", "", "decision"),
    ]
    assert [name_view(view) for view in views] == [
        "Dagordning",
        "Driftbudget: vad krävs?",
        "Investeringar: tänk om",
        "Förslag till beslut",
    ]


def test_every_view_of_the_papers_has_a_name_of_its_own_within_its_item(papers):
    views = make_agenda(papers).views
    assert len({(view.item, name_view(view)) for view in views}) == len(views)


@pytest.mark.parametrize(
    ("item", "head", "place"),
    [
        (AgendaItem("3", "Rapport", "4 - 8", ()), "Ärende 3 · Rapport · sidorna 4–8",
         "Ärende 3, sidorna 4–8"),
        (AgendaItem("5", "Rapport", "15", ()), "Ärende 5 · Rapport · sidan 15",
         "Ärende 5, sidan 15"),
        (AgendaItem("", "Rapport", "", ()), "Rapport", "Rapport"),
    ],
)  # fmt: skip
def test_a_head_says_what_the_papers_give(item, head, place):
    assert (head_item(item), place_item(item)) == (head, place)
    assert name_pages(item) in head
