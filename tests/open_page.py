"""Pages that stand open in a real browser, through nginx, while the process they are on dies."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from balancer import balanced
from harness import AppServer, heading, wait_settled
from occasions_made import FOUR, put
from playwright.sync_api import Browser, Page, expect
from standing import Site

from gsn_dash.store.engine import make_engine

# An occasion that was chosen, and is not the latest: its address, and what only it shows.
CHOSEN, COSTS, INVESTED = "tillfalle=2022-3", "−46,2", "11,2"
_DRAWN_BY = "window.gsnLive?.app ?? ''"
_LEAD_ON = "gsnGo('/investeringar')"


@dataclass
class OpenPages:
    """Two tabs of one browser: one is only read, in the other somebody goes on to another page."""

    site: Site
    read: Page
    used: Page

    def lose_app(self) -> tuple[int, float, float]:
        """The process that has drawn both is killed and stays away.

        Which it was; seconds until the page that is read was drawn by the other one, with the
        same figures at the same address; and until who followed a link in that moment, where
        nobody answered, was at the next page with the occasion that was chosen.
        """
        token, address = self.read.evaluate(_DRAWN_BY), self.read.url
        place, began = self._place_of(token), time.monotonic()
        self.site.apps[place].stop(signal.SIGKILL)
        self.used.evaluate(_LEAD_ON)
        self.read.wait_for_function(f"(token) => ({_DRAWN_BY}) !== token", arg=token)
        wait_settled(self.read)
        drawn = time.monotonic() - began
        expect(self.read.get_by_role("main")).to_contain_text(COSTS)
        expect(self.read.get_by_role("dialog")).to_have_count(0)
        assert self.read.url == address and self.read.evaluate("window.openedOnce")
        expect(heading(self.used)).to_have_text("Investeringar")
        expect(self.used).to_have_url(f"{self._start}/investeringar?{CHOSEN}")
        expect(self.used.get_by_role("main")).to_contain_text(INVESTED)
        return place, drawn, time.monotonic() - began

    def go_back(self) -> None:
        """To where the other tab was before."""
        self.used.evaluate(f"gsnGo('/driftbudget?{CHOSEN}')")
        expect(heading(self.used)).to_have_text("Driftbudget")
        expect(self.used.get_by_role("main")).to_contain_text(COSTS)
        wait_settled(self.used)

    def start_again(self, place: int) -> None:
        """As systemd does with a process that has died."""
        self.site.apps[place] = AppServer(self.site.apps[place].environ).wait_open()

    @property
    def _start(self) -> str:
        return self.read.url.partition("/driftbudget")[0]

    def _place_of(self, token: str) -> int:
        query = f"SELECT place FROM app_process WHERE token = '{token}'"
        port = str(self.site.pair.primary.ask(query)).rpartition(":")[2]
        return self.site.ports.index(int(port))


@contextmanager
def open_pages(site: Site, browser: Browser) -> Iterator[OpenPages]:
    """Both tabs, at an occasion that is not the latest. The site gets four more occasions."""
    engine = make_engine(site.pair.url)
    put(engine, *FOUR)
    engine.dispose()
    with balanced(site.ports) as before:
        context = browser.new_context(ignore_https_errors=True, locale="en-US")
        address = f"https://localhost:{before.port}/driftbudget?{CHOSEN}"
        try:
            yield OpenPages(site, _opened(context.new_page(), address),
                            _opened(context.new_page(), address))  # fmt: skip
        finally:
            context.close()


def _opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text(COSTS)
    wait_settled(page)
    page.wait_for_function(_DRAWN_BY)
    page.evaluate("window.openedOnce = true")
    return page
