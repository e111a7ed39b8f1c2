"""Measures a meeting: from the presenter's key to painted on everybody's screen, and more.

Run by `make bench`. The app runs on a state of its own. Fifty follow: 46 light clients, which
hold the same stream as a browser and have "painted" when the message has come, and 4 real
browsers (contexts of one Chromium, each with its own connection), where the frame with the new
view is waited for. The presenter is a browser too, and a step begins with the time that it gave
its keydown. Beside it, in turns in the same run, the same of a bare page with server-sent events
(bare_events.py), which keeps nothing, checks nobody and draws a number.

All of it (server, database, light clients and browsers) shares the machine's processors, so the
browsers' own drawing is most of what is measured when several paint at once.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from chromium import FLAGS, find_chromium
from harness import fresh_state, until
from light_clients import Crowd, Reading
from meeting_change import Change
from playwright.sync_api import Browser, Page, sync_playwright
from promised import judge, say_load
from served import Site, served_app, served_bare

HERE = Path(__file__).parent
LIGHT, BROWSERS = 46, 4
ROUNDS, STEPS, CHANGES = 3, 12, 5
IDLE_SECONDS = 20
# So many views after the opening comes the table with the figure that is corrected.
TO_TABLE = 4
JOIN_WITHIN = 1.0
# What is promised, in milliseconds.
STEP_MEDIAN, STEP_LATE, CHANGE_LATE, JOIN_MOST, IDLE_PERCENT = 150, 500, 1000, 5000, 3.0
SIZE = {"width": 1280, "height": 720}


@dataclass
class Stage:
    """Where something is presented: one who steps, and all who follow."""

    name: str
    presenter: Page
    followers: list[Page]
    crowd: Crowd
    light: list[float] = field(default_factory=list)
    screens: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Joined:
    """Milliseconds until each screen has painted its first view, and each light client, which
    draws nothing, has had its first message."""

    painted: list[float]
    told: list[float]


def late(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return quantiles(times, n=20)[-1]


def new_page(browser: Browser, url: str) -> Page:
    """A page of a browser of its own, that notes what is painted of what it shows."""
    page = browser.new_context(viewport=SIZE, locale="sv-SE").new_page()
    page.add_init_script((HERE / "painted.js").read_text(encoding="utf-8"))
    page.add_init_script("gsnWatch('main')")
    page.goto(url)
    page.locator("h1").wait_for()
    return page


def step(stage: Stage, key: str) -> None:
    """Press the key once, and wait until everybody has seen what it led to."""
    before = time.time()
    forget_painted(stage)
    stage.presenter.bring_to_front()
    stage.presenter.keyboard.press(key)
    await_all(stage, before)
    light, screens = times_since(stage, stage.presenter.evaluate("gsnPressed") / 1000)
    stage.light += light
    stage.screens += screens


def forget_painted(stage: Stage) -> None:
    """What is painted from now on is what is waited for."""
    for page in stage.followers:
        page.evaluate("gsnPainted.length = 0")


def await_all(stage: Stage, moment: float) -> None:
    """Wait until everybody has seen what is newer than a moment."""
    until(lambda: all(x.came_after(moment) for x in stage.crowd.clients), "the light clients")
    for page in stage.followers:
        page.wait_for_function("() => gsnPainted.length > 0")


def times_since(stage: Stage, moment: float) -> tuple[list[float], list[float]]:
    """Milliseconds from a moment until each light client, and each browser, had seen the news."""
    light = [(x.came_after(moment) - moment) * 1000 for x in stage.crowd.clients]
    painted = [page.evaluate("gsnPainted[0]") for page in stage.followers]
    return light, [each - moment * 1000 for each in painted]


def measure_steps(stages: Sequence[Stage]) -> None:
    """All of them in turns, so that what else the machine does falls on all alike."""
    for _ in range(ROUNDS):
        for stage in stages:
            for number in range(STEPS):
                step(stage, "ArrowRight" if number < STEPS // 2 else "ArrowLeft")


def measure_changes(stage: Stage, change: Change) -> list[float]:
    """From the moment that PostgreSQL tells of a correction until each has its figures."""
    taken: list[float] = []
    for _ in range(TO_TABLE):
        step(stage, "ArrowRight")
    for _ in range(CHANGES):
        forget_painted(stage)
        committed = change.correct()
        await_all(stage, committed)
        taken += sum(times_since(stage, committed), [])
    return taken


def measure_idle(site: Site) -> float:
    """Percent of one core that the server takes while nothing happens."""
    before = site.cpu()
    time.sleep(IDLE_SECONDS)
    return (site.cpu() - before) / IDLE_SECONDS * 100


def measure_join(browser: Browser, url: str, events: str, reading: Reading) -> Joined:
    """All come within a second: milliseconds from each one's own start."""
    crowd = Crowd()
    pages = [browser.new_context(viewport=SIZE).new_page() for _ in range(BROWSERS)]
    starts = []
    for page in pages:
        page.add_init_script((HERE / "painted.js").read_text(encoding="utf-8"))
        page.add_init_script("gsnWatch('main h1')")
    began = time.time()
    for page in pages:
        starts.append(time.time())
        page.goto(url, wait_until="commit")
    crowd.join(LIGHT, events, reading, within=max(0.0, JOIN_WITHIN - (time.time() - began)))
    until(lambda: all(client.news for client in crowd.clients), "those who joined")
    for page in pages:
        page.wait_for_function("() => gsnPainted.length > 0")
    painted = [(page.evaluate("gsnPainted[0]") / 1000 - at) * 1000
               for page, at in zip(pages, starts, strict=True)]  # fmt: skip
    told = [(client.news[0][0] - client.began) * 1000 for client in crowd.clients]
    crowd.close()
    for page in pages:
        page.context.close()
    return Joined(painted, told)


