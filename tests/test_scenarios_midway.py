"""A scenario while it is being written: nobody sees it half, and who is killed leaves nothing."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from queue import SimpleQueue

import pytest
from drafted import assert_nothing_lost, draft, listed, save_until_kept
from harness import until
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import IntegrityError

from gsn_dash.store import schema
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.scenario_drafts import ScenarioVersion
from gsn_dash.store.scenarios import (
    create_scenario,
    find_scenario,
    history_of,
    list_scenarios,
    save_scenario,
)

# Holds up whoever has written a version, just before its transaction ends.
HOLD_OCCASION = "SELECT FROM occasion FOR UPDATE"
# Holds up whoever wants its turn to write.
HOLD_SCENARIO = "SELECT FROM scenario FOR UPDATE"


def _waiting_for(holder: Connection, observer: Connection) -> int | None:
    """The process of the one that `holder` holds up."""
    me = holder.execute(text("SELECT pg_backend_pid()")).scalar_one()
    asked = "SELECT pid FROM pg_stat_activity WHERE :me = ANY(pg_blocking_pids(pid))"
    return observer.execute(text(asked), {"me": me}).scalar()


@contextmanager
def _held_up(engine: Engine, hold: str, work: Callable[[], object]) -> Iterator[tuple]:
    """`work` in a thread that has come as far as `hold` lets it: its future, and a connection
    on which its process can be seen; it goes on when the block ends."""
    with (
        engine.connect().execution_options(isolation_level="AUTOCOMMIT") as observer,
        ThreadPoolExecutor(1) as pool,
        engine.connect() as holder,
    ):
        holder.execute(text(hold))
        future = pool.submit(work)
        until(lambda: _waiting_for(holder, observer) or future.done(), "a writer to wait")
        assert not future.done(), future.result()
        yield future, observer, _waiting_for(holder, observer)


def _kill(future: Future, observer: Connection, process: int) -> None:
    observer.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
    with pytest.raises(StoreUnavailable) as said:
        future.result(timeout=30)
    assert said.value.sentence.startswith("Databasen svarade inte")


@pytest.mark.parametrize("hold", [HOLD_SCENARIO, HOLD_OCCASION])
def test_a_writer_that_is_killed_midway_leaves_nothing_half(loaded_engine, hold):
    first = create_scenario(loaded_engine, draft())
    mine = draft(note="mitt")

    def write() -> object:
        return save_scenario(loaded_engine, first.id, 1, mine)

    with _held_up(loaded_engine, hold, write) as held:
        _kill(*held)
    assert history_of(loaded_engine, first.id) == (first,)
    again = save_scenario(loaded_engine, first.id, 1, mine)
    assert history_of(loaded_engine, first.id) == (first, again)


def test_a_creation_that_is_killed_midway_leaves_nothing_half(loaded_engine):
    mine = draft()
    with _held_up(loaded_engine, HOLD_OCCASION, lambda: create_scenario(loaded_engine, mine)) as it:
        _kill(*it)
    with loaded_engine.connect() as connection:
        for table in (schema.scenario, schema.scenario_version):
            count = select(func.count()).select_from(table)
            assert connection.execute(count).scalar_one() == 0
    assert create_scenario(loaded_engine, mine).version == 1


def test_nobody_sees_a_version_before_it_is_whole(loaded_engine):
    first = create_scenario(loaded_engine, draft())

    def write() -> object:
        return save_scenario(loaded_engine, first.id, 1, draft(note="n"))

    with _held_up(loaded_engine, HOLD_OCCASION, write) as (future, _, _):
        assert find_scenario(loaded_engine, first.id) == first
        assert list_scenarios(loaded_engine) == listed(first)
    assert list_scenarios(loaded_engine) == listed(future.result())


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_database_lets_writers_take_turns_by_itself(loaded_engine, is_kept):
    """Also those that do not ask for their turn: both write version 2 with an insert alone."""
    first = create_scenario(loaded_engine, draft())
    with loaded_engine.connect() as connection:
        row = connection.execute(select(schema.scenario_version)).mappings().one()
    second = schema.scenario_version.insert().values({**row, "version": 2, "author": "Bo"})

    def write() -> None:
        with loaded_engine.begin() as connection:
            connection.execute(second)

    with ThreadPoolExecutor(1) as pool, loaded_engine.connect() as ahead:
        ahead.execute(second)
        with loaded_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as observer:
            future = pool.submit(write)
            until(lambda: _waiting_for(ahead, observer) or future.done(), "the second to wait")
        assert not future.done()
        (ahead.commit if is_kept else ahead.rollback)()
        refusal = future.exception(timeout=30)
    if is_kept:
        assert isinstance(refusal, IntegrityError)
        assert refusal.orig.sqlstate == "23001"
    else:
        assert refusal is None
    assert [each.version for each in history_of(loaded_engine, first.id)] == [1, 2]


def _end_a_session(connection: Connection) -> None:
    """End one of the others' sessions, one that does something before one that rests."""
    connection.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " ORDER BY state = 'idle', random() LIMIT 1"
        )
    )


def test_what_was_acknowledged_while_sessions_were_ended_is_there(loaded_engine):
    first = create_scenario(loaded_engine, draft())
    told: SimpleQueue = SimpleQueue()

    def write(number: int) -> list[ScenarioVersion]:
        kept = []
        for turn in range(10):
            wanted = draft(author=f"Skribent {number}", document={"turn": turn})
            while len(kept) == turn:
                try:
                    kept.append(save_until_kept(loaded_engine, first, wanted))
                except StoreUnavailable:
                    wanted = replace(wanted, note="en gång till")
                told.put(number)
        return kept

    with ThreadPoolExecutor(6) as pool:
        writers = [pool.submit(write, number) for number in range(6)]
        with loaded_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for _ in range(30):
                told.get(timeout=30)
                _end_a_session(connection)
        wait(writers)
    kept = [version for writer in writers for version in writer.result()]
    assert len(kept) == 60
    assert [each for each in kept if each.note], "no session was ended in the midst of a save"
    assert_nothing_lost(loaded_engine, first, kept)


def test_a_scenario_is_written_while_another_is_held_up(loaded_engine):
    """Only the writers of one scenario wait for one another."""
    first, other = (create_scenario(loaded_engine, draft()) for _ in range(2))
    assert first.id != other.id
    hold = f"SELECT FROM scenario WHERE id = '{first.id}' FOR UPDATE"

    def write() -> object:
        return save_scenario(loaded_engine, first.id, 1, draft(note="n"))

    with _held_up(loaded_engine, hold, write):
        assert save_scenario(loaded_engine, other.id, 1, draft(note="n")).version == 2
