"""Measures Tänk om …?: from a key to all painted, beside a bare Streamlit and a bare plotly.js.

Run by `make bench`. Starts the app on a state of its own, or on DATABASE_URL; the address of a
page that is already served can be given instead. All pages are measured by the same probe
(probe.js) in turns, so that what else the machine does falls on all of them alike.

A lever of Tänk om moves one or two of its four pictures, while the page with plotly.js draws all
of its four anew. So levers of each section are measured one by one, and the ratio that counts is
another: a sheet of ours with one lever that moves four pictures and as many tables and all texts
at once (everything_app.py; that everything does move is checked), to plotly.js with four
pictures and nothing else. Where the server's answer draws a picture of the sheet anew, that is
its last change; the time until the first (börjat) tells when the hand was followed. The load of
the machine is told beside: with more than its processors have time for, the times are too long,
and the ratios less certain.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from chromium import FLAGS, find_chromium
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from plotly_page import served_plotly
from promised import judge, say_load
from served import served_app, served_small

HERE = Path(__file__).parent
ROUNDS, STEPS, DRAG_STEPS = 4, 8, 20
MOST_OF_PLOTLY = 0.35
SHEET, PICTURES = ".gsn-sheet", ".gsn-sheet .gsn-picture svg"
# What is stepped on Tänk om, one lever of each kind that moves pictures.
LEVERS = {
    "used_up": "hela avvikelsen",
    "utilisation:natverk": "ett projekt",
    "price:e-dala": "ett pris",
    "equal_part:e-dala": "en lika del",
}
# All that the lever of everything_app.py is to change in one step, picture by picture.
MOVING = ".gsn-message, .gsn-assumed dd, .gsn-assumed p, .gsn-sheet table, .gsn-sheet figure svg"
LOOK = f"() => [...document.querySelectorAll('{MOVING}')].map((node) => node.innerHTML)"


@dataclass
class Measured:
    """A lever that is measured, on a page that it may share with others.

    `lever` is its id on a sheet of ours; where it is empty, the page's only slider is meant.
    `follows` names where on the page the hand is followed, and `results` what must move in a
    drag (the slider itself always does), where the lever passes so many `places`. `firsts` are
    milliseconds until a change of that is painted, `steps` until the last one is, `settled` until
    also what the server answers is.
    """

    name: str
    page: Page
    follows: str
    results: str
    lever: str = ""
    places: int = DRAG_STEPS
    firsts: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)

    @property
    def slider(self) -> Locator:
        if self.lever:
            return self.page.locator(f'[data-lever="{self.lever}"]')
        return self.page.get_by_role("slider").first

    @property
    def middle(self) -> float:
        return median(self.steps)

    @property
    def late(self) -> float:
        return quantiles(self.steps, n=20)[-1]


def open_page(browser: Browser, url: str, results: str) -> Page:
    """The page with the probe in it, when `results` are there and nothing moves any more."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(url)
    page.locator(results).first.wait_for()
    page.get_by_role("slider").first.wait_for()
    page.evaluate((HERE / "probe.js").read_text(encoding="utf-8"))
    page.evaluate("gsnProbe.quiet()")
    return page


def check_everything(measured: Measured) -> None:
    """A step of its lever changes each picture, each table and each text there is."""
    before = measured.page.evaluate(LOOK)
    measured.slider.press("ArrowRight")
    after = measured.page.evaluate(LOOK)
    still = [one for one, other in zip(before, after, strict=True) if one == other]
    assert not still, f"{measured.name}: {len(still)} of {len(before)} parts stood still"


def measure_steps(measured: Measured) -> None:
    """Press the arrow to the right and back again, and wait each time until all is painted."""
    page = measured.page
    page.bring_to_front()
    measured.slider.focus()
    for step in range(STEPS):
        page.evaluate("(follows) => gsnProbe.nextStep(follows)", measured.follows)
        page.keyboard.press("ArrowRight" if step % 2 else "ArrowLeft")
        taken = page.evaluate("gsnProbe.result()")
        assert taken["hand"] is not None, f"{measured.name}: a key changed nothing"
        measured.firsts.append(taken["first"])
        measured.steps.append(taken["hand"])
        measured.settled.append(taken["all"])


def measure_drag(measured: Measured) -> None:
    """Drag the slider over most of its way, a step for each frame."""
    page = measured.page
    page.bring_to_front()
    slider = measured.slider
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
    measured.frames.append(min(measured.places, page.evaluate("gsnProbe.framesMoved()")))
    page.mouse.move(x, y)
    page.mouse.up()
    page.evaluate("gsnProbe.quiet()")


def measure(given: str | None) -> list[Measured]:
    """Levers of ours, then the one that moves everything, a bare Streamlit, a bare plotly.js."""
    path = find_chromium()
    with ExitStack() as stack:
        enter = stack.enter_context
        address = given or f"{enter(served_app()).url}/tank-om"
        everything = enter(served_small("everything_app.py")).url
        slider = enter(served_small("slider_app.py")).url
        playwright = enter(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        stack.callback(browser.close)
        page = open_page(browser, address, PICTURES)
        all_in_one = open_page(browser, everything, PICTURES)
        pictures = all_in_one.locator(PICTURES).count()
        plotly = enter(served_plotly(pictures))
        bare = open_page(browser, slider, ".stMetric")
        drawn = open_page(browser, plotly, ".main-svg")
        lanes = [
            *(
                Measured(f"Tänk om …?, {said}", page, SHEET, PICTURES, lever)
                for lever, said in LEVERS.items()
            ),
            Measured(
                f"Allt rör sig, {pictures} bilder", all_in_one, SHEET, PICTURES, "everything", 8
            ),
            Measured("Streamlit, slider och metric", bare, "html", ".stMetric"),
            Measured(f"plotly.js, {pictures} bilder", drawn, "html", ".main-svg"),
        ]
        check_everything(lanes[-3])
        for turn in range(ROUNDS):
            for measured in lanes[turn:] + lanes[:turn]:
                measure_steps(measured)
                measure_drag(measured)
        return lanes


def report(lanes: list[Measured]) -> int:
    """Print what was measured; returns how the measurement is to end."""
    steps = ROUNDS * STEPS
    plotly = lanes[-1]
    print(f"Från tangent till målat, ms ({steps} steg var), och tills servern har svarat")
    columns = f"{'börjat':>8}{'median':>8}{'p95':>8}{'svarat':>8}{'mot plotly':>12}"
    print(f"{'':30}{columns}   rör sig vid drag")
    for one in lanes:
        row = f"{one.name:30}{median(one.firsts):8.1f}{one.middle:8.1f}{one.late:8.1f}"
        row += f"{median(one.settled):8.1f}"
        row += f"{one.middle / plotly.middle:12.2f}"
        print(f"{row}   {median(one.frames):.0f} av {one.places} rutor")
    everything, streamlit = lanes[-3:-1]
    print(f"Allt rör sig, mot plotly.js: p95 {everything.late / plotly.late:.2f}")
    print(f"Allt rör sig, mot Streamlit: median {everything.middle / streamlit.middle:.2f}")
    share = everything.middle / plotly.middle
    said = f"Allt rör sig, {share:.2f} av plotly.js (högst {MOST_OF_PLOTLY})"
    return judge({said: share <= MOST_OF_PLOTLY})


def main() -> int:
    say_load("före")
    lanes = measure(sys.argv[1] if len(sys.argv) > 1 else None)
    say_load("efter")
    return report(lanes)


if __name__ == "__main__":
    raise SystemExit(main())
