"""The picture component in a real browser: it draws, keeps its place, and leads to the source."""

import re
from collections.abc import Callable, Iterator

import pytest
from harness import serve, until
from playwright.sync_api import BrowserContext, Page, expect

TEXTS_WITHOUT_ROOM = """() => [...document.querySelectorAll('.gsn-picture')].flatMap(figure => {
  const stage = figure.querySelector('.gsn-picture-stage').getBoundingClientRect();
  const texts = [...figure.querySelectorAll('.annotation text')]
    .map(node => ({ say: node.textContent, box: node.getBoundingClientRect() }));
  const outside = texts.filter(({ box }) => box.left < stage.left - 1
    || box.right > stage.right + 1 || box.top < stage.top - 1 || box.bottom > stage.bottom + 1);
  const meets = (p, q) => p.left < q.right - 1 && q.left < p.right - 1
    && p.top < q.bottom - 3 && q.top < p.bottom - 3;
  const upon = texts.filter((one, i) => texts.some((two, j) => i < j && meets(one.box, two.box)));
  return [...outside, ...upon].map(text => text.say);
})"""


@pytest.fixture(scope="module")
def pictures() -> Iterator[str]:
    with serve("picture_app.py") as url:
        yield url


@pytest.fixture
def drawn(page: Page, pictures: str) -> Page:
    """A page on which both pictures have been drawn."""
    return _open(page, pictures)


@pytest.fixture(scope="module")
def stays(visits: BrowserContext, pictures: str) -> Iterator[Page]:
    """Such a page for the tests that leave its pictures as they were."""
    page = _open(visits.new_page(), pictures)
    yield page
    page.close()


def _open(page: Page, pictures: str) -> Page:
    page.goto(pictures)
    expect(page.locator(".gsn-picture-plot[data-drawn] svg.main-svg").first).to_be_visible()
    expect(page.locator(".gsn-picture-plot[data-drawn]")).to_have_count(2)
    return page


def _redrawn(page: Page, action: Callable[[], None]) -> None:
    """Do something and wait until the first picture has been drawn anew."""
    plot = page.locator(".gsn-picture-plot").first
    before = plot.get_attribute("data-drawn")
    action()
    expect(plot).not_to_have_attribute("data-drawn", before)


def _at_width(page: Page, width: int) -> None:
    """The window is so wide, and the pictures are drawn for it."""
    page.bring_to_front()
    if page.viewport_size["width"] != width:
        _redrawn(page, lambda: page.set_viewport_size({"width": width, "height": 900}))


def test_a_picture_has_its_title_its_words_and_asks_no_other_host(drawn, seen):
    expect(drawn.locator("figcaption").first).to_have_text("GSN 2023, Mkr")
    expect(drawn.get_by_role("img", name="Anslaget är 6,4 Mkr.")).to_be_visible()
    assert set(seen.hosts) == {"127.0.0.1"}
    assert seen.console_errors == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize("width", (1920, 1280, 800, 390, 320))
def test_at_any_width_no_text_is_cut_or_covered_and_nothing_scrolls(stays, width):
    _at_width(stays, width)
    # The second picture is drawn after the first.
    until(lambda: stays.evaluate(TEXTS_WITHOUT_ROOM) == [], "room for every text")
    stage = stays.locator(".gsn-picture-stage").first
    assert stage.evaluate("node => node.scrollWidth <= node.clientWidth")
    # The picture takes its own height.
    place = stays.locator("[data-testid=stElementContainer]:has(.gsn-picture)").first
    figure = stays.locator(".gsn-picture").first
    assert place.bounding_box()["height"] == pytest.approx(figure.bounding_box()["height"], abs=2)
    assert place.evaluate("(e) => e.scrollHeight <= e.clientHeight + 1")


def test_type_grows_on_a_large_screen(stays):
    size = "() => document.querySelector('.annotation text').getBoundingClientRect().height"
    _at_width(stays, 1280)
    before = stays.evaluate(size)
    _at_width(stays, 1920)
    assert stays.evaluate(size) > before * 1.2


def test_a_change_is_drawn_in_the_same_nodes_and_leaves_the_other_picture_alone(drawn):
    svg = drawn.query_selector(".gsn-picture-plot svg.main-svg")
    drawn.get_by_role("slider").focus()
    for step in range(6, 9):
        drawn.keyboard.press("ArrowRight")
        expect(drawn.get_by_role("link", name=f"Tänk om: {step},5 Mkr")).to_be_attached()
    assert svg.evaluate("node => node.isConnected")
    assert drawn.locator(".gsn-picture-plot").last.get_attribute("data-drawn") == "1"


def test_a_mark_is_reached_by_keyboard_and_leads_to_its_source(drawn):
    mark = drawn.get_by_role("link", name="Utfall januari–april: −21,5 Mkr. Visa källan")
    drawn.get_by_role("slider").focus()
    for _ in range(12):
        if mark.evaluate("node => node === document.activeElement"):
            break
        drawn.keyboard.press("Tab")
    expect(mark).to_be_focused()
    assert mark.evaluate("node => getComputedStyle(node).outlineWidth") == "3px"
    drawn.keyboard.press("Enter")
    expect(drawn).to_have_url(re.compile("#Utfall%20januari"))
    expect(mark).to_be_focused()


def test_a_click_on_an_unknown_amount_leads_to_its_source_too(stays):
    stays.get_by_role("link", name="Utfall: okänt. Visa källan").click()
    expect(stays).to_have_url(re.compile("#Utfall$"))


def test_a_mark_lies_under_its_link(stays):
    _at_width(stays, 1280)
    link = stays.get_by_role("link", name="Anslag: 6,4 Mkr").bounding_box()
    bar = stays.locator(".gsn-picture .barlayer .point path").first.bounding_box()
    assert link["x"] <= bar["x"] + 1 and link["y"] <= bar["y"] + 1
    assert link["x"] + link["width"] >= bar["x"] + bar["width"]
    assert link["y"] + link["height"] >= bar["y"] + bar["height"] - 1


def test_without_somewhere_to_lead_there_are_no_links(stays):
    assert stays.locator(".st-key-bridge a").count() == 0


def test_on_paper_a_picture_is_drawn_for_the_papers_width(stays):
    _at_width(stays, 1920)
    _redrawn(stays, lambda: stays.evaluate("() => dispatchEvent(new Event('beforeprint'))"))
    svg = stays.locator(".gsn-picture-plot svg.main-svg").first
    assert svg.bounding_box()["width"] <= 700
    _redrawn(stays, lambda: stays.evaluate("() => dispatchEvent(new Event('afterprint'))"))
    assert svg.bounding_box()["width"] > 1000


def test_without_the_drawing_script_the_words_are_shown(page):
    with serve("picture_app.py", WITHOUT_SCRIPT="1") as url:
        page.goto(url)
        broken = page.locator(".gsn-picture-broken").first
        expect(broken).to_have_text(
            "Bilden kunde inte ritas. Så här ser den ut i ord: Anslaget är 6,4 Mkr."
        )
