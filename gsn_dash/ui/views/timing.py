"""Tillfällig eller bestående avvikelse?: the period's deviation, part by part."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO, Amount, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import line
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.domain.timing import Timing, timing
from gsn_dash.pictures.kept import kept
from gsn_dash.pictures.timing import timing_picture
from gsn_dash.present.derivations import UNKNOWN_MARK
from gsn_dash.present.levers import name_part
from gsn_dash.present.names import ITEMS
from gsn_dash.present.numbers import format_mkr
from gsn_dash.present.operating import describe_timing
from gsn_dash.present.tables import Cell, Table, TableRow, number, word
from gsn_dash.present.timing import (
    HOW_COUNTED,
    describe_reasons,
    describe_tokens,
    timing_caption,
    timing_message,
)
from gsn_dash.ui.page import show_drawn, show_heading, show_message, show_text
from gsn_dash.ui.tables import show_table

_PICTURE = "tillfalligt"


def show_timing(snapshot: Snapshot, scenario: Scenario) -> None:
    """The sentence, the picture, the parts, and how the period's budgets are spread."""
    found = timing(snapshot, scenario)
    show_message(timing_message(snapshot, found))
    show_text(describe_reasons(snapshot, found))
    picture = (
        timing_picture(snapshot, found)
        if scenario.overlays
        else kept(snapshot, _PICTURE, lambda: timing_picture(snapshot, found))
    )
    show_drawn(picture, _PICTURE, "periodens nettokostnad")
    show_table(timing_table(snapshot, found))
    show_text(HOW_COUNTED)
    lines = describe_timing(snapshot)
    if lines:
        show_heading("Hur periodens budget är fördelad")
        show_text(*lines)


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
    """An amount that no paper states."""
    mark = UNKNOWN_MARK if isinstance(amount, Unknown) else ""
    return Cell(format_mkr(amount, True), "", mark)
