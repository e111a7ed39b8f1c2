"""Text from people and files is never markup: on no page, in no picture, in no file."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from xml.etree import ElementTree

import pytest
from conftest import AppServer, Seen
from hostile import HARMS, do_harm
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from test_print_browser import open_drawn

from gsn_dash.web.site import PAGES

# What the texts would have become, and what they are when they are shown.
BECOME = """() => [...document.querySelectorAll(
    'img[src="x"], [src^="http://evil"], [href^="http://evil"], [href^="javascript"], .katex,'
    + ' [href^="http://www.evil"], [href^="mailto:e@evil"],'
    + ' #root script')]
  .map((e) => e.outerHTML)
  .concat([...document.querySelectorAll('b, strong, code, s, del')]
    .filter((e) => ['fet', 'kod', 'struken'].includes(e.textContent)).map((e) => e.outerHTML))
  .concat([...document.querySelectorAll('svg text')]
    .filter((e) => e.querySelector('a, [style*="bold"]') && e.textContent.includes('fet'))
    .map((e) => e.outerHTML))
  .concat(window.hurt ? ['hurt'] : [])"""
FILES = "() => [...document.querySelectorAll('a[href^=\"/hamta\"]')].map((e) => e.href)"


def look(page: Page, address: str, files: set[str]) -> str:
    """What is wrong on the page as it stands is an error; its text, and links to files."""
    assert page.evaluate(BECOME) == [], address
    files |= set(page.evaluate(FILES))
    return page.evaluate("document.body.textContent")


def read_file(page: Page, address: str) -> None:
    """Fetch a file; what is wrong in it is an error."""
    answer = page.request.get(address)
    assert answer.ok, (address, answer.text())
    kind, content = answer.headers["content-type"].partition(";")[0], answer.body()
    if kind == "image/svg+xml":
        tags = {each.tag.rpartition("}")[2] for each in ElementTree.fromstring(content).iter()}
        assert not tags & {"script", "a", "image", "foreignObject"}, address
    elif kind == "text/csv":
        starts = [cell.strip('"')[:1] for cell in answer.text().replace("\r\n", ";").split(";")]
        assert not {"=", "@", "+"} & set(starts), address
    elif kind.endswith(".sheet"):
        for sheet in load_workbook(BytesIO(content)):
            formulas = [c.value for row in sheet for c in row if c.data_type == "f"]
            assert not [each for each in formulas if "cmd" in str(each)], address
            links = [c.hyperlink.target or "" for row in sheet for c in row if c.hyperlink]
            assert not [each for each in links if each.startswith("http://evil")], address


@pytest.mark.timeout(240)
def test_what_would_do_harm_as_markup_is_shown_as_text_everywhere(
    loaded_engine: Engine,
    loaded_url: str,
    start_app: Callable[..., AppServer],
    page: Page,
    seen: Seen,
):
    meeting = do_harm(loaded_engine)
    url = start_app(DATABASE_URL=loaded_url).wait_open().url.rstrip("/")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    files, shown = {f"{url}/oppna-data/v1/uppgifter.csv", f"{url}/hamta/mall.xlsx"}, ""
    for address in PAGES:
        open_drawn(page, url, address, 1280)
        shown += look(page, address, files)
    for address in (f"mote/{meeting.code}", "mote/starta", "oppna-data"):
        page.goto(f"{url}/{address}")
        expect(page.locator("h1, .gsn-meeting main").first).to_be_attached()
        shown += look(page, address, files)
    for address in sorted(files):
        read_file(page, address)
    assert [harm for harm in HARMS if harm not in shown] == []
    assert dialogs == [] and set(seen.hosts) == {"localhost"}
    assert [said for said in seen.console_errors if "policy" in said.lower()] == []
