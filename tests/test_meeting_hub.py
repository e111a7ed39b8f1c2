"""The stream by itself, over real sockets: latest of each topic, nothing kept for the slow."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
import uvicorn
from harness import WAIT_SECONDS, until
from meeting_client import Stream
from starlette.applications import Starlette
from starlette.routing import Route

from gsn_dash.meeting.decks import pack
from gsn_dash.meeting.messages import MeetingMessage, Plain
from gsn_dash.meeting.stream import EventStream, Hub, Listening
from gsn_dash.store.columns import ERASED
from gsn_dash.store.meetings import Ask, Meeting

TOPICS = frozenset({"a", "b"})


@dataclass
class Station:
    """A served hub, and how many times it has told that somebody came or went."""

    port: int = 0
    changes: list[None] = field(default_factory=list)
    hub: Hub = field(init=False)

    def __post_init__(self) -> None:
        self.hub = Hub(lambda: self.changes.append(None))

    def listen(self) -> Stream:
        return Stream(self.port, "/", {})


@pytest.fixture
def station() -> Iterator[Station]:
    station = Station()

    async def listen(_request: object) -> EventStream:
        return EventStream(station.hub, Listening("mark", TOPICS, TOPICS))

    app = Starlette(routes=[Route("/", listen)])
    config = uvicorn.Config(app, host="localhost", port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    opened = threading.Event()

    async def run() -> None:
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        station.port = server.servers[0].sockets[0].getsockname()[1]
        opened.set()
        await serving

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert opened.wait(WAIT_SECONDS)
    yield station
    station.hub.shut()
    server.should_exit = True
    thread.join(WAIT_SECONDS)
    assert not thread.is_alive()


def number(topic: str, at: int, padding: str = "") -> Plain:
    return Plain(topic, (("at", at), ("padding", padding)))


def test_who_comes_late_hears_the_latest_of_each_topic_at_once(station: Station):
    for at in range(3):
        station.hub.publish(number("a", at))
    station.hub.publish(number("b", 7))
    stream = station.listen()
    heard = {topic: stream.next(topic) for topic in "ab"}
    assert (heard["a"]["at"], heard["b"]["at"]) == (2, 7)
    stream.close()


def test_what_is_published_from_another_thread_is_heard_and_other_topics_are_not(
    station: Station,
):
    stream = station.listen()
    until(lambda: station.hub.connections == 1, "the connection")
    station.hub.publish(number("c", 1))
    station.hub.publish(number("a", 2))
    assert stream.next("a")["at"] == 2
    assert {message["topic"] for message in stream.heard} == {"a"}
    stream.close()


def test_a_slow_reader_is_given_the_newest_and_not_all_that_it_missed(station: Station):
    sock = socket.create_connection(("localhost", station.port), WAIT_SECONDS)
    sock.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    until(lambda: station.hub.connections == 1, "the connection")
    padding, count = "x" * 100_000, 2_000
    for at in range(count):
        station.hub.publish(number("a", at, padding))
    # The loop has handed out all of it once another reader has the last.
    other = station.listen()
    assert other.next("a", lambda message: message["at"] == count - 1)
    read, last = 0, b""
    while f'"at":{count - 1},'.encode() not in last:
        part = sock.recv(1 << 20)
        read, last = read + len(part), (last + part)[-300_000:]
    assert read < 20_000_000  # what systems hold on the way, of the 200 MB that were told
    sock.close()
    other.close()


def test_nothing_is_left_of_who_goes_away(station: Station):
    streams = [station.listen() for _ in range(20)]
    until(lambda: station.hub.connections == 20, "the connections")
    assert station.hub.followers() == {"a": {"mark"}, "b": {"mark"}}
    for stream in streams:
        stream.close()
    until(lambda: station.hub.connections == 0, "all to be gone")
    assert station.hub.followers() == {} and station.hub.topics() == set()
    assert len(station.changes) == 40


def test_who_goes_away_in_the_middle_of_a_message_leaves_nothing_either(station: Station):
    sock = socket.create_connection(("localhost", station.port), WAIT_SECONDS)
    sock.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    until(lambda: station.hub.connections == 1, "the connection")
    station.hub.publish(number("a", 1, "x" * 30_000_000))  # more than fits on the way
    sock.recv(1)
    sock.close()
    until(lambda: station.hub.connections == 0, "it to be gone")


def test_the_end_ends_every_stream_and_lets_nobody_in(station: Station):
    streams = [station.listen() for _ in range(5)]
    until(lambda: station.hub.connections == 5, "the connections")
    station.hub.shut()
    for stream in streams:
        stream.wait_end()
        stream.close()
    late = station.listen()
    late.wait_end()
    late.close()
    until(lambda: station.hub.connections == 0, "all to be gone")


def test_a_message_is_written_once_for_all_that_hear_the_same():
    long_ago = datetime(2023, 5, 8, tzinfo=UTC)
    place = {"view": "opening", "row": "", "levers": {}}
    meeting = Meeting(1, "BCDFG", 2023, 2, long_ago, "Eva", 3, place, "Eva", "eva", long_ago, None)
    message = MeetingMessage(meeting, pack({"views": []}, 1), (Ask(9, "Bo", "bo", long_ago),))
    assert message.text("cia") is message.text("dan")
    told = {name: json.loads(message.text(name)) for name in ("eva", "bo", "cia")}
    assert [told[name]["role"] for name in told] == ["presenter", "follower", "follower"]
    assert [told[name]["asked"] for name in told] == [False, True, False]
    assert [told[name]["asks"] for name in told] == [[{"id": 9, "name": "Bo"}], [], []]
    nameless = replace(message, meeting=replace(meeting, presenter=ERASED))
    assert nameless.says_more_than(message)
    plain = number("a", 1)
    assert plain.text("eva") is plain.text("bo")
