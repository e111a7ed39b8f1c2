"""The server's news in real browsers: one connection for all tabs, and back by itself."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from accessibility import find_violations
from harness import until
from meeting_demo import CODE, Demo, served
from playwright.sync_api import Browser, BrowserContext, Page, expect

NO_WORKERS = "delete window.SharedWorker"


@pytest.fixture
def demo() -> Iterator[Demo]:
    demo = Demo()
    with served(demo):
        yield demo


@pytest.fixture
def tabs(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    yield context
    context.close()


def open_tab(tabs: BrowserContext, address: str) -> Page:
    page = tabs.new_page()
    page.goto(address)
    return page


def told(page: Page) -> list[str]:
    return page.evaluate("window.told")


def codes(demo: Demo) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What the open connections ask for: followed, and only watched."""
    return [(follows, watches) for _, follows, watches in demo.streams]


def test_many_tabs_have_one_connection_and_the_last_one_that_follows_ends_the_following(
    demo: Demo, tabs: BrowserContext
):
    pages = [open_tab(tabs, demo.url) for _ in range(3)]
    screens = [open_tab(tabs, demo.screen) for _ in range(3)]
    for screen in screens:
        expect(screen).to_have_title("Dagens ärenden – Möte BCD23")
    # All of them ask as one; the ordinary pages only want to know whether the meeting goes on.
    until(lambda: codes(demo) == [((CODE,), ())], "one connection for all")
    demo.go("operating:table")
    for screen in screens:
        expect(screen).to_have_title("Tabellen – Möte BCD23")
    connects = demo.connects
    screens[0].close()
    screens[1].get_by_role("button", name="Titta själv").click()
    expect(screens[1].get_by_role("button", name="Tillbaka till mötet")).to_be_visible()
    demo.go("operating:bridge")
    expect(screens[2]).to_have_title("Bron – Möte BCD23")
    assert demo.connects == connects and demo.following() == 1
    screens[2].close()
    until(lambda: codes(demo) == [((), (CODE,))], "nobody to follow")
    screens[1].close()
    for page in pages:
        page.close()
    until(lambda: codes(demo) == [], "the connection to end")


def test_the_latest_news_are_told_to_a_tab_that_comes_later(demo: Demo, tabs: BrowserContext):
    demo.figures = {"version": "2", "ok": True, "apps": []}
    first = open_tab(tabs, demo.url)
    until(lambda: told(first) == ["2 true "], "the news")
    connects = demo.connects
    later = open_tab(tabs, demo.url)
    until(lambda: told(later) == ["2 true "], "the news that were there")
    assert demo.connects == connects


def test_a_page_is_drawn_again_for_other_figures_and_for_a_process_that_is_no_more(
    demo: Demo, page: Page
):
    page.goto(demo.url)
    until(lambda: demo.streams, "the connection")
    demo.figures = {"version": "1", "ok": False, "apps": []}
    until(lambda: told(page) == ["1 false "], "the lost database")
    page.evaluate("void window.show('1', false, 'one')")
    demo.figures = {"version": "1", "ok": False, "apps": ["one", "two"]}
    page.evaluate("void window.show('1', false, 'three')")
    until(lambda: told(page)[1:] == ["1 false three"], "the process that has gone")
    page.evaluate("void window.show('1', false, 'two')")
    demo.figures = {"version": "2", "ok": False, "apps": ["two"]}
    until(lambda: told(page)[2:] == ["2 false two"], "the new figures")


def test_a_page_that_cannot_be_drawn_anew_is_told_again_only_after_a_while(demo: Demo, page: Page):
    page.clock.install()
    page.goto(demo.url)
    until(lambda: demo.streams, "the connection")
    demo.figures = {"version": "2", "ok": True, "apps": []}
    until(lambda: told(page) == ["2 true "], "the news")
    page.evaluate("void window.show('1', true, '')")
    page.clock.run_for(14_000)
    assert told(page) == ["2 true "]
    page.clock.run_for(2_000)
    assert told(page) == ["2 true "] * 2


