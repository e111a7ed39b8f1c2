"""The first view of a page: that it says what the page says, and in which documents it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
import streamlit
from asgi_client import AsgiClient
from hostile import HARMS, do_harm
from seated import sit_at_the_server
from shell_site import Site, served_shell
from sqlalchemy import Engine
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from gsn_dash.access.routes import make_guard
from gsn_dash.access.visitors import Gate
from gsn_dash.settings import PROJECT, read_settings
from gsn_dash.store.engine import make_engine
from gsn_dash.ui import data
from gsn_dash.ui.composing import compose_first_view
from gsn_dash.web import first_view, middleware
from gsn_dash.web.document import shell_document
from gsn_dash.web.first_view import FirstViews, first_view_document
from gsn_dash.web.middleware import SwedishDocuments
from gsn_dash.web.server import make_middleware
from gsn_dash.web.site import FIRST_VIEWS

VIEW = "<h1>Driftbudget</h1><p>Siffror</p>"
SHELL = shell_document()


def story_of(address: str) -> Path:
    return PROJECT / "pages" / f"{address or 'oversikt'}.py"


def compose(address: str, figures: data.Figures) -> str | None:
    return compose_first_view(story_of(address), address, figures)


def tell(story: str) -> None:
    """The page as Streamlit draws it, without its frame."""
    from runpy import run_path

    from gsn_dash.ui.occasions import follow_chosen

    follow_chosen("Sidan")
    run_path(story)


def figures_of(engine: Engine) -> data.Figures:
    data.refresh(engine)
    return data.current()


@pytest.fixture(scope="module")
def figures(module_url: str) -> Iterator[data.Figures]:
    """Those of the papers, for pages too."""
    sit_at_the_server()
    engine = make_engine(module_url)
    yield figures_of(engine)
    data._figures, data._engine = data.Figures(), None
    engine.dispose()


class Tags(HTMLParser):
    """The tags of a text of HTML, and the addresses in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names, self.addresses = set(), set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.addresses |= {text for name, text in attrs if name in ("href", "src")}


@pytest.mark.parametrize("address", FIRST_VIEWS)
def test_it_says_all_that_the_page_says_in_its_order(figures, address: str):
    view = compose(address, figures)
    page = AppTest.from_function(tell, args=(str(story_of(address)),), default_timeout=30).run()
    assert not page.exception
    parts = [each.proto.body for each in page.get("html")]
    pictures = [json.loads(each.proto.json)[0] for each in page.get("bidi_component")]
    headings = [each.value for each in (*page.title, *page.header, *page.subheader)]
    assert len(parts) > 3 and len(headings) > 2
    for said in (parts, pictures):
        places = [view.find(part) for part in said]
        assert -1 not in places and places == sorted(places)
    assert len(pictures) == view.count("<figure") > 0
    for heading in headings:
        # What keeps Streamlit from reading Markdown is none of the words.
        assert f">{heading.replace(chr(92), '')}</h" in unescape(view)


def test_a_choice_stands_as_the_page_begins_and_leads_to_the_others(figures):
    view = compose("samarbeten", figures)
    assert '<span class="gsn-first-chosen">Alla</span>' in view
    assert '<a href="?kommun=2085">Ludvika</a>' in view
    assert "Visa för" in view


def test_there_is_nothing_of_who_asks_in_it(figures):
    view = compose("", figures)
    assert '<span class="gsn-visitor-room"></span>' in view
    assert "datorn" not in view and "Lås upp" not in view


def test_without_figures_or_with_old_ones_there_is_none(figures):
    assert compose("", data.Figures(version="0")) is None
    data.lost("Databasen svarar inte.")
    assert compose("", data.current()) is None


def test_an_occasion_that_is_not_in_the_list_is_named_all_the_same(figures):
    """The list is read after the figures: they may have been withdrawn between."""
    shown = replace(figures.occasions[0], year=2001)
    others = replace(figures, occasions=(shown, replace(shown, year=2000)))
    assert '<div class="gsn-first-list">Tillfälle\xa02, 2023</div>' in compose("", others)