def start_meeting(browser: Browser, url: str) -> tuple[Page, str]:
    """The presenter's page of a new meeting, and the meeting's code."""
    page = new_page(browser, f"{url}/mote/starta")
    page.get_by_label("Ditt namn").fill("Mätning")
    page.get_by_role("button", name="Starta mötet").click()
    page.wait_for_url(re.compile(r"/mote/[A-Z0-9]{5}$"))
    page.locator("main h1").wait_for()
    return page, page.url.rsplit("/", 1)[1]


def of_meeting(code: str) -> Reading:
    """What is new of a meeting: another place or another deck."""

    def reading(message: dict) -> object | None:
        if message["topic"] != f"mote:{code}":
            return None
        return message["sequence"], message["deck"]

    return reading


def report(ours: Stage, bare: Stage, changes: list[float], joins: Joined, idle: float) -> int:
    """Print what was measured; returns how the measurement is to end."""
    print(f"{'':28}{'median':>9}{'p95':>9}{'skärmar, median':>18}{'p95':>9}   ms")
    for stage in (ours, bare):
        every = stage.light + stage.screens
        print(
            f"{stage.name:28}{median(every):9.1f}{late(every):9.1f}"
            f"{median(stage.screens):18.1f}{late(stage.screens):9.1f}"
        )
    every, floor = ours.light + ours.screens, bare.light + bare.screens
    print(f"Mot den nakna sidan: median {median(every) / median(floor):.2f} gånger, "
          f"skärmarna {median(ours.screens) / median(bare.screens):.2f} gånger")  # fmt: skip
    print(
        f"En ändrad siffra, från att databasen säger till tills den är målad: median"
        f" {median(changes):.1f} ms, {median(changes) / median(floor):.2f} gånger golvets steg"
    )
    print(
        f"Alla {LIGHT + BROWSERS} kommer inom en sekund: {BROWSERS} skärmar har första vyn efter"
        f" {median(joins.painted):.0f} ms, {LIGHT} klienter första beskedet efter"
        f" {median(joins.told):.0f} ms, median"
    )
    at = "(högst"
    return judge(
        {
            f"Steg, median {median(every):.0f} ms {at} {STEP_MEDIAN})": (
                median(every) <= STEP_MEDIAN
            ),
            f"Steg, p95 {late(every):.0f} ms {at} {STEP_LATE})": late(every) <= STEP_LATE,
            f"Ändrad siffra hos alla, p95 {late(changes):.0f} ms {at} {CHANGE_LATE})": (
                late(changes) <= CHANGE_LATE
            ),
            f"Sista skärmen har första vyn efter {max(joins.painted):.0f} ms {at} {JOIN_MOST})": (
                max(joins.painted) <= JOIN_MOST
            ),
            f"Sista klienten har besked efter {max(joins.told):.0f} ms {at} {JOIN_MOST})": (
                max(joins.told) <= JOIN_MOST
            ),
            f"I vila {idle:.1f} % av en kärna {at} {IDLE_PERCENT:.0f})": idle <= IDLE_PERCENT,
        }
    )


def measure() -> int:
    """Measure all of it, the bare page in the same run."""
    path = find_chromium()
    with ExitStack() as stack:
        enter = stack.enter_context
        folder = enter(fresh_state())
        app = enter(served_app())
        bare_url = enter(served_bare("bare_events.py")).url
        playwright = enter(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        stack.callback(browser.close)
        presenter, code = start_meeting(browser, app.url)
        meeting, events = f"{app.url}/mote/{code}", f"{app.url}/api/handelser?mote={code}"
        joins = measure_join(browser, meeting, events, of_meeting(code))
        stages = []
        for name, page, url, stream, reading in (
            ("Mötet", presenter, meeting, events, of_meeting(code)),
            ("Bara händelser", new_page(browser, bare_url), bare_url, f"{bare_url}/events", int),
        ):
            crowd = Crowd()
            stack.callback(crowd.close)
            followers = [new_page(browser, url) for _ in range(BROWSERS)]
            crowd.join(LIGHT, stream, reading)
            stages.append(Stage(name, page, followers, crowd))
        measure_steps(stages)
        change = enter(Change.made(app.database, folder))
        changes = measure_changes(stages[0], change)
        idle = measure_idle(app)
        return report(*stages, changes, joins, idle)


def main() -> int:
    say_load("före")
    ended = measure()
    say_load("efter")
    return ended


if __name__ == "__main__":
    raise SystemExit(main())
