"""Imports made by hand: corrections, choices, ledgers, as the pages and files would draft them."""

import hashlib
import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from papers import kr
from sqlalchemy import Connection, Engine

from gsn_dash.domain.drafts import (
    CORRECTION,
    LEDGER,
    ContributionDraft,
    DocumentDraft,
    Drafts,
    InvestmentDraft,
    OccasionDraft,
    OperatingDraft,
    Place,
    Reading,
)
from gsn_dash.domain.ledger import LedgerDraft, LedgerEntry
from gsn_dash.domain.refs import ContributionKey, InvestmentKey, OperatingKey
from gsn_dash.store import schema
from gsn_dash.store.keep import keep
from gsn_dash.store.read import newest_batch
from gsn_dash.store.record import Recorded, record

SPRING = (2023, 2)
COST_OUTCOME = OperatingKey("total", "cost", "period", "outcome")
COST_FORECAST = OperatingKey("total", "cost", "year", "forecast")
LEFT = InvestmentKey("sakerhet", "left")
BOOK = DocumentDraft("rattelser", "Rättelser i programmet", "rättelse", None, "")
PLACE = Place("rattelser", "Rättelser")
FINGERPRINT = hashlib.sha256(b"a finding").hexdigest()


def reading(amount: str, printed: str = "", place: Place = PLACE) -> Reading:
    """An amount in kr as read at a place, exact to the krona."""
    return Reading(printed or amount, kr(amount), Decimal(1), False, place)


def correction(amount: str, key: OperatingKey = COST_OUTCOME, **parts: Any) -> Drafts:
    """A correction of one cell of the operating budget in the spring of 2023."""
    drafts = {"documents": (BOOK,), "kind": CORRECTION, **parts}
    return Drafts(operating=(OperatingDraft(SPRING, key, reading(amount)),), **drafts)


def left(amount: str) -> Drafts:
    """A correction of what is left of a project."""
    drafts = (InvestmentDraft(SPRING, LEFT, reading(amount)),)
    return Drafts(documents=(BOOK,), investments=drafts, kind=CORRECTION)


def contribution(
    amount: str, standing: str, place: Place, of: tuple[str, str]
) -> ContributionDraft:
    """What a municipality pays, as stated at a place."""
    return ContributionDraft(
        SPRING, ContributionKey(*of), 2023, reading(amount, "", place), standing
    )


def occasion(year: int, number: int, month: int) -> OccasionDraft:
    """An occasion whose period ends with a month that has 30 days, or with the year."""
    ends = date(year, month, 31 if month == 12 else 30)
    return OccasionDraft(year, number, date(year, 1, 1), ends, ends, ends, "rattelser")


def autumn() -> Drafts:
    """Another occasion, with two figures of its own."""
    name = (2023, 3)
    cells = ((COST_OUTCOME, "-45000000"), (COST_FORECAST, "-75000000"))
    figures = tuple(OperatingDraft(name, key, reading(amount)) for key, amount in cells)
    return Drafts((BOOK,), (occasion(2023, 3, 9),), operating=figures, kind="table")


def entry(month: int, account: str, amount: str, **parts: Any) -> LedgerEntry:
    """A sum of a month of 2023, by default an outcome of no cost centre or project."""
    where = {"cost_centre": "", "project": "", "measure": "outcome", "year": 2023, **parts}
    first = date(where.pop("year"), month, 1)
    return LedgerEntry(month=first, account=account, amount=kr(amount), **where)


def ledger(*entries: LedgerEntry, year: int = 2023, file: str = "bok.se") -> Drafts:
    """A fiscal year that speaks for the months of its entries' outcome."""
    place = Place("bok", file)
    months = tuple(sorted({row.month for row in entries if row.measure == "outcome"}))
    days = date(year, 1, 1), date(year, 12, 31)
    draft = LedgerDraft(*days, "Bokprogrammet", "4", entries, place, months)
    paper = DocumentDraft("bok", "Bokföring", "bokföring", None, "")
    return Drafts((paper,), ledgers=(draft,), kind=LEDGER)


BOOKED = ledger(
    entry(1, "3010", "5000000"),
    entry(1, "5010", "-4000000.25", cost_centre="31"),
    entry(2, "5010", "-4100000", cost_centre="31"),
    entry(2, "6010", "-0.50", cost_centre="32", project="P7"),
    entry(1, "5010", "-4500000", measure="budget"),
)


def kept(engine: Engine, drafts: Drafts, by: str = "Eva", note: str = "") -> Recorded:
    """What keeping the drafts did, as somebody who has seen all that is there."""
    done = keep(engine, drafts, by, note, last_batch(engine))
    assert isinstance(done, Recorded), done
    return done


def last_batch(engine: Engine) -> int:
    """The number of the last import."""
    with engine.connect() as connection:
        return newest_batch(connection)


def fill(connection: Connection) -> None:
    """A row of every table that no paper brings, on a transaction of the test's own."""
    recorded = record(connection, BOOKED, "Eva")
    rows: dict[str, dict[str, Any]] = {
        "ledger_map_version": {
            "version": 1, "document": {}, "author": "Eva", "batch_id": recorded.batch,
        },
        "finding_answer": {
            "year": 2023, "number": 2, "key": "k", "version": 1, "state": "explained",
            "words": "Felskrivet", "author": "Eva", "fingerprint": FINGERPRINT,
        },
        "issued_report": {
            "year": 2023, "number": 2, "batch": 1, "format": "pdf", "options": {},
            "fingerprint": "f", "content": b"papper", "issued_by": "Eva", "id": uuid.uuid4(),
            "sha256": hashlib.sha256(b"papper").hexdigest(),
        },
    }  # fmt: skip
    for name, values in rows.items():
        connection.execute(schema.metadata.tables[name].insert().values(values))
