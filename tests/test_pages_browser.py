"""The pages of operations, investments and controls as a board member sees them."""

import re
from collections.abc import Callable

import pytest
from harness import heading, wait_settled
from playwright.sync_api import Page, expect

Open = Callable[..., Page]


def open_page(page: Page, url: str, address: str = "") -> str:
    """Open a page; returns all its text with plain spaces."""
    page.goto(f"{url}/{address}")
    expect(heading(page)).to_have_count(1)
    wait_settled(page)
    return text_of(page)


def text_of(page: Page) -> str:
    """All text of a page with plain spaces."""
    return page.get_by_role("main").inner_text().replace("\u00a0", " ")


def drawn(page: Page, title: str) -> str:
    """All text of the picture with this title, once it is drawn, with plain spaces."""
    picture = page.get_by_role("figure").filter(has_text=title)
    texts = picture.locator(".gsn-picture-stage:visible svg text")
    expect(texts.first).to_be_visible()
    return " ".join(texts.all_text_contents()).replace("\u00a0", " ")


def test_overview_answers_three_questions_and_says_which_paper(app_server: str, page: Page):
    text = open_page(page, app_server)
    for words in (
        "Håller driftbudgeten?",
        "Ja, enligt prognosen.",
        "överskottet går åt: kostnaderna blir då 22 % högre per månad resten av året",
        "nettokostnaden 4,0 Mkr lägre än budget",
        "Används investeringspengarna?",
        "60 % av investeringspengarna väntas bli använda i år: 7,8 av 13,0 Mkr",
        "0,8 Mkr bokfört (6 %)",
        "Vad kostar samarbetena?",
        "Ludvika betalar 740 300 kr om året",
        "Beloppen är från olika år",
        "Smedjebacken betalar minst 120 000 kr, 1 uppgift saknas (E-arkiv)",
        "I 39 av 55 kontroller stämmer papperens siffror",
        "30 april 2023",
        "4 maj 2023",
        "8 maj 2023",
    ):
        assert words in text
    page.get_by_role("link", name="Mer om investeringar").click()
    expect(heading(page)).to_have_text("Investeringar")


def test_driftbudget_shows_the_papers_table(read_only: Open):
    page = read_only("driftbudget")
    table = page.get_by_role("table", name="Intäkter och kostnader, miljoner kronor")
    rows = [row.split("\t") for row in table.locator("tbody").inner_text().splitlines()]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["Intäkter", "20,4", "21,2", "+0,8", "74,1", "74,1", "0,0"],
        ["Kostnader", "−24,7", "−21,5", "+3,2", "−74,1", "−74,1", "0,0"],
        ["Nettokostnad", "−4,3", "−0,3", "+4,0", "0,0", "0,0", "0,0"],
    ]


def test_driftbudget_bridges_from_budget_to_outcome_and_marks_what_is_derived(read_only: Open):
    page = read_only("driftbudget")
    text = text_of(page)
    bridge = drawn(page, "från budgeterat netto till utfall")
    for words in ("−4,3", "+0,8", "+4,4", "−1,2", "härledd, ±0,1", "−0,3"):
        assert words in bridge
    assert "Alla övriga kostnader, −1,2 Mkr (± 0,1 Mkr), står inte i papperen" in text
    assert "O365-licenser" in text


def test_driftbudget_says_what_the_forecast_demands(read_only: Open):
    page = read_only("driftbudget")
    text = text_of(page)
    for words in (
        "kostnaderna maj–december blir 22 % högre per månad än hittills",
        "Kostnader: 52,6 Mkr på 8 månader, 6,6 Mkr i månaden mot 5,4 Mkr hittills (+22 %)",
        "Intäkter: 52,9 Mkr på 8 månader, 6,6 Mkr i månaden mot 5,3 Mkr hittills (+25 %)",
        "är exakt 4/12 av årets",
        "27,5 % av årets",
        "031 Digitalisering och innovation väntas få cirka −0,1 Mkr",
    ):
        assert words in text


def test_investments_keep_projects_apart_and_the_unknown_unknown(read_only: Open):
    page = read_only("investeringar")
    table = page.get_by_role("table", name="Investeringar 2023, Mkr")
    rows = {
        row.locator("th").inner_text(): row.locator("td").all_inner_texts()
        for row in table.locator("tbody tr").all()
    }
    assert {name: cells[:5] for name, cells in rows.items()} == {
        "Nätverksprojekten (0003, 0005, 0020)": [
            "6,4",
            "okänt",
            "härledd 5,4",
            "härledd 84\u00a0%",
            "1,0",
        ],
        "0003 365 digital arbetsplats": [
            "härledd 2,0",
            "okänt",
            "cirka 0,3",
            "härledd 15\u00a0%",
            "1,7",
        ],
        "0024 Uppdaterad basfunktionalitet": [
            "härledd 0,5",
            "okänt",
            "härledd 0,0",
            "härledd 0\u00a0%",
            "härledd 0,5",
        ],
        "0051 Säkerhet (GDPR)": ["2,5", "okänt", "cirka 0,5", "härledd 20\u00a0%", "härledd 2,0"],
        "Övriga projekt": [
            "härledd 1,6",
            "okänt",
            "härledd 1,6",
            "härledd 100\u00a0%",
            "härledd 0,0",
        ],
        "Alla projekt": ["13,0", "0,8", "7,8", "härledd 60\u00a0%", "härledd 5,2"],
    }
    assert drawn(page, "GSN, investeringar 2023").count("?") == 5


