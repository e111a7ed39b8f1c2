"""Take the pictures of the pages that the README and docs/ show: make pictures."""

from pathlib import Path

from chromium import FLAGS, find_chromium
from harness import AppServer, free_port, fresh_state, heading, surroundings, wait_settled
from playwright.sync_api import Page, expect, sync_playwright

from gsn_dash.settings import PROJECT
from gsn_dash.web.site import PAGES

FOLDER = PROJECT / "docs" / "bilder"


def take_picture(page: Page, url: str, address: str, folder: Path) -> None:
    """The first screen of a page, once its pictures are drawn."""
    page.goto(f"{url}/{address}")
    expect(heading(page)).to_have_count(1)
    wait_settled(page)
    for figure in page.get_by_role("figure").all():
        expect(figure.locator("svg").first).to_be_attached()
    page.screenshot(path=folder / f"{address or 'oversikt'}.png")


def main() -> None:
    """Serve the papers on a state of its own and picture every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = find_chromium()  # looks with Playwright too, so before it is started below
    with fresh_state() as state, sync_playwright() as playwright:
        port = str(free_port())
        app = AppServer(surroundings(GSN_STATE=str(state), PORT=port)).wait_open()
        try:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            for address in PAGES:
                take_picture(page, app.url, address, FOLDER)
            browser.close()
        finally:
            app.stop()


if __name__ == "__main__":
    main()
