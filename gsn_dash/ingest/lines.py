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
    is_total,
    label_item,
    plain,
)
from gsn_dash.ingest.meanings import Meaning

Rows = tuple[tuple[Cell, ...], ...]
_LEADING_CODE = re.compile(r"^([0-9]{2,6}(?:\s*\+\s*[0-9]{2,6})*)\s*[-–—:.]?\s+(.*)$")
_BULLET = re.compile(r"^[-–—•·*]+\s*")
_NOTE = re.compile(r"(?:\s*[\u00b9\u00b2\u00b3\u2070-\u2079]+|\s*\*+|\s+[0-9]\))+$")


@dataclass(frozen=True)
class Line:
    """A row with amounts: its number from 0, what stands first in it, and what is made of that.

    role: `named` (about `code` and `name`), `total` (the sum of the table), or why it is not
    read: `part` (varav), `subtotal` or `kind_of_cost`. `item` is empty where the row says none.
    """

    y: int
    label: str
    code: str
    name: str
    item: str
    role: str


def read_lines(
    body: Rows, first: int, columns: Mapping[int, Meaning], name: Meaning
) -> Iterator[Line]:
    """The rows of a table that have an amount, in order; `first` is the number of the body's first.

    A row that is only an item ("Intäkter") is about whatever the rows above it named last, and
    about the whole where they named nothing.
    """
    about = ("", "")
    has_items = _has_items(body, columns, name)
    for y, row in enumerate(body, start=first):
        texts = {
            meaning: row[x].text for x, meaning in columns.items() if x < len(row) and row[x].text
        }
        code, label = texts.get(meanings.CODE, ""), texts.get(name, "")
        said = texts.get(meanings.ITEM, "")
        has_amounts = any(
            meaning.is_amount and x < len(row) and (row[x].text or row[x].fault)
            for x, meaning in columns.items()
        )
        item = label_item(said) or (label_item(label) if name == meanings.SUBJECT else "")
        role = _role(label, code, item if not said else "", has_items)
        if role == "named" and (code or label) and not (item and not said):
            about = _split(code, label)
        if role == "total":
            about = ("", "")
        if has_amounts and (code or label or said):
            is_whole = role == "named" and about == ("", "")
            yield Line(y, label or code or said, *about, item, "total" if is_whole else role)


def _has_items(body: Rows, columns: Mapping[int, Meaning], name: Meaning) -> bool:
    return any(
        label_item(row[x].text)
        for row in body
        for x, meaning in columns.items()
        if meaning in (name, meanings.ITEM) and x < len(row)
    )


def _role(label: str, code: str, own_item: str, has_items: bool) -> str:
    if is_part(label):
        return "part"
    if is_subtotal(label):
        return "subtotal"
    if own_item:
        return "named"
    if is_total(label) and not code:
        return "total"
    is_coded = bool(code or _LEADING_CODE.match(label))
    if has_items and label and not is_coded and is_kind_of_cost(label):
        return "kind_of_cost"
    return "named"


def _split(code: str, label: str) -> tuple[str, str]:
    """("031", "Digitalisering") from a label that begins with its code."""
    name = _NOTE.sub("", _BULLET.sub("", " ".join(label.split())))
    found = None if code else _LEADING_CODE.match(name)
    if found:
        return re.sub(r"\s", "", found[1]), found[2]
    return code, name


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for letters' size, spaces and dashes."""
    return re.sub(r"\W", "", plain(one)) == re.sub(r"\W", "", plain(other))