def test_investments_say_what_the_lost_digit_is_and_could_be(read_only: Open):
    page = read_only("investeringar")
    text = text_of(page)
    for words in (
        "Papperet säger ”,5” miljoner kronor",
        "Med 0 stämmer alla totaler, så anslaget är 0,5 Mkr (härlett)",
        "Det gäller om inget projekt har en prognos över sitt anslag",
        "Med 1 (1,5 Mkr) skulle övriga projekt ha 0,6 i anslag men 1,6 Mkr i prognos",
        "Projektnummer 0003 står för flera projekt",
    ):
        assert words in text


def test_a_figure_in_a_table_leads_to_its_place_in_the_paper(walk: Open):
    page = walk("driftbudget")
    page.get_by_role("link", name="−21,5", exact=True).press("Enter")
    expect(page).to_have_url(
        re.compile(
            r"/kallor\?figur=operating:total:cost:period:outcome#figur-operating:total:cost:period:outcome$"
        )
    )
    expect(page.get_by_role("main")).to_contain_text("Kostnader, Januari–april 2023, Utfall")


def test_a_mark_in_a_picture_leads_to_its_place_in_the_paper(walk: Open):
    page = walk("driftbudget")
    drawn(page, "från budgeterat netto till utfall")
    page.get_by_role("link", name=re.compile(r"\+4,4.*Visa källan")).first.press("Enter")
    expect(page).to_have_url(re.compile(r"/kallor\?figur=operating:032"))
    expect(page.get_by_role("main")).to_contain_text("lägre övriga verksamhetskostnader")


def test_controls_tell_what_does_not_hold_first_with_both_places(walk: Open):
    page = walk("granskning")
    text = text_of(page)
    assert "I 39 av 55 kontroller stämmer papperens siffror (2 av dem efter avrundning)." in text
    assert "I 8 stämmer de inte, och 8 går inte att avgöra." in text
    finding = page.get_by_role("article").filter(has_text="Två siffror har bytt plats")
    finding.get_by_text("Var det står").click()
    expect(finding).to_contain_text("Driftkostnader, driftkostnaderna netto lägre än budget")
    expect(finding).to_contain_text("Nettokostn, Januari–april 2023, Avvikelse")
    expect(finding).to_contain_text("Tillåten skillnad")
    headings = page.locator("h2").all_inner_texts()
    assert headings[0].startswith("Stämmer inte (8)")
    assert headings[-1].startswith("Stämmer (37)")


LINKLESS = """() => [...document.querySelectorAll('.gsn-table tbody .gsn-num')]
  .filter((cell) => /\\d/.test(cell.textContent) && !cell.querySelector('a.gsn-src'))
  .filter((cell) => !cell.closest('tr').querySelector('th a.gsn-src'))
  .map((cell) => cell.closest('tr').textContent + ' / ' + cell.textContent)"""


@pytest.mark.parametrize(
    "address", ["driftbudget", "investeringar", "samarbeten", "samarbeten?kommun=2085"]
)
def test_every_number_in_a_table_leads_to_its_place(read_only: Open, address: str):
    page = read_only(address)
    # The whole is 100 % by definition. The tried digits are told of where their row leads.
    assert [text for text in page.evaluate(LINKLESS) if "alla medlemmar" not in text] == []


@pytest.mark.parametrize(
    ("address", "number", "words"),
    [
        ("driftbudget", "+22 %", ("Kostnader, skillnad per månad mot hittills", "−74,1")),
        ("investeringar", "15 %", ("0003 365 digital arbetsplats: prognos i procent", "2,0 Mkr")),
        ("investeringar", "0,5", ("0024", "Alla tio siffror har prövats")),
        ("samarbeten?kommun=2085", "66,7 %", ("Telefoni: Ludvikas andel", "180 000 kr")),
        ("samarbeten", "18,263 %", ("andel tillsammans enligt nyckeln", "11,319 %")),
    ],
)
def test_a_derived_number_leads_to_its_rule_and_the_reader_to_its_box(
    walk: Open, address: str, number: str, words: tuple[str, ...]
):
    page = walk(address)
    name = number.replace(" ", "\u00a0")
    page.get_by_role("table").get_by_role("link", name=name, exact=True).first.press("Enter")
    box = page.get_by_role("region", name="Så vet vi det")
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport()
    for part in words:
        expect(box).to_contain_text(part)


SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  window.shifted += entry.value;
})).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.sampled(2)
@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
@pytest.mark.parametrize("address", ["driftbudget", "investeringar"])
def test_what_is_below_a_picture_does_not_jump_while_it_comes(
    app_server: str, page: Page, address: str, size: tuple[int, int]
):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.add_init_script(SHIFTS)
    open_page(page, app_server, address)
    expect(page.locator(".gsn-picture[data-shown]").first).to_be_visible()
    assert page.evaluate("window.shifted") < 0.25
