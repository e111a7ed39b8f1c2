"""An occasion that is chosen once is the one that every page shows."""

import re
from collections.abc import Callable
from contextlib import suppress

from accessibility import find_violations
from harness import AppServer, heading, until, wait_settled
from occasions_made import FOUR, put
from playwright.sync_api import Locator, Page, TimeoutError, expect
from sqlalchemy import Engine
from what_if_page import WHOLE, assumed, expect_address, press, used_up

EARLIER = "Ett tidigare tillfälle visas"


def top(page: Page) -> Locator:
    """The line above every page."""
    return page.locator(".st-key-gsn_frame_top")


def chosen(page: Page) -> Locator:
    return top(page).get_by_role("combobox", name="Tillfälle")


def go(page: Page, title: str, headed: str | None = None) -> None:
    page.get_by_role("navigation").get_by_role("link", name=title, exact=True).first.click()
    expect(heading(page)).to_have_text(headed or title)
    wait_settled(page)


def expect_chosen(page: Page, number: int, year: int) -> None:
    expect(chosen(page)).to_have_value(f"Tillfälle\u00a0{number}, {year}")


def choose(page: Page, number: int, year: int) -> None:
    name = f"Tillfälle\u00a0{number}, {year}"
    until(lambda: _is_chosen(page, name), "the occasion that was chosen")
    wait_settled(page)


def _is_chosen(page: Page, name: str) -> bool:
    """A page that is drawn again meanwhile, as on a busy machine, closes the list."""
    with suppress(TimeoutError):
        chosen(page).click(timeout=2000)
        page.get_by_role("option", name=name).click(timeout=2000)
    return chosen(page).input_value() == name


def test_an_occasion_chosen_once_is_shown_on_every_page_and_told_by_the_address(
    start_app: Callable[..., AppServer], loaded_engine: Engine, loaded_url: str, page: Page
):
    put(loaded_engine, *FOUR)
    url = start_app(DATABASE_URL=loaded_url).wait_open().url
    look_over_time(page, url)
    follow_a_number_of_the_occasion_before(page)
    choose(page, 3, 2022)
    # A link within the page says no occasion: the address is made to.
    page.locator(".gsn-table a.gsn-src").nth(1).click()
    expect(page).to_have_url(re.compile(r"figur=[a-z0-9:_-]+&tillfalle=2022-3#"))
    go(page, "Driftbudget")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Till och med augusti är nettokostnaden 1,6\u00a0Mkr lägre")
    expect(page).to_have_url(re.compile(r"/driftbudget\?tillfalle=2022-3$"))
    expect_links_of(page, "tillfalle=2022-3", "/kallor?figur=")
    go(page, "Granskning", "Kontroll av siffrorna")
    expect_links_of(page, "tillfalle=2022-3", "/granskning?fynd=")
    go(page, "Tänk om …?")
    expect(main).to_contain_text("−72,6")
    expect_chosen(page, 3, 2022)
    assume_at_each(page, url)
    meet_about_it(page)

    page.goto(f"{url}/investeringar?tillfalle=2019-9")
    expect(top(page)).to_contain_text("Tillfället ”2019-9” i adressen finns inte.")
    expect_chosen(page, 3, 2023)
    wait_settled(page)
    expect(page).to_have_url(f"{url}/investeringar")
    page.goto(f"{url}/over-tid?tillfalle=2022-2")
    expect(main).to_contain_text("Tillfälle\u00a02, 2022 är det första som är inläst")
    expect(main).to_contain_text("4 senare tillfällen är inte med här.")
    expect(main.get_by_role("heading", name="Vad har ändrats")).to_have_count(0)
    # Nothing that came later is told, in the pictures no more than in words.
    expect(main.get_by_role("figure")).to_have_count(3)
    expect(main).not_to_contain_text("2023")


