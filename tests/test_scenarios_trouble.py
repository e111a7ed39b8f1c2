"""A database that answers and will not: a sentence for who saves, the details in the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from drafted import draft
from sqlalchemy import Engine, text

from gsn_dash.store.engine import StoreUnavailable, make_engine
from gsn_dash.store.scenario_base import read_base
from gsn_dash.store.scenarios import (
    create_scenario,
    delete_scenario,
    find_scenario,
    find_scenarios,
    history_of,
    list_scenarios,
    rename_scenario,
    save_scenario,
)

NOT_SAVED = "Databasen tog inte emot ändringen, så inget är sparat"
NOT_READ = "Databasen lämnar inte ut"
# A role of every server that may read no table.
NOBODY = "pg_read_all_settings"


@contextmanager
def _session(engine: Engine, settings: str) -> Iterator[Engine]:
    """Another way to the same database, whose sessions begin with some settings."""
    url = engine.url.update_query_dict({"options": f"-c {settings}"})
    other = make_engine(url.render_as_string(hide_password=False))
    try:
        yield other
    finally:
        other.dispose()


def _refused(ask, sentence: str, caplog: pytest.LogCaptureFixture, detail: str) -> None:
    caplog.clear()
    with caplog.at_level(logging.WARNING), pytest.raises(StoreUnavailable) as said:
        ask()
    assert said.value.sentence.startswith(sentence)
    assert said.value.sentence.endswith(".")
    assert detail in caplog.text


def test_a_database_that_may_only_be_read_lets_scenarios_be_read(loaded_engine, caplog):
    kept = create_scenario(loaded_engine, draft())
    with _session(loaded_engine, "default_transaction_read_only=on") as standby:
        for write in (
            lambda: create_scenario(standby, draft()),
            lambda: save_scenario(standby, kept.id, 1, draft(note="n")),
            lambda: rename_scenario(standby, kept.id, 1, "Vår", "Eva"),
            lambda: delete_scenario(standby, kept.id, 1, "Eva"),
        ):
            _refused(write, NOT_SAVED, caplog, "read-only transaction")
        assert find_scenario(standby, kept.id) == kept
        assert read_base(standby, kept) is not None
    assert history_of(loaded_engine, kept.id) == (kept,)


def test_who_has_no_privileges_is_told_so(loaded_engine, caplog):
    kept = create_scenario(loaded_engine, draft())
    with _session(loaded_engine, f"role={NOBODY}") as stranger:
        for read in (
            lambda: list_scenarios(stranger),
            lambda: find_scenario(stranger, kept.id),
            lambda: find_scenarios(stranger, [kept.id]),
            lambda: history_of(stranger, kept.id),
            lambda: read_base(stranger, kept),
        ):
            _refused(read, NOT_READ, caplog, "permission denied")
        _refused(lambda: create_scenario(stranger, draft()), NOT_SAVED, caplog, "permission denied")


def test_what_the_database_has_no_room_for_is_not_saved(loaded_engine, caplog):
    far = draft(batch=10**30)
    _refused(lambda: create_scenario(loaded_engine, far), NOT_SAVED, caplog, "out of range")
    assert find_scenario(loaded_engine, far.id) is None


def test_a_database_that_has_not_been_prepared_is_told_of(loaded_engine, caplog):
    with loaded_engine.begin() as connection:
        connection.execute(text("ALTER TABLE scenario_version RENAME TO elsewhere"))
    _refused(lambda: list_scenarios(loaded_engine), NOT_READ, caplog, "does not exist")
    _refused(lambda: create_scenario(loaded_engine, draft()), NOT_SAVED, caplog, "does not exist")
