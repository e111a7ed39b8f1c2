"""Kill -9 a process that imports, at random moments: afterwards an import is whole, or is not.

The process imports again and again, each time the same cells and months with the next number in
all of them, and says each number when it has been kept.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date

from harness import await_end_of_work, surroundings
from imports_made import SPRING, last_batch, ledger
from papers import kr
from sqlalchemy import Engine

from gsn_dash.domain.drafts import CellDraft, DocumentDraft, Drafts
from gsn_dash.domain.ledger import LedgerEntry
from gsn_dash.settings import PROJECT
from gsn_dash.store.engine import make_engine
from gsn_dash.store.keep import keep
from gsn_dash.store.occasions import list_occasions
from gsn_dash.store.read import read_batches, read_snapshot
from gsn_dash.store.record import Recorded

CELLS, ACCOUNTS = 150, 100
TABLE = "Räknetabellen"
# How many imports a process may finish before the one that it is killed in, or just after.
MOST_WHOLE = 3

IMPORTER = """
import sys
from import_kills import import_on
import_on(sys.argv[1])
"""


@dataclass(frozen=True)
class Kills:
    """How many were killed, how many of them with an import kept that they had not told of yet,
    and how many imports there are; every other process was killed in one that left nothing."""

    killed: int = 0
    kept_untold: int = 0
    imports: int = 0


def numbered(number: int) -> Drafts:
    """An import that says `number` in every cell of a table and every month of a ledger."""
    paper = DocumentDraft("rakning", "Räkning", "bilaga", None, "")
    cells = tuple(
        CellDraft(SPRING, "rakning", TABLE, row, 0, "value", str(number), "")
        for row in range(CELLS)
    )
    entries = (
        LedgerEntry(date(2023, month, 1), str(3000 + place), "", "", "outcome", kr(str(number)))
        for month in range(1, 13)
        for place in range(ACCOUNTS)
    )
    booked = ledger(*entries)
    return Drafts((paper, *booked.documents), cells=cells, ledgers=booked.ledgers, kind="table")


def import_on(url: str) -> None:
    """Import until somebody kills this process; each number is told when it is kept."""
    engine = make_engine(url)
    seen = last_batch(engine)
    print("ready", flush=True)
    while True:
        kept = keep(engine, numbered(seen), "test", "", seen)
        assert isinstance(kept, Recorded), kept
        seen = kept.batch
        print(seen, flush=True)


def drive_import_kills(engine: Engine, count: int, seed: int) -> Kills:
    """Kill `count` importing processes on a database that holds the papers and nothing else.

    Raises AssertionError where an import is there in part, where one that was told is not
    there, or where the next one cannot go on.
    """
    chance, kills = random.Random(seed), Kills()
    for _ in range(count):
        told = _kill_one(engine, chance) or kills.imports + 1
        await_end_of_work(engine)
        shown = assert_whole(engine)
        assert shown in (told, told + 1), f"{told} was told and {shown} is there"
        kills = Kills(kills.killed + 1, kills.kept_untold + (shown > told), shown - 1)
    return kills


def _kill_one(engine: Engine, chance: random.Random) -> int | None:
    """Let a process import, and kill it somewhere in an import; the last number that it told."""
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORTER, url],
        cwd=PROJECT / "tests",
        env=surroundings(PYTHONPATH=str(PROJECT)),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    began = time.monotonic()
    told = [process.stdout.readline() for _ in range(chance.randint(1, MOST_WHOLE))]
    one = (time.monotonic() - began) / len(told)
    time.sleep(chance.uniform(0, 1.2 * one))  # the moment is what is drawn by lot
    process.kill()
    told += process.stdout.read().splitlines(keepends=True)
    process.wait()
    whole = [int(line) for line in told if line.endswith("\n")]
    return whole[-1] if whole else None


def assert_whole(engine: Engine) -> int:
    """Every import is there to its last row, or not at all; returns the number of the last."""
    snapshot, batches = read_snapshot(engine), read_batches(engine)
    last = batches[-1].id
    assert [batch.id for batch in batches] == list(range(1, last + 1))
    assert snapshot.batch in (last, last + 1), "the server still ends the last one"
    if last > 1:
        said = [cell.text for cell in snapshot.cells if cell.table == TABLE]
        assert said == [str(last - 1)] * CELLS
        sums = {row.month.month: row.amount for row in snapshot.ledger.months}
        assert sums == dict.fromkeys(range(1, 13), kr(str((last - 1) * ACCOUNTS)))
        assert snapshot.ledger.batch == last
    assert len(list_occasions(engine)) == 1
    return last
