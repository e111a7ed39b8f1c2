"""What the papers are like as papers: broken tables, missing appendices, contradictions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from gsn_dash.domain.checks.finding import Finding, Side, Verdict
from gsn_dash.domain.figures import SourceRef
from gsn_dash.domain.snapshot import Claim, PrintedCell, Snapshot

# What the heading over a value must speak of. A heading "… avvikelse …" is not the value itself.
_HEADINGS = {
    "original": r"grundbudget|årsbudget",
    "carried_over": r"överfört",
    "extra": r"extra",
    "appropriation": r"totalt anslag",
    "budget": r"budget",
    "outcome": r"utfall",
    "forecast": r"prognos",
    "deviation": r"avvikelse",
    "outcome_deviation": r"periodens avvikelse",
    "forecast_deviation": r"prognosen ?s avvikelse",
}
_REGISTRY_HEADING = re.compile(r"^(dnr|diarienr|diarienummer)\.?$", re.IGNORECASE)
_PAGE_RANGE = re.compile(r"^(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?$")


def check_tables(snapshot: Snapshot) -> list[Finding]:
    """Each printed table whose values are read: as many headings as values, each its own."""
    tables = defaultdict(list)
    for cell in snapshot.cells:
        tables[cell.document, cell.table].append(cell)
    return [_check_table(cells) for cells in tables.values() if any(cell.ref for cell in cells)]


def _check_table(cells: list[PrintedCell]) -> Finding:
    headings = [cell for cell in cells if cell.role == "heading"]
    values = [cell for cell in cells if cell.role == "value"]
    read = [value for value in values if _measure(value) in _HEADINGS]
    missing = sorted({_measure(v) for v in read if not _has_heading(v, headings)})
    counts = Counter(value.row for value in values)
    slipped = tuple(value for value in values if counts[value.row] < len(headings))
    place = SourceRef(cells[0].document, cells[0].table)
    about = {
        "headings": len(headings),
        "counts": tuple(counts.values()),
        "missing": tuple(missing),
        "slipped": slipped,
    }
    return Finding(
        "table",
        f"table:{place.document.key}:{place.section}",
        Verdict.FAILS if missing or slipped else Verdict.HOLDS,
        Side(None, (place,), str(len(headings))),
        Side(None, (place,), str(len(values))),
        None,
        about,
    )


def _measure(cell: PrintedCell) -> str:
    """What a value is of; one that no heading of ours is for, or that is not read, is skipped."""
    return cell.ref.rpartition(":")[2]


def _has_heading(value: PrintedCell, headings: list[PrintedCell]) -> bool:
    """Whether some heading names what the value is; a deviation's heading names only that."""
    measure = _measure(value)
    pattern = re.compile(_HEADINGS[measure], re.IGNORECASE)
    deviates = measure.endswith("deviation")
    return any(
        pattern.search(heading.text) and deviates == ("avvikelse" in heading.text.lower())
        for heading in headings
    )


def check_registry_numbers(snapshot: Snapshot) -> list[Finding]:
    """A column headed registry number that holds page ranges in rising order."""
    columns = [
        (cell, _texts_under(snapshot, cell))
        for cell in snapshot.cells
        if cell.role == "heading" and _REGISTRY_HEADING.match(cell.text.strip())
    ]
    return [
        _registry_finding(heading, texts)
        for heading, texts in columns
        if texts and _is_page_ranges(texts)
    ]


def _texts_under(snapshot: Snapshot, heading: PrintedCell) -> tuple[str, ...]:
    column = (heading.document, heading.table, heading.column)
    return tuple(
        cell.text
        for cell in snapshot.cells
        if cell.role == "value" and (cell.document, cell.table, cell.column) == column
    )


def _registry_finding(heading: PrintedCell, texts: tuple[str, ...]) -> Finding:
    place = SourceRef(heading.document, heading.table, column=heading.text)
    return Finding(
        "registry",
        f"registry:{heading.document.key}",
        Verdict.FAILS,
        Side(None, (place,), heading.text),
        Side(None, (place,), ", ".join(texts)),
        None,
        {"heading": heading.text, "values": texts},
    )


def _is_page_ranges(texts: tuple[str, ...]) -> bool:
    last = 0
    for text in texts:
        found = _PAGE_RANGE.match(text.strip())
        if not found or int(found[1]) <= last:
            return False
        last = int(found[2] or found[1])
    return True


def check_flags(snapshot: Snapshot) -> list[Finding]:
    """A yes-or-no that the papers answer both ways."""
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in snapshot.claims:
        if claim.kind == "flag" and not claim.ref.startswith("appendix:"):
            said[claim.ref].append(claim)
    findings = []
    for ref, claims in said.items():
        yes = tuple(c.source for c in claims if c.value is True)
        no = tuple(c.source for c in claims if c.value is False)
        if yes and no:
            findings.append(
                Finding("contradiction", ref, Verdict.FAILS, Side(None, yes), Side(None, no))
            )
    return findings


def check_appendices(snapshot: Snapshot) -> list[Finding]:
    """Each appendix that is referred to: whether it is listed, and attached."""
    said: dict[str, dict[str, list[SourceRef]]] = defaultdict(lambda: defaultdict(list))
    for claim in snapshot.claims:
        area, _, rest = claim.ref.partition(":")
        name, _, state = rest.rpartition(":")
        if area == "appendix" and claim.value is True:
            said[name][state].append(claim.source)
    return [_appendix_finding(name, states) for name, states in said.items() if states["referred"]]


def _appendix_finding(name: str, states: dict[str, list[SourceRef]]) -> Finding:
    listed, attached = states["listed"], states["attached"]
    return Finding(
        "appendix",
        f"appendix:{name}",
        Verdict.HOLDS if attached else Verdict.CANNOT_TELL,
        Side(None, tuple(states["referred"])),
        Side(None, (*listed, *attached)),
        None,
        {"name": name, "listed": bool(listed), "attached": bool(attached)},
    )
