"""Measures what viewers cost: 1, 20 and 50 of them, fifty who join at once, a thousand who leave.

Run by `make bench`. A viewer is a session of Streamlit's own protocol (sessions.py), so that what
is measured is the server and not fifty browsers on the same processors. The floor is a page of
Streamlit's own, as it comes, with the very same figures through st.plotly_chart. In turns, so that
what else the machine does falls on both alike.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil
from chromium import FLAGS, find_chromium
from harness import fresh_state
from loading import PAGE, read_figures
from playwright.sync_api import sync_playwright
from served import UNHELD, served_app, served_small
from sessions import Viewer, join_all, leave_all

CROWDS = (1, 20, 50)
JOIN_ROUNDS, RERUNS, SESSIONS, BATCH = 3, 40, 1000, 25
HEAVIEST = ("driftbudget", "investeringar", "granskning", "kallor", "tank-om")
# What is promised: of the floor, milliseconds of the server, and of what 100 sessions take.
MOST_OF_FLOOR, RERUN_MS, MOST_GROWTH = 0.2, 25.0, 1.10


@dataclass
class Served:
    """A page and the process that serves it; `joined` are seconds until all fifty had it."""

    name: str
    url: str
    process: psutil.Process
    joined: list[float] = field(default_factory=list)

    def cpu(self) -> float:
        """Seconds of processor that the server has taken so far."""
        return sum(self.process.cpu_times()[:2])

    def megabytes(self) -> float:
        return self.process.memory_info().rss / 1e6


def process_at(url: str) -> psutil.Process:
    """The process that listens at an address."""
    port = int(url.split(":")[2].split("/")[0])
    for each in psutil.net_connections("tcp"):
        if each.status == psutil.CONN_LISTEN and each.laddr.port == port and each.pid:
            return psutil.Process(each.pid)
    raise AssertionError(f"nobody listens at {url}")


async def measure_crowds(served: Served) -> list[str]:
    """Processor and memory with so many viewers, of whom each asks for the page anew once."""
    rows = []
    for count in CROWDS:
        viewers, _ = await join_all([served.url] * count)
        before, began = served.cpu(), time.perf_counter()
        taken = await asyncio.gather(*(each.rerun() for each in viewers))
        cpu = (served.cpu() - before) / count * 1000
        rows.append(
            f"{served.name:14}{count:9}{cpu:17.1f}{median(taken) * 1000:15.0f}"
            f"{(time.perf_counter() - began) * 1000:12.0f}{served.megabytes():9.0f}"
        )
        await leave_all(viewers)
    return rows


async def measure_join(served: Served) -> None:
    """All fifty set out at the same moment."""
    began = time.perf_counter()
    viewers, _ = await join_all([served.url] * CROWDS[-1])
    served.joined.append(time.perf_counter() - began)
    await leave_all(viewers)


async def measure_reruns(served: Served) -> dict[str, float]:
    """Milliseconds of the server's processor that a rerun takes, page by page."""
    found = {}
    for page in HEAVIEST:
        viewer = Viewer(served.url.replace(f"/{PAGE}", f"/{page}"))
        await viewer.join()
        for _ in range(3):
            await viewer.rerun()
        before = served.cpu()
        for _ in range(RERUNS):
            await viewer.rerun()
        found[page] = (served.cpu() - before) / RERUNS * 1000
        await viewer.leave()
    return found


async def measure_memory(served: Served) -> list[float]:
    """Megabytes after each hundred sessions that have come and gone."""
    taken = []
    for number in range(SESSIONS // BATCH):
        viewers, _ = await join_all([served.url] * BATCH)
        await leave_all(viewers)
        if (number + 1) * BATCH % 100 == 0:
            taken.append(served.megabytes())
    return taken


async def measure(ours: Served, floor: Served) -> bool:
    """Print what was measured; whether what is promised holds."""
    print(f"{'':14}{'tittare':>9}{'processor ms':>17}{'sidan ms':>15}{'alla ms':>12}{'MB':>9}")
    for served in (ours, floor):
        print("\n".join(await measure_crowds(served)), flush=True)
    for _ in range(JOIN_ROUNDS):
        for served in (ours, floor):
            await measure_join(served)
    for served in (ours, floor):
        print(f"{served.name}: femtio på en gång på {median(served.joined):.2f} s")
    reruns = await measure_reruns(ours)
    for page, cost in reruns.items():
        print(f"  {page:14} {cost:6.1f} ms av servern för en omkörning")
    memory = await measure_memory(ours)
    print(
        "Minne efter hundra besök i taget: " + ", ".join(f"{each:.0f}" for each in memory) + " MB"
    )
    share = median(ours.joined) / median(floor.joined)
    growth = memory[-1] / memory[1]
    held = {
        f"Femtio på en gång {share:.2f} av golvet (högst {MOST_OF_FLOOR})": share <= MOST_OF_FLOOR,
        f"Tyngsta sidan {max(reruns.values()):.1f} ms": max(reruns.values()) <= RERUN_MS,
        f"Minnet efter tusen besök {growth:.2f} av det efter tvåhundra": growth <= MOST_GROWTH,
    }
    for said, holds in held.items():
        print(f"  {said}: {'håller' if holds else 'HÅLLER INTE'}")
    return all(held.values())


def main() -> int:
    print(f"Last före: {os.getloadavg()[0]:.1f}, {os.cpu_count()} processorer")
    with ExitStack() as stack:
        enter = stack.enter_context
        folder = enter(fresh_state())
        url = enter(served_app()).replace("/tank-om", f"/{PAGE}")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            figures = read_figures(browser, url)
            browser.close()
        path = Path(folder) / "figures.json"
        path.write_text(json.dumps(figures), encoding="utf-8")
        floor_url = enter(served_small("pictures_app.py", BENCH_FIGURES=str(path)))
        ours = Served("Sidan", url, process_at(url))
        floor = Served("Streamlit", floor_url, process_at(floor_url))
        holds = asyncio.run(measure(ours, floor))
    print(f"Last efter: {os.getloadavg()[0]:.1f}")
    return 0 if holds else UNHELD


if __name__ == "__main__":
    raise SystemExit(main())
