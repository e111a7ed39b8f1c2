"""Rows of a table to lines: whom each is about, which item it is, or that it is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gsn_dash.ingest import meanings
from gsn_dash.ingest.cells import Cell
from gsn_dash.ingest.headings import (
    is_kind_of_cost,
    is_part,
    is_subtotal,
    is_sum_worded,
    is_total,
    label_item,
    plain,
    sum_of,
)
from gsn_dash.ingest.meanings import Meaning

Rows = tuple[tuple[Cell, ...], ...]
_LEADING_CODE = re.compile(r"^([0-9]{2,6}(?:\s*\+\s*[0-9]{2,6})*)\s*[-–—:.]?\s+(.*)$")
_BULLET = re.compile(r"^[-–—•·*]+\s*")
_NOTE = re.compile(r"(?:\s*[\u00b9\u00b2\u00b3\u2070-\u2079]+|\s*\*+|\s+[0-9]\))+$")


# What is said of a row that cannot be told, so that no figure of it is read.
UNCLEAR = {
    "middle_sum": (
        "”{}” står mitt i tabellen, så det går inte att veta vad raden är summan av: skriv Delsumma"
        " om den inte är hela tabellens summa, annars flytta den sist"
    ),
    "unclear_item": (
        "”{}” kan gälla verksamheten ovanför eller hela tabellen: skriv verksamhetens kod i en"
        " kolumn på samma rad, eller en rad med ordet Summa ovanför"
    ),
    "unclear_heading": (
        "”{}” kan vara en verksamhet eller ett slag av kostnader: skriv verksamhetens kod före"
        " namnet, eller ta bort raden"
    ),
}


@dataclass(frozen=True)
class Line:
    """A row with amounts: its number from 0, what stands first in it, and what is made of that.

    role: `named` (about `code` and `name`), `total` (the sum of the table), or why it is not
    read: `part` (varav), `subtotal`, `kind_of_cost`, `nameless`, or a key of UNCLEAR, which is a
    problem and may be a row without amounts. `item` is empty where the row says none.
    """

    y: int
    label: str
    code: str
    name: str
    item: str
    role: str


@dataclass
class _Row:
    """A row while it is understood. `words` names it; `is_item` where it says an item only.

    `is_part`: one of the texts before its amounts says "varav".
    """

    y: int
    code: str
    label: str
    said: str
    item: str
    has_amounts: bool
    is_item: bool
    is_part: bool
    role: str = "named"
    about: tuple[str, str] = ("", "")

    @property
    def words(self) -> str:
        return self.label or self.code or self.said

    @property
    def is_sum_of_items(self) -> bool:
        return is_sum_worded(self.said or self.label)


def read_lines(
    body: Rows, first: int, columns: Mapping[int, Meaning], name: Meaning
) -> Iterator[Line]:
    """The rows of a table that have an amount, in order; `first` is the number of the body's first.

    A row that is only an item ("Intäkter") is about whatever the rows above it named last, and
    about the whole where they named nothing or where it comes after the activities.
    """
    rows = [_read_row(row, y, columns, name) for y, row in enumerate(body, start=first)]
    rows = [row for row in rows if row.words or row.has_amounts]
    _give_roles(rows)
    _give_subjects(rows)
    _doubt_middle_sums(rows)
    _settle_last_items(rows)
    for row in rows:
        if row.has_amounts or row.role in UNCLEAR:
            is_whole = row.role == "named" and row.about == ("", "")
            role = "total" if is_whole else row.role
            yield Line(row.y, row.words, *row.about, row.item, role)


def _read_row(row: tuple[Cell, ...], y: int, columns: Mapping[int, Meaning], name: Meaning) -> _Row:
    texts = {meaning: row[x].text for x, meaning in columns.items() if x < len(row) and row[x].text}
    amounts = [x for x, meaning in columns.items() if meaning.is_amount]
    read = {x for x, meaning in columns.items() if meaning.key}
    has_amounts = any(x < len(row) and (row[x].text or row[x].fault) for x in amounts)
    code, label = texts.get(meanings.CODE, ""), texts.get(name, "")
    said = texts.get(meanings.ITEM, "")
    if _is_word_of_row(code):
        code, label = "", f"{code} {label}".strip()
    if has_amounts and not (code or said):
        # A word for the row may stand in a column that is not read, as codes without a heading.
        beside = [row[x].text for x in range(min(amounts)) if x < len(row) and x not in read]
        words = [text for text in beside if _is_word_of_row(text)]
        if words and label and label_item(words[0]):
            said = words[0]
        else:
            label = " ".join((*words[:1], label)).strip()
    own = label_item(label) if name == meanings.SUBJECT and not said else ""
    item = label_item(said) or own
    if own and code:
        label, said, own = "", label, ""
    is_item = bool(item) and (bool(own) or not (code or label))
    before = row[: min(amounts, default=0)]
    is_varav = any(is_part(cell.text) for cell in before if cell.text)
    return _Row(y, code, label, said, item, has_amounts, is_item, is_varav)


def _is_word_of_row(text: str) -> bool:
    """Whether a text tells what kind of row it stands in, wherever it stands."""
    return is_part(text) or is_subtotal(text) or is_total(text) or bool(label_item(text))


def _give_roles(rows: list[_Row]) -> None:
    has_items = any(row.item for row in rows)
    named: set[str] = set()
    for place, row in enumerate(rows):
        row.role = _role(row, has_items, named)
        if row.role == "kind_of_cost" and not row.has_amounts:
            is_among_kinds = place > 0 and rows[place - 1].role == "kind_of_cost"
            row.role = _heading_role(rows[place + 1 :], is_among_kinds)
        if row.role == "named" and not row.is_item:
            named |= {plain(part) for part in _split(row.code, row.label) if part}


def _role(row: _Row, has_items: bool, named: set[str]) -> str:
    if not row.words:
        return "nameless"
    if row.is_part:
        return "part"
    if is_subtotal(row.label) or is_subtotal(row.said):
        return "subtotal"
    if row.is_item:
        return "named"
    if is_total(row.label) and not row.code:
        return _sum_role(sum_of(row.label), named)
    is_coded = bool(row.code or _LEADING_CODE.match(row.label))
    if has_items and row.label and not is_coded and is_kind_of_cost(row.label):
        return "kind_of_cost"
    return "named"


def _sum_role(summed: str, named: set[str]) -> str:
    """What a sum is, by the words of what it is the sum of."""
    code, name = _split("", summed)
    if summed in named or code in named or name in named:
        return "subtotal"
    is_kind = is_kind_of_cost(summed) and "netto" not in summed
    return "kind_of_cost" if is_kind else "total"


def _heading_role(following: list[_Row], is_among_kinds: bool) -> str:
    """Whether a heading with the words of a cost is an activity, by what comes right below it.

    Among kinds of cost it may as well be one more of them, which has no amounts this time.
    """
    for place, row in enumerate(following):
        if row.is_item and row.has_amounts:
            is_near = not place and not is_among_kinds
            if row.is_sum_of_items:
                return "unclear_heading" if is_near else "kind_of_cost"
            return "named" if is_near else "unclear_heading"
        if row.is_item or not is_kind_of_cost(row.label):
            break
    return "kind_of_cost"


def _give_subjects(rows: list[_Row]) -> None:
    about = ("", "")
    for row in rows:
        if row.role == "named" and not row.is_item and (row.code or row.label):
            about = _split(row.code, row.label)
        if row.role in ("total", "middle_sum"):
            about = ("", "")
        row.about = about


def _doubt_middle_sums(rows: list[_Row]) -> None:
    """A sum with activities both above and below it need not be the sum of them all."""
    starts = _starts(rows)
    for place, row in enumerate(rows):
        if row.role == "total" and starts and starts[0] < place < starts[-1]:
            row.role = "middle_sum"


def _starts(rows: list[_Row]) -> list[int]:
    """The places of the rows that name something with amounts, its own or of items below it."""
    return [
        place
        for place, row in enumerate(rows)
        if row.role == "named"
        and not row.is_item
        and row.about != ("", "")
        and (row.has_amounts or any(below.is_item for below in rows[place + 1 : place + 2]))
    ]


def _settle_last_items(rows: list[_Row]) -> None:
    """Items after the last activity: its own, or the whole's, by what the others have."""
    starts = _starts(rows)
    if not starts:
        return
    last = starts[-1]
    ends = next((y for y in range(last, len(rows)) if rows[y].role == "total"), len(rows))
    usual = {_item_words(row) for row in rows[starts[0] : last] if _is_said(row)}
    own = rows[last]
    done = {_item_words(own)} if own.item else set()
    is_flat = own.has_amounts and not own.item
    is_whole = False
    for row in rows[last + 1 : ends]:
        if not (_is_said(row) and row.is_item):
            continue
        words = _item_words(row)
        if not is_whole and words in usual - done:
            done.add(words)
            continue
        if not is_whole and not row.is_sum_of_items and not _is_after(usual, done, is_flat):
            continue
        is_whole = is_whole or len(starts) > 1 and (row.is_sum_of_items or (is_flat and not usual))
        row.about, row.role = ("", ""), "named" if is_whole else "unclear_item"


def _is_said(row: _Row) -> bool:
    return bool(row.item) and row.has_amounts and row.role == "named"


def _item_words(row: _Row) -> str:
    return plain(row.said or row.label)


def _is_after(usual: set[str], done: set[str], is_flat: bool) -> bool:
    """Whether the last activity has had all that the others have, so that more may be others'."""
    return usual <= done if usual else is_flat


def _split(code: str, label: str) -> tuple[str, str]:
    """("031", "Digitalisering") from a label that begins with its code."""
    name = _NOTE.sub("", _BULLET.sub("", " ".join(label.split())))
    found = None if code else _LEADING_CODE.match(name)
    if found:
        return re.sub(r"\s", "", found[1]), found[2]
    return code, name


def without_zeros(code: str) -> str:
    """A code as a spreadsheet leaves it that takes it for a number: "031+032" as "31+32"."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", code)


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for letters' size, spaces and dashes."""
    return re.sub(r"\W", "", plain(one)) == re.sub(r"\W", "", plain(other))
