"""The pages on paper: nothing cut, nothing over anything else, no room left for what is hidden."""

import pytest
from harness import heading, wait_settled
from playwright.sync_api import Page, expect

from gsn_dash.web.site import FIRST_VIEWS

PAPER = {"width": 688, "height": 1017}

# Of the layouts that are shown.
PICTURE_WIDTHS = """() => [...document.querySelectorAll('.gsn-picture-sheet')]
  .filter((sheet) => sheet.checkVisibility())
  .map((sheet) => Math.round(sheet.getBoundingClientRect().width))"""

# Every picture of the page has been drawn, and `some` where there are to be any.
ALL_DRAWN = """(some) => {
  const places = [...document.querySelectorAll('[data-testid="stBidiComponentRegular"]')]
    .filter((place) => !place.closest(`.st-key-gsn_live, .st-key-import_file,
      [class*="st-key-agenda_order"], [class*="st-key-address_"], [class*="st-key-focus_"]`));
  return places.length >= some && !document.querySelector('[data-testid="stSkeleton"]')
    && places.every((place) => place.querySelector('.gsn-sheet')
      ? [...place.querySelectorAll('.gsn-picture-plot')].every((one) => one.querySelector('text'))
      : place.querySelector('.gsn-picture[data-shown] svg text'));
}"""

# What is drawn has kept its size for some frames: what a new width changes comes with one.
STILL = """(some) => {
  const now = JSON.stringify([...document.querySelectorAll('main svg, .gsn-picture-sheet')].map(
    (e) => [e.getBoundingClientRect().width, e.getBoundingClientRect().height]));
  window.still = window.was === now ? (window.still ?? 0) + 1 : 0;
  window.was = now;
  return window.still > 8 && (ALL_DRAWN)(some);
}""".replace("ALL_DRAWN", ALL_DRAWN)

# What stands on the printed page: its tables, pictures and sentences.
UPON_EACH_OTHER = """() => {
  const blocks = [...document.querySelectorAll('main :is(.gsn-picture, .gsn-table, p, dl)')]
    .filter((block) => block.checkVisibility() && block.getBoundingClientRect().height)
    .map((block) => ({ block, box: block.getBoundingClientRect() }));
  const meet = (p, q) => p.left < q.right - 1 && q.left < p.right - 1
    && p.top < q.bottom - 2 && q.top < p.bottom - 2;
  return blocks.flatMap(({ block, box }, i) => blocks.slice(i + 1)
    .filter((other) => !block.contains(other.block) && meet(box, other.box))
    .map((other) => `${block.textContent.slice(0, 40)} | ${other.block.textContent.slice(0, 40)}`));
}"""

OUTSIDE = """() => {
  const edge = document.querySelector('main').getBoundingClientRect().right;
  const wide = [...document.querySelectorAll('main :is(.gsn-picture, .gsn-table, p, dl, figure)')]
    .filter((block) => block.checkVisibility() && block.getBoundingClientRect().right > edge + 1);
  const tall = [...document.querySelectorAll('.gsn-picture')].filter((picture) => {
    const box = picture.getBoundingClientRect(), around = picture.closest(
      '[data-testid="stVerticalBlock"]').getBoundingClientRect();
    return box.bottom > around.bottom + 1 || box.right > around.right + 1;
  });
  const cut = [...document.querySelectorAll('.gsn-picture-stage')].flatMap((stage) => {
    const room = stage.getBoundingClientRect();
    return [...stage.querySelectorAll('svg text')].filter((text) => {
      const box = text.getBoundingClientRect();
      return box.width && (box.left < room.left - 1 || box.right > room.right + 1
        || box.top < room.top - 1 || box.bottom > room.bottom + 1);
    });
  });
  return [...wide, ...tall, ...cut].map((element) => element.textContent.slice(0, 60));
}"""


def open_drawn(page: Page, url: str, address: str, width: int) -> None:
    """The page on a screen, with every picture drawn."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{url}/{address}")
    expect(heading(page)).to_have_count(1)
    wait_settled(page)
    page.wait_for_function(ALL_DRAWN, arg=least_pictures(address))


def least_pictures(address: str) -> int:
    """How many pictures the page has at least."""
    return int(address in (*FIRST_VIEWS, "hjalp"))


def make_wider(page: Page, address: str, width: int) -> None:
    """The open page on another screen, with every picture drawn for it."""
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("() => { dispatchEvent(new Event('afterprint')); window.still = 0; }")
    page.wait_for_function(STILL, arg=least_pictures(address))


def begin_print(page: Page) -> list[int]:
    """What the browser does to print; returns how wide the pictures were drawn before layout."""
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    widths = page.evaluate(PICTURE_WIDTHS)
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    return widths


def test_sliders_leave_no_empty_column(app_server: str, page: Page):
    open_drawn(page, app_server, "tank-om", 1280)
    begin_print(page)
    for picture in page.locator(".gsn-picture").all():
        assert picture.bounding_box()["x"] < 5
    assert page.locator(".gsn-lever").first.is_hidden()
    # Who has printed it is nobody's business who reads it.
    assert page.locator(".gsn-visitor").is_hidden()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("address", ["", "tank-om"])
def test_after_printing_the_pictures_are_as_they_were(app_server: str, page: Page, address: str):
    open_drawn(page, app_server, address, 1920)
    before = page.evaluate(PICTURE_WIDTHS)
    note = f"window.printed = ({PICTURE_WIDTHS})()"
    page.evaluate(f"() => addEventListener('beforeprint', () => {{ {note} }})")
    page.pdf()
    assert max(page.evaluate("window.printed")) <= PAPER["width"]
    same = f"(before) => String(({PICTURE_WIDTHS})()) === String(before)"
    page.wait_for_function(same, arg=before)
