"""The address of Tänk om …? says its levers: to others, on the way back, without a server."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import parse_qsl, urlsplit

from conftest import Seen
from harness import AppServer, heading, until, wait_settled
from playwright.sync_api import Locator, Page, TimeoutError, expect
from test_shell_browser import expect_whole
from what_if_page import (
    REPORTED,
    WHOLE,
    assumed,
    expect_address,
    expect_lever,
    expect_sheet,
    lever,
    message,
    open_what_if,
    press,
    used_up,
)

from gsn_dash.web.site import PAGES


def test_a_link_shows_the_same_to_someone_else_and_after_a_reload(
    app_server: str, elsewhere: Page, page: Page
):
    open_what_if(page, app_server)
    for name, key in ((WHOLE, "Home"), ("utilisation:365", "End"), ("price:telefoni", "Home")):
        press(page, name, key)
    said = {**used_up("0"), "p-365": "150", "pris-telefoni": "-50"}
    expect_address(page, app_server, said)
    expect(message(page)).to_contain_text("4,0 Mkr bättre än budget")

    elsewhere.goto(page.url)
    page.reload()
    for shown in (page, elsewhere):
        expect(message(shown)).to_contain_text("4,0 Mkr bättre än budget")
        expect_lever(shown, "utilisation:365", "150 %")
        expect_lever(shown, "price:telefoni", "−50 %")
        expect_address(shown, app_server, said)


def test_levers_outlive_other_pages_and_one_step_back_leaves_the_page(app_server: str, page: Page):
    page.goto(f"{app_server}/driftbudget")
    expect(heading(page)).to_have_text("Driftbudget")
    page.get_by_role("link", name="Tänk om …?").first.click()
    expect_sheet(page)
    press(page, WHOLE, *["ArrowLeft"] * 4)
    expect_address(page, app_server, used_up("80"))

    page.get_by_role("link", name="Investeringar", exact=True).first.click()
    expect(heading(page)).to_have_text("Investeringar")
    expect(page).to_have_url(f"{app_server}/investeringar")
    page.go_back()
    expect_lever(page, WHOLE, "80 %")
    expect_address(page, app_server, used_up("80"))

    page.get_by_role("link", name="Investeringar", exact=True).first.click()
    expect(heading(page)).to_have_text("Investeringar")
    page.get_by_role("link", name="Tänk om …?").first.click()
    expect_lever(page, WHOLE, "80 %")
    expect_address(page, app_server, used_up("80"))

    press(page, WHOLE, "Home")
    expect_address(page, app_server, used_up("0"))
    page.go_back()
    expect(page).to_have_url(f"{app_server}/investeringar")


def test_reset_puts_everything_back(app_server: str, page: Page):
    open_what_if(page, app_server, u="50", p_365="100", lika_e_dala="0", atgard="Hyra~cost~500~9")
    expect(assumed(page)).to_contain_text("50 % av hela periodens avvikelse, +4,0 Mkr")
    expect(assumed(page)).to_contain_text("Hyra: +500 000 kr på ett helt år, från och med")
    page.get_by_role("button", name="Återställ").click()
    expect(message(page)).to_contain_text(REPORTED)
    expect_lever(page, WHOLE, "100 %, som prognosen")
    expect_lever(page, "equal_part:e-dala", "50 %, som avtalet")
    expect(lever(page, "action:Hyra")).to_have_count(0)
    expect_address(page, app_server, {})
    expect(assumed(page)).to_contain_text("Inget är antaget än.")


def test_nonsense_in_the_address_is_put_aside_and_said(app_server: str, page: Page, seen: Seen):
    query = "p-365=900&r=5&c=<b>x</b>&p-finns-inte=3&pris-e-dala=7&embed_x=1&u=80&u=90"
    page.goto(f"{app_server}/tank-om?{query}")
    told = page.get_by_text("Det här i adressen går inte att använda")
    for name in ("p-365", "c", "p-finns-inte", "pris-e-dala", "u"):
        expect(told).to_contain_text(f"”{name}”")
    expect(message(page)).to_contain_text("slutar året 2,7 Mkr bättre")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect_address(page, app_server, {"r": "5", "embed_x": "1"})
    assert seen.console_errors == []


def test_the_open_page_keeps_its_levers_when_the_server_has_been_away(
    start_app: Callable[..., AppServer], loaded_url: str, page: Page
):
    server = start_app(DATABASE_URL=loaded_url).wait_open()
    open_what_if(page, server.url, u="80")
    expect_whole(page, PAGES["tank-om"])  # and was the first thing that the server was asked for
    press(page, WHOLE, "Home")
    expect_address(page, server.url, used_up("0"))
    server.stop()
    page.wait_for_selector('[data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])')
    # What moves in the browser moves without a server too.
    press(page, "rest:cost", "End")
    expect(message(page)).to_contain_text("5,9 Mkr sämre än budget")
    press(page, "rest:cost", *["ArrowLeft"] * 20)
    expect(message(page)).to_contain_text("4,0 Mkr bättre än budget")
    start_app(DATABASE_URL=loaded_url, PORT=server.environ["PORT"]).wait_open()
    wait_settled(page)
    expect(message(page)).to_contain_text("4,0 Mkr bättre än budget")
    expect_lever(page, WHOLE, "0 %")
    expect_address(page, server.url, used_up("0"))
    # The new server draws the page again by itself, and then knows its buttons.
    reset = page.get_by_role("button", name="Återställ")
    until(lambda: _is_reset_by(page, reset), "the button of a page that another server drew")


def _is_reset_by(page: Page, button: Locator) -> bool:
    with suppress(TimeoutError):  # it goes as soon as an earlier click has had its effect
        button.click(timeout=1000)
    return message(page).inner_text().startswith(REPORTED)


def test_reported_figures_lead_to_their_source(app_server: str, page: Page):
    open_what_if(page, app_server, u="50")
    reported = page.locator(".gsn-sheet .gsn-reported").first.get_by_role("link")
    assert dict(parse_qsl(urlsplit(reported.get_attribute("href")).query)) == {
        "figur": "operating:total:net:year:deviation"
    }
    assert page.locator(".gsn-sheet .gsn-assumed").get_by_role("link").count() == 0
    reported.click()
    expect(heading(page)).to_have_text("Källor")
    page.go_back()
    expect_lever(page, WHOLE, "50 %")
    expect_address(page, app_server, used_up("50"))
