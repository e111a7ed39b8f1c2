"""What is fetched over HTTP: right files under right names, Swedish answers to what is wrong."""

import json
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from urllib.parse import unquote
from uuid import uuid4

import anyio
import pytest
from asgi_client import AsgiClient
from PIL import Image
from sqlalchemy import Engine, create_engine
from starlette.applications import Starlette
from starlette.requests import Request

from gsn_dash.domain.checks.run import run_controls
from gsn_dash.publish.answering import publish
from gsn_dash.publish.routes import make_routes
from gsn_dash.publish.shelf import AT_ONCE, MOST_WAITING, Given, Shelf
from gsn_dash.report.catalogue import list_pictures, list_tables
from gsn_dash.store.issued import IssuedDraft, keep_issued
from gsn_dash.store.occasions import list_occasions
from gsn_dash.store.read import read_snapshot
from gsn_dash.ui.data import Figures
from gsn_dash.web.first_view import FirstViews
from gsn_dash.web.server import make_middleware

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACE = (2023, 2)

NO_VIEWS = FirstViews(lambda: ("1", True), lambda _address: None)


@pytest.fixture(scope="module")
def engine(module_url) -> Iterator[Engine]:
    engine = create_engine(module_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def figures(engine) -> Figures:
    snapshot = read_snapshot(engine)
    findings = run_controls(snapshot)
    return Figures(snapshot, findings, occasions=list_occasions(engine), version=1)


def _client(figures: Figures, engine: Engine | None) -> AsgiClient:
    given = Given(
        lambda: figures, lambda place: figures if place == PLACE else None, tuple, lambda: engine
    )
    return AsgiClient(Starlette(routes=make_routes(given), middleware=make_middleware(NO_VIEWS)))


@pytest.fixture(scope="module")
def client(figures, engine) -> AsgiClient:
    return _client(figures, engine)


def test_every_table_of_the_occasion_can_be_fetched(client, figures):
    for name, listed in list_tables(figures.snapshot, figures.findings).items():
        if listed.make() is None:
            continue
        book = client.get(f"/hamta/tabell/{name}.xlsx")
        assert (book.status, book.headers["content-type"]) == (200, XLSX), name
        assert zipfile.ZipFile(BytesIO(book.body)).testzip() is None
        text = client.get(f"/hamta/tabell/{name}.csv")
        assert text.status == 200, name
        assert text.body.startswith(b"\xef\xbb\xbf")


def test_every_picture_of_the_occasion_can_be_fetched(client, figures):
    for name, listed in list_pictures(figures.snapshot).items():
        if listed.make() is None:
            continue
        drawing = client.get(f"/hamta/bild/{name}.svg")
        assert drawing.status == 200, name
        assert drawing.headers["content-type"].startswith("image/svg+xml")
        assert "<title>" in drawing.text
    picture = client.get("/hamta/bild/driftbudget-brygga.png")
    assert Image.open(BytesIO(picture.body)).size[0] == 1920


def test_a_file_is_saved_under_its_swedish_name(client):
    said = client.get("/hamta/tabell/resten-av-aret.xlsx").headers["content-disposition"]
    assert 'filename="GSN 2023-2 Resten av aret.xlsx"' in said
    assert unquote(said.rpartition("UTF-8''")[2]) == "GSN 2023-2 Resten av året.xlsx"
    assert client.get("/hamta/allt.xlsx").headers["content-disposition"].startswith("attachment")


def test_a_reader_who_has_the_file_is_not_sent_it_again(client):
    for address in ("/hamta/tabell/driftbudget.csv", "/oppna-data/v1/uppgifter.json"):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first.headers["etag"]})
        assert (again.status, again.body) == (304, b"")
        weak = {"if-none-match": f'"annat", W/{first.headers["etag"]}'}
        assert client.get(address, headers=weak).status == 304
        other = client.get(address, headers={"if-none-match": '"annat"'})
        assert (other.status, other.body) == (200, first.body)
        assert first.headers["cache-control"] == "no-cache"


def test_head_tells_the_same_without_the_file(client):
    for address in ("/hamta/tabell/driftbudget.csv", "/oppna-data/v1/papper.csv", "/oppna-data"):
        head, whole = client.ask("HEAD", address), client.get(address)
        assert (head.status, head.body) == (200, b"")
        assert head.headers["content-type"] == whole.headers["content-type"]
        assert head.headers.get("etag") == whole.headers.get("etag")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/hamta/tabell/hemligt.xlsx", "ingen tabell"),
        ("/hamta/tabell/driftbudget.docx", "ingen fil"),
        ("/hamta/bild/hemligt.svg", "ingen bild"),
        ("/hamta/bilaga/7", "ingen utfärdad bilaga"),
        ("/hamta/bilaga/00000000-0000-0000-0000-000000000000", "ingen utfärdad bilaga"),
        ("/hamta/", "ingen fil"),
        ("/hamta/tabell/driftbudget.csv?tillfalle=1999-1", "inget tillfälle ”1999-1”"),
        ("/hamta/allt.xlsx?tillfalle=%3Cscript%3E", "inget tillfälle"),
    ],
)
def test_what_does_not_exist_is_said_in_swedish(client, address, words):
    answer = client.get(address)
    assert answer.status == 404
    assert words in answer.text
    assert answer.headers["content-type"].startswith("text/plain")


