"""The controls as tables: those that hold on one page, and all of them for a file or a paper."""

from __future__ import annotations

from collections.abc import Sequence

from gsn_dash.domain.checks.finding import Finding, Side
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.findings import VERDICTS, describe_finding, format_side, format_tolerance
from gsn_dash.present.names import name_place
from gsn_dash.present.sharing import count_word
from gsn_dash.present.tables import Cell, Table, TableRow, word

_WHERE = ("Var det står", "Jämfört med")


def holding_table(snapshot: Snapshot, found: Sequence[Finding]) -> Table:
    """The controls that hold: what was compared, how, and both places."""
    rows = []
    for finding in found:
        title, explanation = describe_finding(snapshot, finding)
        cells = (
            word(explanation),
            Cell(format_tolerance(finding)),
            _places(finding.stated),
            _places(finding.found),
        )
        rows.append(TableRow(word(title), cells))
    headings = ("Vad", "Jämförelse", "Tillåten skillnad", *_WHERE)
    return Table("Kontroller som stämmer", headings, tuple(rows))


def findings_table(snapshot: Snapshot, findings: Sequence[Finding]) -> Table:
    """Every control with how it came out, both sides' values and their places."""
    rows = []
    for finding in findings:
        title, explanation = describe_finding(snapshot, finding)
        sides = (
            word(text)
            for side in (finding.stated, finding.found)
            for text in (format_side(finding, side), name_places(side))
        )
        cells = (word(VERDICTS[finding.verdict]), word(explanation), *sides)
        rows.append(TableRow(word(title), cells))
    headings = ("Kontroll", "Resultat", "Förklaring", "Ena sidan", _WHERE[0], "Andra sidan")
    return Table("Kontroller av siffrorna", (*headings, _WHERE[1]), tuple(rows))


def name_places(side: Side) -> str:
    """Where a side stands: the first place, and how many more there are."""
    if not side.places:
        return ""
    others = len(side.places) - 1
    more = f" och på {count_word(others, 'ställe', 'ställen')} till" if others else ""
    return f"{name_place(side.places[0])}{more}"


def _places(side: Side) -> Cell:
    """As a link to its source, which tells of further places too."""
    return word(name_places(side), side.ref)