def test_texts_of_people_and_files_are_no_markup_in_it(loaded_engine):
    plain = Tags("".join(compose(each, figures_of(loaded_engine)) for each in FIRST_VIEWS))
    do_harm(loaded_engine)
    data._figures = data.Figures()
    text = "".join(compose(each, figures_of(loaded_engine)) for each in FIRST_VIEWS)
    assert HARMS[0] in unescape(text) and HARMS[0] not in text
    found = Tags(text)
    assert found.names <= plain.names
    assert all(each.startswith(("/", "?")) for each in found.addresses)


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    with served_shell() as site:
        yield site


@pytest.fixture
def site(served: Site) -> Site:
    served.status, served.views, served.asked = ("7", True), {"driftbudget": VIEW}, []
    return served


def test_the_document_carries_it_and_it_is_made_once_for_the_figures(site: Site):
    answer = site.get("/driftbudget", Accept_Encoding="br")
    assert (answer.status, answer.text) == (200, first_view_document("driftbudget", VIEW))
    assert VIEW in answer.text and "<title>Driftbudget – GSN ekonomi</title>" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    again = site.get("/driftbudget", Accept_Encoding="br", If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert site.asked == ["driftbudget"]
    site.status, site.views = ("8", True), {"driftbudget": "<h1>Nya</h1>"}
    newer = site.get("/driftbudget", Accept_Encoding="br", If_None_Match=answer.headers["etag"])
    assert newer.status == 200 and "<h1>Nya</h1>" in newer.text


@pytest.mark.parametrize("address", ["/driftbudget?tillfalle=2023-1", "/granskning", "/samarbeten"])
def test_other_documents_are_the_shell(site: Site, address: str):
    assert site.get(address).text == SHELL


def test_while_the_database_is_away_the_document_is_the_shell(site: Site):
    site.status = ("7", False)
    assert site.get("/driftbudget").text == SHELL


def test_one_that_fails_is_told_in_the_log_and_the_document_is_the_shell(site: Site, caplog):
    site.status, site.views["driftbudget"] = ("9", True), LookupError("ett fel")
    assert site.get("/driftbudget").text == SHELL
    assert "ett fel" in caplog.text


def test_one_that_fails_is_tried_again_in_a_while(site: Site, monkeypatch):
    site.status, site.views["driftbudget"] = ("11", True), LookupError("ett fel")
    site.get("/driftbudget")
    site.views["driftbudget"] = VIEW
    assert site.get("/driftbudget").text == SHELL
    assert site.asked == ["driftbudget"], "each visitor would wait for one that fails"
    monkeypatch.setattr(middleware, "SECONDS_WITHOUT", 0)
    assert VIEW in site.get("/driftbudget").text


def test_another_index_of_streamlits_is_noticed_at_start(monkeypatch, tmp_path: Path):
    index = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    other = tmp_path / "static" / "index.html"
    other.parent.mkdir()
    other.write_text(index.replace('type="module" crossorigin', 'type="module"'), "utf-8")
    monkeypatch.setattr(streamlit, "__file__", str(tmp_path / "__init__.py"))
    first_view._shell_round.cache_clear()
    views = FirstViews(lambda: ("7", True), lambda _address: VIEW)
    with pytest.raises(ValueError, match="har ändrats"):
        SwedishDocuments(Starlette(), views)


def test_figures_that_go_while_it_is_made_are_not_taken_for_none(site: Site, monkeypatch):
    site.status = ("10", True)

    def lose(_address: str) -> None:
        site.status = ("10", False)

    monkeypatch.setattr(site, "compose", lose)
    assert site.get("/driftbudget").text == SHELL
    monkeypatch.undo()
    site.status, site.views = ("10", True), {"driftbudget": VIEW}
    assert VIEW in site.get("/driftbudget").text


def test_who_may_not_read_is_given_none():
    settings = read_settings({"GSN_READERS": "192.0.2.0/24"})
    gate = Gate(settings, lambda: None)
    views = FirstViews(lambda: ("7", True), lambda _address: VIEW)
    middleware = make_middleware(views, make_guard(gate, settings.access), settings.access)
    client = AsgiClient(Starlette(middleware=middleware))
    refused = client.get("/driftbudget", {"x-forwarded-for": "198.51.100.1"})
    assert refused.status == 403
    assert "Siffror" not in refused.body.decode()
