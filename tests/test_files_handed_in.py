"""A file is handed in by who may change figures, whole, and lies there for the page to take up."""

from __future__ import annotations

import pytest
from meeting_people import mark_of
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from gsn_dash.access import files
from gsn_dash.access.files import Tray, file_route
from gsn_dash.access.visitors import Gate
from gsn_dash.ingest.cells import LARGEST_FILE
from gsn_dash.settings import read_settings
from gsn_dash.store.acting import EDITOR, PRESENTER
from gsn_dash.store.keys import keep_key, redeem_key
from gsn_dash.web import guarding
from gsn_dash.web.rights import COOKIE, Browser

SECRET = "0123456789abcdef" * 2
OURS = {"origin": "http://testserver"}


@pytest.fixture
def tray() -> Tray:
    return Tray()


def _client(engine: Engine, tray: Tray, role: str = "") -> TestClient:
    gate = Gate(read_settings({"GSN_PROXY": "1"}), lambda: engine)
    client = TestClient(Starlette(routes=[file_route(gate, tray)]))
    if role:
        keep_key(engine, mark_of("nyckel"), role)
        assert redeem_key(engine, mark_of("nyckel"), Browser(SECRET, is_new=False).mark)
        client.cookies.set(COOKIE, SECRET)
    return client


def test_a_file_of_an_editors_is_there_whole_for_who_knows_its_mark(engine: Engine, tray: Tray):
    client, content = _client(engine, tray, EDITOR), bytes(range(256)) * 40_000
    marks = [client.post(guarding.FILES, content=content, headers=OURS).json()["file"]] + [
        client.post(guarding.FILES, content=b"", headers=OURS).json()["file"]
    ]
    assert [tray.find(mark) for mark in marks] == [content, b""]
    assert tray.find("") is None


@pytest.mark.parametrize(
    ("role", "headers"),
    [("", OURS), (PRESENTER, OURS), (EDITOR, {}), (EDITOR, {"origin": "http://annan.exempel"})],
)
def test_nobody_else_hands_a_file_in(
    engine: Engine, tray: Tray, monkeypatch: pytest.MonkeyPatch, role: str, headers: dict
):
    monkeypatch.setattr(tray, "put", lambda _content: pytest.fail("it was kept"))
    answer = _client(engine, tray, role).post(guarding.FILES, content=b"x", headers=headers)
    assert answer.status_code == 403 and answer.json()["sentence"].endswith(".")


def test_no_more_is_kept_than_is_needed(tray: Tray):
    marks = [tray.put(b"x") for _ in range(files.MOST_FILES + 1)]
    assert [tray.find(mark) is None for mark in marks] == [True] + [False] * files.MOST_FILES
    tray.drop(marks[-1])
    tray.drop(marks[-1])
    assert tray.find(marks[-1]) is None


def test_what_is_read_may_be_handed_in():
    assert guarding.LARGEST_FILE == LARGEST_FILE
