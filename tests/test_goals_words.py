"""What is demanded in the board's words, for the papers of today."""

from decimal import Decimal

import pytest
from papers import kr, mkr, read_papers

from gsn_dash.domain.scenario.goals import (
    AppropriationUsed,
    BillAtMost,
    BillUnchanged,
    NetAtLeast,
    answer,
)
from gsn_dash.domain.scenario.overlays import (
    Action,
    Lump,
    Membership,
    PriceChange,
    RestChange,
    Scenario,
    UsedUp,
)
from gsn_dash.present.goal_rows import answer_rows, describe_others
from gsn_dash.present.goals import describe_goal, goal_message, name_goal

COST = "032+033:other_cost"
NONE_USED = Scenario((UsedUp(Decimal(0)),))


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def plain(text):
    return text.replace("\u00a0", " ")


class Told:
    """What a page says of a goal, without no-break spaces."""

    def __init__(self, papers, scenario, goal):
        found = answer(papers, scenario, goal)
        self.message = plain(goal_message(papers, scenario, found))
        self.goal = plain(describe_goal(papers, scenario, found))
        rows = answer_rows(papers, scenario, found)
        self.rows = {
            plain(row.name): tuple(map(plain, (row.stands, row.needed, row.text))) for row in rows
        }
        self.others = [plain(text) for text in describe_others(papers, scenario, found)]


def test_what_the_zero_forecast_presumes(papers):
    told = Told(papers, Scenario(), NetAtLeast())
    assert told.message == (
        "Nollprognosen förutsätter att kostnaderna maj–december blir 22 % högre per månad än"
        " hittills."
    )
    assert told.goal == "Målet: Året slutar på budget eller bättre. Det nås precis, utan marginal."
    assert told.rows == {
        "Hela periodens avvikelse: del som går åt": (
            "100 %, som prognosen",
            "högst 100 %, som prognosen",
            "Hela överskottet på 4,0 Mkr får gå åt före årets slut.",
        ),
        "Intäkter, +0,8 Mkr: del som går åt": (
            "100 %, som prognosen",
            "högst 100 %, som prognosen",
            "Hela överskottet på 0,8 Mkr får gå åt före årets slut.",
        ),
        "Övriga verksamhetskostnader inom 032 och 033, +4,4 Mkr: del som går åt": (
            "100 %, som prognosen",
            "högst 100 %, som prognosen",
            "Hela överskottet på 4,4 Mkr får gå åt före årets slut.",
        ),
        "Alla övriga kostnader, −1,2 Mkr: del som hämtas in": (
            "100 %, som prognosen",
            "minst 100 %, som prognosen",
            "Hela underskottet på 1,2 Mkr måste hämtas in före årets slut.",
        ),
        "Intäkter maj–december: ändring i procent av budgeten": (
            "0 %, som prognosen",
            "minst 0 %, som prognosen",
            "Intäkterna maj–december måste bli minst 6,6 Mkr per månad, 25 % högre än hittills.",
        ),
        "Kostnader maj–december: ändring i procent av budgeten": (
            "0 %, som prognosen",
            "högst 0 %, som prognosen",
            "Kostnaderna maj–december får bli högst 6,6 Mkr per månad, 22 % högre än hittills.",
        ),
        "031 Digitalisering och innovation: mot budget vid årets slut": (
            "−0,1 Mkr, som prognosen",
            "minst −0,1 Mkr, som prognosen",
            "Verksamheten får inte sluta på mindre än −0,1 Mkr mot budget.",
        ),
    }
    assert told.others == ["De här påverkar inte målet: investeringarna; samarbetena."]


def test_a_limit_above_the_budget(papers):
    told = Told(papers, NONE_USED, NetAtLeast())
    assert told.message == "Målet nås, med 4,0 Mkr till godo."
    assert told.rows["Kostnader maj–december: ändring i procent av budgeten"] == (
        "0 %, som prognosen",
        "högst +8 %",
        "Kostnaderna maj–december får bli högst 8,1 % över budgeten: 6,7 Mkr per månad, 24 % högre"
        " än hittills.",
    )
    assert told.rows["Intäkter maj–december: ändring i procent av budgeten"][2] == (
        "Intäkterna maj–december får bli högst 7,4 % under budgeten: 6,2 Mkr per månad, 17 % högre"
        " än hittills."
    )
    assert told.others[0] == (
        "De här kan inte ensamma fälla målet: Intäkter, +0,8 Mkr: del som går åt; Alla övriga"
        " kostnader, −1,2 Mkr: del som hämtas in; 031 Digitalisering och innovation: mot budget vid"
        " årets slut."
    )


