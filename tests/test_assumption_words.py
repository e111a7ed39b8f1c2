"""What is assumed and what comes of it, in whole Swedish sentences of the papers' own figures."""

from datetime import date
from decimal import Decimal

import pytest
from assumed import (
    BORLANGE,
    EXPLAINED,
    MORA,
    PROJECTS,
    REST_COST,
    REVENUE_PART,
    SMEDJEBACKEN,
    scenarios,
)
from hypothesis import given
from papers import kr, mkr, read_papers

from gsn_dash.domain.amounts import ZERO
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.scenario.fit import fit
from gsn_dash.domain.scenario.overlays import (
    Action,
    AssumedAmount,
    CarriedOver,
    CountedOn,
    EqualPart,
    Lump,
    Membership,
    MovedMoney,
    PriceChange,
    RestChange,
    Scenario,
    Stopped,
    UsedUp,
    Utilisation,
    YearEnd,
)
from gsn_dash.domain.scenario.trial import Trial, make_trial
from gsn_dash.present.assumptions import describe_assumptions
from gsn_dash.present.numbers import MINUS, format_mkr, format_size_mkr
from gsn_dash.present.templates import render
from gsn_dash.present.what_if import (
    describe_booked,
    describe_consequences,
    describe_not_started,
    describe_refused,
    what_if_message,
)

HALF = Decimal("0.5")
SAME = "Med dessa antaganden slutar driften som prognosen säger: precis på budget."
STILL = "Prognosen säger att året slutar precis på budget. Vad händer om …?"
ARCHIVE = AssumedAmount("e-arkiv", SMEDJEBACKEN, kr("200000"))
NOT_STARTED = (
    "0024 Uppdaterad basfunktionalitet kan inte startas i år enligt papperet, men antas här ändå"
    " kosta."
)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def tried(papers, *chosen) -> Trial:
    scenario, refused = fit(papers, Scenario(chosen))
    assert refused == ()
    return make_trial(papers, scenario)


def plain(trial: Trial, template) -> str:
    return render(template, trial.values).replace("\u00a0", " ")


def assumptions(trial: Trial) -> str:
    return plain(trial, describe_assumptions(trial.compiled, trial.base, trial.scenario))


def consequences(trial: Trial) -> str:
    return plain(trial, describe_consequences(trial.compiled, trial.base, trial.scenario))


def message(trial: Trial) -> str:
    return plain(trial, what_if_message(trial.compiled, trial.base))


def ends(how: str) -> str:
    return f"Med dessa antaganden slutar året {how}; prognosen säger precis på budget."


def test_where_nothing_is_assumed_nothing_is_said_to_be(papers):
    trial = tried(papers)
    assert (message(trial), assumptions(trial), consequences(trial)) == (STILL, "", "")


@pytest.mark.parametrize(
    ("chosen", "how", "assumed"),
    [
        (
            (UsedUp(HALF),),
            "2,0 Mkr bättre än budget",
            "50 % av hela periodens avvikelse, +4,0 Mkr, går åt före årets slut (prognosen: 100 %)",
        ),
        (
            (UsedUp(HALF, REVENUE_PART),),
            "0,4 Mkr bättre än budget",
            "Intäkter: 50 % går åt före årets slut (prognosen: 100 %)",
        ),
        (
            (UsedUp(Decimal(0)), UsedUp(Decimal("1.2"), EXPLAINED)),
            "1,3 Mkr sämre än budget",
            "Intäkter: 0 % går åt före årets slut (prognosen: 100 %);"
            " Övriga verksamhetskostnader inom 032 och 033: 120 % går åt före årets slut"
            " (prognosen: 100 %);"
            " Alla övriga kostnader: 0 % hämtas in före årets slut (prognosen: 100 %)",
        ),
        (
            (RestChange("cost", Decimal("0.03")), RestChange("revenue", Decimal("-0.02"))),
            "2,6 Mkr sämre än budget",
            "Intäkter maj–december: 2 % av budgeten på 53,7 Mkr mindre än prognosen;"
            " Kostnader maj–december: 3 % av budgeten på 49,4 Mkr mer än prognosen",
        ),
        (
            (Action("Vakanser", "cost", mkr("1.2"), 9),
             Lump("Licenser", EXPLAINED, mkr("3"), 10),
             Lump("Böter", REST_COST, mkr("0.7"), 11, budgeted=False)),
            "0,3 Mkr sämre än budget",
            "Vakanser: +1 200 000 kr på ett helt år, från och med september;"
            " Licenser: en faktura på 3 000 000 kr väntas i oktober, som finns i budgeten;"
            " Böter: en faktura på 700 000 kr väntas i november, som inte finns i budgeten",
        ),
        (
            (YearEnd("031", mkr("-0.5")),),
            "0,4 Mkr sämre än budget",
            "031 Digitalisering och innovation: −0,5 Mkr mot budget vid årets slut"
            " (papperen: −0,1 Mkr)",
        ),
        (
            (UsedUp(HALF), RestChange("cost", Decimal("0.02"))),
            "1,0 Mkr bättre än budget",
            "50 % av hela periodens avvikelse, +4,0 Mkr, går åt före årets slut"
            " (prognosen: 100 %);"
            " Kostnader maj–december: 2 % av budgeten på 49,4 Mkr mer än prognosen",
        ),
    ],
)  # fmt: skip
def test_what_moves_the_operating_budget_is_said_with_where_it_ends(papers, chosen, how, assumed):
    trial = tried(papers, *chosen)
    assert message(trial) == ends(how)
    assert assumptions(trial) == assumed
    assert consequences(trial) == ""


