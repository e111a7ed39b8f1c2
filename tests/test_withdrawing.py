"""A wrong import is withdrawn whole, and what it replaced is in force again."""

import random
from dataclasses import replace

import pytest
from imports_made import (
    BOOKED,
    COST_FORECAST,
    COST_OUTCOME,
    LEFT,
    autumn,
    correction,
    entry,
    kept,
    last_batch,
    ledger,
    left,
    occasion,
)
from papers import FOLDER, append, change, copy_papers, mkr
from sqlalchemy import func, select

from gsn_dash.domain.differences import SAME, differences
from gsn_dash.domain.drafts import Drafts, PopulationDraft
from gsn_dash.operate.load import is_loaded, load_data
from gsn_dash.store import schema
from gsn_dash.store.occasions import list_occasions
from gsn_dash.store.read import read_batches, read_snapshot
from gsn_dash.store.record import Recorded
from gsn_dash.store.withdrawing import CannotWithdraw, preview_withdrawal, withdraw
from gsn_dash.store.written import NotKept


def gone(engine, batch: int) -> Recorded:
    """What withdrawing an import did."""
    done = withdraw(engine, batch, "Eva", "Fel fil")
    assert isinstance(done, Recorded), done
    return done


def refusal(engine, batch: int) -> str:
    """Why an import is not withdrawn; nothing has changed."""
    before = last_batch(engine)
    told = withdraw(engine, batch, "Eva", "Fel fil")
    assert isinstance(told, CannotWithdraw), told
    assert last_batch(engine) == before
    return told.sentence


def figures(snapshot):
    """A snapshot but for the numbers of its batch and of what has been replaced."""
    return replace(snapshot, batch=0, replaced=())


def ordered(snapshot):
    """What is in force, in whatever order its rows were recorded."""
    names = ("operating", "investments", "contributions", "totals", "allocation_keys")
    parts = [dict(getattr(snapshot, name)) for name in names]
    lists = ("claims", "cells", "populations", "restated")
    return parts, [set(map(repr, getattr(snapshot, name))) for name in lists], snapshot.occasion


def test_a_correction_withdrawn_is_as_if_it_had_not_been(loaded_engine):
    before = read_snapshot(loaded_engine)
    kept(loaded_engine, correction("-21000000"))
    done = gone(loaded_engine, 2)
    assert (done.batch, done.corrected, done.withdrawn) == (3, 1, 0)
    after = read_snapshot(loaded_engine)
    assert ordered(after) == ordered(before)
    assert [old.money for old in after.replaced] == [mkr("-21.5"), mkr("-21.0")]
    _, second, third = read_batches(loaded_engine)
    assert (third.kind, third.note, third.withdraws, third.withdrawn_by) == (
        "withdrawal", "Fel fil", 2, None,
    )  # fmt: skip
    assert (second.withdraws, second.withdrawn_by) == (None, 3)


def test_the_figures_of_every_batch_can_still_be_shown(loaded_engine):
    kept(loaded_engine, correction("-21000000"))
    gone(loaded_engine, 2)
    shown = [
        read_snapshot(loaded_engine, batch=batch).operating[COST_OUTCOME].money
        for batch in (1, 2, 3)
    ]
    assert shown == [mkr("-21.5"), mkr("-21.0"), mkr("-21.5")]


def test_an_occasion_that_the_import_brought_is_shown_no_more(loaded_engine):
    before = read_snapshot(loaded_engine)
    kept(loaded_engine, autumn())
    assert [line.number for line in list_occasions(loaded_engine)] == [3, 2]
    done = gone(loaded_engine, 2)
    assert (done.corrected, done.withdrawn) == (0, 3)
    assert [line.number for line in list_occasions(loaded_engine)] == [2]
    assert read_snapshot(loaded_engine, (2023, 3)) is None
    assert figures(read_snapshot(loaded_engine)) == figures(before)
    kept(loaded_engine, autumn())
    assert read_snapshot(loaded_engine).operating[COST_FORECAST].money == mkr("-75.0")


