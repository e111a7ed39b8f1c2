"""The page of sources, and the help that tells how to use it."""

import re
from collections.abc import Callable

from accessibility import find_violations
from conftest import Seen
from harness import wait_settled
from papers import read_papers
from playwright.sync_api import Locator, Page, expect
from test_pages_browser import open_page, text_of

from gsn_dash.present.inventory import known_refs
from gsn_dash.settings import PROJECT


def box_of(page: Page) -> Locator:
    """The box that tells of the figure in the address."""
    return page.get_by_role("region", name="Så vet vi det")


def test_lists_hold_every_kind_of_figure(walk: Callable[..., Page]):
    page = walk("kallor")
    text = text_of(page)
    headings = page.locator("h2").all_inner_texts()
    for heading in (
        "Driftbudget",
        "Investeringar",
        "Samarbeten",
        "Samma uppgift på ett ställe till",
        "Beräknade",
        "Invånare",
        "Rättade uppgifter",
        "Papperen",
        "Inläsningar",
    ):
        assert heading in headings
    assert "”−24,7”" in text
    assert "på 0,1 Mkr när" in text
    assert "Totalen minus de projekt som papperet nämner" in text
    assert "Inget belopp för driftbudget, investeringar eller samarbeten har rättats" in text
    counts = page.get_by_role("table", name="Invånare i Dalarnas kommuner")
    expect(counts.locator("tbody tr")).to_have_count(15)
    expect(counts.locator("tbody tr").first.locator("td")).to_have_count(6)
    names = counts.locator("tbody th").all_inner_texts()
    assert names[0] == "Avesta" and names[-1] == "Älvdalen"
    papers = page.get_by_role("table", name="Papper och statistik")
    expect(papers.locator("tbody tr").filter(has_text="bilaga 1")).to_contain_text("4–8")
    imports = page.get_by_role("table", name=re.compile("^Inläsning 1:"))
    expect(imports.locator("tbody tr").filter(has_text="operating.csv")).to_have_text(
        re.compile(r"[0-9a-f]{12}$")
    )


TOLD = [
    (
        "collaboration:skolskjuts:2085",
        ("Skolskjuts: Ludvika", "18 300 kr", "på 1 kr när", "sidorna 9–14", "”18 000”"),
    ),
    (
        "operating:total:cost:period:outcome",
        ("Kostnader, utfall", "−21,5 Mkr", "”−21,5”", "Januari–april 2023, Utfall"),
    ),
    (
        "collaboration:total:2085",
        ("740 300 kr", "härledd", "E-arkiv: Ludvika", "Så står det i papperet", "740 000 kr"),
    ),
    (
        "operating:rest:cost:period:deviation",
        ("−1,2 Mkr", "härledd", "Hela avvikelsen minus", "”3,2”", "”4,4”"),
    ),
    (
        "demand:cost:needed",
        ("−6,6 Mkr (oavrundat −6 575 000 kr)", "Kostnader, kvar av prognosen", "”−74,1”"),
    ),
    (
        "investment:basfunktionalitet:appropriation",
        ("0,5 Mkr", "härledd", "Det gäller om inget projekt har en prognos", "”,5”"),
    ),
    ("investment:natverk:outcome", ("okänt", "papperet anger bara summan", "inget tal")),
    ("collaboration:e-arkiv:2061", ("okänt", "”?”", "papperet har ett frågetecken")),
    ("collaboration:total:2061", ("minst 120 000 kr, 1 uppgift saknas", "E-arkiv")),
    ("key:e-dala:2085", ("142 555,26 kr", "härledd", "11,319 %", "26 353 invånare", "SCB")),
    ("share:e-dala:2062", ("9,710 %", "Moras andel", "fördelning av avgifterna")),
    ("population:2085:2022-12-31", ("Invånare i Ludvika", "26 353 invånare", "SCB")),
    ("investment:total:forecast_utilisation", ("60 %", "”100”", "Sammanfattning")),
    ("action_plan:has_actions", ("papperen säger olika: nej och ja", "Papperet säger ja")),
    ("operating:032%2B033:other_cost:period:deviation", ("+4,4 Mkr", "032 och 033")),
]


def test_figure_in_the_address_is_told_first(app_server: str, page: Page):
    """The first by its address alone, the others as a link on a page leads to them."""
    open_page(page, app_server, f"kallor?figur={TOLD[0][0]}")
    assert page.locator("h2").first.inner_text() == "Så vet vi det"
    for ref, words in TOLD:
        page.evaluate("(address) => gsnGo(address)", f"/kallor?figur={ref}")
        box = box_of(page)
        for part in words:
            expect(box).to_contain_text(part)
        expect(box).to_be_in_viewport()


