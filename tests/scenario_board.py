"""A served app with its database, and people who keep scenarios in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from conftest import _app_factory, _database, _engine
from harness import fresh_state, heading, wait_settled
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import Engine, make_url

from gsn_dash.domain.scenario.document import write_document
from gsn_dash.domain.scenario.overlays import RestChange, Scenario
from gsn_dash.store.scenario_drafts import ScenarioDraft, ScenarioVersion
from gsn_dash.store.scenarios import create_scenario


@dataclass
class Board:
    """Where several people meet: one app, one database, one browser that has its scripts."""

    url: str
    engine: Engine
    context: BrowserContext

    @property
    def database(self) -> str:
        return make_url(self.engine.url).database

    def come(self, address: str = "", width: int = 1280) -> Page:
        """A page of somebody new, settled at the levers or at `address`."""
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 844})
        return settle(page, address or f"{self.url}/tank-om")

    def keep(self, name: str, percent: int, author: str = "Eva", note: str = "") -> ScenarioVersion:
        """A scenario that is there already."""
        return create_scenario(self.engine, draft_of(name, percent, author, note))

    def link(self, version: ScenarioVersion) -> str:
        return f"{self.url}/tank-om?scenario={version.id}"


def settle(page: Page, address: str) -> Page:
    """The page, opened anew at an address of Tänk om and drawn."""
    page.goto(address)
    expect(heading(page)).to_have_text("Tänk om …?")
    wait_settled(page)
    return page


def draft_of(name: str, percent: int, author: str = "Eva", note: str = "") -> ScenarioDraft:
    """A draft where the costs of the rest of the year are so much higher."""
    scenario = Scenario((RestChange("cost", Decimal(percent) / 100),))
    return ScenarioDraft(name, author, note, write_document(scenario), 2023, 2, 1)


@contextmanager
def open_board(server_url: str, template: str, visits: BrowserContext) -> Iterator[Board]:
    """Serve the app with a database of its own, a copy of `template`."""
    with (
        _database(server_url, template) as url,
        _engine(url) as engine,
        fresh_state() as state,
        _app_factory(state) as start,
    ):
        address = start(DATABASE_URL=url).wait_open().url
        yield Board(address, engine, visits)


def bar(page: Page) -> Locator:
    """What says which scenario is open."""
    return page.locator(".st-key-scenario_bar")


def press(page: Page, name: str) -> None:
    """A button that is in sight."""
    page.get_by_role("button", name=name, exact=True).click()


def open_form(page: Page, name: str) -> Locator:
    """Open "Spara", "Öppna" or "Mer"; returns what it holds."""
    page.get_by_test_id("stPopoverButton").filter(has_text=name).click()
    form = page.get_by_test_id("stPopoverBody")
    expect(form).to_be_visible()
    return form


def fill(form: Locator, **texts: str) -> None:
    """Write in the form: name, author, note."""
    labels = {"name": "Scenariots namn", "author": "Ditt namn", "note": "Anteckning"}
    for part, text in texts.items():
        form.get_by_label(labels[part], exact=True).fill(text)


def send(form: Locator, button: str) -> None:
    form.get_by_role("button", name=button, exact=True).click()


def message(page: Page) -> Locator:
    """The page's one sentence."""
    return page.locator(".gsn-message").filter(visible=True)
