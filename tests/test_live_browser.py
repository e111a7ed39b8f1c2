"""New figures come to a page that stands open, which says so and moves nothing of the reader's."""

import re
from collections.abc import Callable
from pathlib import Path

from accessibility import find_violations
from harness import AppServer, heading, wait_settled
from papers import change, copy_papers
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from what_if_page import NETWORK, expect_sheet, lever, press

from gsn_dash.operate.load import load_data

NOTE = re.compile(r"^Siffrorna uppdaterades kl\.\s\d\d:\d\d utan att sidan laddades om\.$")
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


def correct(engine: Engine, folder: Path) -> None:
    """Corrections, as they come while pages are open."""
    change(folder, "operating.csv", "outcome;-21,5", "outcome;-21,7")
    change(folder, "contributions.csv", ";417 000;kr;;;;;", ";418 000;kr;;;;;")
    assert load_data(engine, folder, by="controller").problems == ()


def scroll_to(page: Page, top: int) -> int:
    page.evaluate(f"document.querySelector('[data-testid=stMain]').scrollTop = {top}")
    return page.evaluate(SCROLLED)


def _top_of(page: Page, heading: str) -> float:
    """How far down in the window a heading stands."""
    return page.get_by_role("heading", name=heading, exact=True).first.bounding_box()["y"]


def test_pages_that_stand_open_get_new_figures_say_so_and_nothing_of_the_readers_moves(
    start_app: Callable[..., AppServer],
    loaded_engine: Engine,
    loaded_url: str,
    page: Page,
    tmp_path: Path,
):
    folder = copy_papers(tmp_path)
    url = start_app(DATABASE_URL=loaded_url).wait_open().url
    budget, what_if = page, page.context.new_page()
    budget.goto(f"{url}/driftbudget")
    expect(budget.get_by_role("main")).to_contain_text("−21,5")
    wait_settled(budget)
    what_if.goto(f"{url}/tank-om")
    expect_sheet(what_if)
    press(what_if, NETWORK, "ArrowRight", "ArrowRight")
    what_if.wait_for_url("**/tank-om?**")
    held = lever(what_if, NETWORK).get_attribute("aria-valuetext")
    what_if.evaluate("document.activeElement.blur()")
    seen = {budget: "Vad avvikelsen består av", what_if: "Investeringar"}
    tops = {page: scroll_to(page, 500) and _top_of(page, name) for page, name in seen.items()}
    for page in tops:
        expect(page.get_by_role("status").filter(has_text="uppdaterades")).to_have_count(0)
        page.evaluate("window.loadedOnce = true")

    correct(loaded_engine, folder)
    for page, figure in ((budget, "−21,7"), (what_if, "418\u00a0000")):
        page.bring_to_front()
        note = page.get_by_role("status").filter(has_text="uppdaterades")
        expect(note).to_have_text(NOTE, timeout=15_000)
        expect(note.locator("p")).to_be_in_viewport()
        expect(page.get_by_role("main")).to_contain_text(figure)
        wait_settled(page)
        # What stands above has become longer: the headline says that the parts give something else.
        assert abs(_top_of(page, seen[page]) - tops[page]) <= 2
        assert page.evaluate("window.loadedOnce") is True
    assert lever(what_if, NETWORK).get_attribute("aria-valuetext") == held
    assert find_violations(budget) == []

    budget.get_by_role("navigation").get_by_role("link", name="Investeringar").first.click()
    expect(heading(budget)).to_have_text("Investeringar")
    expect(budget.get_by_text("uppdaterades")).to_have_count(0)
