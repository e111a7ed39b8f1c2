"""Kill -9 `python -m gsn_dash import` wherever it is: starting, reading, asking, keeping.

Each file is a ledger of one year that says the next number in every month, so that what is in
force tells which file was kept, and whether all of it was.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import psutil
from harness import await_end_of_work, surroundings, until
from papers import kr
from sqlalchemy import Engine

from gsn_dash.domain.ledger import REVENUE
from gsn_dash.settings import PROJECT
from gsn_dash.store.read import read_batches, read_snapshot

VOUCHERS = 40


def write_file(folder: Path, number: int) -> Path:
    """A SIE file whose every month has a revenue of VOUCHERS times `number` kr."""
    head = (
        "#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#PROGRAM Prov 1\n#GEN 20230105\n#FNAMN GSN\n"
        "#RAR 0 20230101 20231231\n#KONTO 3010 Avgifter\n#KONTO 1910 Kassa\n"
    )
    vouchers = (
        f"#VER A {month * 100 + place} 2023{month:02}15\n"
        f"{{\n#TRANS 3010 {{}} -{number}.00\n#TRANS 1910 {{}} {number}.00\n}}\n"
        for month in range(1, 13)
        for place in range(VOUCHERS)
    )
    path = folder / f"bok-{number}.se"
    path.write_text(head + "".join(vouchers), encoding="ascii")
    return path


def drive_program_kills(engine: Engine, folder: Path, count: int, seed: int) -> int:
    """Kill `count` programs, each importing a file of its own; returns how many files were kept.

    Raises AssertionError where a file is there in part, and where a child is left behind.
    """
    chance, longest = random.Random(seed), _whole_run(engine, folder)
    kept = assert_whole(engine)
    for number in range(2, count + 2):
        process = _start(engine, write_file(folder, number))
        time.sleep(chance.uniform(0, longest))  # the moment is what is drawn by lot
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.communicate()
        until(lambda c=children: not any(map(_lives, c)), "the children of a killed program")
        await_end_of_work(engine)
        shown = assert_whole(engine)
        assert shown in (kept, number), f"{shown} is neither the last file nor this"
        kept = shown
    return len(read_batches(engine)) - 1


def _whole_run(engine: Engine, folder: Path) -> float:
    """How many seconds the program takes when nobody kills it."""
    began = time.monotonic()
    process = _start(engine, write_file(folder, 1))
    said, complained = process.communicate()
    assert process.returncode == 0, said + complained
    return time.monotonic() - began


def _start(engine: Engine, path: Path) -> subprocess.Popen:
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-m", "gsn_dash", "import", str(path), "--yes"],
        cwd=PROJECT,
        env=surroundings(DATABASE_URL=url),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _lives(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def assert_whole(engine: Engine) -> int:
    """One file is in force to its last month; returns its number."""
    rows = [row for row in read_snapshot(engine).ledger.months if row.item == REVENUE]
    assert [row.month.month for row in rows] == list(range(1, 13))
    (amount,) = {row.amount for row in rows}
    number = int(amount.kr) // VOUCHERS
    assert amount == kr(str(number * VOUCHERS))
    return number
