"""Those who save one thing after another while servers go: all that they were told is kept."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from drafted import draft
from harness import until
from imports_made import correction, entry, last_batch, ledger
from sqlalchemy import Engine, select

from gsn_dash.domain.drafts import Drafts
from gsn_dash.importing.flow import AWAY
from gsn_dash.store.engine import StoreUnavailable, make_engine
from gsn_dash.store.keep import Overtaken, keep
from gsn_dash.store.read import read_batches
from gsn_dash.store.scenarios import create_scenario
from gsn_dash.store.schema_kept import scenario_version
from gsn_dash.store.trouble import told_of

# Saves a number; whether it is kept, or somebody else was first.
Save = Callable[[Engine, int], bool]


@dataclass(frozen=True)
class Kind:
    """Something that is saved, under a number; `found` is how often each number is there."""

    name: str
    save: Save
    found: Callable[[Engine], Counter[int]]


def _scenario(engine: Engine, number: int) -> bool:
    create_scenario(engine, draft(name=f"Scenario {number}", note=str(number)))
    return True


def _scenarios(engine: Engine) -> Counter[int]:
    with engine.connect() as connection:
        return Counter(map(int, connection.execute(select(scenario_version.c.note)).scalars()))


def _keeper(of: str, drafts: Callable[[int], Drafts]) -> Kind:
    """Somebody who imports, and looks again where somebody else was first."""

    def save(engine: Engine, number: int) -> bool:
        with told_of(AWAY, AWAY):
            seen = last_batch(engine)
        done = keep(engine, drafts(number), of, str(number), seen)
        return not isinstance(done, Overtaken)

    def found(engine: Engine) -> Counter[int]:
        return Counter(int(each.note) for each in read_batches(engine) if each.recorded_by == of)

    return Kind(of, save, found)


KINDS = (
    Kind("Scenario", _scenario, _scenarios),
    _keeper("Rättelse", lambda number: correction(str(-number * 1000))),
    _keeper("Inläsning", lambda number: ledger(entry(1, "3010", str(number)))),
)


@dataclass
class Saver:
    """One who saves a number after another, each in a thing of its own, and never the same again:
    `told` are those that were answered as kept; `refused` is what was said of the others."""

    kind: Kind
    engine: Engine
    told: list[int] = field(default_factory=list)
    refused: list[tuple[float, str]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        number = max(self.kind.found(self.engine), default=0)
        while not self.stopping.is_set():
            number += 1
            began = time.monotonic()
            try:
                while not self.kind.save(self.engine, number):
                    pass
            except StoreUnavailable as problem:
                self.refused.append((time.monotonic() - began, problem.sentence))
                time.sleep(0.05)  # nobody presses the button again sooner
            else:
                self.told.append(number)


@contextmanager
def saving(url: str, kinds: Sequence[Kind] = KINDS) -> Iterator[Sequence[Saver]]:
    """Somebody who saves of each kind, while inside; each by a way of their own."""
    savers = [Saver(kind, make_engine(url)) for kind in kinds]
    threads = [threading.Thread(target=saver.run) for saver in savers]
    for thread in threads:
        thread.start()
    try:
        yield savers
    finally:
        for saver in savers:
            saver.stopping.set()
        for saver, thread in zip(savers, threads, strict=True):
            thread.join()
            saver.engine.dispose()


def await_more(savers: Sequence[Saver], count: int) -> None:
    """Until each has been told of so many more that they are kept."""
    wanted = [len(saver.told) + count for saver in savers]
    until(
        lambda: all(len(s.told) >= n for s, n in zip(savers, wanted, strict=True)),
        "everybody to save",
    )


def count_found(savers: Sequence[Saver], url: str) -> int:
    """How many were told to be kept. Fails where one of them is not there, or is there twice."""
    engine = make_engine(url)
    try:
        for saver in savers:
            found = saver.kind.found(engine)
            lost = [number for number in saver.told if found[number] != 1]
            assert not lost, f"{saver.kind.name}: told and not there once: {lost}"
    finally:
        engine.dispose()
    return sum(len(saver.told) for saver in savers)
