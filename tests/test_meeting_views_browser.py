"""The views of a meeting's screen: new figures in place, dialogs, paper, axe, and every size."""

from collections.abc import Iterator

import pytest
from accessibility import find_violations
from harness import heading, until
from meeting_demo import CODE, Demo, served
from meeting_demo_deck import make_deck
from meeting_screen import Open, expect_view, lever, marked, message, news, screens
from playwright.sync_api import Browser, Page, expect

SIZES = [(1920, 1080), (1280, 720), (390, 844)]
SMALL_TYPE = """(least) => [...document.querySelectorAll('#root *')].filter((node) => {
  const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
  const scale = node.closest('svg') ? new DOMMatrix(getComputedStyle(
    node.closest('.gsn-picture-sheet')).transform).a : 1;
  return own && node.checkVisibility() && !node.closest('.gsn-hidden')
    && parseFloat(getComputedStyle(node).fontSize) * scale < least - 0.1;
}).map((node) => node.outerHTML.slice(0, 200))"""
TYPE = "(node) => parseFloat(getComputedStyle(node).fontSize)"


@pytest.fixture
def demo() -> Iterator[Demo]:
    demo = Demo()
    with served(demo):
        yield demo


@pytest.fixture
def open_screen(browser: Browser, demo: Demo) -> Iterator[Open]:
    with screens(browser, demo) as open_one:
        yield open_one


def test_new_figures_are_drawn_in_place_and_told(demo: Demo, open_screen: Open):
    demo.go("collaborations:table", "rad-5")
    follower = open_screen()
    box = follower.locator(".gsn-meeting-html .gsn-scroll")
    expect(box).to_contain_text("−2,1")
    box.evaluate("(box) => { box.scrollTop = 300; }")
    deck = make_deck(figures="8", first="−9,9", without=("operating:bridge",))
    # Another process, behind the same address, may not have it yet.
    with follower.expect_response(lambda answer: answer.status == 404):
        demo.put_deck(deck, keep=False)
    demo.put_deck(deck)
    expect(box).to_contain_text("−9,9")
    expect(news(follower, "Nya siffror visas sedan kl.")).to_be_visible()
    assert box.evaluate("(box) => box.scrollTop") == 300
    expect(marked(follower)).to_have_attribute("data-row", "rad-5")
    demo.put_deck(make_deck(figures="8", first="−9,9"))
    expect(news(follower, "Dagordningen har ändrats.")).to_be_visible()


def test_a_lever_under_the_hand_keeps_its_place_when_new_figures_come(
    demo: Demo, open_screen: Open
):
    presenter = open_screen(presents=True)
    demo.go("operating:what_if")
    expect_view(presenter, 7)
    lever(presenter, "cost").press("ArrowRight")
    lever(presenter, "cost").press("ArrowRight")
    demo.put_deck(make_deck(figures="8"))
    expect(presenter.get_by_text("Nya siffror visas")).to_be_visible()
    expect(lever(presenter, "cost")).to_be_focused()
    expect(lever(presenter, "cost")).to_have_value("2")
    expect_view(presenter, 7)


def test_a_view_that_is_left_out_while_it_is_shown_gives_way_to_the_next(
    demo: Demo, open_screen: Open
):
    presenter, follower = open_screen(presents=True), open_screen()
    demo.go("operating:bridge")
    expect_view(presenter, 4)
    demo.put_deck(make_deck(without=("operating:bridge",)))
    expect_view(presenter, 5)
    expect_view(follower, 5)
    until(lambda: demo.place["view"] == "operating:table", "the server to be told")


