"""Measures Tänk om …?: from a key to all painted, beside a bare Streamlit and a bare plotly.js.

Run by `make bench`. Starts the app on a state of its own, or on DATABASE_URL; the address of a
page that is already served can be given instead. All pages are measured by the same probe
(probe.js) in turns, so that what else the machine does falls on all of them alike.
"""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from chromium import FLAGS, find_chromium
from harness import AppServer, free_port, fresh_state, surroundings, until
from playwright.sync_api import Browser, Page, sync_playwright
from plotly_page import served_plotly

HERE = Path(__file__).parent
ROUNDS, STEPS, DRAG_STEPS = 5, 8, 20
MOST_OF_PLOTLY = 0.35


@dataclass
class Measured:
    """A page that is measured.

    `follows` names where on it the hand is followed, and `results` what must move in a drag
    (the slider itself always does). `steps` are milliseconds until that is painted, `settled`
    until also what the server answers is.
    """

    name: str
    page: Page
    follows: str
    results: str
    steps: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return median(self.steps)

    @property
    def late(self) -> float:
        return quantiles(self.steps, n=20)[-1]


@contextmanager
def served_app() -> Iterator[str]:
    """The address of Tänk om …? in an app of the bench's own."""
    with fresh_state() as state:
        changes = {"PORT": str(free_port()), "GSN_STATE": str(state / "state")}
        if "DATABASE_URL" in os.environ:
            changes["DATABASE_URL"] = os.environ["DATABASE_URL"]
        app = AppServer(surroundings(**changes)).wait_open()
        try:
            yield f"{app.url}/tank-om"
        finally:
            app.stop()


@contextmanager
def served_slider() -> Iterator[str]:
    """The address of the bare Streamlit app."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(HERE / "slider_app.py")]
    command += [f"--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
    command += ["--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, **quiet)
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: _answers(f"{url}/_stcore/health"), "Streamlit")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status == 200
    except OSError:
        return False


def open_measured(
    browser: Browser, name: str, url: str, results: str, follows: str = "html"
) -> Measured:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(url)
    page.locator(results).first.wait_for()
    page.get_by_role("slider").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate((HERE / "probe.js").read_text(encoding="utf-8"))
    return Measured(name, page, follows, results)


def measure_steps(measured: Measured) -> None:
    """Press the arrow to the right and back again, and wait each time until all is painted."""
    page = measured.page
    page.bring_to_front()
    page.get_by_role("slider").first.focus()
    for step in range(STEPS):
        page.evaluate("(follows) => gsnProbe.nextStep(follows)", measured.follows)
        page.keyboard.press("ArrowRight" if step % 2 else "ArrowLeft")
        taken = page.evaluate("gsnProbe.result()")
        assert taken["hand"] is not None, f"{measured.name}: a key changed nothing"
        measured.steps.append(taken["hand"])
        measured.settled.append(taken["all"])


def measure_drag(measured: Measured) -> None:
    """Drag the first slider over most of its way, a step for each frame."""
    page = measured.page
    page.bring_to_front()
    slider = page.get_by_role("slider").first
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    x, y = box["x"] + 0.1 * box["width"], box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("(results) => gsnProbe.watchFrames(results)", measured.results)
    for step in range(1, DRAG_STEPS + 1):
        page.mouse.move(x + 0.8 * box["width"] * step / DRAG_STEPS, y)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    measured.frames.append(min(DRAG_STEPS, page.evaluate("gsnProbe.framesMoved()")))
    page.mouse.move(x, y)
    page.mouse.up()
    page.wait_for_load_state("networkidle")


def measure(given: str | None) -> list[Measured]:
    """Our page, a bare Streamlit and a bare plotly.js, in that order."""
    with ExitStack() as stack:
        path = find_chromium()
        address = given or stack.enter_context(served_app())
        slider = stack.enter_context(served_slider())
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        stack.callback(browser.close)
        ours = open_measured(browser, "Tänk om …?", address, ".gsn-sheet svg", ".gsn-sheet")
        pictures = ours.page.locator(".gsn-sheet .gsn-picture").count()
        plotly = stack.enter_context(served_plotly(pictures))
        pages = [
            ours,
            open_measured(browser, "Streamlit, slider och metric", slider, ".stMetric"),
            open_measured(browser, f"plotly.js, {pictures} bilder", plotly, ".main-svg"),
        ]
        for turn in range(ROUNDS):
            for measured in pages[turn % 3 :] + pages[: turn % 3]:
                measure_steps(measured)
                measure_drag(measured)
        return pages


def report(pages: list[Measured]) -> None:
    steps = ROUNDS * STEPS
    print(f"Från tangent till målat, ms ({steps} steg var), och tills servern har svarat")
    print(f"{'':30}{'median':>8}{'p95':>8}{'svarat':>8}   rör sig vid drag")
    for one in pages:
        row = f"{one.name:30}{one.middle:8.1f}{one.late:8.1f}{median(one.settled):8.1f}"
        print(f"{row}   {median(one.frames):.0f} av {DRAG_STEPS} rutor")
    ours, streamlit, plotly = pages
    share = ours.middle / plotly.middle
    print(f"Mot plotly.js: {share:.2f} (målet är högst {MOST_OF_PLOTLY})")
    print(f"Mot Streamlit: {ours.middle / streamlit.middle:.2f}")


def main() -> int:
    pages = measure(sys.argv[1] if len(sys.argv) > 1 else None)
    report(pages)
    ours, _, plotly = pages
    return 0 if ours.middle <= MOST_OF_PLOTLY * plotly.middle else 1


if __name__ == "__main__":
    raise SystemExit(main())
