"""A meeting that goes on and on, and one where everything breaks: `make soak`.

First a meeting in peace, where what is watched is memory and how long a step takes. Then one
where servers and the database are killed, and the question is whether everybody comes back to
where the meeting is. The suite runs a short part of both (test_soak.py), with a seed of its own.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from front import Front, in_front
from harness import AppServer, free_port, fresh_state, surroundings
from meeting_client import Browser

from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.embedded.postmaster import find_postmaster

VIEWS = ("opening", "operating:table", "operating:bridge", "investments:table", "3:decision")
ROWS = ("", "Intäkter", "Kostnader")
FOLLOWERS = 20
BACK_WITHIN = 30.0
MEGABYTE = 1024 * 1024
MOST_GROWTH = 16 * MEGABYTE


@dataclass
class Follower:
    """Listens at the front's address, and comes back by itself as a browser does."""

    port: int
    code: str
    place: dict = field(default_factory=dict)
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
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=25)
        connection.request("GET", f"/api/handelser?mote={self.code}")
        for line in connection.getresponse():
            if self.leaving:
                break
            if line.startswith(b"data: "):
                message = json.loads(line[6:])
                self.place = message.get("place", self.place)
        connection.close()


@dataclass
class Drill:
    """The servers, the front before them, a meeting and who follows it."""

    state: Path
    database: EmbeddedPostgres
    apps: list[AppServer]
    front: Front
    presenter: Browser
    code: str
    chance: random.Random
    followers: list[Follower] = field(default_factory=list)

    def join(self) -> None:
        self.followers.append(Follower(self.front.port, self.code).start())

    def leave(self) -> None:
        """One goes without a word."""
        gone = self.followers.pop(self.chance.randrange(len(self.followers)))
        gone.leaving = True

    def step(self) -> float:
        """Go to another place; seconds until it was taken and everybody was there.

        Fails when that takes longer than anybody would wait.
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
        return answer.status == 200

    def kill_app(self) -> None:
        """One of the servers dies, and is started again at the same port."""
        place = self.chance.randrange(len(self.apps))
        app = self.apps[place]
        app.stop(signal.SIGKILL)
        self.apps[place] = AppServer(app.environ).wait_open()

    def kill_database(self) -> None:
        """The database dies and is started again."""
        os.kill(find_postmaster(self.state / "postgres" / "data").pid, signal.SIGKILL)
        self.database.ensure_running()

    def memory(self) -> int:
        """Bytes that the servers hold."""
        return sum(psutil.Process(app.process.pid).memory_info().rss for app in self.apps)


def _await(condition: Callable[[], bool], began: float, what: str) -> None:
    while not condition():
        assert time.monotonic() - began < BACK_WITHIN, f"waited in vain for {what}"
        time.sleep(0.005)


@contextmanager
def drill(seed: int) -> Iterator[Drill]:
    """Two servers on one database behind one address, a meeting, and its followers."""
    with ExitStack() as stack:
        folder = stack.enter_context(fresh_state())
        database = EmbeddedPostgres(folder / "database")
        stack.callback(database.stop)
        where = {"DATABASE_URL": database.ensure_running(), "GSN_STATE": str(folder / "state")}
        apps = [AppServer(surroundings(PORT=str(free_port()), **where)) for _ in range(2)]
        for app in apps:
            app.wait_open()
        ports = [int(app.environ["PORT"]) for app in apps]
        front = stack.enter_context(in_front(free_port(), ports))
        presenter = Browser(front.port)
        code = presenter.start("Provet")
        chance = random.Random(seed)
        made = Drill(folder / "database", database, apps, front, presenter, code, chance)
        stack.callback(lambda: [app.stop() for app in made.apps])
        for _ in range(FOLLOWERS):
            made.join()
        with _sleeper(front.port, code):
            yield made
        for follower in made.followers:
            follower.leaving = True


@contextmanager
def _sleeper(port: int, code: str) -> Iterator[None]:
    """A laptop that has fallen asleep: it is connected, and reads nothing."""
    with socket.create_connection(("127.0.0.1", port)) as asleep:
        asleep.sendall(f"GET /api/handelser?mote={code} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        yield


def in_peace(made: Drill, seconds: float, every: float) -> tuple[list[float], list[int]]:
    """Steps, and now and then one who leaves and one who comes: times taken, memory at times."""
    times, memory = [], []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        times.append(made.step())
        if made.chance.random() < 0.2:
            made.leave()
            made.join()
        if len(times) % 20 == 1:
            memory.append(made.memory())
        time.sleep(every)
    return times, memory


def in_trouble(made: Drill, faults: int) -> list[tuple[str, float]]:
    """Something breaks, and a step follows: what broke, and how long until all were there."""
    told = []
    for number in range(faults):
        break_it = made.kill_database if number % 2 else made.kill_app
        began = time.monotonic()
        break_it()
        made.step()
        told.append((break_it.__name__, time.monotonic() - began))
    return told


def main() -> int:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10_000)
    print(f"Frö {seed}, {minutes:g} minuter i lugn och ro, sedan avbrott", flush=True)
    with drill(seed) as made:
        in_peace(made, 30, 0.2)
        times, memory = in_peace(made, minutes * 60, 0.5)
        _report(sorted(times), memory)
        told = in_trouble(made, max(6, int(minutes / 2)))
        for what, seconds in told:
            print(f"{what}: alla tillbaka efter {seconds:.1f} s")
    return 0 if memory[-1] - memory[0] < MOST_GROWTH else 1


def _report(times: list[float], memory: list[int]) -> None:
    middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
    took = f"median {middle * 1000:.0f} ms, p95 {late * 1000:.0f} ms, mest {times[-1]:.2f} s"
    grown = (memory[-1] - memory[0]) / MEGABYTE
    print(f"{len(times)} steg till {FOLLOWERS} som följer: {took}")
    print(f"Minne, båda servrarna: {memory[0] / MEGABYTE:.0f} MB, {grown:+.1f} MB till slutet")


if __name__ == "__main__":
    raise SystemExit(main())
