"""Good files, damaged at random, and a plain reading of them to hold the program's against."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from made_tables import BY_ACTIVITY, KNOWN, csv_text, ods, xlsx
from table_variants import GROSS, VARIANTS

from gsn_dash.domain.amounts import Unknown
from gsn_dash.ingest.opened import ReadFile

Rows = list[list[Any]]
_ODD: tuple[Any, ...] = (
    None, "", "?", "–", "-", "..", "x", "N/A", "#REF!", "tolv", "1 234", "1\u00a0234,5", "1.234",
    "12.5", "(5)", "5-", "−7", "- 7", "– 7", "+7", "1,2,3", "1 23", "=1+1", "1e5", "5 %", "7 kr",
    0, -0.0, 1e15, 1e300, 0.1 + 0.2, 1 / 3, True, date(2023, 4, 30), "7*", "7 1)", "¹", "ca 7",
    "cirka", "Summa", "Intäkter", "Nettokostnad", "varav lön", "Budget", "Prognos", "2023", 2023,
    "\u202e7", "٣", "x" * 5000, "<b>7</b>", "'7", "\t7", '"', ";", "031", "total", "rest", ":",
)  # fmt: skip
_SPOT = re.compile(r"\((?:rad ([0-9]+)|([A-Z]+)([0-9]+))\)$")


@dataclass(frozen=True)
class Made:
    """A file, how it was made, and its rows; None where only the good table's may be read."""

    name: str
    content: bytes
    what: str
    rows: Rows | None


def make_file(rng: random.Random) -> Made:
    """A file made from a good one by a few random changes."""
    name = rng.choice(("a.xlsx", "a.xlsx", "a.csv", "a.ods"))
    source = rng.choice([BY_ACTIVITY, GROSS, *VARIANTS.values()])
    rows = [list(row) for row in source]
    if rng.random() < 0.35:
        return _with_damaged_bytes(rng, name, rows)
    changes = [rng.choice(_CHANGES) for _ in range(rng.randint(1, 4))]
    for change in changes:
        change(rng, rows)
    what = f"{name} after {[change.__name__ for change in changes]}"
    return Made(name, _written(name, rows), what, _as_text(rows) if name == "a.csv" else rows)


def _written(name: str, rows: Rows) -> bytes:
    return {"a.xlsx": xlsx, "a.csv": csv_text, "a.ods": ods}[name](rows)


def _as_text(rows: Rows) -> Rows | None:
    """The rows as any reader of CSV finds them; None where it finds none."""
    return _text_rows(csv_text(rows))


def _text_rows(content: bytes) -> Rows | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")]
        except (UnicodeDecodeError, csv.Error):
            continue
    return None


def _with_damaged_bytes(rng: random.Random, name: str, rows: Rows) -> Made:
    content = bytearray(_written(name, rows))
    for _ in range(rng.randint(1, 5)):
        place = rng.randrange(len(content))
        kind = rng.choice(("flip", "cut", "drop", "add"))
        if kind == "flip":
            content[place] ^= 1 << rng.randrange(8)
        elif kind == "cut":
            del content[max(place, 1) :]
        elif kind == "drop":
            del content[place : place + rng.randint(1, 20)]
        else:
            content[place:place] = rng.randbytes(rng.randint(1, 20))
        if not content:
            content = bytearray(b" ")
    damaged = bytes(content)
    found = _text_rows(damaged) if name == "a.csv" else rows
    return Made(name, damaged, f"{name} with damaged bytes", found)


def _odd_cell(rng: random.Random, rows: Rows) -> None:
    row = rng.choice([row for row in rows if row])
    row[rng.randrange(len(row))] = rng.choice(_ODD)


def _lost_row(rng: random.Random, rows: Rows) -> None:
    if len(rows) > 2:
        del rows[rng.randrange(len(rows))]


def _doubled_row(rng: random.Random, rows: Rows) -> None:
    row = rng.choice(rows)
    rows.insert(rng.randrange(len(rows) + 1), list(row))


