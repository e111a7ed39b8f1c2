"""Decks are made once each, however many want them, and one that cannot be stops no other."""

import asyncio
import json
import logging
import threading
from collections.abc import Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import Queue

import pytest
from harness import WAIT_SECONDS
from sqlalchemy import Engine, create_engine

from gsn_dash.domain.meeting.agenda import make_agenda
from gsn_dash.meeting.decks import KEPT_DECKS, Deck, Decks, pack
from gsn_dash.meeting.messages import meeting_topic
from gsn_dash.meeting.rooms import Rooms
from gsn_dash.meeting.sources import chosen_scenario, read_chosen_agenda
from gsn_dash.meeting.stream import Hub, Listening, current_messages
from gsn_dash.store.agendas import save_agenda
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.meetings import Meeting
from gsn_dash.store.read import read_snapshot

LONG_AGO = datetime(2023, 5, 8, tzinfo=UTC)


def meeting(code: str) -> Meeting:
    return Meeting(1, code, 2023, 2, LONG_AGO, "Eva", 0, {}, "Eva", "eva", LONG_AGO, None)


@dataclass
class Kitchen:
    """A recipe whose figures the test changes, which counts what is made and refuses at will."""

    version: Hashable = 1
    made: list[str] = field(default_factory=list)
    refusals: list[Exception] = field(default_factory=list)
    at_once: int = 0
    gate: threading.Event = field(default_factory=threading.Event)

    def mark(self, _engine: Engine, _meeting: Meeting) -> Hashable:
        return self.version

    def make(self, _engine: Engine, meeting: Meeting) -> Deck:
        self.at_once += 1
        assert self.at_once == 1
        self.gate.wait(WAIT_SECONDS)
        self.at_once -= 1
        if self.refusals:
            raise self.refusals.pop()
        self.made.append(meeting.code)
        return pack({"views": [meeting.code, self.version]}, 1)


@pytest.fixture
def kitchen() -> Kitchen:
    return Kitchen()


@dataclass
class Table:
    """Where decks are ordered, and come."""

    decks: Decks
    came: Queue
    engine: Engine = field(default_factory=lambda: create_engine("postgresql+psycopg://"))

    def order(self, code: str) -> None:
        self.decks.want(self.engine, meeting(code))

    def wait(self) -> tuple[str, Deck]:
        return self.came.get(timeout=WAIT_SECONDS)


@pytest.fixture
def table(kitchen: Kitchen) -> Iterator[Table]:
    came: Queue = Queue()
    decks = Decks(kitchen, lambda code, deck: came.put((code, deck)))
    yield Table(decks, came)
    kitchen.gate.set()
    decks.stop()


def test_many_who_want_the_same_wait_for_one(kitchen: Kitchen, table: Table):
    together = threading.Barrier(20, timeout=WAIT_SECONDS)

    def order() -> None:
        together.wait()
        table.order("BCDFG")

    threads = [threading.Thread(target=order) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kitchen.gate.set()
    code, deck = table.wait()
    assert (code, kitchen.made) == ("BCDFG", ["BCDFG"])
    assert table.decks.find(deck.hash) is deck


def test_it_is_made_anew_only_when_something_has_changed(kitchen: Kitchen, table: Table):
    kitchen.gate.set()
    hashes = []
    for version in (1, 1, 2):
        kitchen.version = version
        table.order("BCDFG")
        hashes.append(table.wait()[1].hash)
    assert hashes[0] == hashes[1] != hashes[2]
    assert kitchen.made == ["BCDFG"] * 2
    assert all(table.decks.find(hash) for hash in hashes)  # who is late still finds the old


@pytest.mark.parametrize("wanted_again", [False, True])
def test_one_that_cannot_be_made_is_not_tried_again_until_something_changes(
    kitchen: Kitchen, table: Table, wanted_again: bool
):
    kitchen.gate.set()
    kitchen.refusals.append(ValueError("no such figure"))
    table.order("BCDFG")
    assert table.wait() == ("BCDFG", None)
    if wanted_again:
        table.order("BCDFG")
        assert table.wait() == ("BCDFG", None)
    table.order("HJKLM")
    assert table.wait()[0] == "HJKLM"
    assert kitchen.made == ["HJKLM"]
    kitchen.version = 2
    table.order("BCDFG")
    assert table.wait()[0] == "BCDFG"


def test_one_that_the_database_could_not_give_is_tried_again(kitchen: Kitchen, table: Table):
    kitchen.gate.set()
    kitchen.refusals.append(StoreUnavailable("Databasen svarar inte."))
    table.order("BCDFG")
    table.order("HJKLM")
    assert table.wait()[0] == "HJKLM"
    table.order("BCDFG")
    assert table.wait()[0] == "BCDFG"


def test_what_is_shown_is_found_however_many_others_have_been_made_since(
    kitchen: Kitchen, table: Table
):
    kitchen.gate.set()
    table.order("first")
    shown = table.wait()[1]
    for version in range(2, 2 + KEPT_DECKS):
        kitchen.version = version
        table.order("other")
        table.wait()
    kitchen.version = 1
    table.order("first")
    assert table.wait()[1] is shown
    assert table.decks.find(shown.hash) is shown


def test_who_follows_is_told_that_nothing_can_be_shown_until_something_can():
    hub = Hub(lambda: None)
    rooms, topic = Rooms(hub), meeting_topic("BCDFG")

    def told() -> dict:
        asked = current_messages(hub, Listening("cia", frozenset({topic})), WAIT_SECONDS)
        # In a thread of its own: where a browser has been in use, this one has a loop already.
        with ThreadPoolExecutor(1) as thread:
            (message,) = thread.submit(asyncio.run, asked).result()
        return json.loads(message.text("cia"))

    rooms.seen(meeting("BCDFG"))
    rooms.decked("BCDFG", None)
    assert told()["missing"] and "går inte att visa" in told()["sentence"]
    deck = pack({"views": []}, 1)
    for made in (deck, None):  # what is shown stays when nothing newer can be made
        rooms.decked("BCDFG", made)
        assert told()["deck"] == deck.hash


def test_an_agenda_that_is_none_of_ours_is_that_of_the_papers_and_told_of_once(
    loaded_engine: Engine, caplog: pytest.LogCaptureFixture
):
    later = {"order": [], "hidden": [], "scenario": "", "theme": "dark"}
    save_agenda(loaded_engine, 2023, 2, 0, later, "Eva")
    snapshot = read_snapshot(loaded_engine, (2023, 2))
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert read_chosen_agenda(loaded_engine, snapshot) == make_agenda(snapshot)
            assert chosen_scenario(loaded_engine, (2023, 2)) is None
    assert len(caplog.records) == 1 and "version 1" in caplog.text