def test_what_is_needed_when_more_is_asked_for(papers):
    told = Told(papers, Scenario((RestChange("cost", Decimal("0.05")),)), NetAtLeast())
    assert (
        told.message
        == "Målet nås inte: det fattas 2,5 Mkr. 5 reglage skulle räcka, vart och ett för sig."
    )
    assert told.rows["Intäkter, +0,8 Mkr: del som går åt"] == (
        "100 %, som prognosen",
        "räcker inte",
        "Räcker inte ensamt: i bästa fall −1,7 Mkr mot budget.",
    )
    assert told.rows["Hela periodens avvikelse: del som går åt"][1:] == (
        "högst 35 %",
        "Högst 38,3 % av överskottet på 4,0 Mkr får gå åt före årets slut.",
    )
    assert told.rows["031 Digitalisering och innovation: mot budget vid årets slut"][1:] == (
        "minst +2,4 Mkr",
        "Verksamheten måste sluta på minst +2,4 Mkr mot budget.",
    )


def test_more_than_the_whole_of_a_deficit(papers):
    told = Told(papers, Scenario(), NetAtLeast(mkr("0.5")))
    assert told.rows["Alla övriga kostnader, −1,2 Mkr: del som hämtas in"][1:] == (
        "minst 145 %",
        "Mer än hela underskottet på 1,2 Mkr måste hämtas in före årets slut: minst 141,7 %.",
    )


def test_actions_and_invoices(papers):
    scenario = Scenario(
        (
            Action("Vakanser", "cost", mkr("1.2"), 9),
            Lump("Böter", "total:rest_cost", mkr("0.7"), 11, budgeted=False),
        )
    )
    told = Told(papers, scenario, NetAtLeast())
    assert told.rows["Vakanser: vad åtgärden ger på ett helt år"] == (
        "+1 200 000 kr",
        "minst +2 100 000 kr",
        "Åtgärden måste ge minst +2 100 000 kr på ett helt år.",
    )
    assert told.rows["Vakanser: från och med"] == (
        "september",
        "senast juni",
        "Åtgärden måste börja senast i juni.",
    )
    assert told.rows["Böter: fakturans belopp"] == (
        "700 000 kr",
        "högst 400 000 kr",
        "Fakturan får vara på högst 400 000 kr.",
    )


def test_the_appropriation_used_to_80_percent(papers):
    told = Told(papers, Scenario(), AppropriationUsed())
    assert told.message == (
        "Målet nås inte: 60 % av anslaget används, och det fattas 2,6 Mkr. Inget projekt räcker"
        " ensamt inom sitt eget anslag."
    )
    assert told.goal == "Målet: Minst 80 % av investeringsanslaget används i år."
    assert told.rows["Nätverksprojekten (0003, 0005, 0020): del av anslaget"] == (
        "84,4 %, som prognosen",
        "minst 125 %",
        "Måste använda minst 125 % av sitt anslag, mer än de 6,4 Mkr som det har. Hela det egna"
        " anslaget ger 68 %.",
    )
    assert told.rows["Övriga projekt: del av anslaget"][1:] == (
        "räcker inte",
        "Räcker inte ensamt: hela det egna anslaget ger 60 %, och 150 % av det ger 66 %.",
    )
    assert told.others[-1] == (
        "De här påverkar inte målet: driftbudgeten; att 0024 Uppdaterad basfunktionalitet stoppas;"
        " hur mycket som förs över till nästa år; samarbetena."
    )


