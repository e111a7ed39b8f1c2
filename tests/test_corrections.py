"""A correction is a new figure beside the old one, and one year's leaves the others alone."""

from datetime import date
from pathlib import Path

import pytest
from papers import FOLDER, append, change, copy_papers, mkr, rows_in

from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.refs import ContributionKey, OperatingKey, operating
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.operate.load import is_loaded, load_data
from gsn_dash.store.read import read_snapshot, read_version

COST_OUTCOME = OperatingKey("total", "cost", "period", "outcome")
ARCHIVE_IN_SMEDJEBACKEN = ContributionKey("e-arkiv", "2061")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the papers' figures that the test may change."""
    return copy_papers(tmp_path)


def test_one_changed_figure_is_one_correction_and_the_old_one_is_not_forgotten(
    loaded_engine, folder
):
    version = read_version(loaded_engine)
    before = read_snapshot(loaded_engine)
    change(folder, "operating.csv", "outcome;-21,5", "outcome;-21,6")
    report = load_data(loaded_engine, folder, by="controller")
    assert report.problems == ()
    assert ": 1 rättade, " in report.sentence

    after = read_snapshot(loaded_engine)
    assert after.operating[COST_OUTCOME].amount == mkr("-21.6")
    assert [(old.ref, old.printed) for old in after.replaced] == [(COST_OUTCOME.ref, "-21,5")]
    assert read_version(loaded_engine) != version
    assert read_snapshot(loaded_engine, batch=before.batch) == before


def test_a_correction_of_a_correction_leaves_three_readable_figures(loaded_engine, folder):
    batches = [read_snapshot(loaded_engine).batch]
    for old, new in (("-21,5", "-21,6"), ("-21,6", "-21,7")):
        change(folder, "operating.csv", f"outcome;{old}", f"outcome;{new}")
        load_data(loaded_engine, folder, by="controller")
        batches.append(read_snapshot(loaded_engine).batch)
    printed = [
        read_snapshot(loaded_engine, batch=batch).operating[COST_OUTCOME].printed
        for batch in batches
    ]
    assert printed == ["-21,5", "-21,6", "-21,7"]
    assert [old.printed for old in read_snapshot(loaded_engine).replaced] == ["-21,5", "-21,6"]


def test_what_becomes_known_replaces_the_unknown(loaded_engine, folder):
    rows = rows_in(folder, "contributions.csv")
    assert [row["printed"] for row in rows].count("?") == 2
    change(
        folder, "contributions.csv",
        "2061;;?;kr;;;;;rapport-samarbeten;1.4", "2061;;99 000;kr;;;;;rapport-samarbeten;1.4",
    )  # fmt: skip
    load_data(loaded_engine, folder, by="controller")
    snapshot = read_snapshot(loaded_engine)
    assert snapshot.contributions[ARCHIVE_IN_SMEDJEBACKEN].figure.printed == "99 000"
    assert [old.printed for old in snapshot.replaced] == ["?"]


def _add_next_year(folder: Path) -> None:
    """Occasion 2 of 2024, with a new project, in the same folder."""
    append(folder, "documents.csv", "bilaga-2024;Bilaga 2024;bilaga;2024-05-06;;")
    append(
        folder, "occasions.csv", "2024;2;2024-01-01;2024-04-30;2024-05-06;2024-05-13;bilaga-2024"
    )
    append(folder, "projects.csv", "molnet;Flytt till molnet;0061;project")
    place = ";Mkr;;;;;bilaga-2024;Tabellen;;;"
    append(
        folder,
        "operating.csv",
        f"2024-2;total;revenue;period;outcome;22,0{place}",
        f"2024-2;total;cost;period;outcome;-23,0{place}",
    )
    append(folder, "investments.csv", f"2024-2;molnet;appropriation;3,0{place}")
    append(
        folder,
        "allocation_keys.csv",
        "2024-2;e-dala;40;2061 2080 2081 2085;1 november året före;bilaga-2024;Nyckeln;;;",
    )
    append(folder, "populations.csv", "2085;2025-12-31;26700;scb-be0101;Folkmängd 31 december;;;")


def _said_at(snapshot: Snapshot) -> dict[str, object]:
    """All that one occasion's papers say."""
    names = ("occasion", "operating", "investments", "contributions", "restated", "totals")
    names += ("claims", "cells", "replaced", "projects", "allocation_keys")
    return {name: getattr(snapshot, name) for name in names}


def test_next_year_changes_nothing_in_this_years_occasion(loaded_engine, folder):
    before = read_snapshot(loaded_engine)
    _add_next_year(folder)
    assert load_data(loaded_engine, folder, by="controller").problems == ()
    after = read_snapshot(loaded_engine, (2023, 2))
    assert _said_at(after) == _said_at(before)
    assert portfolio(after) == portfolio(before)


def test_the_latest_occasion_is_shown_and_holds_only_its_own_figures(loaded_engine, folder):
    _add_next_year(folder)
    load_data(loaded_engine, folder, by="controller")
    latest = read_snapshot(loaded_engine)
    assert latest.occasion.meeting_on == date(2024, 5, 13)
    assert latest.operating[COST_OUTCOME].amount == mkr("-23.0")
    assert len(latest.operating) == 2
    assert [project.key for project in latest.projects] == ["molnet"]
    assert (latest.contributions, latest.totals, latest.claims) == ({}, {}, ())
    assert latest.allocation_keys["e-dala"].members == ("2061", "2080", "2081", "2085")
    assert set(latest.documents) == {"bilaga-2024", "scb-be0101"}
    assert latest.collaborations == ()


def test_a_correction_next_year_leaves_this_year_alone(loaded_engine, folder):
    _add_next_year(folder)
    load_data(loaded_engine, folder, by="controller")
    this_year = _said_at(read_snapshot(loaded_engine, (2023, 2)))
    change(folder, "operating.csv", "outcome;-23,0", "outcome;-23,1")
    load_data(loaded_engine, folder, by="controller")
    assert _said_at(read_snapshot(loaded_engine, (2023, 2))) == this_year
    latest = read_snapshot(loaded_engine, (2024, 2))
    assert [old.ref for old in latest.replaced] == [operating("cost", "period", "outcome")]


def test_a_start_does_not_undo_a_correction_made_since_the_folder_was_loaded(
    loaded_engine, folder
):
    change(folder, "operating.csv", "outcome;-21,5", "outcome;-21,6")
    assert not is_loaded(loaded_engine, folder)
    load_data(loaded_engine, folder, by="controller")
    assert is_loaded(loaded_engine, folder)
    assert is_loaded(loaded_engine, FOLDER), "a start loads only what no import has read"
    change(folder, "operating.csv", "outcome;-21,6", "outcome;-21,7")
    assert not is_loaded(loaded_engine, folder)
    (folder / "operating.csv").unlink()
    assert not is_loaded(loaded_engine, folder)


def test_an_earlier_batch_knows_nothing_of_a_later_occasion(loaded_engine, folder):
    _add_next_year(folder)
    load_data(loaded_engine, folder, by="controller")
    assert read_snapshot(loaded_engine, (2024, 2), batch=1) is None


def test_an_occasion_that_does_not_exist_is_nothing(loaded_engine, engine):
    assert read_snapshot(loaded_engine, (1999, 1)) is None
    assert read_snapshot(engine) is None
