"""The screen of `meeting_demo` in browsers: to open it, and to see where it stands."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from meeting_demo import MARK, Demo
from meeting_demo_deck import make_deck
from playwright.sync_api import Browser, Locator, Page, expect

Open = Callable[..., Page]


@contextmanager
def screens(browser: Browser, demo: Demo) -> Iterator[Open]:
    """`open(presents=False, size=…)`: the screen in a browser of its own, without faults."""
    faults: list[str] = []
    with ExitStack() as contexts:

        def open_one(presents: bool = False, size: tuple[int, int] = (1280, 720)) -> Page:
            width, height = size
            viewport = {"width": width, "height": height}
            context = browser.new_context(viewport=viewport, has_touch=width < 700)
            contexts.callback(context.close)
            mark = f"mark-{id(context)}"
            context.add_cookies([{"name": MARK, "value": mark, "url": demo.url}])
            if presents:
                demo.mark = mark
            page = context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.goto(demo.screen)
            mode = "presenter" if presents else "follower"
            expect(page.locator(f"[data-mode={mode}]")).to_be_visible()
            # The views come after the role; a key pressed before them moves nothing.
            if demo.deck in demo.decks and not demo.unmade:
                expect(page).to_have_title(re.compile(" – Möte"))
            return page

        yield open_one
    assert faults == []


def message(page: Page) -> Locator:
    return page.locator("h1")


def expect_view(page: Page, number: int) -> None:
    """The view of this number, counted from 1, is shown; also where no number is written."""
    name = make_deck()["views"][number - 1]["name"]
    expect(page).to_have_title(re.compile(f"^{re.escape(name)} – Möte"))


def marked(page: Page) -> Locator:
    return page.locator("[aria-current=true][data-row]")


def lever(page: Page, name: str) -> Locator:
    return page.locator(f'[data-lever="{name}"]')


def news(page: Page, words: str) -> Locator:
    """What is said for all to hear."""
    return page.get_by_role("status").get_by_text(words)
