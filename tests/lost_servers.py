"""The servers of a pair are lost while somebody saves: what is answered, and what is kept."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
from harness import until
from savers import Saver, await_more, count_found, saving
from servers import Pair, pair

from gsn_dash.operate.load import load_data
from gsn_dash.settings import PROJECT
from gsn_dash.store.engine import make_engine, make_reader
from gsn_dash.store.migrate import migrate
from gsn_dash.store.read import read_version

SAVED = 20


@dataclass(frozen=True)
class Saved:
    """How many were told to be kept, all of which are; how many were told something else, what;
    and seconds until everybody saved again."""

    told: int
    refused: int
    back: float
    sentences: frozenset[str]


@contextmanager
def loaded_pair() -> Iterator[Pair]:
    """A pair of servers with data/ in them."""
    with pair() as made:
        engine = make_engine(made.url)
        migrate(engine)
        assert load_data(engine, PROJECT / "data", by="soak").problems == ()
        engine.dispose()
        yield made


def lose_primary_of_savers(made: Pair) -> Saved:
    """The primary is killed while somebody saves, and the standby takes its place.

    All that was told to be kept, before and after, is on it. The pair has no standby after.
    """
    with saving(made.url) as savers:
        await_more(savers, SAVED)
        made.primary.kill()
        until(lambda: all(saver.refused for saver in savers), "all to be told")
        began = time.monotonic()
        made.fail_over()
        await_more(savers, 1)
        back = time.monotonic() - began
        await_more(savers, SAVED)
    refused = sum(len(saver.refused) for saver in savers)
    return Saved(count_found(savers, made.url), refused, back, _sentences(savers))


def _kill(made: Pair) -> None:
    made.standby.kill()


def _start(made: Pair) -> None:
    made.standby.start()


def _freeze(made: Pair) -> None:
    _signal(made, signal.SIGSTOP)


def _thaw(made: Pair) -> None:
    _signal(made, signal.SIGCONT)


def _signal(made: Pair, number: int) -> None:
    root = psutil.Process(made.standby.process.pid)
    for process in (root, *root.children(recursive=True)):
        os.kill(process.pid, number)


def _restart(made: Pair) -> None:
    made.standby.stop()
    made.standby.start()


def _nothing(made: Pair) -> None:
    """It has come back by itself."""


def _lag(made: Pair) -> None:
    made.standby.ask("SELECT pg_wal_replay_pause()")


def _catch_up(made: Pair) -> None:
    made.standby.ask("SELECT pg_wal_replay_resume()")


@dataclass(frozen=True)
class StandbyFault:
    """What happens to a standby; `refuses` is whether those who save are told something."""

    name: str
    break_it: Callable[[Pair], None]
    mend: Callable[[Pair], None]
    refuses: bool = True


@dataclass(frozen=True)
class Borne:
    """Seconds until who saved was answered, at most; seconds that it took to read the figures;
    and seconds from when the standby was back until everybody saved and was told so."""

    name: str
    answered: float
    read: float
    back: float
    sentence: str


STANDBY_FAULTS = (
    StandbyFault("Reserven dödas och startas", _kill, _start),
    StandbyFault("Reserven står still (inget bryts, inget svarar)", _freeze, _thaw),
    StandbyFault("Reserven startas om", _restart, _nothing, refuses=False),
    StandbyFault("Reserven är efter", _lag, _catch_up, refuses=False),
)


def bear(made: Pair, fault: StandbyFault) -> Borne:
    """Bring it about while somebody saves and somebody reads, and mend it. Fails where what was
    told is not there, or somebody gets no answer."""
    reader = make_reader(made.url)
    read_version(reader)
    try:
        with saving(made.url) as savers:
            await_more(savers, 1)
            fault.break_it(made)
            if fault.refuses:
                until(lambda: all(saver.refused for saver in savers), "all to be told")
            else:
                await_more(savers, SAVED)
            began = time.monotonic()
            assert read_version(reader)
            read = time.monotonic() - began
            fault.mend(made)
            began = time.monotonic()
            await_more(savers, 1)
            back = time.monotonic() - began
        count_found(savers, made.url)
    finally:
        reader.dispose()
    slowest = max((took for saver in savers for took, _ in saver.refused), default=0.0)
    return Borne(fault.name, slowest, read, back, " ".join(sorted(_sentences(savers))))


def _sentences(savers: Sequence[Saver]) -> frozenset[str]:
    return frozenset(sentence for saver in savers for _, sentence in saver.refused)
