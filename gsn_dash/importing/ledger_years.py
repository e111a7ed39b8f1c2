"""The earlier years that a file of an accounting system has along with its own."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from gsn_dash.ingest.opened import ReadFile
from gsn_dash.store.ledger_codes import read_years


def without_known_years(engine: Engine, read: ReadFile) -> ReadFile:
    """Without the earlier years that a ledger is in force of already, and a remark on each.

    A file has the years before its own for comparison, often without their objects or budgets:
    they fill in a year that nobody has read, and never replace one that has been. Raises what
    SQLAlchemy raises.
    """
    ledgers = read.drafts.ledgers
    if len(ledgers) < 2:
        return read
    own, known = max(ledger.starts for ledger in ledgers), read_years(engine)
    left_out = [each for each in ledgers if each.starts != own and each.starts in known]
    remarks = tuple(
        f"Räkenskapsåret {each.starts}–{each.ends} är redan inläst och ändras inte: läs in årets"
        " egen fil för att rätta det."
        for each in left_out
    )
    kept = tuple(each for each in ledgers if each not in left_out)
    drafts = replace(read.drafts, ledgers=kept)
    return replace(read, drafts=drafts, remarks=(*read.remarks, *remarks))
