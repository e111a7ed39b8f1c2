"""A question to a database that says nothing is given up, and asked elsewhere."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from gsn_dash.store import wires
from gsn_dash.store.engine import make_reader


def test_who_reads_does_not_wait_for_one_that_is_silent(loaded_engine, monkeypatch):
    monkeypatch.setattr(wires, "READING_SECONDS", 0.1)
    reader = make_reader(loaded_engine.url.render_as_string(hide_password=False))
    try:
        with pytest.raises(OperationalError) as lost, reader.connect() as connection:
            connection.execute(text("SELECT pg_sleep(20)"))
        assert lost.value.connection_invalidated
        with reader.connect() as connection:
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
    finally:
        reader.dispose()
