"""The picture component in a real browser: it draws, keeps its place, and leads to the source."""

import re
from collections.abc import Iterator

import pytest
from harness import serve
from picture_app import BRIDGE
from playwright.sync_api import BrowserContext, Page, expect

from gsn_dash.charts.draw import draw
from gsn_dash.charts.svg.figure import picture_html
from gsn_dash.web.site import STATIC_DIR

STAGE = ".gsn-picture-stage:visible"
TEXTS_WITHOUT_ROOM = """() => [...document.querySelectorAll('.gsn-picture-stage')]
  .filter(stage => stage.checkVisibility()).flatMap(node => {
    const stage = node.getBoundingClientRect();
    const texts = [...node.querySelectorAll('svg text')]
      .map(text => ({ say: text.textContent, box: text.getBoundingClientRect() }));
    const outside = texts.filter(({ box }) => box.left < stage.left - 1
      || box.right > stage.right + 1 || box.top < stage.top - 1 || box.bottom > stage.bottom + 1);
    const meets = (p, q) => p.left < q.right - 1 && q.left < p.right - 1
      && p.top < q.bottom - 3 && q.top < p.bottom - 3;
    const upon = texts.filter((one, i) => texts.some((two, j) => i < j && meets(one.box, two.box)));
    return [...outside, ...upon].map(text => text.say);
  })"""

FILLED = """() => [...document.querySelectorAll('.gsn-picture')].every(figure => {
  const sheet = figure.querySelector(`[data-layout=${figure.dataset.shown}] .gsn-picture-sheet`);
  return Math.abs(sheet.getBoundingClientRect().width - figure.clientWidth) < 1;
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
    expect(page.locator(".gsn-picture[data-shown] svg:visible")).to_have_count(2)
    return page


def _at_width(page: Page, width: int) -> None:
    """The window is so wide, and the pictures are as wide as it lets them be."""
    page.bring_to_front()
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_function(FILLED)


def test_a_picture_has_its_title_its_words_and_asks_no_other_host(drawn, seen):
    expect(drawn.locator("figcaption").first).to_have_text("GSN 2023, Mkr")
    expect(drawn.get_by_role("img", name="Anslaget är 6,4 Mkr.")).to_be_visible()
    assert set(seen.hosts) == {"127.0.0.1"}
    assert seen.console_errors == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize("width", (1920, 1280, 800, 390, 320))
def test_at_any_width_no_text_is_cut_or_covered_and_nothing_scrolls(stays, width):
    _at_width(stays, width)
    assert stays.evaluate(TEXTS_WITHOUT_ROOM) == []
    stage = stays.locator(STAGE).first
    assert stage.evaluate("node => node.scrollWidth <= node.clientWidth")
    # The picture takes its own height.
    place = stays.locator("[data-testid=stElementContainer]:has(.gsn-picture)").first
    figure = stays.locator(".gsn-picture").first
    assert place.bounding_box()["height"] == pytest.approx(figure.bounding_box()["height"], abs=2)
    assert place.evaluate("(e) => e.scrollHeight <= e.clientHeight + 1")


def test_type_grows_on_a_large_screen(stays):
    text = stays.locator(f"{STAGE} text").first
    _at_width(stays, 1280)
    before = text.bounding_box()["height"]
    _at_width(stays, 1920)
    assert text.bounding_box()["height"] > before * 1.2


def test_a_change_is_drawn_in_the_same_figure_under_the_hand_and_no_other(drawn):
    figure = drawn.query_selector(".gsn-picture")
    other = drawn.query_selector(".st-key-bridge .gsn-picture svg:has(text)")
    drawn.get_by_role("slider").focus()
    drawn.keyboard.press("ArrowRight")
    drawn.get_by_role("link", name="Tänk om: 5,5 Mkr").focus()
    changed = drawn.get_by_role("link", name="Tänk om: 6,5 Mkr")
    expect(changed).to_be_focused()
    expect(changed).to_be_in_viewport()
    assert figure.evaluate("node => node.isConnected")
    assert other.evaluate("node => node.isConnected")


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
    bar = stays.locator(f"{STAGE} g rect").first.bounding_box()
    assert link["x"] <= bar["x"] + 1 and link["y"] <= bar["y"] + 1
    assert link["x"] + link["width"] >= bar["x"] + bar["width"]
    assert link["y"] + link["height"] >= bar["y"] + bar["height"] - 1


def test_without_somewhere_to_lead_there_are_no_links(stays):
    assert stays.locator(".st-key-bridge a").count() == 0


def test_on_paper_a_picture_is_drawn_for_the_papers_width(stays):
    _at_width(stays, 1920)
    sheet = stays.locator(".gsn-picture-sheet:visible").first
    stays.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert sheet.bounding_box()["width"] <= 700
    stays.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert sheet.bounding_box()["width"] > 1000


@pytest.mark.parametrize(("width", "layout"), ((1000, "wide"), (390, "narrow")))
def test_without_any_script_a_picture_is_whole_in_the_layout_that_has_room(page, width, layout):
    css = (STATIC_DIR / "pictures.css").read_text(encoding="utf-8")
    html = picture_html(draw(BRIDGE), "#{}".format)
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(f"<!doctype html><style>{css}</style>{html}")
    shown = page.locator(STAGE)
    expect(shown).to_have_attribute("data-layout", layout)
    assert page.evaluate(TEXTS_WITHOUT_ROOM) == []
    assert shown.evaluate("node => node.scrollWidth <= node.clientWidth")
    expect(page.get_by_role("link")).to_have_count(len(BRIDGE.steps))
