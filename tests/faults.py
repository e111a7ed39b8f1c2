"""What can happen to a database, and what the site does meanwhile: one shape for all of it.

Each fault is brought about on an app with a server of its own and a meeting going on, and mended
again. Meanwhile the last good figures are handed out and who saves is told in a sentence; after
it everything goes on by itself, from where it was.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import psutil
import psycopg
from front import Front, in_front
from harness import AppServer, free_port, fresh_state, surroundings, until
from meeting_client import Answer, Browser, Stream
from servers import Server, alone, url_of

TABLE = "operating:table"
_OURS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gsn_dash'"
)
FIGURES = "/oppna-data/v1/uppgifter.csv"


@dataclass
class Ground:
    """An app, its server, and a meeting there; `held` is what a fault has taken hold of."""

    server: Server
    wire: Front
    app: AppServer
    presenter: Browser
    code: str
    news: Stream
    kept: int = 0
    held: ExitStack = field(default_factory=ExitStack)

    def figures(self) -> bytes:
        """The figures in force as anybody may fetch them."""
        answer = self.presenter.get(FIGURES)
        assert answer.status == 200, answer.text
        return answer.body

    def step(self) -> Answer:
        """The presenter tries to go on."""
        answer = self.presenter.step(self.code, TABLE, "", used_up=self.kept)
        if answer.status == 200:
            assert answer.json["sequence"] > self.kept, "a step that was kept is lost"
            self.kept = answer.json["sequence"]
        return answer

    def await_word(self, ok: bool) -> None:
        """Until browsers are told that the database is there, or is not."""
        self.news.next("figures", lambda message: message["ok"] is ok)


@dataclass(frozen=True)
class Fault:
    """`name` in Swedish; what brings it about, what mends it, whether pages tell of it, and
    whether the suite has the time for it."""

    name: str
    break_it: Callable[[Ground], None]
    mend: Callable[[Ground], None]
    is_told: bool = True
    is_quick: bool = False


@dataclass(frozen=True)
class Endured:
    """Seconds until pages said it (None where they have nothing to say), until somebody who saved
    was answered, and from when it was mended until the meeting went on; and the sentence."""

    name: str
    told: float | None
    answered: float
    back: float
    sentence: str


def endure(ground: Ground, fault: Fault) -> Endured:
    """Bring a fault about, see what the site does, and mend it. Fails where anything is lost."""
    figures, began = ground.figures(), time.monotonic()
    fault.break_it(ground)
    told = None
    if fault.is_told:
        ground.await_word(ok=False)
        told = time.monotonic() - began
    assert ground.figures() == figures, "the last good figures are not handed out"
    asked = time.monotonic()
    refused = ground.step()
    answered = time.monotonic() - asked
    assert refused.status == 503, refused.text
    sentence = refused.json["sentence"]
    assert sentence.endswith(".") and "Traceback" not in sentence
    mended = time.monotonic()
    fault.mend(ground)
    until(lambda: ground.step().status == 200, "the meeting to go on")
    back = time.monotonic() - mended
    if fault.is_told:
        ground.await_word(ok=True)
    assert ground.figures() == figures
    return Endured(fault.name, told, answered, back, sentence)


@contextmanager
def ground(**environment: str) -> Iterator[Ground]:
    """A server, an app on it by a wire, with data/, and a meeting; `environment` is the app's."""
    with ExitStack() as stack:
        server = stack.enter_context(alone())
        wire = stack.enter_context(in_front(free_port(), [server.port]))
        folder = stack.enter_context(fresh_state())
        own = {"PORT": str(free_port()), "GSN_STATE": str(folder), **environment}
        app = AppServer(surroundings(DATABASE_URL=url_of(f"127.0.0.1:{wire.port}"), **own))
        stack.callback(app.stop)
        presenter = Browser(int(app.wait_open().environ["PORT"]))
        code = presenter.start("Provet")
        made = Ground(server, wire, app, presenter, code, presenter.follow(code))
        stack.callback(presenter.leave)
        stack.enter_context(made.held)
        made.await_word(ok=True)
        yield made


def _stop(made: Ground) -> None:
    made.server.stop()


def _kill(made: Ground) -> None:
    made.server.kill()


def _start(made: Ground) -> None:
    made.server.start()


def _signal(made: Ground, number: int) -> None:
    root = psutil.Process(made.server.process.pid)
    for process in (root, *root.children(recursive=True)):
        os.kill(process.pid, number)


def _freeze(made: Ground) -> None:
    """As when its disk, or its machine, stands still: nothing is cut, and nothing is answered."""
    _signal(made, signal.SIGSTOP)


def _thaw(made: Ground) -> None:
    _signal(made, signal.SIGCONT)


def _take_places(made: Ground) -> None:
    """Others take every connection that the server has, when ours have been cut off."""
    own = psycopg.connect(made.server.url, autocommit=True)
    made.held.callback(own.close)
    until(lambda: _take_one(made) is False, "the places to be taken")
    while own.execute(_OURS).fetchone():
        until(lambda: _take_one(made) is False, "the places to be taken")


def _take_one(made: Ground) -> bool:
    try:
        taken = psycopg.connect(made.server.url)
    except psycopg.OperationalError:
        return False
    made.held.callback(taken.close)
    return True


def _let_go(made: Ground) -> None:
    made.held.close()


def _lock(made: Ground) -> None:
    """Somebody has locked what a step writes, and more wait for it than the app has ways in."""
    holder = made.held.enter_context(psycopg.connect(made.server.url))
    holder.execute("LOCK TABLE meeting_now")


def _cut(made: Ground) -> None:
    """The network to the database is gone; who connects is refused."""
    made.wire.ports = []
    made.server.tell(_OURS)


def _join_again(made: Ground) -> None:
    made.wire.ports = [made.server.port]


def _slow(made: Ground) -> None:
    made.wire.delay = 2.0


def _quick(made: Ground) -> None:
    made.wire.delay = 0.0


FAULTS = (
    Fault("Databasen stängs av och startas", _stop, _start),
    Fault("Databasen dödas och startas", _kill, _start, is_quick=True),
    Fault("Databasen står still (inget bryts, inget svarar)", _freeze, _thaw),
    Fault("Nätet till databasen är borta", _cut, _join_again),
    Fault("Databasen svarar långsamt (2 s åt vart håll)", _slow, _quick, is_told=False),
    Fault("Alla databasens platser är tagna av andra", _take_places, _let_go, is_quick=True),
    Fault("Någon låser det som ska sparas", _lock, _let_go, is_told=False, is_quick=True),
)
