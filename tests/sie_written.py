"""SIE files that tests write, a record at a time."""

from __future__ import annotations

from collections.abc import Iterable

from gsn_dash.domain.ledger import DEFAULT_MAP, LedgerDraft
from gsn_dash.ingest.sie.reading import ReadSie, read_sie

HEAD = (
    "#FLAGGA 0",
    '#PROGRAM "Provprogram" 1.0',
    "#FORMAT PC8",
    "#GEN 20240115",
    "#SIETYP {sie_type}",
    "#RAR 0 20230101 20231231",
)


def written(*records: str, sie_type: str = "4", head: Iterable[str] = HEAD) -> bytes:
    """A file of the year 2023 with these records after its head, in the standard's characters."""
    lines = [*(line.format(sie_type=sie_type) for line in head), *records]
    return ("\r\n".join(lines) + "\r\n").encode("cp437")


def voucher(*rows: str, day: str = "20230115", number: str = "1") -> tuple[str, ...]:
    """The records of a voucher with these rows."""
    return (f'#VER A {number} {day} "Text"', "{", *rows, "}")


def read(*records: str, **how: object) -> ReadSie:
    """What a written file gives."""
    return read_sie("prov.se", written(*records, **how), DEFAULT_MAP)


def read_good(*records: str, **how: object) -> LedgerDraft:
    """The one ledger of a written file in which nothing is wrong."""
    found = read(*records, **how)
    assert found.problems == ()
    (ledger,) = found.ledgers
    return ledger


def first_problem(*records: str, **how: object) -> tuple[int, str]:
    """The line and the sentence of the first problem of a file, of which nothing is read."""
    found = read(*records, **how)
    assert found.ledgers == ()
    return found.problems[0].row, found.problems[0].sentence
