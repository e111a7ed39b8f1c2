"""What the browser tests of Tänk om …? do with the page, and read off it."""

import re
from urllib.parse import urlencode

from harness import heading, wait_settled
from playwright.sync_api import Locator, Page, expect

REPORTED = "Prognosen säger att året slutar precis på budget."
WHOLE, NETWORK = "used_up", "utilisation:natverk"
PARTS = ("total:revenue", "032+033:other_cost", "total:rest_cost")


def open_what_if(page: Page, url: str, **said: str) -> None:
    """The page with the levers that an address says; its names have _ for -."""
    query = urlencode({name.replace("_", "-"): value for name, value in said.items()})
    page.goto(f"{url}/tank-om?{query}")
    expect_sheet(page)


def expect_sheet(page: Page) -> None:
    expect(heading(page)).to_have_text("Tänk om …?")
    expect(message(page)).to_be_visible()
    expect(page.locator(".gsn-sheet .gsn-picture svg")).to_have_count(4)
    wait_settled(page)


def message(page: Page) -> Locator:
    return page.locator(".gsn-sheet .gsn-message")


def assumed(page: Page) -> Locator:
    return page.locator(".gsn-sheet-assumed")


def lever(page: Page, name: str) -> Locator:
    return page.locator(f'.gsn-sheet [data-lever="{name}"]')


def press(page: Page, name: str, *keys: str) -> None:
    lever(page, name).focus()
    for key in keys:
        page.keyboard.press(key)


def expect_lever(page: Page, name: str, text: str) -> None:
    expect(lever(page, name)).to_have_attribute("aria-valuetext", text.replace(" ", "\u00a0", 1))


def used_up(share: str) -> dict[str, str]:
    """How the address says what is used up of the whole deviation: part by part."""
    return {f"u-{part.replace(':', '.')}": share for part in PARTS}


def expect_address(page: Page, url: str, said: dict[str, str]) -> None:
    """The address says this and nothing else, in whatever order."""
    expect(page).to_have_url(re.compile(rf"^{re.escape(url)}/tank-om(\?|$)"))
    wanted = sorted(f"{name}={value}" for name, value in said.items())
    page.wait_for_function(
        "(wanted) => String([...new URLSearchParams(location.search)]"
        ".map((pair) => pair.join('=')).sort()) === wanted",
        arg=",".join(wanted),
    )


def table_row(page: Page, caption: str, heading: str, nth: int = 0) -> list[str]:
    """The cells of a row, with plain spaces and without the marks "härledd" and "cirka"."""
    table = page.get_by_role("table", name=caption)
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=heading)).nth(nth)
    texts = row.get_by_role("cell").all_inner_texts()
    return [re.sub("härledd|cirka|antaget", "", t).replace("\u00a0", " ").strip() for t in texts]


def drawn(page: Page, title: str) -> str:
    """What the picture with this title says to who does not see it."""
    picture = page.locator(".gsn-sheet figure").filter(has_text=title).locator(".gsn-picture-plot")
    expect(picture.locator("svg text").first).to_be_attached()
    return picture.get_attribute("aria-label").replace("\u00a0", " ")
