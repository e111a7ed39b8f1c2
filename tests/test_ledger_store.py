"""Ledgers by month in the store: rolled up through the map, in force as figures are."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from imports_made import BOOKED, autumn, entry, kept, last_batch, ledger
from papers import kr
from sqlalchemy import func, select
from sqlalchemy.exc import DataError, IntegrityError

from gsn_dash.domain.differences import NEW, differences
from gsn_dash.domain.ledger import (
    DEFAULT_MAP,
    IGNORE,
    ITEMS,
    AccountRule,
    LedgerEntry,
    LedgerMap,
    LedgerMonth,
)
from gsn_dash.store import schema
from gsn_dash.store.ledger_maps import MapConflict, MapVersion, read_map, save_map
from gsn_dash.store.preview import preview
from gsn_dash.store.read import read_batches, read_snapshot
from gsn_dash.store.withdrawing import CannotWithdraw, withdraw
from gsn_dash.store.written import NotKept

OURS = LedgerMap(
    (*DEFAULT_MAP.accounts, AccountRule("6010", "6010", "ignore")),
    {"31": "031", "32": "032"},
    {"P7": "sakerhet"},
)


def months(engine, **as_of) -> dict[tuple, Decimal]:
    """The ledger of the latest occasion: kr by month, item, activity, project and measure."""
    rows = read_snapshot(engine, **as_of).ledger.months
    return {
        (row.month.month, row.item, row.activity, row.project, row.measure): row.amount.kr
        for row in rows
    }


def by_hand(entries: list[LedgerEntry], ledger_map: LedgerMap) -> dict[tuple, Decimal]:
    """The same sums, made one entry at a time."""
    found: dict[tuple, Decimal] = defaultdict(Decimal)
    for each in entries:
        item = ledger_map.item_of(each.account)
        activity = ledger_map.cost_centres.get(each.cost_centre, "")
        project = ledger_map.projects.get(each.project, "")
        if item != IGNORE:
            name = (each.month.month, item, activity, project, each.measure)
            found[name] += each.amount.kr
    return dict(found)


def test_a_ledger_is_rolled_up_by_month_and_knows_its_place(loaded_engine):
    kept(loaded_engine, BOOKED)
    found = read_snapshot(loaded_engine).ledger
    assert months(loaded_engine) == {
        (1, "revenue", "", "", "outcome"): Decimal("5000000"),
        (1, "cost", "", "", "outcome"): Decimal("-4000000.25"),
        (1, "cost", "", "", "budget"): Decimal("-4500000"),
        (2, "cost", "", "", "outcome"): Decimal("-4100000.50"),
    }
    assert (found.starts, found.ends, found.batch) == (date(2023, 1, 1), date(2023, 12, 31), 2)
    assert found.covered == (date(2023, 1, 1), date(2023, 2, 1))
    assert (found.source.document.title, found.source.section) == ("Bokföring", "bok.se")
    assert "bok" in read_snapshot(loaded_engine).documents
    assert read_snapshot(loaded_engine, batch=1).ledger is None


def test_the_same_ledger_again_is_nothing_new(loaded_engine):
    kept(loaded_engine, BOOKED)
    (draft,) = BOOKED.ledgers
    shuffled = replace(BOOKED, ledgers=(replace(draft, entries=draft.entries[::-1]),))
    assert kept(loaded_engine, shuffled).batch is None
    assert last_batch(loaded_engine) == 2


def test_a_later_file_of_the_year_takes_the_place_of_the_earlier(loaded_engine):
    kept(loaded_engine, BOOKED)
    done = kept(loaded_engine, ledger(entry(1, "3010", "7"), entry(3, "3010", "8")))
    assert (done.added, done.corrected) == (0, 1)
    assert months(loaded_engine) == {
        (1, "revenue", "", "", "outcome"): Decimal(7),
        (3, "revenue", "", "", "outcome"): Decimal(8),
    }
    assert months(loaded_engine, batch=2)[1, "revenue", "", "", "outcome"] == Decimal(5_000_000)


def test_the_earlier_years_are_read_by_month_and_item_alone(loaded_engine):
    save_map(loaded_engine, 0, OURS, "Eva")
    for year in (2021, 2022, 2024):
        parts = {"year": year, "cost_centre": "31"}
        kept(
            loaded_engine,
            ledger(
                entry(1, "5010", f"-{year}", **parts), entry(1, "5010", "-1", year=year), year=year
            ),
        )
    kept(loaded_engine, BOOKED)
    snapshot = read_snapshot(loaded_engine)
    assert [each.starts.year for each in snapshot.earlier_ledgers] == [2022, 2021]
    assert snapshot.earlier_ledgers[0].months == (
        LedgerMonth(date(2022, 1, 1), "cost", "", "", "outcome", kr("-2023")),
    )
    assert snapshot.ledger.starts.year == 2023


def test_a_saved_map_rolls_up_what_is_in_force_and_the_old_can_be_shown(loaded_engine):
    kept(loaded_engine, BOOKED)
    assert read_map(loaded_engine) == MapVersion(0, DEFAULT_MAP, "", None)
    saved = save_map(loaded_engine, 0, OURS, "Eva")
    assert (saved.version, saved.map, saved.author) == (1, OURS, "Eva")
    assert read_map(loaded_engine) == saved
    assert months(loaded_engine) == {
        (1, "revenue", "", "", "outcome"): Decimal("5000000"),
        (1, "cost", "031", "", "outcome"): Decimal("-4000000.25"),
        (1, "cost", "", "", "budget"): Decimal("-4500000"),
        (2, "cost", "031", "", "outcome"): Decimal("-4100000"),
    }
    assert months(loaded_engine, batch=2)[2, "cost", "", "", "outcome"] == Decimal("-4100000.50")
    last = read_batches(loaded_engine)[-1]
    assert (last.id, last.kind, last.recorded_by) == (3, "map", "Eva")
    assert isinstance(withdraw(loaded_engine, 3, "Eva", "Fel"), CannotWithdraw)


def test_a_ledger_withdrawn_to_before_the_map_is_rolled_up_through_it(loaded_engine):
    kept(loaded_engine, BOOKED)
    kept(loaded_engine, ledger(entry(1, "3010", "7")))
    save_map(loaded_engine, 0, OURS, "Eva")
    withdraw(loaded_engine, 3, "Eva", "Fel")
    assert months(loaded_engine)[1, "cost", "031", "", "outcome"] == Decimal("-4000000.25")


def test_of_two_who_save_the_map_the_second_is_told(loaded_engine):
    first = save_map(loaded_engine, 0, OURS, "Eva")
    other = LedgerMap(DEFAULT_MAP.accounts, {"31": "033"})
    assert save_map(loaded_engine, 0, other, "Bo") == MapConflict(first)
    assert save_map(loaded_engine, 0, OURS, "Bo") == first
    assert save_map(loaded_engine, 1, other, "Bo").version == 2


@pytest.mark.parametrize(
    "ledger_map",
    [
        LedgerMap((AccountRule("", "3", "cost"),)),
        LedgerMap((AccountRule("3", "3", "utfall"),)),
        LedgerMap(DEFAULT_MAP.accounts, {"\x00": "031"}),
    ],
)
def test_a_map_that_cannot_be_is_refused_with_a_sentence(loaded_engine, ledger_map):
    with pytest.raises(NotKept):
        save_map(loaded_engine, 0, ledger_map, "Eva")
    assert read_map(loaded_engine).version == 0


def test_a_preview_of_a_ledger_tells_its_months_and_keeps_no_entry(loaded_engine):
    told = preview(loaded_engine, BOOKED, "Eva")
    new = {
        each.ref: each.after for each in differences(told.before, told.after) if each.kind == NEW
    }
    assert new["ledger:2023-01:cost:outcome"].money == kr("-4000000.25")
    assert new["ledger:2023-01:cost:budget"].money == kr("-4500000")
    with loaded_engine.connect() as connection:
        count = select(func.count()).select_from(schema.ledger_entry)
        assert connection.execute(count).scalar_one() == 0


def test_entries_that_cannot_be_refuse_the_whole(loaded_engine):
    """One that stands twice would make another sum, and there is no room for a huge one."""
    one = entry(1, "3010", "5")
    for wrong, refusal in ((one, IntegrityError), (entry(2, "3010", "1" + "0" * 20), DataError)):
        with pytest.raises(refusal):
            kept(loaded_engine, ledger(one, wrong))
    assert last_batch(loaded_engine) == 1


def test_nothing_is_added_to_a_recorded_ledger(loaded_engine):
    kept(loaded_engine, BOOKED)
    table = schema.ledger_entry
    with loaded_engine.connect() as connection:
        row = dict(connection.execute(select(table).limit(1)).mappings().one())
    for number in (row["ledger_id"], 10**9):
        with pytest.raises(IntegrityError) as refused, loaded_engine.begin() as connection:
            connection.execute(table.insert().values({**row, "account": "9", "ledger_id": number}))
        assert refused.value.orig.sqlstate == "23001"


def test_a_ledger_of_another_year_is_not_the_occasions(loaded_engine):
    kept(loaded_engine, ledger(entry(1, "3010", "5", year=2024), year=2024))
    kept(loaded_engine, autumn())
    snapshot = read_snapshot(loaded_engine)
    assert (snapshot.ledger, snapshot.earlier_ledgers) == (None, ())


CODES = st.sampled_from(["", "31", "32", "9", "Å1"])
ACCOUNTS = st.text("0123456789A", min_size=1, max_size=5)
ENTRIES = st.lists(
    st.builds(
        entry,
        st.integers(1, 3),
        ACCOUNTS,
        st.decimals(-(10**9), 10**9, places=2).map(str),
        cost_centre=CODES,
        project=CODES,
        measure=st.sampled_from(["outcome", "budget"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda each: (each.month, each.account, each.cost_centre, each.project, each.measure),
)
MAPS = st.builds(
    LedgerMap,
    st.lists(st.builds(AccountRule, ACCOUNTS, ACCOUNTS, st.sampled_from(ITEMS)), max_size=6).map(
        tuple
    ),
    st.dictionaries(CODES, st.sampled_from(["", "031", "032"])),
    st.dictionaries(CODES, st.sampled_from(["", "sakerhet"])),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ENTRIES, MAPS)
def test_the_database_sums_as_one_does_by_hand(loaded_engine, entries, ledger_map):
    wanted = ledger(*entries)
    save_map(loaded_engine, read_map(loaded_engine).version, ledger_map, "Eva")
    kept(loaded_engine, wanted)
    assert months(loaded_engine) == by_hand(entries, ledger_map)
