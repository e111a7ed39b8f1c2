"""The watch over the database: what it does when the database comes, goes and comes back."""

import os
import queue
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from harness import WAIT_SECONDS, answer
from sqlalchemy import Engine, text

from gsn_dash.operate.prepare import release
from gsn_dash.operate.watch import StoreWatch
from gsn_dash.settings import PROJECT, Settings
from gsn_dash.store.embedded import EmbeddedPostgres
from gsn_dash.store.embedded.postmaster import find_postmaster

Heard = queue.Queue


def settings_for(state: Path, url: str | None = None) -> Settings:
    return Settings(url, state, 8501, "localhost", PROJECT / "data")


def tell_batches(heard: Heard) -> Callable[[Engine, Engine], None]:
    """A refresh that reads how many imports the database holds."""

    def refresh(engine: Engine, _reader: Engine) -> None:
        with engine.connect() as connection:
            heard.put(connection.execute(text("SELECT count(*) FROM import_batch")).scalar_one())

    return refresh


def await_next(heard: Heard, wanted: Callable[[object], bool]) -> object:
    """The next thing that was told and is `wanted`; fails when none comes."""
    while True:
        told = heard.get(timeout=WAIT_SECONDS)
        if wanted(told):
            return told


def is_figure(told: object) -> bool:
    return isinstance(told, int)


def is_sentence(told: object) -> bool:
    return isinstance(told, str)


@pytest.fixture
def watching() -> Iterator[Callable[..., StoreWatch]]:
    """Starts watches, and stops them and their servers afterwards."""
    started: list[tuple[StoreWatch, Settings]] = []

    def start(
        settings: Settings, refresh: Callable, lost: Callable, every: float = 0.05, **more: float
    ) -> StoreWatch:
        watch = StoreWatch(settings, refresh, lost, every, **more)
        watch.start()
        started.append((watch, settings))
        return watch

    yield start
    for watch, settings in started:
        watch.stop()
        release(settings)


def test_killed_server_is_lost_and_comes_back_with_its_figures(state: Path, watching) -> None:
    heard: Heard = queue.Queue()
    watching(settings_for(state), tell_batches(heard), heard.put)
    first = await_next(heard, is_figure)
    assert first > 0
    os.kill(find_postmaster(state / "postgres" / "data").pid, signal.SIGKILL)
    sentence = await_next(heard, is_sentence)
    assert sentence.endswith(".") and str(state) in sentence
    assert await_next(heard, is_figure) == first


def test_database_that_comes_later_is_migrated_and_loaded(
    state: Path, server: EmbeddedPostgres, watching
) -> None:
    heard: Heard = queue.Queue()
    socket = quote(str(state / "postgres" / "socket"), safe="")
    url = f"postgresql://gsn@/gsn?host={socket}&port=5432"
    watching(settings_for(state, url), tell_batches(heard), heard.put)
    assert "svarar inte" in await_next(heard, is_sentence)
    server.ensure_running()
    assert await_next(heard, is_figure) > 0
    assert answer(url, "SELECT count(*) FROM alembic_version") == 1


def test_fault_in_the_refresh_does_not_end_the_watch(state: Path, watching) -> None:
    heard: Heard = queue.Queue()
    faults = iter([ValueError("a fault of ours")])

    def refresh(_engine: Engine, _reader: Engine) -> None:
        for fault in faults:
            raise fault
        heard.put(1)

    watching(settings_for(state), refresh, heard.put)
    assert "loggen" in await_next(heard, is_sentence)
    assert await_next(heard, is_figure) == 1


def test_database_that_takes_the_question_and_says_nothing_is_told_of_meanwhile(
    state: Path, loaded_engine: Engine, loaded_url: str, watching
) -> None:
    heard: Heard = queue.Queue()

    def refresh(engine: Engine, _reader: Engine) -> None:
        with engine.connect() as connection:
            connection.execute(text("LOCK TABLE import_batch IN SHARE MODE"))
        heard.put(1)

    with loaded_engine.connect() as holder:
        holder.execute(text("LOCK TABLE import_batch IN EXCLUSIVE MODE"))
        watching(settings_for(state, loaded_url), refresh, heard.put, silent=0.1)
        assert "svarar inte" in await_next(heard, is_sentence)
    assert await_next(heard, is_figure) == 1


def test_stopped_watch_is_silent(state: Path, watching) -> None:
    heard: Heard = queue.Queue()
    watch = watching(settings_for(state), tell_batches(heard), heard.put)
    await_next(heard, is_figure)
    watch.stop()
    while not heard.empty():
        heard.get()
    with pytest.raises(queue.Empty):
        heard.get(timeout=0.3)


def test_watch_that_is_called_looks_at_once_and_stops_at_once(state: Path, watching) -> None:
    heard: Heard = queue.Queue()
    watch = watching(settings_for(state), tell_batches(heard), heard.put, every=3600)
    await_next(heard, is_figure)
    for _ in range(3):
        watch.look()
        await_next(heard, is_figure)
    began = time.monotonic()
    watch.stop()
    assert time.monotonic() - began < 1.5


def test_watch_that_never_started_can_be_stopped(state: Path) -> None:
    StoreWatch(settings_for(state), print, print).stop()
