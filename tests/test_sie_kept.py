"""Real files all the way into PostgreSQL: what is rolled up there is what their lines say."""

from collections import defaultdict
from decimal import Decimal

from sie_real import FOLDER, REAL
from sqlalchemy import Engine, text

from gsn_dash.importing import flow
from gsn_dash.ingest.opened import Choices
from gsn_dash.store.record import Recorded

ROLLED_UP = text("""
    SELECT ledger.starts, ledger_month.item, sum(ledger_month.amount) AS amount
    FROM ledger_month JOIN ledger ON ledger.id = ledger_month.ledger_id
    WHERE ledger_month.measure = 'outcome' GROUP BY ledger.starts, ledger_month.item
""")


def test_the_months_in_the_database_are_the_sums_of_the_files_to_the_ore(engine: Engine):
    for name in REAL:
        seen = flow.look(engine, flow.begin(name, (FOLDER / name).read_bytes()), Choices())
        assert isinstance(flow.keep_look(engine, seen, "ekonomen", ""), Recorded)
    wanted: dict = defaultdict(Decimal)
    for years in REAL.values():
        for starts, _, classes in years:
            for digit, amount in classes.items():
                if digit in "345678":
                    wanted[starts, "revenue" if digit == "3" else "cost"] -= amount
    with engine.connect() as connection:
        found = {
            (row.starts, row.item): row.amount
            for row in connection.execute(ROLLED_UP)
            if row.item in ("revenue", "cost")
        }
    assert found == dict(wanted)
