"""A meeting that has ended keeps what it showed: figures, texts, order of views and levers."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from harness import AppServer
from meeting_client import Browser, Stream
from meeting_people import BO, EVA, OPENING, started
from papers import change, copy_papers
from sqlalchemy import Engine, text

from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.meeting.agenda import AgendaChoice, arrange, choice_of, make_agenda
from gsn_dash.domain.scenario.offered import levers_of
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.meeting.deck.compose import compose_deck
from gsn_dash.meeting.ending import end
from gsn_dash.meeting.frozen import CHANGED, open_kept
from gsn_dash.meeting.sources import read_sources
from gsn_dash.operate.load import load_data
from gsn_dash.store.agendas import read_agenda, save_agenda, save_decision
from gsn_dash.store.engine import make_engine
from gsn_dash.store.meeting_ends import read_end, shown_of
from gsn_dash.store.meetings import move_meeting, take_over
from gsn_dash.store.read import read_snapshot
from gsn_dash.store.scenarios import find_scenario, list_scenarios
from gsn_dash.ui.data import Figures
from gsn_dash.ui.views.what_if_levers import lever_id

TABLE, DECISION, WHAT_IF = "operating:table", "3:decision", "operating:what_if"
TABLE_FIRST = AgendaChoice((TABLE, "operating:message"), frozenset({"operating:bridge"}))
OCCASION = (2023, 2)


@pytest.fixture(scope="module")
def engine(meeting_url: str) -> Iterator[Engine]:
    engine = make_engine(meeting_url)
    yield engine
    engine.dispose()


@dataclass
class Held:
    """A meeting that goes on, and its presenter's browser."""

    presenter: Browser
    code: str

    @property
    def topic(self) -> str:
        return f"mote:{self.code}"

    def end(self, but: str = "") -> dict:
        """End it; what a follower is told then, with another deck than `but`."""
        stream = self.presenter.follow(self.code)
        assert self.presenter.post(f"/api/mote/{self.code}/avsluta", {}).status == 200
        return stream.next(self.topic, lambda told: told["ended"] and told["deck"] != but)


@pytest.fixture
def held(meeting_app: AppServer) -> Iterator[Held]:
    presenter = Browser(int(meeting_app.environ["PORT"]))
    yield Held(presenter, presenter.start())
    presenter.leave()


def correct(engine: Engine, folder: Path, printed: str) -> None:
    papers = copy_papers(folder)
    change(papers, "operating.csv", "outcome;-21,5", f"outcome;{printed}")
    assert load_data(engine, papers, by="test").problems == ()


def deck_in_force(held: Held, stream: Stream, engine: Engine) -> str:
    """The hash of the deck that is told once the newest figures have come to the app."""
    newest, deck_of = str(read_snapshot(engine).batch), held.presenter.deck

    def is_newest(told: dict) -> bool:
        return deck_of(held.code, told["deck"])["figures"] == newest

    return stream.next(held.topic, is_newest)["deck"]


def some_lever(held: Held, stream: Stream) -> str:
    """The name of a lever that can stand at 30 and at 40."""
    deck = held.presenter.deck(held.code, stream.next(held.topic)["deck"])
    return next(each["id"] for each in deck["sheet"]["levers"] if each["id"].startswith("used_up:"))


def views_of(deck: dict) -> dict[str, dict]:
    return {view["key"]: view for view in deck["views"]}


def test_the_end_is_told_and_nobody_moves_the_meeting_any_more(held: Held):
    follower = Browser(held.presenter.port)
    follower.get("/mote/anslut")
    stream = follower.follow(held.code)
    stream.next(held.topic)
    held.presenter.step(held.code, TABLE)
    told = held.end()
    assert (told["role"], told["following"], told["asks"]) == ("alone", 0, [])
    heard = stream.next(held.topic, lambda message: message["ended"])
    assert heard["place"]["view"] == TABLE and heard["deck"] == told["deck"]
    for answer in (
        held.presenter.step(held.code, DECISION),
        held.presenter.post(f"/api/mote/{held.code}/avsluta", {}),
        follower.post(f"/api/mote/{held.code}/be-om", {"name": "Bo"}),
        held.presenter.submit("/mote/starta", name="Anna", code=held.code),
    ):
        assert answer.status == 410
    follower.leave()


