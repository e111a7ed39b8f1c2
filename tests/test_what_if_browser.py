"""Tänk om …? in a real browser: levers, and the numbers and pictures that follow."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from accessibility import find_violations
from conftest import Seen
from harness import wait_settled
from playwright.sync_api import BrowserContext, Page, expect
from what_if_page import (
    NETWORK,
    PARTS,
    REPORTED,
    WHOLE,
    assumed,
    drawn,
    expect_address,
    expect_lever,
    lever,
    message,
    open_what_if,
    press,
    table_row,
    used_up,
)

MANY = {
    "u": "50",
    "r": "3",
    "c": "-1",
    "v-032": "300",
    "p-natverk": "100",
    "p-basfunktionalitet": "60",
    "stopp-365": "1",
    "lika-e-dala": "100",
    "med-e-dala.2081": "1",
    "anta-e-arkiv.2061": "200000",
    "pris-e-arkiv": "10",
    "atgard": "Färre konsulter~cost~1200~9",
}
NUMBER_WITH_POINT_OR_HYPHEN = re.compile(r"\d\.\d|(?<![\w–-])-\d")


@pytest.fixture(scope="module")
def opened(visits: BrowserContext, app_server: str) -> Iterator[Page]:
    """The page with the levers, opened once."""
    page = visits.new_page()
    open_what_if(page, app_server)
    yield page
    page.close()


@pytest.fixture
def at_rest(opened: Page, app_server: str) -> Page:
    """The opened page with every lever where the papers put it."""
    opened.bring_to_front()
    opened.mouse.up()
    if urlsplit(opened.url).query:
        opened.get_by_role("button", name="Återställ").click()
    expect_address(opened, app_server, {})
    expect(message(opened)).to_contain_text(REPORTED)
    wait_settled(opened)
    return opened


def test_numbers_follow_a_lever_that_is_moved_by_keyboard(app_server: str, at_rest: Page):
    page = at_rest
    expect(message(page)).to_contain_text(REPORTED)
    expect(page.get_by_text("Inget är antaget än.").last).to_be_visible()
    first = lever(page, WHOLE).bounding_box()
    assert first["y"] + first["height"] <= page.viewport_size["height"]  # without a scroll
    assert table_row(page, "Vid årets slut 2023", "Mot årets budget") == ["0,0", "0,0", "0,0"]
    before = drawn(page, "avvikelse mot budget vid årets slut")
    assert "Nettokostnad, Prognosen: 0,0 Mkr. Nettokostnad, Tänk om: 0,0 Mkr" in before

    press(page, WHOLE, *["ArrowLeft"] * 10)
    expect_lever(page, WHOLE, "50 %")
    expect(message(page)).to_have_text(
        "Med dessa antaganden slutar året 2,0 Mkr bättre än budget;"
        " prognosen säger precis på budget."
    )
    expect_address(page, app_server, used_up("50"))
    expect(lever(page, WHOLE)).to_be_focused()
    for part in PARTS:
        expect_lever(page, f"used_up:{part}", "50 %")
    assert table_row(page, "Vid årets slut 2023", "Intäkter") == ["74,1", "74,5", "+0,4"]
    assert table_row(page, "Vid årets slut 2023", "Kostnader") == ["−74,1", "−72,5", "+1,6"]
    assert table_row(page, "Vid årets slut 2023", "Mot årets budget") == ["0,0", "+2,0", "+2,0"]
    after = drawn(page, "avvikelse mot budget vid årets slut")
    assert "Nettokostnad, Tänk om: +2,0 Mkr" in after


def test_what_three_kinds_of_assumptions_do_is_read_without_a_scroll(app_server: str, page: Page):
    open_what_if(page, app_server, u="115", p_basfunktionalitet="3", pris_telefoni="15")
    told = page.get_by_role("region", name="Det som är antaget")
    expect(told).to_contain_text("basfunktionalitet")
    expect(told).to_contain_text("Telefoni")
    # What nobody knows and nobody assumes anything of has no zero beside it.
    bills = "Kommunernas kostnad för samarbetena"
    assert table_row(page, bills, "E-arkiv", nth=1) == ["okänt", "okänt", "oförändrat"]
    assert told.evaluate("box => box.scrollHeight <= box.clientHeight")


def test_numbers_follow_a_lever_while_it_is_dragged(app_server: str, at_rest: Page):
    page = at_rest
    slider = lever(page, "rest:cost")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, middle, steps=5)
    # The hand has not let go, and all has followed it.
    expect(message(page)).to_contain_text("slutar året 9,9 Mkr sämre än budget")
    expect_address(page, app_server, {})
    page.mouse.up()
    expect_lever(page, "rest:cost", "+20 %")
    expect_address(page, app_server, {"c": "20"})
    expect(message(page)).to_contain_text("slutar året 9,9 Mkr sämre än budget")


def test_the_same_move_after_a_reset_is_in_the_address_again(app_server: str, at_rest: Page):
    page = at_rest
    for _ in range(2):
        press(page, NETWORK, *["ArrowRight"] * 5)
        expect_address(page, app_server, {"p-natverk": "89"})
        expect_lever(page, NETWORK, "89 %")
        page.get_by_role("button", name="Återställ").click()
        expect_address(page, app_server, {})
        expect_lever(page, NETWORK, "84,4 %, som prognosen")


def test_one_part_alone_leaves_the_whole_mixed(app_server: str, at_rest: Page):
    page = at_rest
    press(page, f"used_up:{PARTS[1]}", "Home")
    expect(message(page)).to_contain_text("slutar året 4,4 Mkr bättre än budget")
    expect(lever(page, WHOLE)).to_have_attribute("aria-valuetext", "olika för olika delar")
    expect_address(page, app_server, {"u-032+033.other_cost": "0"})
    expect(assumed(page)).to_contain_text("Övriga verksamhetskostnader inom 032 och 033: 0")


def test_investments_are_reported_exactly_until_their_lever_is_moved(
    app_server: str, at_rest: Page
):
    page = at_rest
    caption = "Investeringar 2023, Mkr"
    expect_lever(page, NETWORK, "84,4 %, som prognosen")
    assert table_row(page, caption, "Nätverksprojekten") == ["5,4", "5,4", "0,0"]

    press(page, NETWORK, "End")
    expect_lever(page, NETWORK, "150 %")
    expect(lever(page, NETWORK)).to_be_focused()
    expect(assumed(page)).to_contain_text("1,0 Mkr kvar; prognosen säger 5,2 Mkr")
    expect_address(page, app_server, {"p-natverk": "150"})
    assert table_row(page, caption, "Nätverksprojekten") == ["5,4", "9,6", "+4,2"]
    assert table_row(page, caption, "Kvar vid årets slut") == ["5,2", "1,0", "−4,2"]
    assert table_row(page, caption, "därav förs över") == ["–", "1,0", "–"]
    whole = ["60 %", "92 %", "+32 procentenheter"]
    assert table_row(page, caption, "Del av anslaget") == whole
    assert "Alla projekt, Prognosen: 7,8 Mkr. Alla projekt, Tänk om: 12,0 Mkr" in drawn(
        page, "så mycket används"
    )
    lever(page, "stopped:natverk").check()
    expect(assumed(page)).to_contain_text("Nätverksprojekten (0003, 0005, 0020) stoppas")
    expect_address(page, app_server, {"p-natverk": "150", "stopp-natverk": "1"})
    assert table_row(page, caption, "därav förs inte över") == ["–", "6,4", "–"]


def test_less_than_what_is_booked_is_said(app_server: str, page: Page):
    open_what_if(page, app_server, p_natverk="0", p_365="0", p_sakerhet="0", p_ovriga="0")
    warning = page.locator(".gsn-sheet").get_by_text("Så lite kan det inte bli: 0,8 Mkr är redan")
    expect(warning).to_be_visible()
    caption = "Investeringar 2023, Mkr"
    assert table_row(page, caption, "Bokfört, oklart på vilka projekt") == ["–", "0,8", "–"]
    press(page, NETWORK, *["ArrowRight"] * 13)
    expect(warning).to_be_hidden()
    assert table_row(page, caption, "Bokfört, oklart på vilka projekt") == ["–", "0,0", "–"]


def test_bills_move_and_what_is_missing_stays_missing(app_server: str, page: Page):
    open_what_if(page, app_server, lika_e_dala="100", pris_e_arkiv="10")
    caption = "Kommunernas kostnad för samarbetena"
    assert table_row(page, caption, "Ludvika") == ["740 300", "736 320,21", "−3 979,79"]
    name = "Smedjebacken, 1 uppgift saknas"
    assert table_row(page, caption, name) == [
        "minst 120 000",
        "minst 129 430,74",
        "+9 430,74 och okänt (E-arkiv)",
    ]
    assert table_row(page, caption, "E-arkiv", nth=1) == ["okänt", "okänt", "okänt"]
    said = drawn(page, "Kommunernas kostnad för samarbetena per år")
    assert "Smedjebacken, I papperen: minst 120 000 kr" in said
    assert "Smedjebacken, Tänk om: minst 129 431 kr" in said
    # Everybody together pays what e-arkiv has become dearer by, as far as it is known.
    bridge = drawn(page, "Vem betalar mer och vem betalar mindre")
    assert "Ludvika, Tänk om: −3 980 kr" in bridge and "Tillsammans, Tänk om: +41 700 kr" in bridge
    expect(page.get_by_text("hur nämndens eget överskott eller underskott delas")).to_be_visible()


def test_an_amount_in_the_place_of_an_unknown_is_marked_and_can_be_taken_away(
    app_server: str, page: Page
):
    open_what_if(page, app_server, **{"anta_e-arkiv.2061": "200000"})
    caption = "Kommunernas kostnad för samarbetena"
    row = page.get_by_role("table", name=caption).get_by_role("row")
    filled = row.filter(has=page.get_by_role("rowheader", name="E-arkiv")).nth(1)
    expect(filled).to_contain_text("antaget")
    expect(row.filter(has_text="Smedjebacken").first).to_contain_text("antaget")
    assert table_row(page, caption, "Smedjebacken")[:2] == ["minst 120 000", "320 000,00"]
    expect(assumed(page)).to_contain_text("är ett antagande; papperen säger inte.")
    page.get_by_role("button", name=re.compile("^Ta bort: .*E-arkiv")).click()
    expect(lever(page, "assumed:e-arkiv:2061")).to_have_count(0)
    expect_address(page, app_server, {})
    assert table_row(page, caption, "Smedjebacken, 1 uppgift saknas")[1] == "minst 120 000,00"


def test_a_municipality_joins_and_is_in_the_bridge(app_server: str, at_rest: Page):
    page = at_rest
    lever(page, "member:e-dala:2081").check()
    lever(page, "counted_on:e-dala").select_option("20211231")
    expect(assumed(page)).to_contain_text("Borlänge går med i E-dala")
    expect_address(page, app_server, {"med-e-dala.2081": "1", "folk-e-dala": "20211231"})
    bridge = drawn(page, "Vem betalar mer och vem betalar mindre")
    assert re.search(r"Borlänge, Tänk om: \+\d", bridge)
    assert re.search(r"Ludvika, Tänk om: −\d", bridge)
    assert "Tillsammans, Tänk om: 0 kr" in bridge


@pytest.mark.parametrize("widths", [(1920, 1280), (390,)], ids=str)
def test_moved_levers_break_no_rule_of_access_or_language(
    app_server: str, page: Page, seen: Seen, widths: tuple[int, ...]
):
    page.set_viewport_size({"width": widths[0], "height": 844})
    page.goto(f"{app_server}/tank-om?{urlencode(MANY)}")
    expect(message(page)).to_contain_text("Med dessa antaganden")
    expect_address(
        page, app_server, {**{k: v for k, v in MANY.items() if k != "u"}, **used_up("50")}
    )
    wait_settled(page)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_function("(width) => innerWidth === width", arg=width)
        assert find_violations(page) == []
        assert page.get_by_role("main").evaluate("(e) => e.scrollWidth") <= width
    text = re.sub("”[^”]*”", "", page.get_by_role("main").inner_text())
    assert NUMBER_WITH_POINT_OR_HYPHEN.findall(text) == []
    spoken = page.get_by_role("slider").evaluate_all(
        "(all) => all.map((e) => e.getAttribute('aria-valuetext') + e.labels[0].textContent)"
    )
    assert len(spoken) > 10
    assert [words for words in spoken if NUMBER_WITH_POINT_OR_HYPHEN.search(words)] == []
    expect(page.locator(".gsn-sheet[data-differs]")).to_have_count(0)
    assert set(seen.hosts) == {"localhost"}
    assert seen.console_errors == []