def look_over_time(page: Page, url: str) -> None:
    """The latest of five occasions: the message, four pictures, the rows and the forecasts."""
    main = page.get_by_role("main")
    page.goto(f"{url}/over-tid")
    expect(heading(page)).to_have_text("Över tid")
    expect(main).to_contain_text("2023 väntas sluta 1,5\u00a0Mkr sämre än budget.")
    expect_chosen(page, 3, 2023)
    expect(page.get_by_role("figure")).to_have_count(4)
    for figure in page.get_by_role("figure").all():
        expect(figure.locator("svg text").first).to_be_attached()
    expect(main.get_by_role("table", name="Driftbudget, hela året, Mkr")).to_contain_text("−75,3")
    expect(main).to_contain_text("Kostnaderna blev högre än prognosen båda gångerna.")
    wait_settled(page)
    assert find_violations(page) == []


def expect_links_of(page: Page, occasion: str, start: str) -> None:
    """Links of this kind, which may be opened by themselves, all name the occasion."""
    links = page.get_by_role("main").locator(f'a[href^="{start}"]').all()
    hrefs = [link.get_attribute("href") for link in links]
    assert hrefs and [href for href in hrefs if f"&{occasion}#" not in href] == []


def assume_at_each(page: Page, url: str) -> None:
    """Each occasion has assumptions of its own, which are there again when one comes back."""
    expect_links_of(page, "tillfalle=2022-3", "/kallor?figur=")
    press(page, "rest:cost", "Home")
    expect_address(page, url, {"tillfalle": "2022-3", "c": "-20"})
    choose(page, 2, 2023)
    expect(page.locator(".gsn-sheet")).to_contain_text("−74,1")
    expect(assumed(page)).to_contain_text("Inget är antaget än.")
    press(page, WHOLE, "Home")
    expect_address(page, url, {"tillfalle": "2023-2", **used_up("0")})
    choose(page, 3, 2022)
    expect_address(page, url, {"tillfalle": "2022-3", "c": "-20"})
    expect(assumed(page)).to_contain_text("Kostnader september–december")
    expect(page.get_by_role("main")).not_to_contain_text("längre att anta")


def follow_a_number_of_the_occasion_before(page: Page) -> None:
    """It leads to its own source, and that occasion is then the chosen one."""
    page.get_by_role("link", name="−74,1").first.click()
    expect(heading(page)).to_have_text("Källor")
    expect_chosen(page, 2, 2023)
    expect(page.get_by_role("region", name="Så vet vi det")).to_contain_text("−74,1")
    expect(top(page)).to_contain_text(EARLIER)
    wait_settled(page)


def meet_about_it(page: Page) -> None:
    """The chosen occasion has an agenda of its own, and a meeting can be about it."""
    go(page, "Möte")
    start = page.get_by_role("link", name="Starta mötet")
    expect(start).to_have_attribute("href", "/mote/starta?tillfalle=2022-3")
    expect(page.get_by_role("link", name="Öva")).to_have_count(0)
    expect(page.get_by_text("Öva går bara på det senaste tillfället.")).to_be_visible()
    assert find_violations(page) == []
    page.goto(f"{page.url.rpartition('/')[0]}/mote/starta?tillfalle=2022-4")
    expect(page.get_by_role("main")).to_contain_text("siffrorna för bokslut\u00a02022.")
    page.go_back()
    start.click()
    expect(page.get_by_role("main")).to_contain_text(
        "Mötet visar siffrorna för tillfälle\u00a03, 2022."
    )
    page.get_by_label("Ditt namn").fill("Anna Berg")
    page.get_by_role("button", name="Starta mötet").click()
    expect(page.locator("body")).to_contain_text("januari–augusti 2022")


def test_with_one_occasion_there_is_nothing_to_choose_and_the_page_says_what_will_come(
    app_server: str, page: Page
):
    page.goto(f"{app_server}/over-tid")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Bara ett tillfälle är inläst än så länge")
    wait_settled(page)
    expect(chosen(page)).to_have_count(0)
    expect(top(page)).to_contain_text("Uppföljning tillfälle\u00a02, 2023 · januari–april 2023")
    assert find_violations(page) == []
