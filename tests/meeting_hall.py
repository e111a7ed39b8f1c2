"""A meeting on the real screens: the app, its database, and browsers of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, expect

SIZES = {"desk": (1280, 720), "room": (1920, 1080), "phone": (390, 844)}
_CODE = re.compile(r"/mote/([A-Z0-9]{5})$")


@dataclass
class Hall:
    """Everybody in one meeting; `url` is where the app is found."""

    browser: Browser
    url: str
    leaving: ExitStack
    faults: list[str] = field(default_factory=list)

    def enter(self, size: str = "desk", **context: object) -> Page:
        """A page of a browser of its own."""
        width, height = SIZES[size]
        viewport = {"width": width, "height": height}
        own = self.browser.new_context(viewport=viewport, has_touch=size == "phone", **context)
        self.leaving.callback(own.close)
        page = own.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page

    def present(self, name: str = "Anna Berg") -> tuple[Page, str]:
        """Start a meeting; the presenter's page and the code."""
        page = self.enter()
        page.goto(f"{self.url}/mote/starta")
        page.get_by_label("Ditt namn").fill(name)
        page.get_by_role("button", name="Starta mötet").click()
        page.wait_for_url(_CODE)
        expect_mode(page, "presenter")
        return page, _CODE.search(page.url)[1]

    def follow(self, code: str, size: str = "desk") -> Page:
        page = self.enter(size)
        page.goto(f"{self.url}/mote/{code}")
        expect_mode(page, "follower")
        return page


@contextmanager
def hall(browser: Browser, url: str) -> Iterator[Hall]:
    """A hall that everybody leaves at the end, where no page may have failed."""
    with ExitStack() as leaving:
        made = Hall(browser, url, leaving)
        yield made
    assert made.faults == []


def expect_mode(page: Page, mode: str) -> None:
    expect(page.locator(f"[data-mode={mode}]")).to_be_visible()


def message(page: Page) -> Locator:
    return page.locator("h1")


def expect_view(name: str, *pages: Page) -> None:
    """All stand at the view with this name."""
    for page in pages:
        expect(page).to_have_title(re.compile(f"^{re.escape(name)} – "))


def go_to(presenter: Page, name: str) -> None:
    """The presenter chooses a view in the list of them."""
    presenter.get_by_role("button", name=re.compile(r"\d+ av \d+")).click()
    presenter.get_by_role("dialog").get_by_role("button", name=name).click()
    expect_view(name, presenter)