def test_a_whole_folder_is_withdrawn_to_the_last_row(loaded_engine, tmp_path):
    """Corrections, new rows and rows that had gone, allocation keys with their members."""
    before = read_snapshot(loaded_engine)
    folder = copy_papers(tmp_path)
    change(folder, "operating.csv", "outcome;-21,5", "outcome;-21,6")
    text = (folder / "allocation_keys.csv").read_text(encoding="utf-8")
    (folder / "allocation_keys.csv").write_text(text.replace("0,5", "0,4"), encoding="utf-8")
    append(folder, "occasions.csv", "2023;3;2023-01-01;2023-08-31;2023-09-04;2023-09-08;arende-3")
    lines = (folder / "populations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "populations.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    assert load_data(loaded_engine, folder, by="test").problems == ()
    assert ordered(read_snapshot(loaded_engine, (2023, 2))) != ordered(before)
    gone(loaded_engine, 2)
    after = read_snapshot(loaded_engine)
    assert ordered(after) == ordered(before)
    assert {each.kind for each in differences(before, after)} == {SAME}
    # A start reads neither folder again: that would undo what somebody withdrew.
    assert is_loaded(loaded_engine, folder)
    assert is_loaded(loaded_engine, FOLDER)


def test_the_first_import_of_all_is_withdrawn_to_nothing(loaded_engine):
    gone(loaded_engine, 1)
    assert read_snapshot(loaded_engine) is None
    assert list_occasions(loaded_engine) == ()
    assert read_snapshot(loaded_engine, batch=1) is not None


def test_what_a_later_import_builds_on_is_not_withdrawn_before_it(loaded_engine):
    kept(loaded_engine, correction("-21000000"))
    kept(loaded_engine, correction("-22000000"))
    assert refusal(loaded_engine, 2) == (
        "Inläsning 3 bygger på uppgifter ur inläsning 2; dra tillbaka inläsning 3 först."
    )
    gone(loaded_engine, 3)
    assert read_snapshot(loaded_engine).operating[COST_OUTCOME].money == mkr("-21.0")
    gone(loaded_engine, 2)
    assert read_snapshot(loaded_engine).operating[COST_OUTCOME].money == mkr("-21.5")


def test_what_others_have_not_touched_may_be_withdrawn_in_any_order(loaded_engine):
    kept(loaded_engine, correction("-21000000"))
    kept(loaded_engine, left("1900000"))
    gone(loaded_engine, 2)
    after = read_snapshot(loaded_engine)
    assert after.operating[COST_OUTCOME].money == mkr("-21.5")
    assert after.investments[LEFT].money == mkr("1.9")


@pytest.mark.parametrize(
    ("batch", "said"),
    [
        (2, "Inläsning 2 är redan tillbakadragen, av inläsning 3."),
        (3, "Inläsning 3 drog tillbaka inläsning 2 och dras inte själv tillbaka"),
        (9, "Inläsning 9 finns inte"),
    ],
)
def test_what_cannot_be_withdrawn_says_why(loaded_engine, batch, said):
    kept(loaded_engine, correction("-21000000"))
    gone(loaded_engine, 2)
    assert refusal(loaded_engine, batch).startswith(said)


def test_a_withdrawal_has_a_reason(loaded_engine):
    kept(loaded_engine, correction("-21000000"))
    with pytest.raises(NotKept, match="Skälet är tomt"):
        withdraw(loaded_engine, 2, "Eva", " ")
    assert last_batch(loaded_engine) == 2


def test_a_preview_of_a_withdrawal_does_nothing(loaded_engine):
    kept(loaded_engine, autumn())
    told = preview_withdrawal(loaded_engine, 2, "Eva")
    assert (told.before.occasion.number, told.after, told.seen_batch) == (3, None, 2)
    assert last_batch(loaded_engine) == 2
    assert isinstance(preview_withdrawal(loaded_engine, 7, "Eva"), CannotWithdraw)


def test_an_earlier_ledger_is_in_force_again_and_none_of_its_entries_is_copied(loaded_engine):
    kept(loaded_engine, BOOKED)
    before = read_snapshot(loaded_engine).ledger
    kept(loaded_engine, ledger(entry(1, "3010", "1"), file="annan.se"))
    assert read_snapshot(loaded_engine).ledger.months != before.months
    gone(loaded_engine, 3)
    after = read_snapshot(loaded_engine).ledger
    assert replace(after, batch=before.batch) == before
    with loaded_engine.connect() as connection:
        count = select(func.count()).select_from(schema.ledger_entry)
        assert connection.execute(count).scalar_one() == 6
    gone(loaded_engine, 2)
    assert read_snapshot(loaded_engine).ledger is None


def test_inhabitants_are_withdrawn_too(loaded_engine):
    before = read_snapshot(loaded_engine)
    place = occasion(2022, 1, 4)
    drafts = Drafts(
        correction("0").documents,
        populations=(
            PopulationDraft(
                "2085", place.period_end, 26_000, left("1").investments[0].reading.place
            ),
        ),
        kind="population",
    )
    kept(loaded_engine, drafts)
    assert len(read_snapshot(loaded_engine).populations) == len(before.populations) + 1
    gone(loaded_engine, 2)
    assert read_snapshot(loaded_engine).populations == before.populations


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_imported_and_withdrawn_the_rest_is_in_force(loaded_engine, seed):
    """Against a model: the last import of a cell that has not been withdrawn is in force."""
    chance = random.Random(seed)
    start = read_snapshot(loaded_engine)
    live = {COST_OUTCOME: [], COST_FORECAST: []}
    first = {key: start.operating[key].money for key in live}
    for number in range(12):
        key = chance.choice(list(live))
        if live[key] and chance.random() < 0.45:
            batch, _ = chance.choice(live[key])
            done = withdraw(loaded_engine, batch, "Eva", "Fel")
            is_last = batch == live[key][-1][0]
            assert isinstance(done, Recorded) is is_last
            live[key] = live[key][:-1] if is_last else live[key]
        else:
            amount = f"-{70 + number}000000"
            batch = kept(loaded_engine, correction(amount, key)).batch
            live[key].append((batch, mkr(f"-{70 + number}")))
        shown = read_snapshot(loaded_engine).operating
        for cell, chain in live.items():
            assert shown[cell].money == (chain[-1][1] if chain else first[cell])
