"""A page opened by its address: what stands there first, and how the page takes its place."""

from __future__ import annotations

import re

import pytest
from accessibility import find_violations
from harness import heading, wait_settled
from playwright.sync_api import Browser, Page, expect

# Each frame, where everything stands: in `last` of the first view, in `page` once it has gone.
# Before any script of Streamlit's has run the reader has scrolled, the first wide table sideways
# too, stands on a link, has marked the heading, and has opened the browser's own menu, which also
# gets the release of the button.
WATCH = """([top, href]) => {
  const sights = "h1, h2, h3, figure.gsn-picture, table, .gsn-frame-top, .gsn-frame-bottom";
  const placesIn = (where) => [...document.querySelectorAll(`${where} :is(${sights})`)]
    .map((node) => node.getBoundingClientRect())
    .map(({ x, y, width, height }) => [x, y, width, height]);
  window.seen = { last: [], page: [] };
  const look = () => {
    const isFirst = document.getElementById("gsn-first");
    if (isFirst) window.seen.last = placesIn("#gsn-first main");
    else if (window.seen.last.length) window.seen.page = placesIn("#root main");
    if (isFirst || !window.seen.page.length) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  document.addEventListener("DOMContentLoaded", () => {
    scrollTo(0, top);
    const style = document.createElement("style");
    style.textContent = ".gsn-scroll > * { min-width: 3000px }";
    document.head.append(style);
    document.querySelector("#gsn-first .gsn-scroll")?.scrollTo(200, 0);
    const link = document.querySelector(`#gsn-first main a[href="${href}"]`);
    link.focus({ preventScroll: true });
    const text = document.querySelector("#gsn-first h1").firstChild;
    getSelection().setBaseAndExtent(text, 1, text, 5);
    link.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, button: 2 }));
    link.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, button: 2 }));
  });
}"""


@pytest.mark.parametrize(
    ("address", "width", "height", "top", "href"),
    [
        ("", 1920, 1080, 0, "/driftbudget"),
        ("driftbudget", 1280, 720, 900, "/tillganglighet"),
        ("samarbeten", 390, 844, 1500, "?kommun=2085"),
    ],
)
def test_nothing_moves_when_the_page_takes_the_place_of_its_first_view(
    app_server: str, page: Page, address: str, width: int, height: int, top: int, href: str
):
    page.set_viewport_size({"width": width, "height": height})
    page.add_init_script(f"({WATCH})({[top, href]!r})")
    page.goto(f"{app_server}/{address}")
    wait_settled(page)
    page.wait_for_function("() => window.seen.page.length")
    seen = page.evaluate("window.seen")
    assert len(seen["last"]) == len(seen["page"]) > 8
    moved = [
        (before, after)
        for before, after in zip(seen["last"], seen["page"], strict=True)
        if max(abs(a - b) for a, b in zip(before, after, strict=True)) > 2
    ]
    assert moved == []
    # The choice of Samarbeten is none of links on the page.
    focused = page.evaluate("document.activeElement.getAttribute('href') ?? ''")
    assert focused == ("" if href.startswith("?") else href)
    assert page.evaluate("document.activeElement.closest('#root main') !== null")
    assert page.evaluate("getSelection().toString()") == heading(page).inner_text()[1:5]
    wide = page.locator("#root .gsn-scroll")
    assert not wide.count() or wide.first.evaluate("(part) => part.scrollLeft") == 200


def test_the_first_view_stands_by_itself(app_server: str, browser: Browser):
    """Where Streamlit's scripts do not come, and where there are none."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.clock.install()
    page.route("**/static/js/**", lambda route: route.abort())
    page.goto(f"{app_server}/driftbudget")
    assert find_violations(page) == []
    away = page.get_by_role("status")
    assert away.inner_text() == ""
    page.clock.fast_forward(21_000)
    expect(away).to_contain_text("inte fått kontakt med servern")
    # Streamlit takes away all that it has drawn if the connection is lost just then: it throws.
    with page.expect_navigation():
        page.evaluate("document.getElementById('root').append('Ritat')")
        page.evaluate("document.getElementById('root').replaceChildren()")
    pictures = page.get_by_role("img")
    count = pictures.count()
    page.get_by_role("link", name="−21,5", exact=True).click()
    expect(page).to_have_url(re.compile("/kallor[?]figur=operating:total:cost:period:outcome#"))
    page.close()

    bare = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = bare.new_page()
    page.goto(f"{app_server}/driftbudget")
    expect(page.get_by_role("img")).to_have_count(count)
    for picture in page.get_by_role("img").all():
        expect(picture).to_be_visible()
    expect(page.locator("noscript p")).to_be_visible()
    page.get_by_role("button", name="Meny").click()
    expect(page.get_by_role("link", name="Investeringar", exact=True)).to_be_visible()
    bare.close()
