"""Decks are made once each, however many want them, and one that cannot be stops no other."""

import threading
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import Queue

import pytest
from harness import WAIT_SECONDS
from sqlalchemy import Engine, create_engine

from gsn_dash.meeting.decks import Deck, Decks, pack
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.meetings import Meeting

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
    if wanted_again:
        table.order("BCDFG")
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
