"""The page of `sheet_app`: to open it, find its levers, and see what Python was told."""

import json

from harness import wait_settled
from playwright.sync_api import Locator, Page, expect
from sheet_program import DIALS, RESTING


def open_sheet(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator(".gsn-sheet .gsn-picture svg")).to_have_count(5)
    wait_settled(page)
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