def test_how_little_of_the_appropriation_is_enough(papers):
    told = Told(papers, Scenario(), AppropriationUsed(Decimal("0.5")))
    assert told.message == "Målet nås, med 1,3 Mkr till godo."
    assert told.rows["Övriga projekt: del av anslaget"][1:] == (
        "minst 19 %",
        "Måste använda minst 18,8 % av sitt anslag på 1,6 Mkr.",
    )
    assert told.rows["Stoppa Övriga projekt"] == (
        "nej",
        "nej",
        "Målet missas om projektet stoppas.",
    )


def test_a_bill_that_has_become_higher(papers):
    scenario = Scenario((PriceChange("e-dala", Decimal("0.1")),))
    told = Told(papers, scenario, BillUnchanged("2085"))
    assert told.message == (
        "Målet nås inte: Ludvikas kostnad är 18 500 kr högre än i papperen. 6 reglage skulle räcka,"
        " vart och ett för sig."
    )
    assert told.goal == ("Målet: Ludvikas kostnad för samarbetena blir inte högre än i papperen.")
    assert told.rows["E-dala: priset"] == (
        "+10 %",
        "högst 0 %, som nu",
        "Priset får inte bli högre än nu.",
    )
    assert told.rows["E-arkiv: priset"][1:] == ("högst −5 %", "Priset måste sjunka minst 4,4 %.")
    assert told.rows["Falun, Borlänge är med i E-dala"] == (
        "nej",
        "ja",
        "Målet nås om en av dem går med.",
    )
    assert told.rows["Skolskjuts: priset"][2] == "Räcker inte ensamt: i bästa fall 749 650 kr."
    assert told.others[0] == (
        "De här kan bara göra det sämre: E-dala: invånarna räknas den; att Vansbro, Malung-Sälen,"
        " Gagnef, Leksand, Rättvik, Orsa, Älvdalen, Mora, Säter, Hedemora, Avesta går ur E-dala."
    )


def test_what_is_unknown_of_a_bill_is_said_not_to_count(papers):
    told = Told(papers, Scenario(), BillAtMost("2061", kr("100000")))
    assert told.message == (
        "Målet nås inte: Smedjebackens kända kostnad är 20 000 kr för hög. 2 reglage skulle räcka,"
        " vart och ett för sig."
    )
    assert told.others[-1] == (
        "Smedjebackens del av E-arkiv är okänd i papperen och räknas inte med."
    )


def test_who_may_not_leave(papers):
    told = Told(papers, Scenario(), BillUnchanged("2085"))
    assert told.message == "Målet nås precis, utan marginal."
    members = next(name for name in told.rows if name.endswith("är med i E-dala"))
    assert members.startswith("Vansbro, Malung-Sälen, Gagnef")
    assert told.rows[members][2] == "Målet missas om någon av dem går ur."
    assert told.rows["E-dala: den del som delas lika"][2] == "Minst 50 % måste delas lika."


def test_one_municipality_alone_is_told_of_alone(papers):
    dearer = PriceChange("e-dala", Decimal("0.05"))
    scenario = Scenario((Membership("e-dala", "2080", True), dearer))
    told = Told(papers, scenario, BillUnchanged("2085"))
    assert told.rows["Falun är med i E-dala"] == ("ja", "ja", "Målet missas om kommunen går ur.")


def test_the_days_that_reach_a_goal_are_told(papers):
    scenario = Scenario((Membership("e-dala", "2080", True),))
    bill = Told(papers, scenario, BillAtMost("2061", kr("106600")))
    assert bill.rows["E-dala: invånarna räknas den"] == (
        "31 december 2022, som nu",
        "31 december 2020",
        "Målet nås om invånarna räknas den 31 december 2020 eller 31 december 2024.",
    )


@pytest.mark.parametrize(
    ("goal", "name"),
    [
        (NetAtLeast(mkr("0.5")), "Året slutar minst 0,5 Mkr bättre än budget"),
        (NetAtLeast(mkr("-0.5")), "Året slutar högst 0,5 Mkr sämre än budget"),
        (
            BillAtMost("2061", kr("100000")),
            "Smedjebackens kända kostnad för samarbetena blir högst 100 000 kr",
        ),
    ],
)
def test_a_goal_has_a_name(papers, goal, name):
    assert plain(name_goal(papers, goal)) == name
