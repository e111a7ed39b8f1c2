"""Files as a controller makes them: the template filled in, and a table of the municipality."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Mapping, Sequence

import openpyxl

from gsn_dash.domain.amounts import KR, MKR, TKR
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.refs import (
    INVESTMENT_MEASURES,
    TOTAL,
    ContributionKey,
    InvestmentKey,
    OperatingKey,
)
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.report.template import write_template

HEADINGS = ("Verksamhet", "Budget jan–aug", "Utfall jan–aug", "Budget helår", "Prognos helår")
LINES = (
    ("Intäkter", 49.4, 50.1, 74.1, 74.8),
    ("Kostnader", -49.4, -47.0, -74.1, -74.9),
)


def filled_template(snapshot: Snapshot, changes: Mapping[tuple[str, str], object]) -> bytes:
    """The template of `snapshot`, filled in with its own figures but for some cells.

    `changes` are other values, by (sheet, cell).
    """
    content = write_template(snapshot)
    empty = openpyxl.load_workbook(io.BytesIO(content))
    own = {
        (sheet, cell): value
        for (sheet, cell), value in own_cells(snapshot).items()
        if empty[sheet][cell].value is None
    }
    return changed_book(content, own | dict(changes))


def changed_book(content: bytes, changes: Mapping[tuple[str, str], object]) -> bytes:
    """A workbook as a person saves it with other values in some cells, by (sheet, cell)."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (sheet, cell), value in changes.items():
        book[sheet][cell] = value
    return _saved(book)


def own_cells(snapshot: Snapshot) -> dict[tuple[str, str], object]:
    """What the template is filled in with to say what `snapshot` does."""
    days = snapshot.occasion
    cells: dict[tuple[str, str], object] = {
        ("Tillfälle", "B3"): days.year, ("Tillfälle", "B4"): days.number,
        ("Tillfälle", "B5"): days.period_end, ("Tillfälle", "B6"): days.appendix_dated,
        ("Tillfälle", "B7"): days.meeting_on,
    }  # fmt: skip
    figures = {f.ref: f for f in (*snapshot.operating.values(), *snapshot.investments.values())}
    figures |= snapshot.totals
    for spot, ref in _amount_cells(snapshot):
        if ref in figures:
            cells[spot] = _as_written(figures[ref])
    return cells | _paid_cells(snapshot)


def _amount_cells(snapshot: Snapshot) -> Iterator[tuple[tuple[str, str], str]]:
    """The cells of the operating budget and the investments, and the figure of each."""
    subjects = [TOTAL, *(each.key for each in snapshot.activities)]
    spans = [("period", m) for m in ("budget", "outcome", "deviation")]
    spans += [("year", m) for m in ("budget", "forecast", "deviation")]
    lines = itertools.product(subjects, ("revenue", "cost", "net", "other_cost"))
    for y, (subject, item) in enumerate(lines, start=4):
        for column, (span, measure) in zip("DEFGHI", spans, strict=True):
            yield ("Driftbudget", f"{column}{y}"), OperatingKey(subject, item, span, measure).ref
    measures = (*INVESTMENT_MEASURES, "outcome_deviation", "forecast_deviation")
    for y, key in enumerate([TOTAL, *(each.key for each in snapshot.projects)], start=4):
        for column, measure in zip("CDEFGHIJK", measures, strict=True):
            yield ("Investeringar", f"{column}{y}"), InvestmentKey(key, measure).ref


def _paid_cells(snapshot: Snapshot) -> dict[tuple[str, str], object]:
    paid = [(each.year, each.figure) for each in snapshot.contributions.values()]
    refs = [ContributionKey(TOTAL, code).ref for code in snapshot.municipalities]
    paid += [(None, snapshot.totals[ref]) for ref in refs if ref in snapshot.totals]
    cells: dict[tuple[str, str], object] = {}
    for y, (year, figure) in enumerate(paid, start=4):
        amount = "?" if figure.is_unknown else f"{figure.money.kr:.0f} kr"
        step = int(figure.precision) if figure.precision >= 1 else None
        for column, value in zip("CDE", (year, amount, step), strict=True):
            cells["Samarbeten", f"{column}{y}"] = value
    return cells


def _as_written(figure: Figure) -> str:
    """The figure with the unit and the decimals that it was printed with."""
    scales = (("Mkr", MKR), ("tkr", TKR), ("kr", KR))
    name, unit = next(each for each in scales if figure.precision * 100 >= each[1] or each[1] == KR)
    if figure.is_unknown:
        return f"{figure.printed} {name}" if figure.printed.startswith(",") else "?"
    decimals = max(0, -(figure.precision / unit).normalize().as_tuple().exponent)
    text = f"{figure.money.kr / unit:.{decimals}f} {name}".replace(".", ",")
    return f"ca {text}" if figure.approximate else text


def own_table(
    lines: Sequence[Sequence[object]] = LINES, headings: Sequence[str] = HEADINGS
) -> bytes:
    """A sheet with the columns that a municipality has of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Driftbudget"
    sheet.append(["Driftbudget 2023, Mkr"])
    for row in (headings, *lines):
        sheet.append(list(row))
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