def _swapped_rows(rng: random.Random, rows: Rows) -> None:
    one, other = rng.randrange(len(rows)), rng.randrange(len(rows))
    rows[one], rows[other] = rows[other], rows[one]


def _blank_row(rng: random.Random, rows: Rows) -> None:
    rows.insert(rng.randrange(len(rows) + 1), rng.choice(([], ["Källa: ekonomisystemet"], ["", 5])))


def _lost_column(rng: random.Random, rows: Rows) -> None:
    place = rng.randrange(max(map(len, rows)))
    for row in rows:
        del row[place : place + 1]
    if not any(rows):
        rows.append([""])


def _new_column(rng: random.Random, rows: Rows) -> None:
    place = rng.randrange(max(map(len, rows)) + 1)
    for row in rows:
        if len(row) > 1:
            row.insert(place, rng.choice(("", "", 3)))


def _shifted_row(rng: random.Random, rows: Rows) -> None:
    rng.choice(rows).insert(0, "")


_CHANGES: tuple[Callable[[random.Random, Rows], None], ...] = (
    _odd_cell, _odd_cell, _odd_cell, _lost_row, _doubled_row, _swapped_rows, _blank_row,
    _lost_column, _new_column, _shifted_row,
)  # fmt: skip


def assert_as_it_stands(found: ReadFile, rows: Rows | None) -> None:
    """Every figure is what its own cell says, of whom its own row says, and none is made up."""
    assert rows is not None, "what no reader of text can read was read"
    names = {activity.key: activity.name for activity in KNOWN.activities}
    names |= {activity.key: activity.name for activity in found.drafts.activities}
    for draft in found.drafts.operating:
        _assert_reading(draft.reading, rows)
        _assert_about(draft.key.subject, draft.reading.place.row, rows, names)
    for draft in found.drafts.totals:
        _assert_reading(draft.reading, rows)


def _cells_at(place: str, rows: Rows) -> tuple[int, list[Any]]:
    """The row of a place from 0, and the cells that it can mean: of a text file all of the row."""
    found = _SPOT.search(place)
    if found[1]:
        return int(found[1]) - 1, rows[int(found[1]) - 1]
    y, x = int(found[3]) - 1, 0
    for letter in found[2]:
        x = x * 26 + ord(letter) - ord("A") + 1
    return y, rows[y][x - 1 : x] or [None]


def _assert_reading(reading: Any, rows: Rows) -> None:
    _, cells = _cells_at(reading.place.row, rows)
    plain = [value for cell in cells if (value := _plain_value(cell)) is not None]
    if isinstance(reading.amount, Unknown):
        assert len(plain) < len(cells), (reading, cells)
        return
    sizes = {_to_ore(abs(value) * scale) for value in plain for scale in (1, 1000, 10**6)}
    assert abs(reading.amount.kr) in sizes, (reading, cells)


def _to_ore(value: Decimal) -> Decimal:
    if abs(value) > 10**20:
        return value
    return value.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")


def _plain_value(cell: Any) -> Decimal | None:
    """A cell as a person would count it; None where it is no number."""
    if cell is None or isinstance(cell, (bool, date)):
        return None
    if isinstance(cell, (int, float)):
        return Decimal(f"{cell:.15g}")
    text = re.sub(r"\s", "", re.sub(r"\s1\)$|\*$|kr$|^ca ", "", cell))
    text = text.translate(str.maketrans({"−": "-", "–": "-", ",": ".", "(": "-", ")": ""}))
    text = f"-{text[:-1]}" if text.endswith("-") else text
    try:
        return Decimal(text) if text.isascii() else None
    except InvalidOperation:
        return None


def _assert_about(subject: str, place: str, rows: Rows, names: dict[str, str]) -> None:
    """The row, or one above it, names the activity that the figure is about."""
    y, _ = _cells_at(place, rows)
    cells = [cell for row in rows[: y + 1] for cell in row if cell is not None]
    texts = ["SANT" if cell is True else str(cell) for cell in cells]
    if subject == "total":
        return
    words = (subject, names[subject])
    assert any(word.casefold() in text.casefold() for text in texts for word in words), subject
