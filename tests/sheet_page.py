"""The page of `sheet_app`: to open it, find its levers, and see what Python was told."""

import json
import re

from harness import until, wait_settled
from playwright.sync_api import Locator, Page, WebSocketRoute, expect
from sheet_program import DIALS, RESTING


def open_sheet(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator(".gsn-sheet .gsn-picture svg")).to_have_count(5)
    wait_settled(page)
    return page


def start_over(page: Page) -> Page:
    """The page as if it had just been opened, in the window that pages are opened in."""
    page.bring_to_front()
    page.mouse.up()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    turn = int(page.locator("#told").get_attribute("data-turn"))
    # Not by the mouse, which would scroll the page.
    page.get_by_role("button", name="Börja om").dispatch_event("click")
    expect(page.locator("#told")).to_have_attribute("data-turn", str(turn + 1))
    wait_settled(page)
    expect(page.locator(".gsn-sheet .gsn-picture svg")).to_have_count(5)
    return page


def slider(page: Page, label: str) -> Locator:
    return page.get_by_role("slider", name=label, exact=True)


def message(page: Page) -> Locator:
    return page.locator(".gsn-message")


def told(page: Page) -> dict:
    return json.loads(page.locator("#told").inner_text())


def expect_told(page: Page, **positions: int) -> None:
    """Python has been told of these positions, all others at rest."""
    wanted = {**dict(zip(DIALS, RESTING, strict=True)), **positions}
    page.wait_for_function(
        "(wanted) => { const all = JSON.parse(document.querySelector('#told').textContent).told;"
        "return all && Object.entries(wanted).every(([id, at]) => all.at(-1)[id] === at); }",
        arg=wanted,
    )


class SlowAnswers:
    """Lets a test hold back what Python answers. Make it before the page is opened."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._held: list[str | bytes] | None = None
        page.route_web_socket(re.compile("_stcore/stream"), self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.connect_to_server().on_message(self._pass_on)

    def _pass_on(self, answer: str | bytes) -> None:
        if self._held is None:
            self._socket.send(answer)
        else:
            self._held.append(answer)

    def hold(self) -> None:
        self._held = []

    def expect_held(self) -> None:
        """Python has answered, and the page does not know."""
        # Playwright hears of what has come while it is asked something.
        until(lambda: self._page.evaluate("true") and self._held, "an answer")

    def let_go(self) -> None:
        held, self._held = self._held, None
        for answer in held or ():
            self._socket.send(answer)
