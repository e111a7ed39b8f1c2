"""A database from before this version, with figures in it, is brought up to date as it stands."""

from datetime import date

import pytest
from alembic import command
from alembic.config import Config
from imports_made import COST_OUTCOME, correction, kept
from papers import kr, mkr
from sqlalchemy import text

from gsn_dash.store import migrate
from gsn_dash.store.engine import make_engine
from gsn_dash.store.read import read_batches, read_snapshot
from gsn_dash.store.withdrawing import withdraw

# What an import of that version wrote, so much as an occasion needs.
WRITTEN = """
INSERT INTO import_batch (recorded_by, note) VALUES ('Eva', '');
INSERT INTO import_file VALUES (1, 'operating.csv', repeat('a', 64));
INSERT INTO document (key, title, kind, pages)
    VALUES ('b', 'Bilaga', 'bilaga', '4'), ('a', 'Ärende', 'ärende', '');
INSERT INTO place (document_key, section) VALUES ('b', 'Driftkostnader');
INSERT INTO occasion (year, number) VALUES (2023, 2);
INSERT INTO occasion_days (occasion_id, year, period_start, period_end, appendix_dated,
    meeting_on, document_key, batch_id)
    VALUES (1, 2023, '2023-01-01', '2023-04-30', '2023-05-04', '2023-05-08', 'a', 1);
INSERT INTO operating_line (occasion_id, item, span, measure, printed, amount, precision_kr,
    place_id, batch_id)
    VALUES (1, 'cost', 'period', 'outcome', '-21,5', -21500000, 100000, 1, 1);
"""


@pytest.fixture
def old_engine(empty_url):
    engine = make_engine(empty_url)
    config = Config()
    config.set_main_option("script_location", str(migrate._MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
    with engine.begin() as connection:
        connection.execute(text(WRITTEN))
    yield engine
    engine.dispose()


def test_figures_imports_and_the_order_of_papers_are_as_they_were(old_engine):
    migrate.migrate(old_engine)
    snapshot = read_snapshot(old_engine)
    assert snapshot.operating[COST_OUTCOME].money == mkr("-21.5")
    assert snapshot.occasion.meeting_on == date(2023, 5, 8)
    assert list(snapshot.documents) == ["b", "a"]
    (batch,) = read_batches(old_engine)
    assert (batch.id, batch.kind, batch.withdrawn_by) == (1, "folder", None)


def test_what_is_imported_after_it_is_numbered_on_and_can_be_withdrawn(old_engine):
    migrate.migrate(old_engine)
    assert kept(old_engine, correction("-21000000")).batch == 2
    assert read_snapshot(old_engine).operating[COST_OUTCOME].money == kr("-21000000")
    withdraw(old_engine, 2, "Eva", "Fel")
    assert read_snapshot(old_engine).operating[COST_OUTCOME].money == mkr("-21.5")
