"""The table of the period's deviation, part by part: what is timing, and what stays."""

from __future__ import annotations

from gsn_dash.domain.amounts import MKR, ZERO, Amount, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import line
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.domain.timing import Timing
from gsn_dash.present.levers import name_part
from gsn_dash.present.names import ITEMS
from gsn_dash.present.numbers import format_mkr
from gsn_dash.present.tables import Cell, Table, TableRow, number, plain_amount, word
from gsn_dash.present.timing import describe_tokens, timing_caption


def timing_table(snapshot: Snapshot, found: Timing) -> Table:
    """The parts, what nobody knows, what the rounding of print leaves, and the whole."""
    rows = [
        _row(
            name_part(snapshot, part.part),
            part.part.figure,
            (part.timing, part.permanent),
            describe_tokens(snapshot, part),
        )
        for part in found.parts
    ]
    for item in found.unknown:
        deviation = line(snapshot, item, "period").deviation
        rows.append(_row(ITEMS[item], deviation, (deviation.amount,) * 2, ""))
    if not isinstance(found.gap, Unknown) and found.gap != ZERO:
        text = "Papperens siffror är avrundade var för sig."
        cells = (_plain(found.gap), word(""), word(""), word(text))
        rows.append(TableRow(word("Skillnad i papperen"), cells))
    sums = (found.timing, found.permanent)
    rows.append(_row("Hela avvikelsen", found.whole, sums, "", is_total=True))
    return Table(
        timing_caption(snapshot, found),
        ("Del", "Avvikelse", "Tillfälligt", "Bestående", "Vad som talar för det"),
        tuple(rows),
        unit=MKR,
    )


def _row(
    name: str, whole: Figure, divided: tuple[Amount, Amount], text: str, is_total: bool = False
) -> TableRow:
    cells = (
        number(whole, format_mkr(whole.amount, True)),
        *(_plain(amount) for amount in divided),
        word(text),
    )
    return TableRow(word(name), cells, is_total)


def _plain(amount: Amount) -> Cell:
    return plain_amount(amount, format_mkr(amount, True))
