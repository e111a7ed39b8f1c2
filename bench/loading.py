"""Measures what it takes to open a page: time until the last picture, bytes, and requests.

Run by `make bench`. The floor is a page of Streamlit's own, as it comes, that shows the very same
figures through st.plotly_chart: they are read out of our page by the browser. Cold is a browser
that has never been there; warm is the same browser's next visit. In turns, so that what else the
machine does falls on both alike.
"""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from chromium import FLAGS, find_chromium
from harness import fresh_state
from playwright.sync_api import Browser, BrowserContext, CDPSession, sync_playwright
from served import UNHELD, served_app, served_small

ROUNDS = 5
PAGE = "driftbudget"
# What is promised of the page with pictures, when it is cold.
MOST_OF_FLOOR, MOST_KB = 0.45, 1300
# The data of a picture, not its axes: the axes are there first.
DRAWN = """(count) => {
  const plots = [...document.querySelectorAll(".js-plotly-plot")];
  const isDrawn = (plot) => plot.querySelector(".main-svg .point");
  return plots.length >= count && plots.every(isDrawn);
}"""
FIGURES = """() => [...document.querySelectorAll(".js-plotly-plot")].map(
  ({ data, layout }) => ({ data, layout: JSON.parse(JSON.stringify(layout)) }))"""


@dataclass
class Opened:
    """A page that is opened again and again: milliseconds, bytes on the wire, and requests."""

    name: str
    url: str
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)


@dataclass
class Wire:
    """What one page has fetched."""

    bytes: int = 0
    requests: int = 0

    def listen(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._framed)

    def _finished(self, event: dict) -> None:
        self.bytes += int(event["encodedDataLength"])
        self.requests += 1

    def _framed(self, event: dict) -> None:
        # Streamlit's frames are binary, which the browser tells of in base64.
        self.bytes += len(event["response"]["payloadData"]) * 3 // 4


def open_once(context: BrowserContext, url: str, pictures: int) -> tuple[float, Wire]:
    """Milliseconds from setting out until the last of the pictures stands there."""
    page, wire = context.new_page(), Wire()
    wire.listen(context.new_cdp_session(page))
    page.goto(url, wait_until="commit")
    page.wait_for_function(DRAWN, arg=pictures, polling="raf")
    taken = page.evaluate("performance.now()")
    page.close()
    return taken, wire


def measure(browser: Browser, opened: list[Opened], pictures: int) -> None:
    for turn in range(ROUNDS + 1):
        for each in opened:
            context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="sv-SE")
            taken, wire = open_once(context, each.url, pictures)
            again, _ = open_once(context, each.url, pictures)
            context.close()
            if turn:  # the first round warms the servers up
                each.cold.append(taken)
                each.warm.append(again)
                each.bytes.append(wire.bytes)
                each.requests.append(wire.requests)


def read_figures(browser: Browser, url: str) -> list[dict]:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(url)
    page.wait_for_function(DRAWN, arg=1)
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    figures = page.evaluate(FIGURES)
    page.close()
    return figures


def report(ours: Opened, floor: Opened) -> bool:
    """Print what was measured; whether what is promised holds."""
    print(f"{'':24}{'kall ms':>9}{'varm ms':>9}{'kB':>8}{'hämtningar':>12}")
    for each in (ours, floor):
        print(
            f"{each.name:24}{median(each.cold):9.0f}{median(each.warm):9.0f}"
            f"{median(each.bytes) / 1000:8.0f}{median(each.requests):12.0f}"
        )
    cold = median(ours.cold) / median(floor.cold)
    kilobytes = median(ours.bytes) / 1000
    held = {
        f"Kall öppning {cold:.2f} av golvet (högst {MOST_OF_FLOOR})": cold <= MOST_OF_FLOOR,
        f"{kilobytes:.0f} kB (högst {MOST_KB})": kilobytes <= MOST_KB,
    }
    for said, holds in held.items():
        print(f"  {said}: {'håller' if holds else 'HÅLLER INTE'}")
    print(f"  Varm öppning {median(ours.warm) / median(floor.warm):.2f} av golvet")
    return all(held.values())


def main() -> int:
    print(f"Last före: {os.getloadavg()[0]:.1f}, {os.cpu_count()} processorer")
    with ExitStack() as stack:
        enter = stack.enter_context
        folder = enter(fresh_state())
        playwright = enter(sync_playwright())
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        stack.callback(browser.close)
        url = enter(served_app()).replace("/tank-om", f"/{PAGE}")
        figures = read_figures(browser, url)
        path = Path(folder) / "figures.json"
        path.write_text(json.dumps(figures), encoding="utf-8")
        floor_url = enter(served_small("pictures_app.py", BENCH_FIGURES=str(path)))
        ours, floor = Opened(f"Sidan, {len(figures)} bilder", url), Opened("Streamlit", floor_url)
        measure(browser, [ours, floor], len(figures))
    print(f"Last efter: {os.getloadavg()[0]:.1f}")
    return 0 if report(ours, floor) else UNHELD


if __name__ == "__main__":
    raise SystemExit(main())