def test_a_program_is_told_what_does_not_exist_as_json(client):
    for address in ("/oppna-data/v1/hemligt.json", "/oppna-data/v2/uppgifter.json"):
        answer = client.get(address)
        assert answer.status == 404
        assert "oppna-data" in answer.json["fel"]
    answer = client.get("/oppna-data/v1/uppgifter.csv?tillfalle=1999-1")
    assert (answer.status, "1999-1" in answer.json["fel"]) == (404, True)


def test_without_figures_it_is_said_and_when_to_ask_again(engine):
    client = _client(Figures(problem="Databasen svarar inte."), engine)
    answer = client.get("/hamta/allt.xlsx")
    assert (answer.status, answer.text) == (503, "Databasen svarar inte.\n")
    assert answer.headers["retry-after"] == "5"
    told = client.get("/oppna-data/v1/uppgifter.json")
    assert (told.status, told.json) == (503, {"fel": "Databasen svarar inte."})
    assert "inga uppgifter att hämta än" in client.get("/oppna-data").text
    assert client.get("/hamta/mall.xlsx").status == 200


def test_the_occasion_in_the_address_is_the_one_that_is_sent(figures, engine):
    later = replace(figures.snapshot.occasion, number=3)
    latest = replace(figures, snapshot=replace(figures.snapshot, occasion=later))
    given = Given(
        lambda: latest, lambda place: figures if place == PLACE else None, tuple, lambda: engine
    )
    client = AsgiClient(Starlette(routes=make_routes(given)))
    address = "/oppna-data/v1/papper.json"
    assert client.get(address).json["tillfalle"]["nummer"] == 3
    assert client.get(f"{address}?tillfalle=2023-2").json["tillfalle"]["nummer"] == 2


def test_an_occasion_is_not_read_again_for_a_file_that_has_been_made_of_it(figures, engine):
    """More occasions than the pages keep in memory, each asked for twice, in whatever spelling."""
    asked = []

    def figures_of(place):
        asked.append(place)
        occasion = replace(figures.snapshot.occasion, year=place[0])
        return replace(figures, snapshot=replace(figures.snapshot, occasion=occasion))

    now = [figures]
    given = Given(lambda: now[0], figures_of, tuple, lambda: engine)
    client = AsgiClient(Starlette(routes=make_routes(given)))
    addresses = [f"/oppna-data/v1/papper.json?tillfalle={year}-2" for year in range(2001, 2013)]
    first = [client.get(address) for address in addresses]
    again = [client.get(f"{address}&annat={n}") for n, address in enumerate(addresses)]
    assert [a.body for a in again] == [a.body for a in first]
    assert len({a.body for a in first}) == len(asked) == 12
    now[0] = replace(figures, version=2)
    client.get(addresses[0])
    assert len(asked) == 13


def test_who_comes_when_many_wait_is_told_to_come_back(figures):
    shelf = Shelf(Given(lambda: figures, lambda place: None, tuple, lambda: None))
    scope = {"type": "http", "method": "GET", "path": "/hamta/allt.xlsx", "headers": []}
    request = Request({**scope, "query_string": b"", "scheme": "http", "server": ("x", 80)})
    go = threading.Event()

    def make(_request):
        assert go.wait(20)
        return publish(b"x", XLSX)

    async def ask_all() -> list[int]:
        found = []

        async def ask() -> None:
            found.append((await shelf.answer(request, make, keeps=False)).status_code)
            go.set()

        async with anyio.create_task_group() as group:
            for _ in range(AT_ONCE + MOST_WAITING + 3):
                group.start_soon(ask)
        return found

    # In a thread of its own: Playwright may have a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(anyio.run, ask_all).result()
    assert sorted(found) == [200] * (AT_ONCE + MOST_WAITING) + [503] * 3


def test_an_issued_appendix_is_sent_to_the_byte_and_needs_the_database(client, figures, engine):
    content = b"%PDF-1.7 som den var"
    draft = IssuedDraft(
        2023, 2, figures.snapshot.batch, "pdf", {}, "f" * 64, content, "Eva", str(uuid4())
    )
    kept = keep_issued(engine, draft)
    answer = client.get(f"/hamta/bilaga/{kept.id}")
    assert (answer.status, answer.body) == (200, content)
    assert answer.headers["content-type"] == "application/pdf"
    assert "2023-2" in answer.headers["content-disposition"]
    away = _client(figures, None)
    assert away.get(f"/hamta/bilaga/{kept.id}").status == 503


def test_open_data_may_be_read_by_the_pages_of_others_and_files_not(client):
    assert client.get("/oppna-data/v1/uppgifter.json").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/hamta/allt.xlsx").headers


def test_the_document_of_open_data_leads_to_every_table(client):
    page = client.get("/oppna-data")
    assert page.status == 200
    assert '<html lang="sv">' in page.text
    for name in ("uppgifter", "summor", "invanare", "papper", "kontroller"):
        for ending in ("json", "csv"):
            address = f"/oppna-data/v1/{name}.{ending}"
            assert f'href="{address}"' in page.text
            assert client.get(address).status == 200
    for name in ("datapackage.json", "katalog.jsonld", "tillfallen.json"):
        assert json.loads(client.get(f"/oppna-data/v1/{name}").body)


def test_a_program_finds_the_occasions_to_ask_for(client):
    (found,) = client.get("/oppna-data/v1/tillfallen.json").json["tillfallen"]
    assert (found["tillfalle"], found["period_slut"]) == ("2023-2", "2023-04-30")


def test_nothing_but_fetching_is_allowed(client):
    for address in ("/hamta/allt.xlsx", "/oppna-data/v1/uppgifter.json", "/oppna-data"):
        assert client.ask("POST", address).status == 405