NONSENSE = [
    "x",
    "operating:total:cost:period",
    "operating:a:b:c:d",
    "operating:total:cost:decade:deviation",
    "demand:hej:rest",
    "investment:total:x_utilisation",
    "share:e-dala:2080",
    "population:2085:igår",
    ":::",
    "<b>fet</b>",
    "y" * 500,
]


def test_nonsense_names_no_figure(server_url: str, loaded_template: str):
    known = known_refs(read_papers(server_url, loaded_template))
    assert [ref for ref in NONSENSE if ref in known] == []


def test_nonsense_in_the_address_is_said_in_one_sentence(app_server: str, page: Page, seen: Seen):
    open_page(page, app_server, "kallor?figur=population:2085:igår")
    for ref in ("population:2085:igår", "<b>fet</b>", "y" * 500):
        page.evaluate("(address) => gsnGo(address)", f"/kallor?figur={ref}")
        sentence = f"Det finns ingen uppgift som heter ”{ref[:60]}"
        expect(page.get_by_role("main")).to_contain_text(sentence)
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.locator("h2").filter(has_text="Driftbudget")).to_be_visible()
    assert seen.console_errors == []


def test_keyboard_leads_down_the_chain_to_the_paper_and_back(walk: Callable[..., Page]):
    page = walk("kallor?figur=demand:cost:needed")
    chain = box_of(page).get_by_role("link")
    chain.filter(has_text="Kostnader, utfall januari–april 2023").press("Enter")
    expect(box_of(page).locator(".gsn-message").first).to_contain_text("−21,5")
    expect(box_of(page)).to_be_focused()
    page.go_back()
    expect(box_of(page).locator(".gsn-message").first).to_contain_text("−6,6")


def test_row_far_down_moves_the_reader_to_its_box(walk: Callable[..., Page]):
    page = walk("kallor")
    row = page.get_by_role("link", name="E-dala: Moras andel enligt nyckeln")
    row.focus()
    page.keyboard.press("Enter")
    expect(box_of(page)).to_be_in_viewport()
    expect(box_of(page)).to_be_focused()
    expect(box_of(page)).to_contain_text("9,710")


def test_search_keeps_what_holds_the_words_and_says_when_nothing_does(walk: Callable[..., Page]):
    page = walk("kallor")
    search = page.get_by_role("textbox", name="Sök i listorna")
    search.fill("18 300")
    search.press("Enter")
    expect(page.get_by_text("3 uppgifter")).to_have_count(0)
    expect(page.get_by_role("link", name="Skolskjuts: Ludvika").first).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Intäkter, budget"))).to_have_count(0)
    search.fill("finns inte alls")
    search.press("Enter")
    expect(page.get_by_text("Inget i listorna innehåller det du söker.")).to_be_visible()
    wait_settled(page)
    assert find_violations(page) == []


def test_axe_finds_nothing_where_a_figure_is_shown(app_server: str, page: Page):
    """The lists below are the same as without a figure: they are looked at once."""
    open_page(page, app_server, "kallor?figur=collaboration:total:2085")
    assert find_violations(page) == []
    for ref, told in (
        ("collaboration:e-arkiv:2061", box_of(page).get_by_text("papperet har ett frågetecken")),
        ("x", page.get_by_role("main").get_by_text("Det finns ingen uppgift som heter ”x”")),
    ):
        page.evaluate("(address) => gsnGo(address)", f"/kallor?figur={ref}")
        expect(told.first).to_be_visible()
        wait_settled(page)
        assert find_violations(page, without=".gsn-scroll") == []


def test_help_is_the_guide_and_every_link_in_it_leads_somewhere(walk: Callable[..., Page]):
    page = walk("hjalp")
    text = text_of(page)
    guide = (PROJECT / "docs" / "guide.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", guide, re.MULTILINE)
    assert page.locator("h2").all_inner_texts() == headings
    links = re.findall(r"\]\(#([^)]+)\)", guide)
    assert len(links) == len(headings)
    for place in links:
        expect(page.locator(f"[id='{place}']")).to_have_count(1)
    for term in ("nämnd", "tillfälle", "nettokostnad", "upparbetningsgrad", "fördelningsnyckel"):
        assert term in text
    contents = page.get_by_role("link", name="Ord och begrepp")
    contents.press("Enter")
    expect(page.get_by_role("heading", name="Ord och begrepp")).to_be_in_viewport()


def test_help_draws_the_notation(walk: Callable[..., Page]):
    page = walk("hjalp")
    picture = page.get_by_role("figure").filter(has_text="Teckenförklaring")
    expect(picture.locator("svg text").first).to_be_attached()
    for words in ("Prognos", "snedstreckad", "Härlett", "Okänt", "?", "Tänk om …?"):
        expect(picture.locator("svg text").filter(has_text=words).first).to_be_attached()
