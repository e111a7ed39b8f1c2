"""What the pages are given: the figures of one moment, and what is kept of them."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from imports_made import SPRING, correction
from imports_made import kept as correct_by_hand
from papers import append, change, copy_papers
from sqlalchemy import Engine

from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.operate.load import load_data
from gsn_dash.pictures.kept import kept
from gsn_dash.store.answers import EXPLAINED, answer
from gsn_dash.store.audit import erase, find_people
from gsn_dash.store.columns import ERASED
from gsn_dash.ui import data

COST_OUTCOME = OperatingKey("total", "cost", "period", "outcome")
GONE = "Databasen svarar inte."


@pytest.fixture(autouse=True)
def nothing_read() -> Iterator[None]:
    """Each test begins as a new process does, and leaves nothing behind."""
    data._figures = data.Figures()
    yield
    data._figures = data.Figures()


def correct(engine: Engine, folder: Path) -> None:
    """A new batch: one changed figure."""
    folder.mkdir()
    papers = copy_papers(folder)
    change(papers, "operating.csv", "outcome;-21,5", "outcome;-21,6")
    assert load_data(engine, papers, by="test").problems == ()


def test_before_the_store_is_read_there_is_no_version_and_no_figures():
    figures = data.current()
    assert (figures.snapshot, figures.version, figures.read_at) == (None, None, None)
    assert data.frame_lines(figures) == (None, ())


def test_an_empty_store_is_read_and_has_no_figures(engine):
    data.refresh(engine)
    figures = data.current()
    assert figures.snapshot is None
    assert figures.version is not None
    assert figures.read_at is not None


def test_refresh_reads_figures_controls_and_imports_of_one_moment(loaded_engine):
    before = datetime.now(data.ZONE)
    data.refresh(loaded_engine)
    figures = data.current()
    assert figures.snapshot.operating[COST_OUTCOME].printed == "-21,5"
    assert figures.findings == run_controls(figures.snapshot)
    assert [batch.id for batch in figures.batches] == [figures.snapshot.batch]
    assert before <= figures.read_at <= datetime.now(data.ZONE)
    # Nothing of this process: another one that has read the same says the same.
    assert data.status() == figures.status == (str(figures.version), True)


def test_refresh_without_a_new_batch_keeps_the_snapshot_and_tells_the_time(loaded_engine):
    data.refresh(loaded_engine)
    first = data.current()
    one = kept(first.snapshot, "one", object)
    data.refresh(loaded_engine)
    second = data.current()
    assert second.snapshot is first.snapshot
    assert second.read_at > first.read_at
    assert kept(second.snapshot, "one", object) is one


def test_refresh_with_a_new_batch_gives_new_figures_and_makes_all_anew(loaded_engine, tmp_path):
    data.refresh(loaded_engine)
    first = data.current()
    one = kept(first.snapshot, "one", object)
    correct(loaded_engine, tmp_path / "new")
    data.refresh(loaded_engine)
    second = data.current()
    assert second.snapshot.operating[COST_OUTCOME].printed == "-21,6"
    assert len(second.batches) == 2
    assert second.status != first.status
    assert kept(second.snapshot, "one", object) is not one


def test_a_name_that_is_erased_is_on_no_page_that_is_drawn_after(loaded_engine):
    parts = {"state": EXPLAINED, "words": "Felskrivet", "fingerprint": "a" * 64}
    for name in ("Bo", "Cia"):
        answer(loaded_engine, SPRING, name, 0, by=name, **parts)
        correct_by_hand(loaded_engine, correction(f"-{len(name)}1000000"), by=name)
    data.refresh(loaded_engine)
    before = data.current()
    for name in ("Bo", "Cia"):
        erase(loaded_engine, find_people(loaded_engine, name), "Drift")
        data.refresh(loaded_engine)
        now = data.current()
        assert now.answers[name].author == ERASED and name not in str(now.snapshot.put_right)
        assert name not in {batch.recorded_by for batch in now.batches}
        assert now.version != before.version
        before = now


def test_lost_keeps_the_figures_and_their_time_and_says_it(loaded_engine):
    data.refresh(loaded_engine)
    read = data.current()
    data.lost(GONE)
    lost = data.current()
    assert lost == replace(read, problem=GONE)
    assert lost.snapshot is read.snapshot
    assert lost.status == (read.status[0], False)
    told = f"{lost.read_at:%H:%M}."
    banner, foot = data.frame_lines(lost)
    assert banner.startswith(f"{GONE} Siffrorna nedan är från ")
    assert banner.endswith(told)
    assert any("Kontroll av siffrorna" in line for line in foot)

    data.refresh(loaded_engine)
    assert data.current().problem == ""
    assert data.frame_lines(data.current())[0] is None


def test_lost_before_anything_was_read_is_a_problem_without_a_time():
    data.lost(GONE)
    figures = data.current()
    assert (figures.problem, figures.read_at, figures.version) == (GONE, None, None)


def test_a_page_that_is_drawn_while_the_figures_change_leaves_nothing_behind(
    loaded_engine, tmp_path
):
    data.refresh(loaded_engine)
    opened = data.current()
    correct(loaded_engine, tmp_path / "new")

    def draw_while_they_change() -> str:
        data.refresh(loaded_engine)
        return opened.snapshot.operating[COST_OUTCOME].printed

    assert kept(opened.snapshot, "cost", draw_while_they_change) == "-21,5"
    fresh = data.current().snapshot
    assert fresh is not opened.snapshot
    assert kept(fresh, "cost", lambda: fresh.operating[COST_OUTCOME].printed) == "-21,6"
    # The page goes on with what it was opened with, and gets nothing of the new.
    assert kept(opened.snapshot, "cost", lambda: "drawn again") == "drawn again"
    assert kept(fresh, "cost", lambda: "drawn again") == "-21,6"


def test_nothing_is_kept_of_an_assumed_snapshot(loaded_engine):
    data.refresh(loaded_engine)
    assumed = replace(data.current().snapshot, claims=())
    assert kept(assumed, "one", object) is not kept(assumed, "one", object)


def test_what_is_kept_can_be_nothing(loaded_engine):
    data.refresh(loaded_engine)
    snapshot = data.current().snapshot
    calls = []
    for _ in range(2):
        assert kept(snapshot, "none", lambda: calls.append(1)) is None
    assert calls == [1]


def test_threads_that_make_at_once_all_get_the_same(loaded_engine):
    data.refresh(loaded_engine)
    snapshot = data.current().snapshot
    together = threading.Barrier(8, timeout=20)
    got = []

    def make() -> object:
        together.wait()  # all are making before anyone has kept
        return object()

    threads = [
        threading.Thread(target=lambda: got.append(kept(snapshot, "one", make)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(got) == 8
    assert len({id(found) for found in got}) == 1


def test_threads_that_draw_while_the_figures_change_never_get_another_snapshots(
    loaded_engine, tmp_path
):
    """Pages of the old and of the new snapshot ask for the same name all the while."""
    data.refresh(loaded_engine)
    old = data.current().snapshot
    correct(loaded_engine, tmp_path / "new")
    changed, wrong = threading.Event(), []

    def draw() -> None:
        rounds = 0
        while rounds < 200 or not changed.is_set():
            rounds += 1
            for snapshot in (old, data.current().snapshot):
                own = kept(snapshot, "batch", lambda s=snapshot: s.batch)
                if own != snapshot.batch:
                    wrong.append((own, snapshot.batch))

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    data.refresh(loaded_engine)
    changed.set()
    for thread in threads:
        thread.join(20)
    assert wrong == []
    assert data.current().snapshot.batch > old.batch


def test_figures_that_a_page_holds_do_not_age_with_the_clock(loaded_engine):
    data.refresh(loaded_engine)
    held = data.current()
    data.lost(GONE)
    assert held.problem == ""
    assert datetime.now(data.ZONE) - held.read_at < timedelta(minutes=1)


def test_another_occasion_in_the_store_is_the_one_that_is_shown(loaded_engine, tmp_path):
    data.refresh(loaded_engine)
    papers = copy_papers(tmp_path)
    append(papers, "documents.csv", "bilaga-2024;Bilaga 2024;bilaga;2024-05-06;;")
    append(
        papers, "occasions.csv", "2024;2;2024-01-01;2024-04-30;2024-05-06;2024-05-13;bilaga-2024"
    )
    load_data(loaded_engine, papers, by="test")
    data.refresh(loaded_engine)
    assert data.current().snapshot.occasion.year == 2024
