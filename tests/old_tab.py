"""Tabs that were opened long ago: the site has been updated since, and the figures are others."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness import AppServer, fresh_state, wait_settled
from meeting_client import Browser as Visitor
from papers import change, copy_papers
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from gsn_dash.operate.load import load_data
from gsn_dash.settings import PROJECT

BEFORE, AFTER = "−21,5", "−21,7"
_PROGRAM = ("app.py", "pages", "gsn_dash", "data", ".streamlit", "pyproject.toml")
_OLD = ("/gsn-static/gsn.css", "/gsn-static/stream.js", "/gsn-mote/screen.js")


@dataclass(frozen=True)
class Tabs:
    """A page that is read, and the screen of a meeting that is followed."""

    page: Page
    screen: Page

    def await_new(self) -> None:
        """Until the page has the new figures, and says that the site has been updated, and the
        screen has loaded itself anew and stands where the meeting does."""
        expect(self.page.get_by_role("main")).to_contain_text(AFTER, timeout=40_000)
        updated = self.page.get_by_role("status").filter(has_text="har uppdaterats")
        expect(updated).to_be_in_viewport(timeout=20_000)
        assert self.page.evaluate("window.openedOnce"), "what was written there would be gone"
        expect(self.screen.locator("body")).to_contain_text(AFTER, timeout=40_000)
        self.screen.wait_for_function("!window.openedOnce")
        updated.get_by_role("button", name="Ladda om").click()
        expect(updated).to_have_count(0)
        expect(self.page.get_by_role("main")).to_contain_text(AFTER)


@contextmanager
def opened_before(browser: Browser, url: str) -> Iterator[Tabs]:
    """Both tabs, opened on a server that shows the papers' figures."""
    visitor = Visitor(int(url.rpartition(":")[2]))
    code = visitor.start()
    assert visitor.step(code, "operating:table").status == 200
    context = browser.new_context(locale="en-US")
    try:
        tabs = Tabs(context.new_page(), context.new_page())
        tabs.page.goto(f"{url}/driftbudget")
        tabs.screen.goto(f"{url}/mote/{code}")
        for tab in (tabs.page, tabs.screen):
            expect(tab.locator("body")).to_contain_text(BEFORE)
            tab.evaluate("window.openedOnce = true")
        wait_settled(tabs.page)
        yield tabs
    finally:
        context.close()


def correct(engine: Engine, folder: Path) -> None:
    """What comes while nobody looks."""
    papers = copy_papers(folder)
    change(papers, "operating.csv", "outcome;-21,5", "outcome;-21,7")
    assert load_data(engine, papers, by="test").problems == ()


@contextmanager
def newer_program(environ: dict[str, str]) -> Iterator[AppServer]:
    """The program as it is after an update: its style and its scripts are others."""
    with fresh_state() as folder:
        for name in _PROGRAM:
            copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
            copy(PROJECT / name, folder / name)
        for name in ("web/static/gsn.css", "meeting/screen/screen.css"):
            with (folder / "gsn_dash" / name).open("a", encoding="utf-8") as file:
                file.write("\n/* newer */\n")

        def start(arguments: tuple[str, ...], given: dict[str, str]) -> subprocess.Popen:
            return subprocess.Popen(
                [sys.executable, "-m", "gsn_dash", "serve", *arguments],
                cwd=folder,
                env={**given, "PYTHONPATH": str(folder)},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )

        app = AppServer(environ, (), start)
        try:
            yield app.wait_open()
        finally:
            app.stop()


def check_old_addresses(port: int) -> None:
    """What an old document asks for is answered, and not kept as what it asked for."""
    visitor = Visitor(port)
    for address in _OLD:
        old = visitor.get(f"{address}?v=0123456789ab", accept_encoding="gzip")
        assert old.status == 200 and old.body, address
        assert old.headers["cache-control"] == "no-cache", address
    document = visitor.get("/mote/anslut").text
    newer = re.findall(r'href="(/gsn-\w+/[^"]+css\?v=[^"]+)"', document)
    assert newer
    for new in newer:
        assert "immutable" in visitor.get(new, accept_encoding="gzip").headers["cache-control"], new


def outlive_update(browser: Browser, app: AppServer, engine: Engine, folder: Path) -> float:
    """Stop the app, correct the figures, start it newer; seconds until both tabs are right."""
    with opened_before(browser, app.url) as tabs:
        app.stop()
        correct(engine, folder)
        with newer_program(app.environ) as newer:
            began = time.monotonic()
            tabs.await_new()
            took = time.monotonic() - began
            check_old_addresses(int(newer.environ["PORT"]))
    return took
