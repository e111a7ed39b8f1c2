"""A meeting on one server: whoever follows is told of each step at once, and of nothing else."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
import pytest
from harness import AppServer, until
from meeting_client import Browser, Stream
from papers import change, copy_papers

from gsn_dash.operate.load import load_data
from gsn_dash.store.engine import make_engine

FIFTY = 50
PULSE_SECONDS = 10
TABLE = "operating:table"
NewBrowser = Callable[[], Browser]


@pytest.fixture(scope="module")
def first_stream(meeting_app: AppServer) -> Iterator[Stream]:
    """A stream that is open for as long as these tests run."""
    browser = Browser(int(meeting_app.environ["PORT"]))
    yield browser.follow()
    browser.leave()


@pytest.fixture
def browser(meeting_app: AppServer, first_stream: Stream) -> Iterator[NewBrowser]:
    """Makes browsers that have been to a page of the site; they leave at the end."""
    made: list[Browser] = []

    def make() -> Browser:
        made.append(Browser(int(meeting_app.environ["PORT"])))
        made[-1].get("/mote/anslut")
        return made[-1]

    yield make
    for each in made:
        each.leave()


def topic(code: str) -> str:
    return f"mote:{code}"


def open_streams(meeting_app: AppServer) -> int:
    """How many connections the server holds."""
    found = psutil.Process(meeting_app.process.pid).net_connections("tcp")
    port = int(meeting_app.environ["PORT"])
    return sum(c.status == psutil.CONN_ESTABLISHED and c.laddr.port == port for c in found)


def test_a_step_is_told_to_who_follows_with_view_row_and_levers(browser: NewBrowser):
    presenter, follower = browser(), browser()
    code = presenter.start("Anna Berg")
    stream = follower.follow(code)
    first = stream.next(topic(code))
    assert first["place"] == {"view": "opening", "row": "", "levers": {}}
    assert (first["presenter"], first["role"], first["sequence"]) == ("Anna Berg", "follower", 0)
    answer = presenter.step(code, TABLE, "Intäkter", used_up_at_it=40)
    assert (answer.status, answer.json) == (200, {"sequence": 1})
    told = stream.next(topic(code), lambda message: message["sequence"] == 1)
    assert told["place"] == {"view": TABLE, "row": "Intäkter", "levers": {"used_up:it": 40}}
    assert presenter.follow(code).next(topic(code))["role"] == "presenter"


def test_who_joins_late_lands_where_the_meeting_is(browser: NewBrowser):
    presenter = browser()
    code = presenter.start()
    presenter.step(code, TABLE)
    presenter.step(code, "3:decision", "Punkt 1")
    told = browser().follow(code.lower()).next(topic(code))
    assert told["place"]["view"] == "3:decision"
    assert (told["ended"], told["database"]) == (False, True)


def test_fifty_who_follow_are_told_at_once_and_leave_nothing(
    meeting_app: AppServer, browser: NewBrowser
):
    presenter = browser()
    code = presenter.start()
    own = presenter.follow(code)
    own.next(topic(code))
    before = open_streams(meeting_app)
    followers = [browser() for _ in range(FIFTY)]
    streams = [follower.follow(code) for follower in followers]
    for stream in streams:
        stream.next(topic(code))
    own.next(topic(code), lambda message: message["following"] == FIFTY)
    began = time.monotonic()
    assert presenter.step(code, TABLE).status == 200
    for stream in streams:
        stream.next(topic(code), lambda message: message["place"]["view"] == TABLE)
    assert time.monotonic() - began < 5  # that they hear by being told, not by asking again
    for follower in followers:
        follower.leave()
    own.next(topic(code), lambda message: message["following"] == 0)
    until(lambda: open_streams(meeting_app) <= before, "their connections to be gone")


def test_following_counts_browsers_and_not_their_tabs_nor_who_only_looks_in(browser: NewBrowser):
    presenter, follower, onlooker = browser(), browser(), browser()
    code = presenter.start()
    own = presenter.follow(code)
    for _ in range(3):
        follower.follow(code).next(topic(code))
    looking_in = onlooker.follow(code, quietly=True)
    assert looking_in.next(topic(code))["deck"]
    assert own.next(topic(code), lambda message: message["following"])["following"] == 1
    onlooker.follow(code)
    assert own.next(topic(code), lambda message: message["following"] > 1)["following"] == 2


def test_only_the_presenter_moves_the_others(browser: NewBrowser):
    presenter, follower = browser(), browser()
    code = presenter.start()
    stream = follower.follow(code)
    stream.next(topic(code))
    refused = follower.step(code, TABLE)
    assert refused.status == 403 and refused.json["sentence"].endswith(".")
    presenter.step(code, "3:controls")
    told = stream.next(topic(code), lambda message: message["sequence"])
    assert told["place"]["view"] == "3:controls"


def test_who_asks_is_seen_by_the_presenter_alone_and_may_be_given_the_role(browser: NewBrowser):
    presenter, follower, other = browser(), browser(), browser()
    code = presenter.start()
    streams = [each.follow(code) for each in (presenter, follower, other)]
    own, theirs, others = streams
    assert follower.post(f"/api/mote/{code}/be-om", {"name": "Bo Ek"}).status == 200
    asked = own.next(topic(code), lambda message: message["asks"])["asks"]
    assert [ask["name"] for ask in asked] == ["Bo Ek"]
    assert theirs.next(topic(code), lambda message: message["asked"])["asks"] == []
    answer = presenter.post(f"/api/mote/{code}/lamna-over", {"id": asked[0]["id"]})
    assert answer.status == 200
    took = theirs.next(topic(code), lambda message: message["role"] == "presenter")
    assert (took["presenter"], took["asked"]) == ("Bo Ek", False)
    assert own.next(topic(code), lambda message: message["role"] == "follower")["asks"] == []
    assert presenter.step(code, TABLE).status == 403
    assert follower.step(code, TABLE).status == 200
    told = others.next(topic(code), lambda message: message["place"]["view"] == TABLE)
    assert told["presenter"] == "Bo Ek" and not told["asked"] and not told["asks"]


def test_who_has_gone_asks_no_longer_and_the_presenter_can_say_no(browser: NewBrowser):
    presenter, follower = browser(), browser()
    code = presenter.start()
    own = presenter.follow(code)
    own.next(topic(code))
    follower.get("/mote/anslut")
    assert follower.post(f"/api/mote/{code}/be-om", {"name": "Bo Ek"}).status == 200
    follower.follow(code)
    asked = own.next(topic(code), lambda message: message["asks"])
    assert asked["following"] == 1  # who only passes by is not listed
    follower.leave()
    own.next(topic(code), lambda message: not message["asks"])
    theirs = follower.follow(code)
    (ask,) = own.next(topic(code), lambda message: message["asks"])["asks"]
    theirs.next(topic(code), lambda message: message["asked"])
    no = f"/api/mote/{code}/avvisa", {"id": ask["id"]}
    assert follower.post(*no).status == 403
    assert presenter.post(*no).status == 200
    own.next(topic(code), lambda message: not message["asks"])
    theirs.next(topic(code), lambda message: not message["asked"])
    assert presenter.post(*no).status == 409


def test_an_ask_can_be_taken_back(browser: NewBrowser):
    presenter, follower = browser(), browser()
    code = presenter.start()
    own, theirs = presenter.follow(code), follower.follow(code)
    follower.post(f"/api/mote/{code}/be-om", {"name": "Bo Ek"})
    asked = own.next(topic(code), lambda message: message["asks"])["asks"]
    theirs.next(topic(code), lambda message: message["asked"])
    assert follower.post(f"/api/mote/{code}/angra", {}).status == 200
    theirs.next(topic(code), lambda message: not message["asked"])
    own.next(topic(code), lambda message: not message["asks"])
    late = presenter.post(f"/api/mote/{code}/lamna-over", {"id": asked[0]["id"]})
    assert late.status == 409 and "finns inte längre" in late.json["sentence"]


def test_the_deck_is_fetched_once_for_all_by_its_hash(browser: NewBrowser):
    presenter, follower = browser(), browser()
    code = presenter.start()
    hash = follower.follow(code).next(topic(code))["deck"]
    assert presenter.follow(code).next(topic(code))["deck"] == hash
    deck = follower.deck(code, hash)
    assert deck["views"][0]["key"] == "opening"
    assert "2023" in deck["title"]
    answer = follower.get(f"/api/mote/{code}/vyer/{hash}", accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert follower.get(f"/api/mote/{code}/vyer/0123456789abcdef").status == 404


def test_the_rehearsal_is_alone_and_counts_nobody(browser: NewBrowser):
    alone = browser()
    told = alone.follow("forhandsvisning").next(topic("forhandsvisning"))
    assert (told["role"], told["place"]["view"], told["following"]) == ("alone", "opening", 0)
    assert alone.deck("forhandsvisning", told["deck"])["views"]


def test_who_asks_instead_of_listening_is_told_the_same(browser: NewBrowser):
    presenter, follower = browser(), browser()
    code = presenter.start()
    asked = follower.get(f"/api/nu?mote={code}&tyst=forhandsvisning").json["messages"]
    assert [each["topic"] for each in asked] == ["figures", topic(code), "mote:forhandsvisning"]
    stream = follower.follow(code)
    assert asked[1] == stream.next(topic(code), lambda message: message["following"] == 0)
    assert asked[0] == stream.next("figures")


def test_a_code_that_no_meeting_has_is_told_as_missing(browser: NewBrowser):
    stream = browser().follow("BCDFG", "inte-en-kod")
    assert stream.next("mote:BCDFG") == {"topic": "mote:BCDFG", "missing": True}
    assert stream.next("mote:inte-en-kod")["missing"]


def test_the_stream_is_neither_packed_nor_held_back(browser: NewBrowser):
    follower = browser()
    follower.cookie += "; other=1"
    stream = follower.follow()
    headers = stream.response.headers
    assert headers["content-type"].startswith("text/event-stream")
    assert (headers["cache-control"], headers["x-accel-buffering"]) == ("no-store", "no")
    assert headers["content-encoding"] is None
    assert "default-src 'self'" in headers["content-security-policy"]


def test_corrected_figures_are_told_and_the_meeting_shows_them(
    browser: NewBrowser, meeting_url: str, tmp_path: Path
):
    presenter, follower = browser(), browser()
    code = presenter.start()
    presenter.step(code, TABLE, "Intäkter")
    stream = follower.follow(code)
    before = stream.next(topic(code))
    version = stream.next("figures")["version"]
    papers = copy_papers(tmp_path)
    change(papers, "operating.csv", "outcome;-21,5", "outcome;-21,6")
    engine = make_engine(meeting_url)
    assert load_data(engine, papers, by="test").problems == ()
    engine.dispose()
    assert stream.next("figures", lambda message: message["version"] != version)["ok"]
    after = stream.next(topic(code), lambda message: message["deck"] != before["deck"])
    assert after["place"] == before["place"]
    old, new = (follower.deck(code, message["deck"]) for message in (before, after))
    assert int(new["figures"]) == int(old["figures"]) + 1
    assert old["views"] != new["views"]


def test_a_quiet_connection_hears_a_pulse(first_stream: Stream):
    first_stream.next("puls")
    assert {message["topic"] for message in first_stream.heard} <= {"figures", "puls"}


@pytest.mark.parametrize("rubbish", ["\0", "\ud800", "BCDFG", "x" * 20])
def test_who_listens_for_rubbish_disturbs_nobody(
    browser: NewBrowser, meeting_url: str, rubbish: str
):
    presenter, follower = browser(), browser()
    code = presenter.start()
    own = presenter.follow(code)
    own.next(topic(code))
    address = "/api/handelser?mote=" + quote(rubbish, errors="surrogatepass")
    stranger = Stream(presenter.port, address, {})
    assert stranger.next(f"mote:{rubbish}" if rubbish != "\ud800" else "figures")
    follower.follow(code)
    # That they are counted says that the processes have told one another who follows what.
    own.next(topic(code), lambda message: message["following"] == 1)
    assert all(message["database"] for message in own.heard if message["topic"] == topic(code))
    with psycopg.connect(meeting_url) as connection:
        (following,) = connection.execute("SELECT following FROM app_process").fetchone()
    assert code in following and rubbish not in following
    stranger.close()
