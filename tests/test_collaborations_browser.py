"""The page of collaborations as a controller of one of the municipalities sees it."""

import re

import pytest
from accessibility import find_violations
from harness import heading, wait_settled
from playwright.sync_api import Locator, Page, expect
from test_pages_browser import Open, drawn, open_page, text_of


def cells(table: Locator) -> dict[str, list[str]]:
    """The body of a table: the heading of each row, and its cells with plain spaces."""
    expect(table.locator("tbody tr").last).to_be_visible()
    return {
        row.locator("th").inner_text(): [
            text.replace("\u00a0", " ") for text in row.locator("td").all_inner_texts()
        ]
        for row in table.locator("tbody tr").all()
    }


def test_message_and_picture_say_what_each_pays_and_what_is_missing(read_only: Open):
    page = read_only("samarbeten")
    text = text_of(page)
    assert (
        "Ludvika betalar 740 300 kr om året för samarbetena;"
        " Smedjebacken betalar minst 120 000 kr, 1 uppgift saknas (E-arkiv)." in text
    )
    picture = drawn(page, "Vad samarbetena kostar")
    for words in ("740 300", "minst 120 000", "1 uppgift saknas", "18 300", "417 000", "?"):
        assert words in picture


def test_summary_is_the_papers_with_years_and_both_sums(read_only: Open):
    page = read_only("samarbeten")
    text = text_of(page)
    table = page.get_by_role("table", name="Kronor per år", exact=True)
    assert cells(table) == {
        "E-dala": ["185 000 kr", "45 000 kr", "år anges inte"],
        "Skolskjuts": ["18 300 kr", "15 000 kr", "2023"],
        "Telefoni": ["120 000 kr", "60 000 kr", "2022"],
        "E-arkiv": ["417 000 kr", "?", "år anges inte"],
        "Summa av uppgifterna": ["härledd 740 300 kr", "minst 120 000 kr", ""],
        "Summa som rapporten skriver": ["740 000 kr", "tom ruta", ""],
    }
    for words in (
        "Ludvikas summa blandar uppgifter från 2022 och 2023 med uppgifter där året inte anges",
        "avrundat till 18 000 kr",
        "Det som saknas räknas inte som noll",
        "Hur nämndens eget överskott eller underskott delas",
    ):
        assert words in text


def test_key_is_worked_out_beside_what_the_paper_states(read_only: Open):
    page = read_only("samarbeten")
    text = text_of(page)
    assert cells(page.get_by_role("table", name="E-dala, kronor per år")) == {
        "Ludvika": ["185 000 kr", "härledd 142 555,26 kr", "härledd 11,319 %"],
        "Smedjebacken": ["45 000 kr", "härledd 87 444,74 kr", "härledd 6,943 %"],
        "Tillsammans": ["härledd 230 000 kr", "härledd 230 000 kr", "härledd 18,263 %"],
        "Hela samarbetet, alla medlemmar": ["", "härledd 1 259 381,20 kr", "100 %"],
    }
    for words in (
        "50 % delat på 13 medlemmar är 3,846 % var",
        "Medlemmarna har tillsammans 176 314 invånare (31 december 2022)",
        "50 % gånger 26 353 delat med 176 314 är 7,473 %",
        "3,846 % + 7,473 % = 11,319 %",
        "Ingen vikt mellan lika delar och invånare kan ge 4,1 gånger",
        "förhållandet kan bara bli 1,0 till 2,4 gånger",
        "rapporten kan visa hur nämnden själv delar kostnaden",
        "ungefär 1,26 Mkr om året",
        "den 1 november året före",
        "används som ersättning",
    ):
        assert words in text


def test_all_thirteen_members_have_a_share_and_kronor_only_where_stated(read_only: Open):
    page = read_only("samarbeten")
    members = cells(page.get_by_role("table", name="E-dala: medlemmarna enligt nyckeln"))
    assert len(members) == 13
    assert {name for name, row in members.items() if row[-1] != "anges inte"} == {
        "Ludvika",
        "Smedjebacken",
    }
    assert members["Mora"] == ["20 679", "3,846 %", "5,864 %", "härledd 9,710 %", "anges inte"]
    assert "11,3 %" in drawn(page, "medlemmarnas andelar")


