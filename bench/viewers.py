"""Measures what viewers cost: 1, 20 and 50 of them, and fifty who join at once.

Run by `make bench`. Who only looks is a session of Streamlit's own protocol (sessions.py), and who
joins also fetches all that a cold browser does (joining.py), so that what is measured is the server
and not fifty browsers on the same processors. Joined is who has got the document, every file, and
the page until its last part; the document alone is told beside. The floor is a page of Streamlit's
own, as it comes, with the very same figures through st.plotly_chart, and without our tables and
texts. In turns, so that what else the machine does falls on both alike.
"""

from __future__ import annotations

import asyncio
import time
import urllib.request
from dataclasses import dataclass, field
from statistics import median

from chromium import FLAGS, find_chromium
from joining import Visit, files_of, join
from loading import OURS, PLOTLY
from pair import Lane, Pair, served_pair
from playwright.sync_api import Browser, sync_playwright
from promised import judge, say_load
from sessions import join_all, leave_all

CROWDS = (1, 20, 50)
JOINING, JOIN_ROUNDS = 50, 3
# What is promised: the share of the floor's time.
MOST_OF_FLOOR = 0.2


@dataclass
class Crowded:
    """A page that many come to; `joined` are seconds until all fifty had it, `seen` until all had
    its pictures, `each` what one of them waited."""

    lane: Lane
    visit: Visit
    joined: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    each: list[float] = field(default_factory=list)


def crowded(browser: Browser, pair: Pair) -> tuple[Crowded, ...]:
    """Both pages, with the files that a browser fetches for them."""
    found = []
    for lane, looked_for in zip(pair.lanes, (OURS, PLOTLY), strict=True):
        app = f'[data-testid="stApp"] {looked_for["picture"]}'
        files = files_of(browser, lane.url, app)
        with urllib.request.urlopen(lane.url) as answer:
            pictures = answer.read().decode().count('<figure class="gsn-picture"')
        brings = pictures >= len(pair.pictures)
        found.append(Crowded(lane, Visit(lane.url, files, brings)))
    return tuple(found)


async def measure_crowds(lane: Lane) -> None:
    """Processor and memory with so many viewers, of whom each asks for the page anew once."""
    for count in CROWDS:
        viewers, _ = await join_all([lane.url] * count)
        before, began = lane.site.cpu(), time.perf_counter()
        taken = await asyncio.gather(*(each.rerun() for each in viewers))
        whole = (time.perf_counter() - began) * 1000
        cpu = (lane.site.cpu() - before) / count * 1000
        print(
            f"{lane.name:20}{count:9}{cpu:15.1f}{median(taken) * 1000:11.0f}"
            f"{whole:11.0f}{lane.site.megabytes():8.0f}",
            flush=True,
        )
        await leave_all(viewers)


async def measure_join(page: Crowded) -> None:
    """All fifty set out at the same moment."""
    began = time.perf_counter()
    joined = await asyncio.gather(*(join(page.visit) for _ in range(JOINING)))
    page.joined.append(time.perf_counter() - began)
    moments = [each.document if page.visit.brings_pictures else each.all for each in joined]
    page.seen.append(max(moments))
    page.each.append(median(each.all for each in joined))
    await leave_all([each.viewer for each in joined])


async def measure(pages: tuple[Crowded, ...]) -> None:
    columns = f"{'tittare':>9}{'processor ms':>15}{'en ms':>11}{'alla ms':>11}{'MB':>8}"
    print(f"{'När alla ritar om:':20}{columns}")
    for page in pages:
        await measure_crowds(page.lane)
    for _ in range(JOIN_ROUNDS):
        for page in pages:
            await measure_join(page)


def report(ours: Crowded, floor: Crowded) -> int:
    """Print how the fifty fared; returns how the measurement is to end."""
    print(f"Femtio på en gång, s{'':10}{'filer':>8}{'bilderna':>10}{'allt':>8}{'var och en':>12}")
    for each in (ours, floor):
        print(
            f"{each.lane.name:30}{len(each.visit.files):8}{median(each.seen):10.2f}"
            f"{median(each.joined):8.2f}{median(each.each):12.2f}"
        )
    pictures = median(ours.seen) / median(floor.seen)
    print(f"  Mot golvet, bilderna hos alla femtio: {pictures:.2f}")
    share = median(ours.joined) / median(floor.joined)
    said = f"Femtio på en gång, allt hos alla, {share:.2f} av golvet (högst {MOST_OF_FLOOR})"
    return judge({said: share <= MOST_OF_FLOOR})


def main() -> int:
    say_load("före")
    with served_pair() as pair:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            pages = crowded(browser, pair)
            browser.close()
        asyncio.run(measure(pages))
    say_load("efter")
    return report(*pages)


if __name__ == "__main__":
    raise SystemExit(main())
