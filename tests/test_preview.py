"""A preview tells what an import would do, and does nothing."""

from dataclasses import replace

import pytest
from imports_made import BOOKED, COST_OUTCOME, SPRING, autumn, correction, kept, last_batch
from papers import kr
from sqlalchemy import func, select
from sqlalchemy.exc import DataError, IntegrityError

from gsn_dash.domain.differences import CHANGED, NEW, SAME, differences
from gsn_dash.domain.drafts import Drafts
from gsn_dash.store import schema
from gsn_dash.store.preview import preview
from gsn_dash.store.read import read_snapshot, read_version


def _rows(engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in schema.metadata.sorted_tables
        }


def test_a_preview_shows_before_and_after_and_leaves_no_trace(loaded_engine):
    before, version, rows = (
        read_snapshot(loaded_engine),
        read_version(loaded_engine),
        _rows(loaded_engine),
    )
    told = preview(loaded_engine, correction("-21000000"), "Eva")
    assert (told.before, told.seen_batch) == (before, 1)
    assert told.after.operating[COST_OUTCOME].money == kr("-21000000")
    assert (told.recorded.batch, told.recorded.corrected, told.recorded.added) == (2, 1, 0)
    changed = [each for each in differences(told.before, told.after) if each.kind != SAME]
    assert [(each.ref, each.kind, each.part) for each in changed] == [
        (COST_OUTCOME.ref, CHANGED, "operating")
    ]
    assert (read_snapshot(loaded_engine), read_version(loaded_engine)) == (before, version)
    assert _rows(loaded_engine) == rows


def test_what_is_kept_is_what_was_previewed_and_previews_use_no_numbers(loaded_engine):
    for _ in range(3):
        told = preview(loaded_engine, correction("-21000000"), "Eva")
    assert kept(loaded_engine, correction("-21000000")) == told.recorded
    now = read_snapshot(loaded_engine)
    # Only the moment of the correction is another: it is when that was kept.
    assert [each.ref for each in now.put_right] == [each.ref for each in told.after.put_right]
    assert replace(now, put_right=told.after.put_right) == told.after


def test_an_occasion_that_is_new_has_no_before(loaded_engine):
    told = preview(loaded_engine, autumn(), "Eva")
    assert told.before is None
    assert (told.after.occasion.number, told.after.occasion.months) == (3, 9)
    kinds = {each.kind for each in differences(None, told.after)}
    assert kinds == {NEW}


def test_a_ledger_is_about_the_latest_occasion_of_its_year(loaded_engine):
    kept(loaded_engine, autumn())
    told = preview(loaded_engine, BOOKED, "Eva")
    assert (told.after.occasion.year, told.after.occasion.number) == (2023, 3)
    assert told.before.ledger is None
    assert [row.month.month for row in told.after.ledger.months if row.item == "revenue"] == [1]


def test_the_same_again_is_told_to_be_nothing_new(loaded_engine):
    kept(loaded_engine, correction("-21000000"))
    told = preview(loaded_engine, correction("-21000000"), "Eva")
    assert told.recorded.batch is None
    assert told.before == told.after


@pytest.mark.parametrize(
    ("amount", "refusal"), [("21000000", IntegrityError), ("-1" + "0" * 20, DataError)]
)
def test_what_the_database_refuses_is_refused_in_the_preview_too(loaded_engine, amount, refusal):
    with pytest.raises(refusal):
        preview(loaded_engine, correction(amount), "Eva")
    assert last_batch(loaded_engine) == 1


def test_an_empty_store_has_nothing_to_show(engine):
    told = preview(engine, Drafts(kind="population"), "Eva")
    assert (told.before, told.after, told.seen_batch) == (None, None, 0)


def test_an_older_occasion_is_shown_where_the_figures_are_about_it(loaded_engine):
    kept(loaded_engine, autumn())
    told = preview(loaded_engine, correction("-21000000"), "Eva")
    assert (told.after.occasion.year, told.after.occasion.number) == SPRING