def test_choice_of_municipality_is_in_the_address_and_goes_back(app_server: str, page: Page):
    open_page(page, app_server, "samarbeten")
    page.get_by_role("radio", name="Alla").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Ludvikas räkning")).to_be_visible()
    expect(page).to_have_url(f"{app_server}/samarbeten?kommun=2085")
    page.get_by_text("Alla", exact=True).click()
    expect(page.get_by_role("heading", name="Rapportens sammanställning")).to_be_visible()
    expect(page).to_have_url(f"{app_server}/samarbeten")
    wait_settled(page)
    expect(page.get_by_role("radio", name="Alla")).to_be_checked()


def test_view_of_one_municipality_has_shares_rules_and_places(walk: Open):
    page = walk("samarbeten?kommun=2061")
    text = text_of(page)
    assert "Smedjebacken betalar minst 120 000 kr om året" in text
    assert "1 uppgift saknas (E-arkiv)" in text
    bill = cells(page.get_by_role("table", name="Smedjebacken, kronor per år"))
    rule = (
        "Avtalets nyckel är att 50 % delas lika mellan 13 medlemmar och resten efter invånarantal."
        " Den ger 87 444,74 kr. Hur 45 000 kr har räknats fram säger papperet inte."
    )
    place = "2. Sammanställning – ekonomi, E-dala, Smedjebacken"
    assert bill["E-dala"] == ["45 000 kr", "härledd 19,6 %", "år anges inte", rule, place]
    assert bill["E-arkiv"][:2] == ["?", "?"]
    assert bill["Telefoni"][:3] == ["60 000 kr", "härledd 33,3 %", "2022"]
    assert bill["Summa"][0] == "minst 120 000 kr"
    assert find_violations(page) == []


def test_view_of_the_other_shows_its_rounding_and_both_sums(walk: Open):
    page = walk("samarbeten?kommun=2085")
    text = text_of(page)
    bill = cells(page.get_by_role("table", name="Ludvika, kronor per år"))
    assert bill["Summa"][0] == "härledd 740 300 kr"
    assert bill["Summa som rapporten skriver"][0] == "740 000 kr"
    assert "Papperet skriver summan 740 000 kr för Ludvika" in text
    assert "Smedjebackens summa" not in text


def test_municipality_that_pays_nothing_gives_the_view_of_all(app_server: str, page: Page):
    for code in ("2080", "<b>"):
        open_page(page, app_server, f"samarbeten?kommun={code}")
        expect(page.get_by_role("heading", name="Rapportens sammanställning")).to_be_visible()
        expect(page.get_by_role("radio", name="Alla")).to_be_checked()


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("words", "name", "place"),
    [
        ("18 300", "Skolskjuts: Ludvika", "1.2 E-tjänster för hantering av Skolskjuts"),
        ("142 555,26", "E-dala: Ludvika enligt nyckeln", "E-dala: Ludvikas andel enligt nyckeln"),
    ],
)
def test_keyboard_leads_from_a_figure_to_its_source(walk: Open, words: str, name: str, place: str):
    page = walk("samarbeten")
    link = page.get_by_role("table").get_by_role("link", name=words).first
    link.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("region", name="Så vet vi det")
    expect(box).to_contain_text(name)
    expect(box).to_contain_text(place)
    expect(box).to_be_in_viewport()
    box.get_by_role("link", name="Tillbaka till Samarbeten").press("Enter")
    expect(heading(page)).to_have_text("Samarbeten")


def test_mark_in_the_picture_leads_to_its_source(walk: Open):
    page = walk("samarbeten")
    drawn(page, "Vad samarbetena kostar")
    page.get_by_role("link", name=re.compile("^E-arkiv, Smedjebacken: okänt")).press("Enter")
    box = page.get_by_role("region", name="Så vet vi det")
    expect(box).to_contain_text("papperet har ett frågetecken")
