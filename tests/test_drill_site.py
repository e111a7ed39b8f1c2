"""Several processes behind a balancer on a server with its standby: one dies, nobody is lost."""

from collections.abc import Iterator

import pytest
from balancer import NOT_RUN, find_nginx
from harness import until
from papers import change, copy_papers
from standing import Site, site

from gsn_dash.domain.refs import OperatingKey
from gsn_dash.operate.load import load_data
from gsn_dash.store.engine import make_engine, make_reader
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


def test_a_primary_that_dies_is_replaced_and_what_was_kept_is_there(standing: Site):
    with standing.meeting(seed=2) as made:
        made.step()
        told, back = standing.lose_primary(made)
        assert told < 5 and back < 15
        counted = standing.pair.primary.ask(
            f"SELECT sequence FROM meeting_now WHERE code = '{made.code}'"
        )
        assert counted == made.kept[-1]
