"""Tables of a file read for the autumn's occasion, and what they gave."""

from decimal import Decimal

from made_tables import AUTUMN, KNOWN

from gsn_dash.domain.amounts import Unknown
from gsn_dash.ingest.opened import Choices, ReadFile, open_file, read_opened


def read(name: str, content: bytes, **chosen) -> ReadFile:
    """A file read with what was recognised in it, for the autumn's occasion."""
    choices = Choices(**{"occasion": AUTUMN, **chosen})
    return read_opened(open_file(name, content), choices, KNOWN)


def facts(found: ReadFile) -> dict[str, Decimal | None]:
    """Every fact's and total's kr by its name; None where it is unknown."""
    drafts = found.drafts
    readings = {draft.key.ref: draft.reading for draft in drafts.operating}
    readings |= {draft.key.ref: draft.reading for draft in drafts.investments}
    readings |= {draft.key.ref: draft.reading for draft in drafts.contributions}
    readings |= {draft.ref: draft.reading for draft in drafts.totals}
    return {
        ref: None if isinstance(reading.amount, Unknown) else reading.amount.kr
        for ref, reading in readings.items()
    }
