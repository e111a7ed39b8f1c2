"""A meeting that goes on and on, and one where everything breaks: `make soak`.

First a meeting in peace, where what is watched is memory and how long a step takes. Then one
where servers and the database are killed, and the question is whether everybody comes back to
where the meeting is. The suite runs a short part of both (test_soak.py), with a seed of its own.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from front import in_front
from harness import AppServer, free_port, fresh_state, surroundings
from meeting_client import Browser
from meeting_drill import Drill, drill

from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.embedded.postmaster import find_postmaster

FOLLOWERS = 20
MEGABYTE = 1024 * 1024
MOST_GROWTH = 16 * MEGABYTE


@dataclass
class Hall:
    """A meeting, and the database that it stands on."""

    meeting: Drill
    database: EmbeddedPostgres
    data: Path

    def kill_app(self) -> None:
        self.meeting.kill_app()

    def kill_database(self) -> None:
        """The database dies and is started again."""
        os.kill(find_postmaster(self.data).pid, signal.SIGKILL)
        self.database.ensure_running()


@contextmanager
def hall(seed: int) -> Iterator[Hall]:
    """Two servers on one database behind one address, a meeting, and its followers."""
    with ExitStack() as stack:
        folder = stack.enter_context(fresh_state())
        database = EmbeddedPostgres(folder / "database")
        stack.callback(database.stop)
        where = {"DATABASE_URL": database.ensure_running(), "GSN_STATE": str(folder / "state")}
        apps = [AppServer(surroundings(PORT=str(free_port()), **where)) for _ in range(2)]
        stack.callback(lambda: [app.stop() for app in apps])
        for app in apps:
            app.wait_open()
        ports = [int(app.environ["PORT"]) for app in apps]
        front = stack.enter_context(in_front(free_port(), ports))
        chance = random.Random(seed)
        meeting = stack.enter_context(drill(apps, Browser(front.port), chance, FOLLOWERS))
        with _sleeper(front.port, meeting.code):
            yield Hall(meeting, database, folder / "database" / "postgres" / "data")


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


def in_trouble(made: Hall, faults: int) -> list[tuple[str, float]]:
    """Something breaks, and a step follows: what broke, and how long until all were there."""
    told = []
    for number in range(faults):
        break_it = made.kill_database if number % 2 else made.kill_app
        began = time.monotonic()
        break_it()
        made.meeting.step()
        told.append((break_it.__name__, time.monotonic() - began))
    return told


def main() -> int:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10_000)
    print(f"Frö {seed}, {minutes:g} minuter i lugn och ro, sedan avbrott", flush=True)
    with hall(seed) as made:
        in_peace(made.meeting, 30, 0.2)
        times, memory = in_peace(made.meeting, minutes * 60, 0.5)
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
