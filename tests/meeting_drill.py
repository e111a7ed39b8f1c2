"""A meeting that is followed while what it stands on breaks: who comes back, when, and where."""

from __future__ import annotations

import http.client
import json
import random
import re
import signal
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psutil
from harness import AppServer
from meeting_client import Browser, connect

VIEWS = ("opening", "operating:table", "operating:bridge", "investments:table", "3:decision")
ROWS = ("", "Intäkter", "Kostnader")
BACK_WITHIN = 30.0
_KEY = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}\b")


@dataclass
class Follower:
    """Listens at an address, and comes back by itself as a browser does."""

    port: int
    code: str
    name: str
    trust: ssl.SSLContext | None = None
    place: dict = field(default_factory=dict)
    database: bool = True
    leaving: bool = False

    def start(self) -> Follower:
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def _run(self) -> None:
        while not self.leaving:
            with suppress(OSError, http.client.HTTPException, ValueError):
                self._listen()
            time.sleep(0.2)  # as a browser waits before it asks again

    def _listen(self) -> None:
        connection = connect(self.port, self.trust, 25)
        headers = {"user-agent": self.name}
        connection.request("GET", f"/api/handelser?mote={self.code}", headers=headers)
        for line in connection.getresponse():
            if self.leaving:
                break
            if line.startswith(b"data: "):
                message = json.loads(line[6:])
                self.place = message.get("place", self.place)
                self.database = message.get("database", self.database)
        connection.close()


@dataclass
class Drill:
    """The processes that serve, the address before them, a meeting there and who follows it."""

    apps: list[AppServer]
    presenter: Browser
    code: str
    chance: random.Random
    followers: list[Follower] = field(default_factory=list)
    # The steps that the presenter has been told are kept, by their number.
    kept: list[int] = field(default_factory=list)

    def join(self) -> None:
        name = f"prov {self.chance.random()}"
        presenter = self.presenter
        self.followers.append(Follower(presenter.port, self.code, name, presenter.trust).start())

    def leave(self) -> None:
        """One goes without a word."""
        gone = self.followers.pop(self.chance.randrange(len(self.followers)))
        gone.leaving = True

    def step(self) -> float:
        """Go to another place; seconds until it was taken and everybody was there.

        Fails when that takes longer than anybody would wait, and where a step that was kept
        before is not there any more: the count would go back.
        """
        place = {
            "view": self.chance.choice(VIEWS),
            "row": self.chance.choice(ROWS),
            "levers": {"used_up:total:revenue": self.chance.randrange(200)},
        }
        began = time.monotonic()
        _await(lambda: self._send(place), began, "the step to be taken")
        _await(lambda: all(x.place == place for x in self.followers), began, "the followers")
        return time.monotonic() - began

    def _send(self, place: dict) -> bool:
        try:
            answer = self.presenter.post(f"/api/mote/{self.code}/plats", {"place": place})
        except (OSError, http.client.HTTPException):
            return False
        if answer.status != 200:
            return False
        assert answer.json["sequence"] > max(self.kept, default=0), "what was kept is lost"
        self.kept.append(answer.json["sequence"])
        return True

    def await_told(self, database: bool) -> float:
        """Seconds until everybody has been told that the database is away, or is back."""
        began = time.monotonic()
        _await(lambda: all(x.database is database for x in self.followers), began, "the word")
        return time.monotonic() - began

    def kill_app(self) -> None:
        """One of the processes dies, and is started again at the same port."""
        place = self.chance.randrange(len(self.apps))
        self.apps[place].stop(signal.SIGKILL)
        self.start_again(place)

    def start_again(self, place: int) -> None:
        """As systemd does with a process that has died."""
        self.apps[place] = AppServer(self.apps[place].environ).wait_open()

    def memory(self) -> int:
        """Bytes that the processes hold."""
        return sum(psutil.Process(app.process.pid).memory_info().rss for app in self.apps)


def _await(condition: Callable[[], bool], began: float, what: str) -> None:
    while not condition():
        assert time.monotonic() - began < BACK_WITHIN, f"waited in vain for {what}"
        time.sleep(0.005)


@contextmanager
def drill(
    apps: list[AppServer], presenter: Browser, chance: random.Random, followers: int
) -> Iterator[Drill]:
    """A meeting where `presenter` comes in, which leads to one of `apps`, and who follows it."""
    made = Drill(apps, presenter, presenter.start("Provet"), chance)
    for _ in range(followers):
        made.join()
    try:
        yield made
    finally:
        for follower in made.followers:
            follower.leaving = True


def key_of(app: AppServer) -> str:
    """The key that it printed when it started, which opens once."""
    return next(found[0] for line in app.lines if (found := _KEY.search(line)))
