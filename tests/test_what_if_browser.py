"""Tänk om …? in a real browser: levers, the numbers that follow, and the address that says it."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from accessibility import find_violations
from conftest import Seen
from harness import AppServer, wait_settled
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Engine

REPORTED = "Prognosen säger att året slutar precis på budget."
MANY = {
    "u": "50",
    "r": "3",
    "c": "-1",
    "p-natverk": "100",
    "p-basfunktionalitet": "60",
    "lika-e-dala": "100",
    "pris-e-arkiv": "10",
}
NUMBER_WITH_POINT_OR_HYPHEN = re.compile(r"\d\.\d|(?<![\w–-])-\d")


def open_what_if(page: Page, url: str, **levers: str) -> None:
    query = "&".join(f"{name.replace('_', '-')}={value}" for name, value in levers.items())
    page.goto(f"{url}/tank-om?{query}")
    expect(page.locator("h1")).to_have_text("Tänk om …?")
    expect(page.get_by_role("slider")).to_have_count(13)
    wait_settled(page)


def message(page: Page) -> Locator:
    return page.locator(".gsn-message")


def slider(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-lever_{name} input")


def expect_lever(page: Page, name: str, text: str) -> None:
    expect(slider(page, name)).to_have_attribute("aria-valuetext", text.replace(" ", "\u00a0", 1))


def expect_address(page: Page, url: str, levers: dict[str, str]) -> None:
    """The address holds these levers and nothing else, in whatever order."""
    expect(page).to_have_url(re.compile(rf"^{re.escape(url)}/tank-om(\?|$)"))
    wanted = sorted(f"{name}={value}" for name, value in levers.items())
    page.wait_for_function(
        "(wanted) => String([...new URLSearchParams(location.search)]"
        ".map((pair) => pair.join('=')).sort()) === wanted",
        arg=",".join(wanted),
    )


def table_row(page: Page, caption: str, heading: str, nth: int = 0) -> list[str]:
    """The cells of a row, with plain spaces and without the marks "härledd" and "cirka"."""
    table = page.get_by_role("region", name=caption)
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=heading)).nth(nth)
    texts = row.get_by_role("cell").all_inner_texts()
    return [re.sub("härledd|cirka", "", t).replace("\u00a0", " ").strip() for t in texts]


def drawn(page: Page, title: str) -> str:
    """What the picture with this title says to who does not see it."""
    picture = page.get_by_role("figure").filter(has_text=title).locator(".gsn-picture-plot")
    expect(picture.locator("svg text").first).to_be_attached()
    return picture.get_attribute("aria-label").replace("\u00a0", " ")


def test_the_page_is_the_first_thing_a_new_server_is_asked_for(
    start_app: Callable[..., AppServer], loaded_engine: Engine, page: Page
):
    database = loaded_engine.url.set(drivername="postgresql")
    server = start_app(DATABASE_URL=database.render_as_string(hide_password=False)).wait_open()
    open_what_if(page, server.url)
    expect(message(page)).to_contain_text(REPORTED)
    expect(page.get_by_text("Inget är antaget än.")).to_be_visible()
    assert table_row(page, "Vid årets slut 2023", "Mot årets budget") == ["0,0", "0,0", "0,0"]


def test_numbers_follow_a_slider_that_is_moved_by_keyboard(app_server: str, page: Page):
    open_what_if(page, app_server)
    before = drawn(page, "avvikelse mot budget vid årets slut")
    assert "Nettokostnad: prognosen 0,0, tänk om 0,0 Mkr" in before

    slider(page, "u").focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    expect_lever(page, "u", "50 %")
    expect(message(page)).to_have_text(
        "Med dessa antaganden slutar året 2,0 Mkr bättre än budget;"
        " prognosen säger precis på budget."
    )
    expect_address(page, app_server, {"u": "50"})
    expect(slider(page, "u")).to_be_focused()
    assert table_row(page, "Vid årets slut 2023", "Intäkter") == ["74,1", "74,5", "+0,4"]
    assert table_row(page, "Vid årets slut 2023", "Kostnader") == ["−74,1", "−72,5", "+1,6"]
    assert table_row(page, "Vid årets slut 2023", "Mot årets budget") == ["0,0", "+2,0", "+2,0"]
    after = drawn(page, "avvikelse mot budget vid årets slut")
    assert "Nettokostnad: prognosen 0,0, tänk om +2,0 Mkr" in after


def test_numbers_follow_a_slider_that_is_dragged(app_server: str, page: Page):
    open_what_if(page, app_server)
    track = page.locator(".st-key-lever_c .stSlider")
    track.scroll_into_view_if_needed()
    thumb = page.locator(".st-key-lever_c [data-testid=stSliderThumb], .st-key-lever_c input")
    box, handle = track.bounding_box(), thumb.first.bounding_box()
    middle = handle["y"] + handle["height"] / 2
    page.mouse.move(handle["x"] + handle["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, middle, steps=5)
    page.mouse.up()
    expect_lever(page, "c", "+20 %")
    expect(message(page)).to_contain_text("slutar året 9,9 Mkr sämre än budget")


def test_investments_are_reported_exactly_until_their_lever_is_moved(app_server: str, page: Page):
    open_what_if(page, app_server)
    caption = "Investeringar 2023, Mkr"
    expect_lever(page, "p-natverk", "84,4 %, som prognosen")
    assert table_row(page, caption, "Nätverksprojekten") == ["5,4", "5,4", "0,0"]

    slider(page, "p-natverk").focus()
    page.keyboard.press("End")
    expect_lever(page, "p-natverk", "150 %")
    # A sentence has come above it, and the slider is still in the hand.
    expect(slider(page, "p-natverk")).to_be_focused()
    expect(page.locator(".gsn-assumed").first).to_contain_text(
        "1,0 Mkr kvar; prognosen säger 5,2 Mkr"
    )
    wait_settled(page)
    assert table_row(page, caption, "Nätverksprojekten") == ["5,4", "9,6", "+4,2"]
    assert table_row(page, caption, "Kvar att föra över") == ["5,2", "1,0", "−4,2"]
    assert table_row(page, caption, "Del av anslaget") == ["60 %", "92 %", "+32 procentenheter"]
    words = "Alla projekt: prognosen 7,8, tänk om 12,0 av 13,0 Mkr"
    assert words in drawn(page, "så mycket används")


def test_less_than_what_is_booked_is_said(app_server: str, page: Page):
    open_what_if(page, app_server, p_natverk="0", p_365="0", p_sakerhet="0", p_ovriga="0")
    expect(page.get_by_text("Så lite kan det inte bli: 0,8 Mkr är redan bokfört")).to_be_visible()
    open_what_if(page, app_server, p_natverk="13", p_365="0", p_sakerhet="0", p_ovriga="0")
    expect(page.get_by_text("Så lite kan det inte bli")).to_have_count(0)


def test_bills_move_and_what_is_missing_stays_missing(app_server: str, page: Page):
    open_what_if(page, app_server, lika_e_dala="100", pris_e_arkiv="10")
    caption = "Kommunernas kostnad för samarbetena"
    assert table_row(page, caption, "Ludvika") == ["740 300", "736 320", "−3 980"]
    name = "Smedjebacken, 1 uppgift saknas"
    assert table_row(page, caption, name) == [
        "minst 120 000",
        "minst 129 431",
        "+9 431 och okänt (E-arkiv)",
    ]
    assert table_row(page, caption, "E-arkiv", nth=1) == ["okänt", "okänt", "okänt"]
    assert "Smedjebacken: i papperen minst 120 000 kr, tänk om minst 129 431 kr" in drawn(
        page, "Kommunernas kostnad för samarbetena per år"
    )
    expect(page.get_by_text("hur nämndens eget överskott eller underskott delas")).to_be_visible()


def test_a_link_shows_the_same_to_someone_else_and_after_a_reload(
    app_server: str, browser: Browser, page: Page
):
    open_what_if(page, app_server)
    for name, key in (("u", "Home"), ("p-365", "End"), ("pris-telefoni", "Home")):
        slider(page, name).focus()
        page.keyboard.press(key)
    levers = {"u": "0", "p-365": "150", "pris-telefoni": "-50"}
    expect_address(page, app_server, levers)
    expect(message(page)).to_contain_text("4,0 Mkr bättre än budget")

    other = browser.new_context().new_page()
    other.goto(page.url)
    for shown in (page, other):
        expect(message(shown)).to_contain_text("4,0 Mkr bättre än budget")
        expect_lever(shown, "p-365", "150 %")
        expect_lever(shown, "pris-telefoni", "−50 %")
        expect_address(shown, app_server, levers)
        if shown is page:
            page.reload()
            expect(message(page)).to_contain_text("4,0 Mkr bättre än budget")
            expect_lever(page, "pris-telefoni", "−50 %")
            expect_address(page, app_server, levers)
    other.context.close()


def test_levers_outlive_other_pages_and_one_step_back_leaves_the_page(app_server: str, page: Page):
    page.goto(f"{app_server}/driftbudget")
    expect(page.locator("h1")).to_have_text("Driftbudget")
    page.get_by_role("link", name="Tänk om …?").first.click()
    expect(page.get_by_role("slider")).to_have_count(13)
    slider(page, "u").focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect_address(page, app_server, {"u": "80"})

    page.get_by_role("link", name="Investeringar", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Investeringar")
    expect(page).to_have_url(f"{app_server}/investeringar")
    page.go_back()
    expect_lever(page, "u", "80 %")
    expect_address(page, app_server, {"u": "80"})

    page.get_by_role("link", name="Investeringar", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Investeringar")
    page.get_by_role("link", name="Tänk om …?").first.click()
    expect_lever(page, "u", "80 %")
    expect_address(page, app_server, {"u": "80"})

    slider(page, "u").focus()
    page.keyboard.press("Home")
    expect_address(page, app_server, {"u": "0"})
    page.go_back()
    expect(page).to_have_url(f"{app_server}/investeringar")


def test_reset_puts_everything_back(app_server: str, page: Page):
    open_what_if(page, app_server, u="50", p_365="100", lika_e_dala="0")
    expect(page.get_by_text("50 % av periodens avvikelse går åt före årets slut")).to_be_visible()
    page.get_by_role("button", name="Återställ").click()
    expect(message(page)).to_contain_text(REPORTED)
    expect_lever(page, "u", "100 %, som prognosen")
    expect_lever(page, "lika-e-dala", "50 %, som avtalet")
    expect_address(page, app_server, {})
    expect(page.get_by_text("Inget är antaget än.")).to_be_visible()


def test_nonsense_in_the_address_is_put_aside_and_said(app_server: str, page: Page, seen: Seen):
    query = "u=900&r=5&c=<b>x</b>&p-finns-inte=3&pris-e-dala=7&embed_x=1&u=80"
    page.goto(f"{app_server}/tank-om?{query}")
    expect(page.get_by_text("Det här i adressen går inte att använda")).to_contain_text(
        "”u”, ”c”, ”p-finns-inte”, ”pris-e-dala”"
    )
    expect(message(page)).to_contain_text("slutar året 2,7 Mkr bättre")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect_address(page, app_server, {"r": "5", "embed_x": "1"})
    assert seen.console_errors == []


def test_the_open_page_keeps_its_levers_when_the_server_has_been_away(
    start_app: Callable[..., AppServer], loaded_engine: Engine, page: Page
):
    database = loaded_engine.url.set(drivername="postgresql")
    url = database.render_as_string(hide_password=False)
    server = start_app(DATABASE_URL=url).wait_open()
    open_what_if(page, server.url, u="80")
    slider(page, "u").focus()
    page.keyboard.press("Home")
    expect_address(page, server.url, {"u": "0"})
    server.stop()
    page.wait_for_selector('[data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])')
    start_app(DATABASE_URL=url, PORT=server.environ["PORT"]).wait_open()
    wait_settled(page)
    expect(message(page)).to_contain_text("4,0 Mkr bättre än budget")
    expect_lever(page, "u", "0 %")
    expect_address(page, server.url, {"u": "0"})


@pytest.mark.parametrize("width", [1920, 1280, 390])
def test_moved_levers_break_no_rule_of_access_or_language(
    app_server: str, page: Page, seen: Seen, width: int
):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{app_server}/tank-om?" + "&".join(f"{n}={v}" for n, v in MANY.items()))
    expect(message(page)).to_contain_text("Med dessa antaganden")
    expect_address(page, app_server, MANY)
    wait_settled(page)

    assert find_violations(page) == []
    main = page.get_by_role("main")
    assert main.evaluate("(e) => e.scrollWidth") <= width
    text = re.sub("”[^”]*”", "", main.inner_text())
    assert NUMBER_WITH_POINT_OR_HYPHEN.findall(text) == []
    spoken = page.get_by_role("slider").evaluate_all(
        "(all) => all.map((e) => e.getAttribute('aria-valuetext') + e.getAttribute('aria-label'))"
    )
    assert [words for words in spoken if NUMBER_WITH_POINT_OR_HYPHEN.search(words)] == []
    assert set(seen.hosts) == {"localhost"}
    assert seen.console_errors == []


def test_reported_figures_lead_to_their_source(app_server: str, page: Page):
    open_what_if(page, app_server, u="50")
    reported = page.locator(".gsn-reported").first.get_by_role("link")
    assert dict(parse_qsl(urlsplit(reported.get_attribute("href")).query)) == {
        "figur": "operating:total:net:year:deviation"
    }
    assert page.locator(".gsn-assumed").get_by_role("link").count() == 0
    reported.click()
    expect(page.locator("h1")).to_have_text("Källor")
    page.go_back()
    expect_lever(page, "u", "50 %")
    expect_address(page, app_server, {"u": "50"})
