"""Imports that are killed with kill -9: each leaves all of itself, or nothing.

The suite drives a few, `make soak` a hundred.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from harness import await_end_of_work, surroundings
from import_files import filled_template
from sqlalchemy import Engine, func, select

from gsn_dash.settings import PROJECT
from gsn_dash.store import schema
from gsn_dash.store.engine import make_engine
from gsn_dash.store.read import read_snapshot

# Looks at the file, says so, and keeps it when told to.
_IMPORTER = """
import sys
from gsn_dash.importing import flow
from gsn_dash.ingest.opened import Choices
from gsn_dash.store.engine import make_engine
engine = make_engine(sys.argv[1])
content = sys.stdin.buffer.read(int(sys.argv[2]))
seen = flow.look(engine, flow.begin("mall.xlsx", content), Choices())
assert seen.can_keep
print("looked", flush=True)
sys.stdin.buffer.read(1)
flow.keep_look(engine, seen, "Eva Ek", "")
print("kept", flush=True)
"""
# A template with that many changed cells; keeping it takes some tens of milliseconds.
_CELLS = [("Driftbudget", f"{column}{row}") for column in "DEGH" for row in (4, 5)]
_LONGEST_SECONDS = 0.06


def drive_kills(url: str, count: int, seed: int) -> list[bool]:
    """Import `count` files into the database and kill each import; whether each was kept.

    Asserts after each that the database holds all of the file or nothing of it.
    """
    chance, engine, outcomes = random.Random(seed), make_engine(url), []
    try:
        for turn in range(count):
            outcomes.append(_kill_once(engine, url, turn, chance))
    finally:
        engine.dispose()
    return outcomes


def _kill_once(engine: Engine, url: str, turn: int, chance: random.Random) -> bool:
    before = read_snapshot(engine)
    signs = [1, -1, 1, -1] * 2
    values = {
        cell: sign * (30 + turn + number / 10)
        for number, (cell, sign) in enumerate(zip(_CELLS, signs, strict=True))
    }
    rows = _count(engine)
    _import_and_kill(url, filled_template(before, values), chance.uniform(0, _LONGEST_SECONDS))
    await_end_of_work(engine)
    after, new = read_snapshot(engine), _count(engine)
    is_kept = after.batch != before.batch
    changed = sum(f != before.operating.get(key) for key, f in after.operating.items())
    assert changed == (len(_CELLS) if is_kept else 0), f"half kept: {changed} of {len(_CELLS)}"
    assert new[0] - rows[0] == new[1] - rows[1] == int(is_kept)
    return is_kept


def _import_and_kill(url: str, content: bytes, seconds: float) -> None:
    importer = subprocess.Popen(
        [sys.executable, "-c", _IMPORTER, url, str(len(content))],
        cwd=Path(PROJECT),
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        importer.stdin.write(content)
        importer.stdin.flush()
        assert importer.stdout.readline() == b"looked\n"
        importer.stdin.write(b"!")
        importer.stdin.flush()
        # The very moment is chance's: anywhere from before the first row to after the commit.
        time.sleep(seconds)
    finally:
        importer.kill()
        importer.wait()
        importer.stdin.close()
        importer.stdout.close()


def _count(engine: Engine) -> tuple[int, int]:
    """How many imports there are, and how many files of theirs."""
    with engine.connect() as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (schema.import_batch, schema.import_file.alias())
        )
