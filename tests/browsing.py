"""Fixtures: the browser, and pages in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from chromium import FLAGS, find_chromium
from conftest import Seen
from harness import WAIT_SECONDS, heading, serve, wait_settled
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    Page,
    expect,
    sync_playwright,
)
from sheet_page import SlowAnswers, open_sheet, start_over

from gsn_dash.web.site import PAGES, TITLE


@pytest.fixture(scope="session")
def chromium() -> Iterator[tuple[BrowserType, str]]:
    """What starts browsers, and the path of the machine's Chromium."""
    path = find_chromium()
    assert path, "no Chromium: run make test, which fetches one"
    expect.set_options(timeout=WAIT_SECONDS * 1000)  # only what fails waits that long
    with sync_playwright() as playwright:
        yield playwright.chromium, path


@pytest.fixture(scope="session")
def browser(chromium: tuple[BrowserType, str]) -> Iterator[Browser]:
    """The machine's Chromium, without a window."""
    kind, path = chromium
    browser = kind.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def visits(
    chromium: tuple[BrowserType, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A browser that prefers English, which must not show.

    It has a profile on disk, so that it keeps the scripts from page to page, and also what it
    has made of them, which is most of what a page costs.
    """
    kind, path = chromium
    profile = tmp_path_factory.mktemp("profile")
    context = kind.launch_persistent_context(
        profile,
        executable_path=path,
        args=FLAGS,
        locale="en-US",
        viewport={"width": 1280, "height": 720},
    )
    yield context
    context.close()


@contextmanager
def leaving(context: BrowserContext) -> Iterator[None]:
    """Pages that are opened inside are closed after, and the browser forgets who was there."""
    others = context.pages
    yield
    for each in context.pages:
        if each in others:
            continue
        if each.url.startswith("http"):
            each.evaluate("localStorage.clear()")
        each.close()
    context.clear_cookies()


@pytest.fixture
def page(visits: BrowserContext, seen: Seen) -> Iterator[Page]:
    """A page of somebody who has not been here before, as far as the site can tell."""
    with leaving(visits):
        page = visits.new_page()
        page.on("console", seen.hear)
        page.on("pageerror", lambda error: seen.console_errors.append(str(error)))
        page.on("request", seen.note)
        yield page


@pytest.fixture
def elsewhere(browser: Browser) -> Iterator[Page]:
    """A page of somebody else, in another browser."""
    page = browser.new_page(locale="en-US")
    yield page
    page.close()


@pytest.fixture(scope="module")
def read_only(visits: BrowserContext, app_server: str) -> Iterator[Callable[[str], Page]]:
    """`read_only(address)`: a page that the tests of a file only look at, opened once for all."""
    opened: dict[str, Page] = {}

    def open_once(address: str) -> Page:
        if address not in opened or opened[address].is_closed():
            opened[address] = visits.new_page()
            opened[address].goto(f"{app_server}/{address}")
            expect(heading(opened[address])).to_have_count(1)
            wait_settled(opened[address])
        return opened[address]

    yield open_once
    for each in opened.values():
        each.close()


@pytest.fixture(scope="module")
def walk(visits: BrowserContext, app_server: str) -> Iterator[Callable[..., Page]]:
    """`walk(address, width=1280)`: the page of one reader, who goes from page to page by links.

    Only the start page is opened by its address. It is drawn in a window of that width.
    """
    page = visits.new_page()
    page.goto(app_server)
    expect(heading(page)).to_have_count(1)
    wait_settled(page)

    def go(address: str, width: int = 1280) -> Page:
        page.bring_to_front()
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": width, "height": 800})
        title = f"{PAGES[urlsplit(address).path]} – {TITLE}"
        if page.title() == title:  # there would be nothing that tells when it has come
            go("inlasning" if address != "inlasning" else "hjalp", width)
        page.evaluate("(address) => gsnGo(address)", f"/{address}")
        expect(page).to_have_title(title)
        expect(heading(page)).to_have_count(1)
        wait_settled(page)
        return page

    yield go
    page.close()


@pytest.fixture(scope="session")
def sheets() -> Iterator[str]:
    """The address of `sheet_app`, which keeps nothing between pages: one for the whole run."""
    with serve("sheet_app.py") as url:
        yield url


@pytest.fixture(scope="module")
def opened_sheet(visits: BrowserContext, sheets: str) -> Iterator[tuple[Page, SlowAnswers]]:
    """A page with the sheet, opened once for the tests of a file, and its way to hold answers."""
    page = visits.new_page()
    answers = SlowAnswers(page)
    yield open_sheet(page, sheets), answers
    page.close()


@pytest.fixture
def answers(opened_sheet: tuple[Page, SlowAnswers]) -> SlowAnswers:
    """Holds back what Python answers the test's `sheet`."""
    return opened_sheet[1]


@pytest.fixture
def sheet(opened_sheet: tuple[Page, SlowAnswers]) -> Page:
    """A page with the sheet that nobody has touched yet."""
    page, answers = opened_sheet
    answers.let_go()
    return start_over(page)