@pytest.mark.parametrize("script", ["", NO_WORKERS], ids=["shared worker", "none"])
def test_the_connection_comes_back_with_a_server_that_was_away(tabs: BrowserContext, script: str):
    demo, server = Demo(), ExitStack()
    server.enter_context(served(demo))
    tabs.add_init_script(script)
    with server:
        page = open_tab(tabs, demo.url)
        until(lambda: demo.streams, "the connection")
        server.close()
        demo.figures = {"version": "2", "ok": True, "apps": []}
        server.enter_context(served(demo))
        until(lambda: told(page) == ["2 true "], "the news of after")
        until(lambda: len(demo.streams) == 1, "one connection")


def test_without_shared_workers_each_tab_has_its_own_connection(demo: Demo, tabs: BrowserContext):
    tabs.add_init_script(NO_WORKERS)
    screens = [open_tab(tabs, demo.screen) for _ in range(2)]
    until(lambda: codes(demo) == [((CODE,), ())] * 2, "two connections")
    demo.go("operating:bridge")
    for screen in screens:
        expect(screen).to_have_title("Bron – Möte BCD23")
    screens[0].close()
    until(lambda: len(demo.streams) == 1, "its connection to end")


def test_a_stream_that_is_held_up_on_its_way_is_made_up_for_by_asking(
    demo: Demo, tabs: BrowserContext
):
    demo.is_mute = True
    screen = open_tab(tabs, demo.screen)
    expect(screen).to_have_title("Dagens ärenden – Möte BCD23", timeout=10_000)
    demo.go("operating:bridge")
    expect(screen).to_have_title("Bron – Möte BCD23")
    demo.is_mute = False
    until(lambda: demo.streams, "the stream")
    expect(screen.get_by_text("Du följer mötet")).to_be_visible()


def test_another_network_is_noticed_at_once(demo: Demo, tabs: BrowserContext):
    screen = open_tab(tabs, demo.screen)
    expect(screen).to_have_title("Dagens ärenden – Möte BCD23")
    until(lambda: demo.following() == 1, "the follower")
    connects = demo.connects
    screen.evaluate("window.dispatchEvent(new Event('online'))")
    until(lambda: demo.connects == connects + 1 and len(demo.streams) == 1, "a new connection")


def test_a_laptop_that_has_slept_looks_for_its_connection_anew(demo: Demo, tabs: BrowserContext):
    tabs.add_init_script(NO_WORKERS)
    tabs.clock.install()
    screen = open_tab(tabs, demo.screen)
    expect(screen).to_have_title("Dagens ärenden – Möte BCD23")
    connects = demo.connects
    tabs.clock.fast_forward("10:00")
    until(lambda: demo.connects > connects, "a new connection")
    demo.go("operating:bridge")
    expect(screen).to_have_title("Bron – Möte BCD23")


def test_who_has_gone_to_look_round_sees_the_way_back_on_every_page_until_the_meeting_ends(
    demo: Demo, tabs: BrowserContext
):
    screen = open_tab(tabs, demo.screen)
    expect(screen).to_have_title("Dagens ärenden – Möte BCD23")
    screen.get_by_role("link", name="Alla sidor").click()
    bar = screen.get_by_role("complementary", name="Mötet som pågår")
    expect(bar).to_contain_text(f"Mötet {CODE} pågår.")
    assert find_violations(screen) == []
    until(lambda: codes(demo) == [((), (CODE,))], "a look at the meeting without following")
    bar.get_by_role("link", name="Tillbaka till mötet").click()
    expect(screen).to_have_url(demo.screen)
    page = open_tab(tabs, demo.url)
    expect(bar := page.get_by_role("complementary")).to_be_visible()
    bar.get_by_role("button", name="Dölj").click()
    expect(bar).to_have_count(0)
    screen.reload()
    expect(bar).to_be_visible()
    demo.ended = True
    expect(bar).to_have_count(0)
