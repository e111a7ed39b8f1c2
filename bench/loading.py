"""Measures what it takes to open a page: time until the pictures are painted, bytes, requests.

Run by `make bench`. The floor is a page of Streamlit's own, as it comes, that shows the very same
figures through st.plotly_chart (pair.py). Cold is a browser that has never been there; warm is the
same browser's next visit. In turns, so that what else the machine does falls on both alike.

Our document brings a first view with it, which Streamlit's page then takes the place of. So two
moments are told, and what is promised is of the first: when all pictures are painted, whoever drew
them, and when Streamlit's own page has all of them and nothing else stands before it. Bytes and
requests are of all that is fetched until nothing more is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from statistics import median

from chromium import FLAGS, find_chromium
from pair import Lane, Pair, served_pair
from playwright.sync_api import Browser, BrowserContext, CDPSession, sync_playwright
from promised import judge, say_load

ROUNDS = 6
# All is there when nothing has come for so long.
QUIET_MS = 500
# What is promised of the page with pictures, when it is cold.
MOST_OF_FLOOR, MOST_KB = 0.45, 1300
HERE = Path(__file__).parent
SIZE = {"width": 1280, "height": 720}
# What a picture is, and what in it is its data and not its axes, which may be there before.
OURS = {"picture": ".gsn-picture", "mark": "a.gsn-picture-source"}
PLOTLY = {"picture": ".js-plotly-plot", "mark": ".main-svg .point"}


@dataclass(frozen=True)
class Moments:
    """When what was painted, in milliseconds since the browser set out, and when scripts came.

    `first` picture, `all` pictures, all in Streamlit's `own` page; `painted` is the browser's own
    note of the first picture (None where plotly.js draws it too late to be noted), `script` is when
    the last script had been fetched.
    """

    first: float
    all: float
    own: float
    painted: float | None
    script: float


@dataclass
class Opened:
    """A page that is opened again and again: moments, bytes on the wire, and requests."""

    lane: Lane
    looked_for: dict
    cold: list[Moments] = field(default_factory=list)
    warm: list[Moments] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)

    def middle(self, name: str, of: str = "cold") -> float:
        """The median of a moment."""
        return median(getattr(each, name) for each in getattr(self, of))

    @property
    def is_first_before_scripts(self) -> bool:
        """Whether each cold opening painted its first picture before its last script had come."""
        return all(max(each.first, each.painted or inf) < each.script for each in self.cold)


@dataclass
class Wire:
    """What one page has fetched."""

    bytes: int = 0
    requests: int = 0
    asked: set[str] = field(default_factory=set, compare=False)

    def listen(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._framed)

    def _asked(self, event: dict) -> None:
        # What is written in the address itself is not fetched.
        if event["request"]["url"].startswith("http"):
            self.asked.add(event["requestId"])

    def _finished(self, event: dict) -> None:
        if event["requestId"] in self.asked:
            self.bytes += int(event["encodedDataLength"])
            self.requests += 1

    def _framed(self, event: dict) -> None:
        # Streamlit's frames are binary, which the browser tells of in base64.
        self.bytes += len(event["response"]["payloadData"]) * 3 // 4


def opened_of(pair: Pair) -> tuple[Opened, Opened]:
    """Both pages, with what is waited for on them: as many pictures, and all marks of ours."""
    sources = [len(picture.wide.targets) for picture in pair.pictures]
    assert all(sources), "each picture has marks that lead to their sources"
    ones = [1] * len(sources)
    return (
        Opened(pair.page, {**OURS, "marks": sources}),
        Opened(pair.floor, {**PLOTLY, "marks": ones}),
    )


def visit(context: BrowserContext, opened: Opened) -> tuple[Moments, Wire]:
    """Open the page until all of it is there, and nothing more comes."""
    page, wire = context.new_page(), Wire()
    wire.listen(context.new_cdp_session(page))
    page.add_init_script((HERE / "opening.js").read_text(encoding="utf-8"))
    page.add_init_script(f"gsnOpening({json.dumps(opened.looked_for)})")
    page.goto(opened.lane.url, wait_until="commit")
    page.wait_for_function("() => gsnOpened().own !== null")
    before = None
    while before != wire:
        before = replace(wire)
        page.wait_for_timeout(QUIET_MS)
    found = page.evaluate("gsnOpened()")
    page.close()
    return Moments(**found), wire


def measure(browser: Browser, pages: tuple[Opened, ...]) -> None:
    """Open each in turn, cold and then warm; the first round warms the servers up."""
    for turn in range(ROUNDS + 1):
        for each in pages:
            context = browser.new_context(viewport=SIZE, locale="sv-SE")
            (cold, wire), (warm, _) = visit(context, each), visit(context, each)
            context.close()
            if turn:
                each.cold.append(cold)
                each.warm.append(warm)
                each.bytes.append(wire.bytes)
                each.requests.append(wire.requests)


def report(ours: Opened, floor: Opened) -> int:
    """Print what was measured; returns how the measurement is to end."""
    print(f"Till sista bilden målad, ms, median av {ROUNDS}; ”övertagen” är Streamlits egen sida")
    heads = ("första bild", "sista bild", "övertagen", "sista skript", "varm", "varm övertagen")
    print(f"{'':20}" + "".join(f"{head:>15}" for head in heads) + f"{'kB':>8}{'hämtningar':>12}")
    for each in (ours, floor):
        cold = [each.middle(name) for name in ("first", "all", "own", "script")]
        warm = [each.middle(name, "warm") for name in ("all", "own")]
        print(
            f"{each.lane.name:20}"
            + "".join(f"{moment:15.0f}" for moment in (*cold, *warm))
            + f"{median(each.bytes) / 1000:8.0f}{median(each.requests):12.0f}"
        )
    for name, said in {"all": "sista bilden målad", "own": "Streamlits egen sida framme"}.items():
        ratios = [ours.middle(name, of) / floor.middle(name, of) for of in ("cold", "warm")]
        print(f"  Mot golvet, {said}: kall {ratios[0]:.2f}, varm {ratios[1]:.2f}")
    cold = ours.middle("all") / floor.middle("all")
    kilobytes = median(ours.bytes) / 1000
    worst = max(ours.cold, key=lambda each: each.first - each.script)
    return judge(
        {
            f"Kall öppning {cold:.2f} av golvet (högst {MOST_OF_FLOOR})": cold <= MOST_OF_FLOOR,
            f"{kilobytes:.0f} kB (högst {MOST_KB})": kilobytes <= MOST_KB,
            f"Första bilden målad efter {worst.first:.0f} ms ({worst.painted or inf:.0f} enligt"
            f" webbläsaren), sista skriptet framme efter {worst.script:.0f} ms, som sämst": (
                ours.is_first_before_scripts
            ),
        }
    )


def main() -> int:
    say_load("före")
    with served_pair() as pair, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        ours, floor = opened_of(pair)
        measure(browser, (ours, floor))
        browser.close()
    say_load("efter")
    return report(ours, floor)


if __name__ == "__main__":
    raise SystemExit(main())
