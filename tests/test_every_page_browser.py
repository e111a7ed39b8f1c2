"""What holds on every page, on every kind of screen and on paper."""

import re
from collections.abc import Callable

import pytest
from accessibility import find_violations
from conftest import Seen
from playwright.sync_api import Page
from test_pages_browser import text_of
from test_print_browser import (
    ALL_DRAWN,
    OUTSIDE,
    UPON_EACH_OTHER,
    begin_print,
    least_pictures,
    make_wider,
    open_drawn,
)
from test_shell_browser import ENGLISH, SPOKEN

from gsn_dash.web.site import PAGES

LISTEN_FOR_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
# "1.2 E-tjänster" is a section of a paper; no number is written with a point.
DECIMAL_POINT = re.compile(r"\d\.\d(?!\d*\.? [A-ZÅÄÖ])")
HYPHEN_FOR_MINUS = re.compile(r"(?<![\w–-])-\d+,\d")

SCROLLING = """() => [...document.querySelectorAll('.gsn-scroll')]
  .filter((box) => box.scrollWidth > box.clientWidth)
  .map((box) => box.getAttribute('aria-label'))"""

# Texts that stick out of the card that they stand in.
OUTSIDE_CARD = """() => [...document.querySelectorAll('.gsn-cards :is(th, td, caption) *')]
  .filter((e) => e.getClientRects().length && !e.closest('thead')
    && e.getBoundingClientRect().right > e.closest('.gsn-scroll').getBoundingClientRect().right + 1)
  .map((e) => e.textContent)"""

SMALL = """(least) => {
  const small = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const skipped = 'style, script, noscript, [data-testid="stIconMaterial"]';
    if (!walker.currentNode.nodeValue.trim() || parent.closest(skipped)) continue;
    if (!parent.getClientRects().length) continue;
    const sheet = parent.closest('.gsn-picture-sheet');
    const scale = sheet ? sheet.getBoundingClientRect().width / sheet.offsetWidth : 1;
    const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
    const asked = Object.keys(least).filter((place) => parent.closest(place)).map((p) => least[p]);
    if (size < Math.max(...asked) - 0.05) small.push(`${size}: ${walker.currentNode.nodeValue}`);
  }
  return small;
}"""


# How far down the message and the first lever of Tänk om reach: they are on the first screen.
LOWEST = """() => Math.max(0, ...['.gsn-sheet .gsn-message', '.gsn-lever-range input'].map((what) =>
  document.querySelector(what)?.getBoundingClientRect().bottom ?? 0))"""

# The least sizes, in pixels, by place.
LEAST = {"body": 13, ".gsn-table": 15}


def numbers_written_wrong(page: Page) -> list[str]:
    """What is written neither as the papers do nor quoted from them."""
    text = text_of(page)
    return DECIMAL_POINT.findall(text) + HYPHEN_FOR_MINUS.findall(re.sub("”[^”]*”", "", text))


def wrong_on_paper(page: Page) -> dict[str, object]:
    """Print the page; what then lies over anything else, is cut or has another width."""
    drawn = begin_print(page)
    places = page.locator(".gsn-picture").evaluate_all("all => all.map(e => e.clientWidth)")
    pairs = zip(drawn, places, strict=True)
    return {
        "over anything else": page.evaluate(UPON_EACH_OTHER),
        "cut": page.evaluate(OUTSIDE),
        "too narrow or too wide": [pair for pair in pairs if not pair[1] - 40 < pair[0] <= pair[1]],
    }


@pytest.mark.parametrize("address", PAGES)
def test_on_large_screens_it_is_swedish_asks_no_other_host_breaks_no_rule_and_prints_whole(
    app_server: str, page: Page, seen: Seen, address: str
):
    page.add_init_script(LISTEN_FOR_VIOLATIONS)
    open_drawn(page, app_server, address, 1280)
    assert page.evaluate("document.documentElement.lang") == "sv"
    assert set(seen.hosts) == {"localhost"}
    assert page.get_by_role("main").evaluate("(e) => e.scrollWidth") <= 1280
    wrong = {
        "English": [words for words in page.evaluate(SPOKEN) if ENGLISH.search(words)],
        "numbers": numbers_written_wrong(page),
        "too small": page.evaluate(SMALL, LEAST),
        "below the first screen": max(0, page.evaluate(LOWEST) - 720),
        "by axe": find_violations(page),
        **wrong_on_paper(page),
        "logged": seen.console_errors,
    }
    make_wider(page, address, 1920)
    least = LEAST | {".gsn-picture": 18, ".gsn-lever": 18}
    wrong |= {"too small when shared": page.evaluate(SMALL, least)}
    wrong |= {f"{what} from there": found for what, found in wrong_on_paper(page).items()}
    assert {what: found for what, found in wrong.items() if found} == {}


@pytest.mark.parametrize("address", PAGES)
def test_on_a_phone_nothing_is_out_of_sight_or_too_small(walk: Callable[..., Page], address: str):
    page = walk(address, 390)
    page.wait_for_function(ALL_DRAWN, arg=least_pictures(address))
    # What is wrong by rule is so at both widths: they have one layout.
    low = {"below the first screen": max(0, page.evaluate(LOWEST) - 844)}
    wrong = {"by axe": find_violations(page), **low, **wrong_on_a_phone(page, 390)}
    make_wider(page, address, 640)
    wrong |= {f"{what} on a wide one": found for what, found in wrong_on_a_phone(page, 640).items()}
    assert {what: found for what, found in wrong.items() if found} == {}


def wrong_on_a_phone(page: Page, width: int) -> dict[str, object]:
    """What has to be scrolled to, sticks out of its card, is wider than the page, or is small."""
    scrolling = page.evaluate(SCROLLING)
    return {
        "scrolling": [name for name in scrolling if name != "Invånare i Dalarnas kommuner"],
        "outside its card": page.evaluate(OUTSIDE_CARD),
        "too wide": max(0, page.get_by_role("main").evaluate("e => e.scrollWidth") - width),
        "too small": page.evaluate(SMALL, LEAST),
    }