def test_levers_that_were_moved_are_a_frozen_scenario(held: Held, engine: Engine):
    stream = held.presenter.follow(held.code)
    name = some_lever(held, stream)
    before = {each.id for each in list_scenarios(engine)}
    held.presenter.step(held.code, WHAT_IF, "", **{name.replace(":", "_at_"): 40})
    held.end()
    (new,) = [each for each in list_scenarios(engine) if each.id not in before]
    assert new.name.startswith("Visat på mötet ") and new.author == "Anna Berg"
    assert (new.state, new.fingerprint) == ("frozen", read_end(engine, held.code)["fingerprint"])
    assert find_scenario(engine, new.id).document["assumptions"]
    document = read_end(engine, held.code)
    assert document["scenario"]["saved"] == new.id and document["levers"] == {name: 40}


def test_a_meeting_without_assumptions_leaves_no_scenario(held: Held, engine: Engine):
    before = list_scenarios(engine)
    held.presenter.step(held.code, TABLE)
    held.end()
    assert list_scenarios(engine) == before
    document = read_end(engine, held.code)
    assert [each["view"] for each in document["shown"]] == ["opening", TABLE]
    assert document["presenter"] == "Anna Berg" and document["scenario"]["saved"] is None


def test_an_end_that_failed_midway_can_be_asked_for_again(held: Held, engine: Engine):
    stream = held.presenter.follow(held.code)
    name = some_lever(held, stream)
    held.presenter.step(held.code, WHAT_IF, "", **{name.replace(":", "_at_"): 30})
    before = {each.id for each in list_scenarios(engine)}
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE meeting_end RENAME TO meeting_end_away"))
    failed = held.presenter.post(f"/api/mote/{held.code}/avsluta", {})
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE meeting_end_away RENAME TO meeting_end"))
    assert failed.status == 503 and "inget är sparat" in failed.json["sentence"]
    assert not stream.heard[-1]["ended"]
    assert held.end()["ended"]
    assert len({each.id for each in list_scenarios(engine)} - before) == 1


def test_it_is_shown_again_with_the_figures_texts_and_order_that_it_had(
    held: Held, engine: Engine, tmp_path: Path
):
    snapshot = read_snapshot(engine)
    agenda = arrange(make_agenda(snapshot), TABLE_FIRST)
    seen = read_agenda(engine, *OCCASION)
    chosen = choice_of(agenda).to_json()
    save_agenda(engine, *OCCASION, seen.version if seen else 0, chosen, "Anna")
    first = save_decision(engine, *OCCASION, "3", 0, "Nämnden godkänner.", True, "Anna")
    stream = held.presenter.follow(held.code)
    fresh = held.presenter.deck
    live = stream.next(
        held.topic,
        lambda told: "Nämnden godkänner" in str(fresh(held.code, told["deck"])),
    )
    shown = held.presenter.deck(held.code, live["deck"])
    keys = [view["key"] for view in shown["views"]]
    assert keys[1] == TABLE and "operating:bridge" not in keys
    held.presenter.step(held.code, TABLE)
    held.presenter.step(held.code, DECISION)
    ended = held.end()

    correct(engine, tmp_path / "later", "-21,7")
    save_decision(engine, *OCCASION, "3", first.version, "Nämnden avslår.", False, "Bo")
    version = read_agenda(engine, *OCCASION).version
    save_agenda(engine, *OCCASION, version, choice_of(make_agenda(snapshot)).to_json(), "Bo")
    again = Browser(held.presenter.port).follow(held.code).next(held.topic)
    assert again["deck"] == ended["deck"]
    deck = held.presenter.deck(held.code, ended["deck"])
    assert deck == shown
    assert deck["archived"] == "" and "Nämnden avslår" not in str(deck)


def test_a_view_keeps_the_figures_it_was_left_with(held: Held, engine: Engine, tmp_path: Path):
    stream = held.presenter.follow(held.code)
    first = deck_in_force(held, stream, engine)
    held.presenter.step(held.code, TABLE)
    held.presenter.step(held.code, DECISION)
    correct(engine, tmp_path, "-21,9")
    second = deck_in_force(held, stream, engine)
    held.presenter.step(held.code, "operating:message")
    last = held.end(but=second)["deck"]
    before, after, kept = (
        views_of(held.presenter.deck(held.code, hash)) for hash in (first, second, last)
    )
    assert kept[TABLE] == before[TABLE] != after[TABLE]
    assert kept["operating:message"] == after["operating:message"] != before["operating:message"]
    assert kept["operating:demand"] == after["operating:demand"]
    assert [each.view for each in shown_of(engine, held.code)][-1] == "operating:message"


