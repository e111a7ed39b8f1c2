"""The database and the server go and come back, and the meeting is where it was."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from harness import AppServer
from meeting_client import Browser

from gsn_dash.store.embedded.postmaster import find_postmaster

TABLE = "operating:table"


@pytest.fixture
def app(start_app: Callable[..., AppServer]) -> AppServer:
    """An app with an embedded server of its own."""
    return start_app().wait_open()


@pytest.fixture
def browsers(app: AppServer) -> Iterator[tuple[Browser, Browser]]:
    """The presenter's and a follower's."""
    both = Browser(int(app.environ["PORT"])), Browser(int(app.environ["PORT"]))
    both[1].get("/mote/anslut")
    yield both
    for each in both:
        each.leave()


def test_a_database_that_dies_is_told_of_and_the_place_is_kept(
    state: Path, browsers: tuple[Browser, Browser]
):
    presenter, follower = browsers
    code = presenter.start()
    presenter.step(code, TABLE, "Intäkter")
    stream = follower.follow(code)
    topic = f"mote:{code}"
    stream.next(topic, lambda message: message["sequence"] == 1)
    os.kill(find_postmaster(state / "postgres" / "data").pid, signal.SIGKILL)
    away = stream.next(topic, lambda message: not message["database"])
    assert away["place"] == {"view": TABLE, "row": "Intäkter", "levers": {}}
    stream.next("figures", lambda message: not message["ok"])
    # Who joins now is shown it too, and the page for joining says how it is.
    again = Browser(follower.port).follow(code).next(topic)
    assert again["place"]["view"] == TABLE
    back = stream.next(topic, lambda message: message["database"])
    assert back["place"] == away["place"]
    stream.next("figures", lambda message: message["ok"])
    assert presenter.step(code, "3:decision").status == 200
    told = stream.next(topic, lambda message: message["place"]["view"] == "3:decision")
    assert told["database"]


def test_a_connection_that_is_cut_is_replaced_and_what_nobody_told_of_is_found(
    loaded_url: str, start_app: Callable[..., AppServer]
):
    app = start_app(DATABASE_URL=loaded_url).wait_open()
    presenter = Browser(int(app.environ["PORT"]))
    code = presenter.start()
    stream, topic = presenter.follow(code), f"mote:{code}"
    stream.next(topic)
    with psycopg.connect(loaded_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'gsn_dash' AND datname = current_database()"
        )
        stream.next(topic, lambda message: not message["database"])
        stream.next(topic, lambda message: message["database"])
        # Without triggers nothing is notified: it is found by asking once a second.
        connection.execute("SET session_replication_role = replica")
        place = '{"view": "3:decision", "row": "", "levers": {}}'
        moved = "UPDATE meeting_now SET sequence = 7, place = %s WHERE code = %s"
        connection.execute(moved, (place, code))
    told = stream.next(topic, lambda message: message["sequence"] == 7)
    assert told["place"]["view"] == "3:decision"
    assert presenter.step(code, TABLE).json == {"sequence": 8}
    presenter.leave()


def test_without_a_database_the_pages_say_so_and_come_back(
    start_app: Callable[..., AppServer], loaded_url: str
):
    gone = loaded_url.replace("/gsn_test_", "/gsn_gone_")
    app = start_app(DATABASE_URL=gone).wait_open()
    browser = Browser(int(app.environ["PORT"]))
    stream = browser.follow("BCDFG")
    assert not stream.next("figures", lambda message: not message["ok"])["ok"]
    for address in ("/mote/starta", "/mote/anslut?kod=BCDFG"):
        answer = browser.get(address)
        assert answer.status == 503 and "svarar inte" in answer.text
    assert browser.submit("/mote/starta", name="Anna").status == 503
    refused = browser.step("BCDFG", TABLE)
    assert refused.status == 503 and refused.json["sentence"].endswith(".")
    # Nobody can tell whether there is such a meeting: the screen waits for it.
    assert 'data-code="BCDFG"' in browser.get("/mote/BCDFG").text
    browser.leave()