def test_an_activity_that_the_papers_say_nothing_of_is_said_with_that(papers):
    said = assumptions(tried(papers, YearEnd("032", mkr("0.3"))))
    assert said.startswith("032 Arkitektur och teknik: +0,3 Mkr mot budget vid årets slut")
    assert "säger inget" in said


def test_projects_that_move_are_said_with_what_is_left(papers):
    trial = tried(
        papers, Utilisation("natverk", Decimal("1.2")), Stopped("365"),
        MovedMoney("sakerhet", "365", mkr("1")), CarriedOver(HALF),
    )  # fmt: skip
    assert message(trial) == SAME
    assert assumptions(trial) == (
        "Nätverksprojekten (0003, 0005, 0020): 120 % av anslaget används (prognosen: 84,4 %);"
        " 0003 365 digital arbetsplats stoppas;"
        " 1 000 000 kr flyttas från 0051 Säkerhet (GDPR) till 0003 365 digital arbetsplats;"
        " 50 % av det som blir kvar förs över (annars: 100 %)"
    )
    assert consequences(trial) == (
        "Av investeringspengarna blir 3,4 Mkr kvar; prognosen säger 5,2 Mkr kvar."
    )


def test_more_than_the_appropriation_is_said_as_above_it(papers):
    trial = tried(papers, *(Utilisation(name, Decimal("1.5")) for name in PROJECTS))
    assert consequences(trial) == (
        "Investeringarna går 6,5 Mkr över anslaget; prognosen säger 5,2 Mkr kvar."
    )
    warned = [plain(trial, text) for text in describe_not_started(trial.compiled, papers)]
    assert warned == [NOT_STARTED]


def test_less_than_what_is_booked_is_said_and_so_is_how_much_has_no_project(papers):
    trial = tried(papers, *(Utilisation(name, Decimal(0)) for name in PROJECTS))
    assert plain(trial, describe_booked(trial.compiled, papers)) == (
        "Så lite kan det inte bli: 0,8 Mkr är redan bokfört. Vilka projekt det gäller säger"
        " papperen inte, så 0,8 Mkr läggs till här utan projekt."
    )
    still = tried(papers)
    assert plain(still, describe_booked(still.compiled, papers)) == ""
    assert [plain(still, t) for t in describe_not_started(still.compiled, papers)] == [""]


@pytest.mark.parametrize(
    ("chosen", "assumed", "follows"),
    [
        (
            (PriceChange("e-arkiv", Decimal("0.1")),),
            "E-arkiv: 10 % högre pris än nu",
            "Ludvika betalar 782 000 kr för samarbetena; papperen säger 740 300 kr. Smedjebackens"
            " del av E-arkiv ändras också, men den är okänd och så är ändringen.",
        ),
        (
            (ARCHIVE,),
            "E-arkiv: Smedjebacken betalar 200 000 kr (papperen säger inte)",
            "Att Smedjebacken betalar 200 000 kr för E-arkiv är ett antagande; papperen säger"
            " inte.",
        ),
        (
            (ARCHIVE, PriceChange("e-arkiv", Decimal("-0.1"))),
            "E-arkiv: Smedjebacken betalar 200 000 kr (papperen säger inte);"
            " E-arkiv: 10 % lägre pris än nu",
            "Ludvika betalar 698 600 kr för samarbetena; papperen säger 740 300 kr."
            " Att Smedjebacken betalar 180 000 kr för E-arkiv är ett antagande; papperen säger"
            " inte.",
        ),
        (
            (EqualPart("e-dala", Decimal(1)), Membership("e-dala", BORLANGE, True),
             Membership("e-dala", MORA, False)),
            "E-dala: 100 % delas lika (avtalet: 50 %); Mora går ur E-dala;"
            " Borlänge går med i E-dala",
            "Ludvika betalar 694 620 kr för samarbetena; papperen säger 740 300 kr."
            " Smedjebacken betalar minst 129 431 kr för samarbetena; papperen säger"
            " minst 120 000 kr.",
        ),
    ],
)  # fmt: skip
def test_bills_that_move_are_said_with_what_nobody_knows_of_them(papers, chosen, assumed, follows):
    trial = tried(papers, *chosen)
    assert message(trial) == SAME
    assert assumptions(trial) == assumed
    assert consequences(trial) == follows


def test_a_day_that_is_counted_is_said_beside_the_one_that_is_now(papers):
    said = assumptions(tried(papers, CountedOn("e-dala", date(2021, 12, 31))))
    assert said.startswith("E-dala: invånarna räknas den 31 december 2021")
    assert "31 december 2022" in said


@given(scenarios)
def test_any_scenario_is_said_as_the_domain_has_it(papers, scenario):
    trial = make_trial(papers, fit(papers, scenario)[0])
    assert (assumptions(trial) == "") is not trial.is_moved
    if not trial.is_moved:
        assert message(trial) == STILL
        return
    net = trial.answers["operating:total:net:year:deviation"]
    side = "bättre" if net > ZERO else "sämre"
    how = f"{format_size_mkr(net)} {side} än budget".replace("\u00a0", " ")
    near = format_mkr(net) == "0,0"
    moved = ends("i stort sett på budget" if near else how)
    assert message(trial) == (SAME if net == ZERO else moved)
    left = trial.answers["investment:total:left"]
    moves = format_mkr(left - total_row(papers).left.money) != "0,0"
    kept = moves and not format_mkr(left).startswith(MINUS)
    assert ("Av investeringspengarna blir" in consequences(trial)) is kept


def test_what_the_address_could_not_say_is_told_once_and_shortly():
    assert describe_refused([]) == ""
    assert describe_refused(["u", "c"]) == (
        "Det här i adressen går inte att använda och räknas inte med: ”u”, ”c”."
    )
    long = describe_refused(["x" * 500, *"abcdefgh"])
    assert len(long) < 200 and "”h”" not in long
