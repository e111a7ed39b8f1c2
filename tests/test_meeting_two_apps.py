"""Two app processes on one database serve one meeting, and outlive each other."""

import signal
import time
from collections.abc import Callable, Iterator

import pytest
from harness import AppServer
from meeting_client import Browser

from gsn_dash.store.audit import erase, find_people
from gsn_dash.store.columns import ERASED
from gsn_dash.store.engine import make_engine

TABLE = "operating:table"


@pytest.fixture(scope="module")
def apps(start_module_app: Callable[..., AppServer]) -> list[AppServer]:
    started = [start_module_app() for _ in range(2)]
    return [app.wait_open() for app in started]


@pytest.fixture
def browser(apps: list[AppServer]) -> Iterator[Callable[[int], Browser]]:
    """`browser(0)` is one at the first app, `browser(1)` at the second."""
    made: list[Browser] = []

    def make(place: int) -> Browser:
        made.append(Browser(int(apps[place].environ["PORT"])))
        made[-1].get("/mote/anslut")
        return made[-1]

    yield make
    for each in made:
        each.leave()


def test_a_step_through_one_reaches_who_follows_through_the_other(browser):
    presenter, follower = browser(0), browser(1)
    code = presenter.start()
    stream = follower.follow(code)
    first = stream.next(f"mote:{code}")
    for number, view in enumerate([TABLE, "3:decision", "4:decision"], start=1):
        presenter.step(code, view)
        told = stream.next(f"mote:{code}", lambda message, at=number: message["sequence"] == at)
        assert told["place"]["view"] == view
    own = presenter.follow(code).next(f"mote:{code}")
    # The same views byte for byte, so that a deck may be fetched through either.
    assert own["deck"] == first["deck"]
    assert follower.deck(code, own["deck"]) == presenter.deck(code, own["deck"])


def test_the_presenter_is_the_same_through_either(browser):
    presenter = browser(0)
    code = presenter.start()
    elsewhere = Browser(browser(1).port, cookie=presenter.cookie)
    assert elsewhere.step(code, TABLE).json == {"sequence": 1}
    assert presenter.step(code, "3:decision").json == {"sequence": 2}
    assert browser(1).step(code, TABLE).status == 403


def test_followers_are_counted_over_both_and_each_browser_once(browser):
    presenter, first, second = browser(0), browser(0), browser(1)
    code = presenter.start()
    own = presenter.follow(code)
    first.follow(code)
    second.follow(code)
    own.next(f"mote:{code}", lambda message: message["following"] == 2)
    both = Browser(second.port, cookie=first.cookie)
    third = browser(1)
    both.follow(code)
    third.follow(code)
    own.next(f"mote:{code}", lambda message: message["following"] == 3)
    for each in (first, second, both, third):
        each.leave()
    own.next(f"mote:{code}", lambda message: message["following"] == 0)


def test_both_tell_that_both_live_and_the_same_version(browser):
    streams = [browser(place).follow() for place in (0, 1)]
    told = [stream.next("figures", lambda message: len(message["apps"]) == 2) for stream in streams]
    assert told[0] == told[1]


def test_a_name_that_is_erased_is_gone_from_every_screen_of_the_meeting(browser, module_url: str):
    presenter, follower = browser(0), browser(1)
    code = presenter.start("Disa")
    streams = [presenter.follow(code), follower.follow(code), follower.follow()]
    for stream in streams[:2]:
        assert stream.next(f"mote:{code}")["presenter"] == "Disa"
    version = streams[2].next("figures")["version"]
    engine = make_engine(module_url)
    erase(engine, find_people(engine, "Disa"), "Drift")
    engine.dispose()
    for stream in streams[:2]:
        stream.next(f"mote:{code}", lambda message: message["presenter"] == ERASED)
    # An open page draws itself again.
    streams[2].next("figures", lambda message: message["version"] != version)


def test_one_that_is_killed_is_missed_by_nobody_and_comes_back_to_the_place(
    apps: list[AppServer], browser, start_module_app: Callable[..., AppServer]
):
    presenter, follower = browser(0), browser(1)
    code = presenter.start()
    stream = follower.follow(code)
    presenter.step(code, TABLE, "Intäkter")
    stream.next(f"mote:{code}", lambda message: message["sequence"] == 1)
    apps_before = follower.follow().next("figures", lambda told: len(told["apps"]) == 2)["apps"]
    apps[0].stop(signal.SIGKILL)
    # Through the one that is left the presenter goes on.
    moved = Browser(follower.port, cookie=presenter.cookie)
    assert moved.step(code, "3:decision", "Punkt 1").status == 200
    stream.next(f"mote:{code}", lambda message: message["sequence"] == 2)
    apps[0] = start_module_app(PORT=apps[0].environ["PORT"]).wait_open()
    told = presenter.follow(code).next(f"mote:{code}")
    assert (told["place"]["view"], told["place"]["row"]) == ("3:decision", "Punkt 1")
    assert told["role"] == "presenter"
    # A page that the killed one drew learns that nobody knows it any more.
    after = stream.next("figures", lambda message: set(message["apps"]) != set(apps_before))
    assert len(after["apps"]) == 2 and len(set(after["apps"]) - set(apps_before)) == 1
    assert presenter.step(code, TABLE).status == 200
    stream.next(f"mote:{code}", lambda message: message["place"]["view"] == TABLE)


def test_one_that_stops_in_order_lets_go_of_all_and_is_missed_at_once(
    browser, start_module_app: Callable[..., AppServer]
):
    extra = start_module_app().wait_open()
    theirs = [Browser(int(extra.environ["PORT"])).follow() for _ in range(5)]
    for each in theirs:
        each.next("figures")
    stream = browser(1).follow()
    stream.next("figures", lambda message: len(message["apps"]) == 3)
    began = time.monotonic()
    code, _, complaints = extra.stop()
    assert (code, complaints) == (0, "")
    assert time.monotonic() - began < 5  # though five listen who would go on for ever
    for each in theirs:
        each.wait_end()
    stream.next("figures", lambda message: len(message["apps"]) == 2)
