"""Several processes behind a balancer on a server with its standby: one dies, nobody is lost."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from balancer import NOT_RUN, Balancer, balanced, find_nginx
from drafted import draft
from harness import free_port, until
from open_page import open_pages
from papers import change, copy_papers
from playwright.sync_api import Browser
from savers import KINDS, await_more, count_found, saving
from standing import Site, site

from gsn_dash.domain.refs import OperatingKey
from gsn_dash.operate.load import load_data
from gsn_dash.store import wires
from gsn_dash.store.engine import StoreUnavailable, make_engine, make_reader
from gsn_dash.store.scenarios import create_scenario, list_scenarios
from gsn_dash.ui import data

COST_OUTCOME = OperatingKey("total", "cost", "period", "outcome")
READING = (
    "SELECT count(DISTINCT client_port) FROM pg_stat_activity"
    " WHERE application_name = 'gsn_dash' AND pg_is_in_recovery()"
)


@pytest.fixture(scope="module")
def standing() -> Iterator[Site]:
    with site() as made:
        yield made


def test_figures_are_read_from_the_standby_but_never_older_than_what_has_been_kept(
    standing: Site, tmp_path
):
    primary, standby = standing.pair.primary, standing.pair.standby
    until(lambda: standby.ask(READING) == len(standing.apps), "all to read from the standby")
    engine, reader = make_engine(standing.pair.url), make_reader(standing.pair.url)
    papers = copy_papers(tmp_path)
    change(papers, "operating.csv", "outcome;-21,5", "outcome;-21,6")
    try:
        data.refresh(engine, reader)
        standby.ask("SELECT pg_wal_replay_pause()")
        assert load_data(engine, papers, by="test").problems == ()
        behind = "SELECT max(id) FROM import_batch"
        assert standby.ask(behind) < primary.ask(behind)
        data.refresh(engine, reader)
        assert data.current().snapshot.operating[COST_OUTCOME].printed == "-21,6"
    finally:
        standby.ask("SELECT pg_wal_replay_resume()")
        data._figures = data.Figures()
        engine.dispose()
        reader.dispose()


@pytest.mark.skipif(find_nginx() is None, reason=NOT_RUN)
def test_a_process_killed_behind_nginx_is_missed_by_nobody_in_the_meeting(standing: Site):
    with standing.meeting(seed=1) as made:
        made.step()
        assert standing.lose_app(made) < 15
        made.step()


def test_a_standby_that_is_away_holds_up_nobody_for_ever_and_who_saves_is_told(
    standing: Site, monkeypatch
):
    monkeypatch.setattr(wires, "SECURED_SECONDS", 0.3)
    pair, engine = standing.pair, make_engine(standing.pair.url)
    try:
        pair.standby.kill()
        with pytest.raises(StoreUnavailable, match="sparat på den första .* reserven svarar inte"):
            create_scenario(engine, draft(name="Ensam", note="0"))
        assert [each.name for each in list_scenarios(engine)] == ["Ensam"]
        pair.standby.start()
        until(pair.is_followed, "the standby to be waited for")
        create_scenario(engine, draft(name="Säkrad", note="1"))
    finally:
        engine.dispose()


def test_a_primary_that_dies_is_replaced_and_what_was_kept_is_there(standing: Site):
    url = standing.pair.url
    with standing.meeting(seed=2) as made, saving(url, KINDS[:1]) as savers:
        made.step()
        await_more(savers, 3)
        told, back = standing.lose_primary(made)
        assert told < 5 and back < 15
        await_more(savers, 3)
        counted = standing.pair.primary.ask(
            f"SELECT sequence FROM meeting_now WHERE code = '{made.code}'"
        )
        assert counted == made.kept[-1]
    assert savers[0].refused and count_found(savers, url) >= 6


@pytest.mark.skipif(find_nginx() is None, reason=NOT_RUN)
def test_a_page_that_stands_open_is_drawn_by_the_process_that_is_left(
    standing: Site, browser: Browser
):
    """And a link that is followed just then leads on, with the occasion that was chosen."""
    with open_pages(standing, browser) as pages:
        _, drawn, led = pages.lose_app()
        assert drawn < 20 and led < 20


class _OwnPort(BaseHTTPRequestHandler):
    """Tells who answers."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(self.server.server_port).encode())

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _answering(port: int) -> Iterator[None]:
    with ThreadingHTTPServer(("127.0.0.1", port), _OwnPort) as server:
        Thread(target=server.serve_forever, args=(0.01,)).start()
        try:
            yield
        finally:
            server.shutdown()


def _ask(before: Balancer) -> int | None:
    """Who answers; None where nginx says that nobody does."""
    try:
        address = f"https://localhost:{before.port}/"
        with urllib.request.urlopen(address, context=before.trust) as answer:
            return int(answer.read())
    except urllib.error.HTTPError:
        return None


@pytest.mark.skipif(find_nginx() is None, reason=NOT_RUN)
def test_processes_may_be_started_again_one_straight_after_the_other():
    """Who has just come back is asked within two seconds when the other one goes."""
    ports = {free_port(), free_port()}
    with ExitStack() as stack, balanced(tuple(ports)) as before:
        running = {port: stack.enter_context(ExitStack()) for port in ports}
        for port, its in running.items():
            its.enter_context(_answering(port))
        one = _ask(before)
        (other,) = ports - {one}
        running[one].close()
        assert _ask(before) == other
        running[one].enter_context(_answering(one))
        running[other].close()
        began = time.monotonic()
        until(lambda: _ask(before) == one, "the process that has come back")
        assert time.monotonic() - began < 3
