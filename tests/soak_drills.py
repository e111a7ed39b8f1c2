"""Everything breaks, in its whole number, and what was measured goes to docs/fel.md: `make soak`.

The suite does a small part of it, with seeds of its own.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from balancer import NOT_RUN, find_nginx
from deeds import DEEDS, program
from faults import FAULTS, Endured, endure, ground
from killing import Killed, drive
from machine_faults import CLOCK, FULL, NotRun, fill_disk, move_clock
from soak_imports import papers
from standing import site

from gsn_dash.settings import PROJECT

KILLS, LOST_APPS, LOST_PRIMARIES = 100, 10, 6
PAGE = PROJECT / "docs" / "fel.md"
HEAD = """# När något går sönder

Skriven av `make soak` ({day}, frö {seed}). Varje rad är uppmätt på en dator där allt står: tiderna
är sekunder och beror på datorn. Under varje fel lämnas de senaste siffrorna ut oförändrade, och det
som har kvitterats finns kvar efteråt; annars hade provet inte gått igenom. Vad som lovas och inte
står i [drift.md](drift.md). Inget var halvt, och inget som hade kvitterats var borta.
"""


def kill_all(seed: int, kills: int) -> Iterator[Killed]:
    """Kill whoever keeps something, so many times for each thing that is kept."""
    for deed in DEEDS:
        with papers() as engine:
            yield drive(engine, deed, kills, seed)
    with papers() as engine, TemporaryDirectory() as folder:
        yield drive(engine, program(Path(folder)), kills // 2, seed)


def hurt_all() -> Iterator[Endured | tuple[str, str]]:
    """Every fault of the database and of the machine; (name, why) of what could not be tried."""
    with ground() as made:
        for fault in FAULTS:
            yield endure(made, fault)
    for name, drill in ((FULL, fill_disk), (CLOCK, move_clock)):
        try:
            yield drill()
        except NotRun as problem:
            yield name, str(problem)


def lose_all(seed: int) -> Iterator[tuple[str, list[float]]]:
    """Processes and primaries that die in a meeting: seconds until all were back, by kind."""
    with site() as standing, standing.meeting(seed) as made:
        apps = [standing.lose_app(made) for _ in range(LOST_APPS)]
        yield "En process dödas under ett möte", apps
        lost = []
        for _ in range(LOST_PRIMARIES):
            lost.append(standing.lose_primary(made)[1])
            standing.pair.replicate()
        yield "Den första databasservern dödas under ett möte, reserven tar över", lost


def main() -> None:
    """Print and write the tables; a fault is an AssertionError, with the seed above it.

    Arguments: the seed, and how many are killed of each kind.
    """
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(10_000)
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else KILLS
    lines = HEAD.format(day=date.today(), seed=seed).splitlines()
    print(f"Frö {seed}", flush=True)
    for part in (_killed(seed, kills), _hurt(), _lost(seed)):
        for line in part:
            print(line, flush=True)
            lines.append(line)
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _killed(seed: int, kills: int) -> Iterator[str]:
    yield "\n## Den som sparar dödas (kill -9), när som helst\n"
    yield from _table("Vad som sparas", "dödade", "hann bli hela", "hann kvitteras")
    for found in kill_all(seed, kills):
        yield _row(found.name, found.killed, found.done, found.told)


def _hurt() -> Iterator[str]:
    yield "\n## Databasen och datorn\n"
    heads = "sidorna säger det", "den som sparar får svar", "allt går igen", "svaret"
    yield from _table("Fel", *heads)
    for found in hurt_all():
        if isinstance(found, Endured):
            told = "–" if found.told is None else _seconds(found.told)
            times = told, _seconds(found.answered), _seconds(found.back)
            yield _row(found.name, *times, found.sentence or "–")
        else:
            yield _row(found[0], f"inte kört: {found[1]}", "", "", "")


def _lost(seed: int) -> Iterator[str]:
    yield "\n## Flera servrar\n"
    if find_nginx() is None:
        yield f"{NOT_RUN[0].upper()}{NOT_RUN[1:]}; provens egen fördelare stod i stället.\n"
    yield from _table("Fel", "gånger", "alla tillbaka, median", "som mest")
    for name, seconds in lose_all(seed):
        yield _row(name, len(seconds), _seconds(median(seconds)), _seconds(max(seconds)))


def _table(*heads: str) -> Iterator[str]:
    yield _row(*heads)
    yield _row(*("---" for _ in heads))


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}".replace(".", ",")


if __name__ == "__main__":
    main()
