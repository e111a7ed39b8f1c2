"""Measures what the server does for a page: what it imports, what a rerun costs, and its memory.

Run by `make bench`. What a page imports is asked of the server itself, after its start and after
each page (telling/sitecustomize.py): the large packages may come only with what needs them, and
those that nothing of ours needs not at all. A rerun is the processor's time that the server takes
to draw an open page anew, in Tänk om also with a lever that has moved. The memory is the server's
while sessions come and go; what counts is how it grows in the later half of them.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression

from harness import fresh_state, until
from promised import judge, say_load
from served import HERE, Site, served_app
from sessions import Viewer, join_all, leave_all

from gsn_dash.web.site import PAGES

RERUNS, SESSIONS, BATCH = 40, 1000, 25
# So many come first: Streamlit keeps the last 128 that have left, and Python its memory.
WARMING = 500
# What is promised: milliseconds of a rerun, and kB that the memory grows with each session. One
# that were kept would be hundreds of kB; what the system says of memory varies by some MB.
RERUN_MS, MOST_GROWTH = 25.0, 10.0
LEVER, POSITIONS = "used_up", (37, 60)
# Packages that take time or memory to import, which are not needed for all; plotly is not among
# them: Streamlit imports it at its start where it is installed.
LARGE = {
    *("altair", "docx", "lxml", "matplotlib", "numpy", "openpyxl", "pandas", "pyarrow", "pydeck"),
    *("python_calamine", "scipy", "segno", "typst", "xlsxwriter"),
}
# What is needed by which page or file. An import is read in a process of its own.
NEEDED = {
    "tank-om": {"numpy"},
    "hamta/tabell/driftbudget.xlsx": {"xlsxwriter"},
    "hamta/bild/driftbudget-period.png": {"typst"},
}


@dataclass
class Imports:
    """What the server at `site` has imported; it writes it to `told` when it is asked."""

    site: Site
    told: Path

    def large(self) -> set[str]:
        """The large packages that are there now."""
        self.told.unlink(missing_ok=True)
        self.site.process.send_signal(signal.SIGUSR1)
        until(self.told.exists, "what the server has imported")
        return LARGE & {name.split(".")[0] for name in self.told.read_text().split()}


async def look(url: str) -> None:
    viewer = Viewer(url)
    await viewer.join()
    await viewer.leave()


async def fetch(url: str) -> None:
    with urllib.request.urlopen(url) as answer:
        answer.read()


async def measure_imports(imports: Imports) -> dict[str, set[str]]:
    """What came that was not needed, by what was opened when it came."""
    before, unneeded = imports.large(), {}
    print(f"Efter starten: {imports.site.megabytes():.0f} MB, {_names(before)}")
    if before:
        unneeded["starten"] = before
    opened: list[tuple[str, Callable[[str], Awaitable[None]]]] = [(page, look) for page in PAGES]
    opened += [(path, fetch) for path in NEEDED if path not in PAGES]
    for path, how in opened:
        await how(f"{imports.site.url}/{path}")
        now = imports.large()
        if now - before:
            print(f"  /{path}: {imports.site.megabytes():.0f} MB, {_names(now - before)}")
        if now - before - NEEDED.get(path, set()):
            unneeded[f"/{path}"] = now - before - NEEDED.get(path, set())
        before = now
    print(f"Efter alla sidor: {imports.site.megabytes():.0f} MB")
    return unneeded


def _names(packages: set[str]) -> str:
    return ", ".join(sorted(packages)) or "inget stort"


async def measure_reruns(site: Site) -> dict[str, float]:
    """Milliseconds of the server's processor that a rerun takes, page by page."""
    found = {}
    for page, title in PAGES.items():
        viewer = Viewer(f"{site.url}/{page}")
        await viewer.join()
        found[title] = await _cost(site, viewer.rerun)
        if page == "tank-om":
            found[f"{title} ett reglage"] = await _cost(site, _lever(viewer))
        await viewer.leave()
    return found


def _lever(viewer: Viewer) -> Callable[[], Awaitable[object]]:
    """Moves a lever of the sheet, to another place each time."""
    turn = 0

    async def move() -> None:
        nonlocal turn
        turn += 1
        at = {LEVER: POSITIONS[turn % len(POSITIONS)]}
        # As sheet_hand.js tells it.
        await viewer.rerun({"gsn_sheet": {"positions": {"turn": turn, "revision": 0, "at": at}}})

    return move


async def _cost(site: Site, ask: Callable[[], Awaitable[object]]) -> float:
    for _ in range(3):
        await ask()
    before = site.cpu()
    for _ in range(RERUNS):
        await ask()
    return (site.cpu() - before) / RERUNS * 1000


async def measure_memory(site: Site) -> list[tuple[int, float]]:
    """How many sessions have come and gone, and the kB that the server then has."""
    paths, taken = list(PAGES), []
    for number in range((WARMING + SESSIONS) // BATCH):
        viewers, _ = await join_all([f"{site.url}/{paths[number % len(paths)]}"] * BATCH)
        await leave_all(viewers)
        taken.append(((number + 1) * BATCH - WARMING, site.megabytes() * 1000))
    return [each for each in taken if each[0] > 0]


def growth(taken: list[tuple[int, float]]) -> float:
    """The kB that each session adds, in the later half of them."""
    later = [each for each in taken if each[0] > SESSIONS / 2]
    return linear_regression(*zip(*later, strict=True)).slope


async def measure(imports: Imports) -> int:
    unneeded = await measure_imports(imports)
    reruns = await measure_reruns(imports.site)
    print("Serverns tid för att rita om en öppen sida, ms")
    for title, cost in reruns.items():
        print(f"  {title:24}{cost:8.1f}")
    memory = await measure_memory(imports.site)
    shown = ", ".join(f"{kb / 1000:.0f}" for count, kb in memory if count % 100 == 0)
    print(f"Minne efter vart hundrade av {SESSIONS} besök på alla sidor, MB: {shown}")
    heaviest = max(reruns, key=reruns.get)
    told = "; ".join(f"{where}: {_names(what)}" for where, what in unneeded.items())
    grown = growth(memory)
    return judge(
        {
            f"Inget läses in som inte behövs{told and f' ({told})'}": not unneeded,
            f"Tyngsta sidan, {heaviest}, {reruns[heaviest]:.1f} ms (högst {RERUN_MS:.0f})": (
                reruns[heaviest] <= RERUN_MS
            ),
            f"Minnet växer {grown:+.1f} kB per besök under de sista {SESSIONS // 2}"
            f" (högst {MOST_GROWTH:.0f})": grown <= MOST_GROWTH,
        }
    )


def main() -> int:
    say_load("före")
    with fresh_state() as folder:
        told = folder / "modules"
        paths = os.pathsep.join([str(HERE / "telling"), *sys.path])
        with served_app(BENCH_MODULES=str(told), PYTHONPATH=paths) as site:
            ended = asyncio.run(measure(Imports(site, told)))
    say_load("efter")
    return ended


if __name__ == "__main__":
    raise SystemExit(main())