def test_the_code_is_shown_large_and_the_meeting_is_ended_after_a_question(
    demo: Demo, open_screen: Open
):
    presenter, follower = open_screen(presents=True), open_screen()
    until(lambda: follower.evaluate("localStorage.gsnMeeting"), "the meeting to be kept")
    presenter.get_by_role("button", name="Visa kod").click()
    expect(presenter.get_by_role("dialog").get_by_text(CODE, exact=True)).to_be_visible()
    presenter.wait_for_function("document.querySelector('dialog img').naturalWidth > 0")
    assert find_violations(presenter) == []
    presenter.keyboard.press("Escape")
    demo.go("operating:table")
    presenter.get_by_role("button", name="Avsluta mötet").click()
    assert not demo.ended
    presenter.get_by_role("dialog").get_by_role("button", name="Avsluta mötet").click()
    expect(follower.get_by_text("Mötet är avslutat. Du kan bläddra")).to_be_visible()
    expect_view(follower, 5)
    follower.keyboard.press("ArrowRight")
    expect_view(follower, 6)
    assert demo.posted == []
    assert follower.evaluate("localStorage.gsnMeeting") is None
    expect(follower.get_by_role("button", name="Be att få visa")).to_be_hidden()


def test_the_list_of_views_leads_anywhere_by_the_keys(demo: Demo, open_screen: Open):
    presenter = open_screen(presents=True)
    presenter.get_by_role("button", name="1 av 10: välj vy").press("Enter")
    assert find_violations(presenter) == []
    expect(presenter.get_by_role("button", name="Dagens ärenden")).to_be_focused()
    presenter.get_by_role("button", name="Kommunerna").press("Enter")
    expect_view(presenter, 9)
    expect(presenter.get_by_role("dialog")).to_have_count(0)


def test_a_view_is_printed_without_what_is_for_the_hand(demo: Demo, open_screen: Open):
    follower = open_screen()
    demo.go("operating:picture")
    expect_view(follower, 3)
    follower.emulate_media(media="print")
    follower.set_viewport_size({"width": 680, "height": 960})
    expect(follower.get_by_role("navigation")).to_be_hidden()
    expect(message(follower)).to_be_visible()
    follower.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    picture = follower.locator(".gsn-picture svg")
    assert picture.bounding_box()["width"] <= 680
    assert picture.bounding_box()["height"] > 200
    expect(follower.get_by_text("Gemensamma servicenämnden, 8 maj 2023")).to_be_visible()


def test_a_code_that_does_not_exist_says_so_and_a_rehearsal_is_looked_through_alone(
    demo: Demo, page: Page
):
    page.goto(f"{demo.url}/mote/XXXXX")
    expect(message(page)).to_contain_text("Det finns inget möte med koden XXXXX")
    expect(page.get_by_role("link", name="Till mötessidan")).to_have_attribute("href", "/mote")
    page.goto(f"{demo.url}/mote/forhandsvisning")
    page.get_by_role("button", name="Nästa vy").click()
    expect(page).to_have_title("Budskapet – Övning")
    expect(page.get_by_role("button", name="2 av 10: välj vy")).to_be_visible()
    expect(page.get_by_text("Övning. Ingen följer.")).to_be_visible()
    assert page.evaluate("localStorage.gsnMeeting") is None


def test_a_meeting_of_which_nothing_can_be_shown_says_so_until_something_can(
    demo: Demo, page: Page
):
    demo.unmade = "Mötets vyer går inte att visa."
    page.goto(demo.screen)
    expect(message(page)).to_have_text("Mötets vyer går inte att visa.")
    demo.unmade = ""
    expect_view(page, 1)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_view_is_sound_by_axe_fits_and_is_read_at_every_size(
    demo: Demo, open_screen: Open, size: tuple[int, int]
):
    page = open_screen(size=size)
    for number, view in enumerate(make_deck()["views"], 1):
        moved = {"cost": 3} if view["levers"] else {}
        demo.go(view["key"], "rad-1" if view["html"] else "", **moved)
        expect_view(page, number)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view["key"]
        assert page.evaluate(SMALL_TYPE, 14 if size[0] < 700 else 16) == [], view["key"]
        expect(heading(page)).to_have_count(1)
        if size[0] < 1920:
            assert find_violations(page) == [], view["key"]
        if view["numbers"]:
            sizes = [page.locator(what).first.evaluate(TYPE) for what in ("h1", "dd")]
            assert sizes > ([40, 60] if size[0] > 700 else [20, 20]), sizes
        if size[0] > 700:
            assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
            expect(message(page)).to_be_in_viewport(ratio=1)