def test_figures_that_are_no_longer_what_was_shown_are_said_to_be(
    held: Held, engine: Engine, meeting_url: str, start_app: Callable[..., AppServer]
):
    held.end()
    try:
        forge(engine, "amount + 1")
        other = start_app(DATABASE_URL=meeting_url).wait_open()
        browser = Browser(int(other.environ["PORT"]))
        told = browser.follow(held.code).next(held.topic)
        assert browser.deck(held.code, told["deck"])["archived"] == CHANGED
        browser.leave()
    finally:
        forge(engine, "amount - 1")


def forge(engine: Engine, amount: str) -> None:
    """Change a figure in place, which only who owns the database can do."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        forged = f"UPDATE operating_line SET amount = {amount} WHERE id = 1"
        assert connection.execute(text(forged)).rowcount == 1


def test_what_was_shown_stays_when_papers_are_given_other_names_and_numbers(
    loaded_engine: Engine, tmp_path: Path
):
    save_decision(loaded_engine, *OCCASION, "3", 0, "Nämnden godkänner.", True, "Anna")
    snapshot = read_snapshot(loaded_engine)
    figures = Figures(snapshot, run_controls(snapshot))
    code = started(loaded_engine).code
    move_meeting(loaded_engine, code, EVA, OPENING, (DECISION, snapshot.batch))
    shown = compose_deck(read_sources(loaded_engine, figures, OCCASION))
    assert end(loaded_engine, figures, code, EVA, datetime.now(UTC))
    papers = copy_papers(tmp_path)
    printed = (papers / "documents.csv").read_text(encoding="utf-8")
    renumbered = re.sub(";3$", ";5", printed, flags=re.MULTILINE)
    (papers / "documents.csv").write_text(renumbered, encoding="utf-8")
    assert load_data(loaded_engine, papers, by="test").problems == ()
    again = read_sources(loaded_engine, Figures(), OCCASION)
    assert "5" in {item.number for item in again.agenda.items}
    kept = open_kept(loaded_engine, read_end(loaded_engine, code))
    assert kept == json.loads(json.dumps(shown)) and "Nämnden godkänner" in str(kept)


def test_a_view_that_was_shown_and_then_left_out_is_kept_with_what_it_showed(
    loaded_engine: Engine, tmp_path: Path
):
    first = read_snapshot(loaded_engine).batch
    code = started(loaded_engine).code
    move_meeting(loaded_engine, code, EVA, OPENING, (TABLE, first))
    # Imported while it stood there, and shown first after it was left.
    correct(loaded_engine, tmp_path, "-21,7")
    move_meeting(loaded_engine, code, EVA, OPENING, (DECISION, first))
    snapshot = read_snapshot(loaded_engine)
    agenda = arrange(make_agenda(snapshot), AgendaChoice(hidden=frozenset({TABLE})))
    save_agenda(loaded_engine, *OCCASION, 0, choice_of(agenda).to_json(), "Anna")
    figures = Figures(snapshot, run_controls(snapshot))
    assert end(loaded_engine, figures, code, EVA, datetime.now(UTC))
    kept = views_of(open_kept(loaded_engine, read_end(loaded_engine, code)))
    assert "\u221221,5" in kept[TABLE]["html"] and "\u221221,7" not in kept[TABLE]["html"]


def test_who_is_too_late_to_end_leaves_no_frozen_scenario(loaded_engine: Engine):
    snapshot = read_snapshot(loaded_engine)
    figures = Figures(snapshot, run_controls(snapshot))
    lever = lever_id(levers_of(snapshot, Scenario())[0])
    code = started(loaded_engine, {**OPENING, "levers": {lever: 1}}).code
    take_over(loaded_engine, code, BO, "Bo")
    assert not end(loaded_engine, figures, code, EVA, datetime.now(UTC))
    assert list_scenarios(loaded_engine) == ()
