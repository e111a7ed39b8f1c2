"""The screen of a meeting in real browsers: who presents moves it, who follows sees the same."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from harness import until
from meeting_demo import MARK, Demo, served
from meeting_screen import Open, expect_view, lever, marked, message, screens
from playwright.sync_api import Browser, Page, Route, expect


@pytest.fixture
def demo() -> Iterator[Demo]:
    demo = Demo()
    with served(demo):
        yield demo


@pytest.fixture
def open_screen(browser: Browser, demo: Demo) -> Iterator[Open]:
    with screens(browser, demo) as open_one:
        yield open_one


def swipe(page: Page, across: int) -> None:
    """A finger drawn across the middle of the screen."""
    client = page.context.new_cdp_session(page)
    points = [{"x": 200 + across * step / 4, "y": 300} for step in range(5)]
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
    for point in points[1:]:
        client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@contextmanager
def without_server(demo: Demo, server: ExitStack) -> Iterator[None]:
    server.close()
    yield
    server.enter_context(served(demo))


def test_the_presenters_keys_move_all_who_follow_and_stop_at_the_ends(
    demo: Demo, open_screen: Open
):
    presenter, follower = open_screen(presents=True), open_screen()
    expect_view(follower, 1)
    for key, number in [
        ("ArrowLeft", 1), ("ArrowRight", 2), ("PageDown", 3), ("Space", 4), ("ArrowLeft", 3),
        ("PageUp", 2), ("End", 10), ("ArrowRight", 10), ("Home", 1),
    ]:  # fmt: skip
        presenter.keyboard.press(key)
        expect_view(presenter, number)
        expect_view(follower, number)
    expect(presenter.get_by_text("2 följer")).to_be_visible()
    expect(follower.get_by_text("Du följer mötet")).to_be_visible()


def test_a_row_is_marked_by_keys_and_clicks_and_is_brought_into_sight_where_it_is_followed(
    demo: Demo, open_screen: Open
):
    presenter, follower = open_screen(presents=True), open_screen(size=(390, 844))
    presenter.keyboard.press("End")
    presenter.keyboard.press("ArrowLeft")
    presenter.keyboard.press("ArrowDown")
    expect(marked(follower)).to_have_attribute("data-row", "rad-1")
    presenter.locator("[data-row=rad-30] th").click()
    expect(marked(follower)).to_have_attribute("data-row", "rad-30")
    expect(marked(follower)).to_be_in_viewport(ratio=1)
    presenter.keyboard.press("ArrowUp")
    expect(marked(follower)).to_have_attribute("data-row", "rad-29")
    presenter.locator("[data-row=rad-29] a").click()
    expect(marked(follower)).to_have_count(0)
    expect(presenter).to_have_url(demo.screen)
    presenter.keyboard.press("ArrowDown")
    expect(marked(follower)).to_have_count(1)
    presenter.keyboard.press("Escape")
    expect(marked(follower)).to_have_count(0)


def test_levers_are_followed_while_they_are_dragged_and_the_keys_of_a_lever_move_no_view(
    demo: Demo, open_screen: Open
):
    presenter, follower = open_screen(presents=True), open_screen()
    demo.slowness = 0.1
    demo.go("operating:what_if")
    expect_view(presenter, 7)
    own, other = lever(presenter, "cost"), lever(follower, "cost")
    expect(other).to_be_disabled()
    own.focus()
    for _ in range(12):
        presenter.keyboard.press("ArrowRight")
    expect(message(presenter)).to_have_text(re.compile("slutar året 5,4 Mkr sämre"))
    expect(other).to_have_value("12")
    expect(message(follower)).to_have_text(message(presenter).inner_text())
    # What was newest when the one before had come home, never two at a time.
    assert demo.most_at_once == 1
    assert len(demo.posted) < 12
    expect_view(follower, 7)
    presenter.locator("main").click(position={"x": 5, "y": 5})
    presenter.keyboard.press("ArrowRight")
    expect_view(follower, 8)
    demo.go("collaborations:what_if", cost=12)
    expect(other).to_have_value("12")
    expect(lever(follower, "used")).to_have_count(0)
    presenter.get_by_role("button", name="Återställ reglagen").click()
    until(lambda: demo.place["levers"] == {}, "the levers to be told of")


def test_who_follows_looks_alone_by_a_key_or_the_button_and_comes_back_with_one_press(
    demo: Demo, open_screen: Open
):
    follower = open_screen()
    expect_view(follower, 1)
    until(lambda: demo.following() == 1, "the follower")
    follower.keyboard.press("ArrowRight")
    expect(follower.get_by_text("Du tittar själv")).to_be_visible()
    expect_view(follower, 2)
    until(lambda: demo.following() == 0, "the follower to leave")
    demo.go("operating:table", "rad-3", cost=7)
    back = follower.get_by_role("button", name="Tillbaka till mötet (Ärende 3: Tabellen)")
    expect(back).to_be_visible()
    expect_view(follower, 2)
    follower.keyboard.press("End")
    lever(follower, "price").press("ArrowRight")
    expect(lever(follower, "price")).to_have_value("1")
    back.click()
    expect_view(follower, 5)
    expect(marked(follower)).to_have_attribute("data-row", "rad-3")
    assert demo.posted == []
    follower.get_by_role("button", name="Titta själv").click()
    expect(back).to_be_visible()


def test_a_finger_drawn_across_goes_to_another_view_but_not_on_a_lever(
    demo: Demo, open_screen: Open
):
    presenter = open_screen(presents=True, size=(390, 844))
    swipe(presenter, -150)
    expect_view(presenter, 2)
    swipe(presenter, 150)
    expect_view(presenter, 1)
    until(lambda: demo.posted and demo.posted[-1]["view"] == "opening", "the way back, told")
    demo.go("operating:what_if")
    expect_view(presenter, 7)
    middle = lever(presenter, "used").bounding_box()["y"]
    presenter.evaluate("(by) => document.querySelector('main').scrollBy(0, by)", middle - 290)
    swipe(presenter, -150)
    presenter.keyboard.press("ArrowRight")
    expect_view(presenter, 8)


def test_who_no_longer_presents_moves_nobody_and_is_told_who_does(demo: Demo, open_screen: Open):
    presenter, follower = open_screen(presents=True), open_screen()
    held: list[Route] = []
    presenter.route("**/plats", lambda route: held.append(route))
    presenter.keyboard.press("ArrowRight")
    until(lambda: presenter.evaluate("true") and held, "the step")
    demo.mark, demo.presenter = "somebody", "Cilla"
    held[0].continue_()
    expect(presenter.get_by_text(re.compile("Cilla visar nu"))).to_be_visible()
    expect(presenter.get_by_text("Du följer · Cilla visar")).to_be_visible()
    expect_view(presenter, 1)
    expect_view(follower, 1)


def test_a_server_that_restarts_is_waited_for_and_nothing_is_lost(
    browser: Browser, open_screen: Open, demo: Demo
):
    other = Demo()
    server = ExitStack()
    server.enter_context(served(other))
    with server:
        context = browser.new_context()
        context.add_cookies([{"name": MARK, "value": "ours", "url": other.url}])
        other.mark = "ours"
        presenter = context.new_page()
        presenter.goto(other.screen)
        expect_view(presenter, 1)
        follower = browser.new_context().new_page()
        follower.goto(other.screen)
        expect_view(follower, 1)
        with without_server(other, server):
            expect(follower.get_by_text("Söker kontakt …")).to_be_visible()
            presenter.keyboard.press("ArrowRight")
            presenter.keyboard.press("ArrowRight")
            expect_view(presenter, 3)
            expect(presenter.get_by_text("Det du visar skickas så snart det går.")).to_be_visible()
        expect_view(follower, 3)
        expect(follower.get_by_text("Du följer mötet")).to_be_visible()
        expect(presenter.get_by_text(re.compile("Söker kontakt"))).to_have_count(0)
        follower.context.close()
        context.close()


def test_a_database_that_is_away_is_told_quietly_and_steps_are_sent_when_it_is_back(
    demo: Demo, open_screen: Open
):
    presenter, follower = open_screen(presents=True), open_screen()
    demo.database = False
    expect(follower.get_by_text("Databasen svarar inte just nu")).to_be_visible()
    presenter.keyboard.press("ArrowRight")
    expect_view(presenter, 2)
    until(lambda: len(demo.posted) > 1, "another try")
    demo.database = True
    expect_view(follower, 2)
    expect(follower.get_by_text("Du följer mötet")).to_be_visible()


def test_a_step_that_another_tab_has_passed_is_let_go_without_a_word(open_screen: Open):
    presenter = open_screen(presents=True)
    turns: list[int] = []

    def pass_by(route: Route) -> None:
        turns.append(route.request.post_data_json["turn"])
        route.fulfill(status=409, json={"sentence": "Ett senare steg har redan visats."})

    presenter.route("**/plats", pass_by)
    for count in (1, 2):
        presenter.keyboard.press("ArrowRight")
        until(lambda count=count: presenter.evaluate("true") and len(turns) == count, "the step")
        expect_view(presenter, 1)
    assert turns[0] < turns[1]
    expect(presenter.get_by_text(re.compile("senare steg|togs inte emot"))).to_have_count(0)
