"""Reading an occasion costs the same however many others there are: all goes by index."""

from datetime import date

from imports_made import BOOK, BOOKED, PLACE, autumn, kept
from sqlalchemy import event, text

from gsn_dash.domain.drafts import Drafts, PopulationDraft
from gsn_dash.store.preview import preview
from gsn_dash.store.read import read_snapshot

# What grows with every occasion and every ledger.
GROWING = (
    "operating_line", "appropriation", "project_result", "contribution", "published_total",
    "published_claim", "printed_cell", "place", "ledger_entry", "ledger_month",
)  # fmt: skip


def asked_by(engine, ask) -> list[tuple]:
    """Every SELECT that `ask` makes, with its values."""
    found: list[tuple] = []

    def hear(_connection, _cursor, statement, values, *_rest):
        if statement.lstrip().startswith(("SELECT", "WITH")):
            found.append((statement, values))

    event.listen(engine, "before_cursor_execute", hear)
    ask()
    event.remove(engine, "before_cursor_execute", hear)
    return found


def whole_reads(engine, asked: list[tuple]) -> list[str]:
    """What reads a growing table from end to end, also where an index is what is wished for."""
    with engine.connect() as connection:
        connection.execute(text("SET enable_seqscan = off"))
        plans = [
            line
            for statement, values in asked
            for line in connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars()
        ]
    return [line for line in plans for name in GROWING if f"Seq Scan on {name}" in line]


def test_an_occasion_is_read_by_index_in_as_many_queries_as_before(loaded_engine):
    kept(loaded_engine, BOOKED)
    alone = asked_by(loaded_engine, lambda: read_snapshot(loaded_engine, (2023, 2)))
    kept(loaded_engine, autumn())
    asked = asked_by(loaded_engine, lambda: read_snapshot(loaded_engine, (2023, 2)))
    assert len(asked) == len(alone) < 35
    assert whole_reads(loaded_engine, asked) == []
    assert not any("ledger_entry" in statement for statement, _ in asked)


def test_an_import_reads_only_what_it_is_about(loaded_engine):
    asked = asked_by(loaded_engine, lambda: preview(loaded_engine, autumn(), "Eva"))
    assert whole_reads(loaded_engine, asked) == []


def test_of_inhabitants_the_days_around_the_occasion_are_read(loaded_engine):
    """As many days as were ever counted do not make the page dearer, nor change an earlier one."""
    before = read_snapshot(loaded_engine)
    days = [date(year, month, 1) for year in range(2012, 2026) for month in (6, 11)]
    drafts = tuple(PopulationDraft("2085", day, 26_000, PLACE) for day in days)
    kept(loaded_engine, Drafts((BOOK,), populations=drafts, kind="population"))
    after = read_snapshot(loaded_engine)
    read = sorted({people.as_of for people in after.populations})
    assert len(read) == 12
    assert (read[0], read[-1]) == (date(2021, 6, 1), date(2024, 12, 31))
    assert read_snapshot(loaded_engine, batch=1) == before
