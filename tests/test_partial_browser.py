"""An occasion with only some kinds of figures: every page draws, and says what is not there."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from conftest import Seen, _app_factory, _database, _engine
from harness import fresh_state
from papers import append, copy_papers
from playwright.sync_api import Page, expect
from test_pages_browser import open_page

from gsn_dash.operate.load import load_data
from gsn_dash.web.site import PAGES

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
    append(papers, "documents.csv", "bilaga-2024;Bilaga 2024;bilaga;2024-05-06;")
    append(
        papers, "occasions.csv", "2024;2;2024-01-01;2024-04-30;2024-05-06;2024-05-13;bilaga-2024"
    )
    if kind == "investments":
        append(papers, "projects.csv", "molnet;Flytt till molnet;0061;project")
    append(papers, *ROWS[kind])
    return papers


@pytest.fixture(scope="module", params=ROWS)
def partial(
    request: pytest.FixtureRequest,
    server_url: str,
    loaded_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, str]]:
    """The kind of rows that the latest occasion has, and the address of an app that serves it."""
    kind = request.param
    with ExitStack() as opened:
        url = opened.enter_context(_database(server_url, loaded_template))
        with _engine(url) as engine:
            folder = tmp_path_factory.mktemp(kind)
            report = load_data(engine, add_occasion(folder, kind), by="test")
            assert report.problems == ()
        start = opened.enter_context(_app_factory(opened.enter_context(fresh_state())))
        yield kind, start(DATABASE_URL=url).wait_open().url


@pytest.mark.parametrize("address", PAGES)
def test_every_page_draws(partial: tuple[str, str], page: Page, seen: Seen, address: str):
    _, url = partial
    text = open_page(page, url, address)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".gsn-picture-broken")).to_have_count(0)
    if address != "hjalp":
        assert "tillfälle 2, 2024" in page.get_by_role("main").inner_text().replace("\u00a0", " ")
    assert "None" not in text
    assert seen.console_errors == []


NOTHING = "Papperen för det här tillfället har inga belopp för"
LACKS = {
    "operating": {"investeringar": "investeringarna", "samarbeten": "samarbetena"},
    "investments": {"driftbudget": "periodens driftbudget", "samarbeten": "samarbetena"},
    "collaborations": {"driftbudget": "hela årets driftbudget", "investeringar": "investeringarna"},
    "nothing": {"": "nettokostnadens avvikelse", "samarbeten": "samarbetena"},
}


def test_what_is_not_there_is_said_in_one_sentence(partial: tuple[str, str], page: Page):
    kind, url = partial
    for address, about in LACKS[kind].items():
        open_page(page, url, address)
        expect(page.get_by_role("main")).to_contain_text(f"{NOTHING} {about}.")


def test_every_unknown_leads_to_its_explanation(partial: tuple[str, str], page: Page):
    """Also what no paper of the occasion states has a box that says so."""
    _, url = partial
    refs = set()
    for address in ("driftbudget", "investeringar", "samarbeten"):
        open_page(page, url, address)
        links = page.locator("main a.gsn-src, [data-testid=stMain] a.gsn-src")
        refs |= set(links.evaluate_all("(all) => all.map((a) => a.getAttribute('href'))"))
    assert refs
    for address in sorted(refs)[::3]:
        open_page(page, url, address.removeprefix("/"))
        expect(page.get_by_role("region", name="Så vet vi det")).to_be_visible()
