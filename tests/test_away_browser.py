"""When the database is away, or a page fails: what a reader sees, and that it mends itself."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from accessibility import find_violations
from harness import AppServer, brief_state, heading, wait_settled
from playwright.sync_api import Page, expect
from sqlalchemy import make_url, text
from test_picture_browser import serve
from test_shell_browser import ENGLISH, expect_whole, open_page

from gsn_dash.present.numbers import format_moment
from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.engine import make_engine
from gsn_dash.ui.data import ZONE
from gsn_dash.web.site import PAGES

Start = Callable[..., AppServer]
FIGURES = {"driftbudget": "−21,5", "investeringar": "13,0", "samarbeten": "417 000", "": "740 300"}


@contextmanager
def closed_database(server_url: str, name: str) -> Iterator[None]:
    """While inside, the database lets nobody in, and those who were in are thrown out."""
    server = make_engine(server_url).execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": name},
        )
        try:
            yield
        finally:
            connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))
    server.dispose()


def minutes(start: datetime, end: datetime) -> list[str]:
    """How a page can write a moment between the two."""
    count = int((end - start).total_seconds() // 60) + 2
    return [format_moment(start + timedelta(minutes=number)) for number in range(count)]


def test_lost_database_is_told_with_the_time_on_every_page_and_untold_when_it_is_back(
    start_app: Start, loaded_url: str, server_url: str, page: Page
):
    started = datetime.now(ZONE)
    server = start_app(DATABASE_URL=loaded_url).wait_open()
    open_page(page, server.url)
    expect_whole(page, PAGES[""])
    page.evaluate("window.loadedOnce = true")
    warning = page.get_by_role("alert")

    with closed_database(server_url, make_url(loaded_url).database):
        closed = datetime.now(ZONE)
        expect(warning).to_be_visible(timeout=20_000)
        told = re.search(r"Siffrorna nedan är från (.+?)\.$", warning.inner_text())
        assert told and told[1] in minutes(started, closed), warning.inner_text()
        assert find_violations(page) == []
        for address, figure in FIGURES.items():
            link = page.get_by_role("navigation").get_by_role("link", name=PAGES[address])
            link.first.click()
            expect(heading(page)).to_have_text(PAGES[address])
            expect(page.get_by_role("main")).to_contain_text(figure.replace(" ", "\u00a0"))
            expect(warning).to_contain_text(f"Siffrorna nedan är från {told[1]}.")
    expect(warning).to_have_count(0, timeout=20_000)
    assert page.evaluate("window.loadedOnce") is True


def test_database_that_is_not_there_at_start_is_told_and_its_figures_come_by_themselves(
    start_app: Start, page: Page
):
    with brief_state() as folder:
        database = EmbeddedPostgres(Path(folder) / "state")
        socket = quote(str(Path(folder) / "state" / "postgres" / "socket"), safe="")
        url = f"postgresql://gsn@/gsn?host={socket}&port=5432"
        server = start_app(DATABASE_URL=url).wait_open()
        try:
            open_page(page, server.url, "driftbudget")
            page.evaluate("window.loadedOnce = true")
            expect(page.get_by_role("main")).to_contain_text("svarar inte", timeout=20_000)
            said = page.get_by_role("main").inner_text()
            assert not ENGLISH.search(said) and "Traceback" not in said
            assert find_violations(page) == []
            page.get_by_role("navigation").get_by_role("link", name="Hjälp").first.click()
            expect(page.get_by_role("heading", name="Ord och begrepp")).to_be_visible()
            page.get_by_role("navigation").get_by_role("link", name="Driftbudget").first.click()
            expect(heading(page)).to_have_text("Driftbudget")

            database.ensure_running()
            expect(page.get_by_role("main")).to_contain_text("−21,5", timeout=40_000)
            expect(page.get_by_role("main")).not_to_contain_text("svarar inte")
            expect(page.get_by_role("alert")).to_have_count(0)
            assert page.evaluate("window.loadedOnce") is True
        finally:
            server.stop()
            database.stop()


def test_page_that_fails_says_in_swedish_what_to_do_and_nothing_of_the_fault(page: Page):
    with serve("fault_app.py") as url:
        page.goto(url)
        expect(page.get_by_role("alert")).to_have_text(
            re.compile("^Sidan kunde inte visas. Ladda om den; hjälper inte det, säg till")
        )
        wait_settled(page)
        expect(heading(page)).to_have_text("Driftbudget")
        text = page.locator("body").inner_text()
        assert "secret" not in text and "Error" not in text and "Traceback" not in text
        assert page.locator("[data-testid=stException]").count() == 0
