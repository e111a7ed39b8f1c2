"""Server-sent events: who listens to what, and of each topic the latest message alone."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from starlette.types import Receive, Scope, Send

from gsn_dash.meeting.messages import PULSE, Message

PULSE_SECONDS = 10
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    # A proxy that collects what is sent would hold back every step.
    (b"x-accel-buffering", b"no"),
]


@dataclass(frozen=True)
class Listening:
    """What one connection wants: its topics, those of them that it follows, whose it is.

    `told` is what it is told at once, whatever comes.
    """

    mark: str
    topics: frozenset[str]
    followed: frozenset[str] = frozenset()
    told: tuple[Message, ...] = ()


class Mailbox:
    """What waits to be sent on one connection; a later message replaces one of its topic.

    So a reader that is slow, or asleep, costs at most a message for each topic.
    """

    def __init__(self, listening: Listening) -> None:
        self.listening = listening
        self._waiting: dict[str, Message] = {}
        self._arrived = asyncio.Event()
        self._is_shut = False

    def put(self, message: Message) -> None:
        self._waiting[message.topic] = message
        self._arrived.set()

    def shut(self) -> None:
        """Nothing more comes; who waits in `take` is let go."""
        self._is_shut = True
        self._arrived.set()

    async def take(self) -> list[Message]:
        """All that has come, when something has; nothing when the box is shut."""
        await self._arrived.wait()
        if self._is_shut:
            return []
        self._arrived.clear()
        taken = list(self._waiting.values())
        self._waiting.clear()
        return taken


class Hub:
    """Hands each message to every connection that listens to its topic.

    `publish`, `forget`, `topics`, `followers` and `shut` may be called from any thread; the
    rest belongs to the event loop that serves the connections. `changed` is called, on the
    loop, when a connection has come or gone.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._lock = threading.Lock()
        self._latest: dict[str, Message] = {}
        self._boxes: set[Mailbox] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pulse: asyncio.TimerHandle | None = None
        self._is_shut = False

    def publish(self, message: Message) -> None:
        """Let it be the latest of its topic, and send it to whoever listens."""
        with self._lock:
            self._latest[message.topic] = message
            self._call(self._deliver, message.topic)

    def forget(self, topic: str) -> None:
        """Let the topic have no message, for who comes from now on."""
        with self._lock:
            self._latest.pop(topic, None)

    def topics(self) -> set[str]:
        """The topics that anyone listens to."""
        with self._lock:
            return {topic for box in self._boxes for topic in box.listening.topics}

    def followers(self) -> dict[str, set[str]]:
        """Of each topic that is followed, the marks of the browsers that do."""
        found: dict[str, set[str]] = {}
        with self._lock:
            for box in self._boxes:
                for topic in box.listening.followed:
                    found.setdefault(topic, set()).add(box.listening.mark)
        return found

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._boxes)

    def shut(self) -> None:
        """End every connection now, and take no new ones."""
        with self._lock:
            self._is_shut = True
            self._call(self._shut_boxes)

    def open(self, listening: Listening) -> Mailbox:
        """A mailbox for a new connection, with the latest of each of its topics in it."""
        box = Mailbox(listening)
        with self._lock:
            self._loop = asyncio.get_running_loop()
            self._boxes.add(box)
            for topic in listening.topics & self._latest.keys():
                box.put(self._latest[topic])
        for message in listening.told:
            box.put(message)
        if self._is_shut:
            box.shut()
        if self._pulse is None:
            self._pulse = self._loop.call_later(PULSE_SECONDS, self._beat)
        self._changed()
        return box

    def close(self, box: Mailbox) -> None:
        """The connection has gone."""
        with self._lock:
            self._boxes.discard(box)
        self._changed()

    def _call(self, work: Callable, *arguments: object) -> None:
        if self._loop is not None:
            # At the end the loop may be gone, and with it everybody who listened.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(work, *arguments)

    def _deliver(self, topic: str) -> None:
        # What is the latest by now: of many messages that came at once only one is handed out.
        with self._lock:
            message = self._latest.get(topic)
            boxes = [box for box in self._boxes if topic in box.listening.topics]
        if message is not None:
            for box in boxes:
                box.put(message)

    def _beat(self) -> None:
        boxes: Iterable[Mailbox] = tuple(self._boxes)
        for box in boxes:
            box.put(PULSE)
        self._pulse = self._loop.call_later(PULSE_SECONDS, self._beat) if boxes else None

    def _shut_boxes(self) -> None:
        for box in tuple(self._boxes):
            box.shut()


class EventStream:
    """The answer that goes on for as long as the browser listens."""

    def __init__(self, hub: Hub, listening: Listening) -> None:
        self._hub = hub
        self._listening = listening

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        box = self._hub.open(self._listening)
        leaving = asyncio.create_task(_await_leave(receive, box))
        try:
            while messages := await box.take():
                body = "".join(f"data: {each.text(self._listening.mark)}\n\n" for each in messages)
                await send({"type": "http.response.body", "body": body.encode(), "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            leaving.cancel()
            self._hub.close(box)


async def _await_leave(receive: Receive, box: Mailbox) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    box.shut()


async def current_messages(hub: Hub, listening: Listening, seconds: float) -> list[Message]:
    """The latest message of every topic, for who asks instead of listening.

    Waits at most so long for those that nobody has asked for before.
    """
    box = hub.open(listening)
    found: dict[str, Message] = {}
    wanted = listening.topics | {message.topic for message in listening.told}
    try:
        async with asyncio.timeout(seconds):
            while wanted - found.keys():
                taken = await box.take()
                if not taken:
                    break
                found.update((message.topic, message) for message in taken)
    except TimeoutError:
        pass  # what has not come by now is asked for again
    finally:
        hub.close(box)
    return [found[topic] for topic in sorted(wanted & found.keys())]
