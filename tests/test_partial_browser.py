"""An occasion with only some kinds of figures: every page draws, and says what is not there."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import Seen, _app_factory, _database, _engine
from harness import brief_state, wait_settled
from papers import append, copy_papers
from playwright.sync_api import Page, expect
from test_pages_browser import open_page

from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.operate.load import load_data
from gsn_dash.present.inventory import known_refs
from gsn_dash.present.sources import account_for
from gsn_dash.store.read import read_snapshot
from gsn_dash.web.site import PAGES, TITLE

PLACE = ";Mkr;;;;;bilaga-2024;Tabellen;;;"
ROWS = {
    "operating": (
        "operating.csv",
        f"2024-2;total;revenue;period;outcome;22,0{PLACE}",
        f"2024-2;total;cost;period;outcome;-23,0{PLACE}",
    ),
    "investments": ("investments.csv", f"2024-2;molnet;appropriation;3,0{PLACE}"),
    "collaborations": (
        "contributions.csv",
        "2024-2;skolskjuts;2085;;19 000;kr;;;;;bilaga-2024;Tabellen;;;",
    ),
    "nothing": ("operating.csv",),
}


def add_occasion(folder: Path, kind: str) -> Path:
    """A copy of data/ with a later occasion that has rows of one kind only."""
    papers = copy_papers(folder)
    append(papers, "documents.csv", "bilaga-2024;Bilaga 2024;bilaga;2024-05-06;;")
    append(
        papers, "occasions.csv", "2024;2;2024-01-01;2024-04-30;2024-05-06;2024-05-13;bilaga-2024"
    )
    if kind == "investments":
        append(papers, "projects.csv", "molnet;Flytt till molnet;0061;project")
    append(papers, *ROWS[kind])
    return papers


@dataclass(frozen=True)
class Partial:
    """The kind of rows that the latest occasion has, its figures and those of the one before, by
    the name that an address says them by, and an app that serves it.
    """

    kind: str
    snapshots: dict[str, Snapshot]
    url: str


@pytest.fixture(params=ROWS)
def partial(
    request: pytest.FixtureRequest, server_url: str, loaded_template: str, tmp_path: Path
) -> Iterator[Partial]:
    kind = request.param
    with ExitStack() as opened:
        url = opened.enter_context(_database(server_url, loaded_template))
        with _engine(url) as engine:
            report = load_data(engine, add_occasion(tmp_path, kind), by="test")
            assert report.problems == ()
            latest, before = read_snapshot(engine), read_snapshot(engine, (2023, 2))
            snapshots = {"": latest, "2024-2": latest, "2023-2": before}
        start = opened.enter_context(_app_factory(opened.enter_context(brief_state())))
        yield Partial(kind, snapshots, start(DATABASE_URL=url).wait_open().url)


OF_NO_FIGURES = ("hjalp", "inlasning")
NOTHING = "Papperen för det här tillfället har inga belopp för"
LACKS = {
    "operating": {"investeringar": "investeringarna", "samarbeten": "samarbetena"},
    "investments": {"driftbudget": "periodens driftbudget", "samarbeten": "samarbetena"},
    "collaborations": {"driftbudget": "hela årets driftbudget", "investeringar": "investeringarna"},
    "nothing": {"": "nettokostnadens avvikelse", "samarbeten": "samarbetena"},
}
REFS = """() => [...document.querySelectorAll('main a.gsn-src')]
  .map((link) => new URL(link.href).searchParams)
  .map((asked) => [asked.get('tillfalle') ?? '', asked.get('figur')])"""


@pytest.mark.sampled(2)
def test_every_page_draws_says_what_is_not_there_and_explains_every_unknown(
    partial: Partial, page: Page, seen: Seen
):
    # Wide, so that the navigation has room for every page.
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_page(page, partial.url)
    refs: set[tuple[str, str]] = set()
    for address, title in PAGES.items():
        if address in OF_NO_FIGURES:
            continue
        text = go_to(page, title)
        assert page.get_by_role("alert").all_inner_texts() == [], title
        assert "None" not in text, title
        assert "januari–april 2024" in text, title
        if address in LACKS[partial.kind]:
            assert f"{NOTHING} {LACKS[partial.kind][address]}." in text
        refs |= set(map(tuple, page.evaluate(REFS)))
        assert seen.console_errors == [], title

    # Also what no paper of the occasion states has a box that says so.
    assert {occasion for occasion, _ in refs} <= set(partial.snapshots)
    for occasion, snapshot in partial.snapshots.items():
        named = {ref for place, ref in refs if place == occasion}
        assert named - set(known_refs(snapshot)) == set(), occasion
        assert [ref for ref in named if account_for(snapshot, ref) is None] == []
    lowest = min(ref for place, ref in refs if not place)
    page.evaluate("(address) => gsnGo(address)", f"/kallor?figur={quote(lowest)}")
    expect(page.get_by_role("region", name="Så vet vi det")).to_be_visible()


def go_to(page: Page, title: str) -> str:
    """Follow the navigation to a page; returns all its text with plain spaces."""
    page.get_by_role("navigation").get_by_role("link", name=title, exact=True).first.click()
    expect(page).to_have_title(f"{title} – {TITLE}")
    expect(page.get_by_role("navigation").locator('[aria-current="page"]')).to_have_text(title)
    wait_settled(page)
    return page.get_by_role("main").inner_text().replace("\u00a0", " ")
