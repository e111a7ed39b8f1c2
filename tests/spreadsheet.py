"""A spreadsheet that counts: enough of a formula's language to check every formula we write."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO

import openpyxl
from openpyxl.utils import range_boundaries

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|"(?P<text>[^"]*)"
    |(?P<cell>(?:'(?P<sheet>[^']+)'!)?(?P<area>[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?))
    |(?P<name>[A-Z]+)\(|(?P<mark>[-+/*&=(),]))""",
    re.X,
)
Value = float | int | str | None


@dataclass
class Spreadsheet:
    """A workbook with its formulas; `filled` is what somebody writes into cells of it."""

    content: bytes
    filled: dict[tuple[str, str], Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.formulas = openpyxl.load_workbook(BytesIO(self.content))
        self.shown = openpyxl.load_workbook(BytesIO(self.content), data_only=True)
        self._under_way: set[tuple[str, str]] = set()

    def count(self, sheet: str, name: str) -> Value:
        """What the cell gives when everything is counted anew; fails where it goes in a circle."""
        if (sheet, name) in self.filled:
            return self.filled[sheet, name]
        value = self.formulas[sheet][name].value
        if not (isinstance(value, str) and value.startswith("=")):
            return value
        assert (sheet, name) not in self._under_way, f"{sheet}!{name} rests on itself"
        self._under_way.add((sheet, name))
        try:
            return _Reader(self, sheet, value[1:]).read()
        finally:
            self._under_way.discard((sheet, name))

    def formula_cells(self) -> list[tuple[str, str]]:
        """Every cell that holds a formula."""
        return [
            (sheet.title, cell.coordinate)
            for sheet in self.formulas
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]


class _Reader:
    """Reads one formula from left to right: & binds least, then + and -, then / and *."""

    def __init__(self, book: Spreadsheet, sheet: str, text: str) -> None:
        self._book, self._sheet = book, sheet
        self._tokens, at = [], 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            assert found, f"{text!r} at {at}"
            self._tokens.append(found)
            at = found.end()

    def read(self) -> Value:
        value = self._joined()
        assert not self._tokens, "something is left of the formula"
        return value

    def _next_is(self, *marks: str) -> str | None:
        mark = self._tokens[0]["mark"] if self._tokens else None
        return self._tokens.pop(0)["mark"] if mark in marks and mark else None

    def _joined(self) -> Value:
        value = self._added()
        while mark := self._next_is("&", "="):
            other = self._added()
            value = value == other if mark == "=" else f"{_text(value)}{_text(other)}"
        return value

    def _added(self) -> Value:
        value = self._divided()
        while mark := self._next_is("+", "-"):
            other = self._divided()
            value = value + other if mark == "+" else value - other
        return value

    def _divided(self) -> Value:
        value = self._one()
        while mark := self._next_is("/", "*"):
            other = self._one()
            value = value / other if mark == "/" else value * other
        return value

    def _one(self) -> Value:
        token = self._tokens.pop(0)
        if token["number"]:
            return float(token["number"])
        if token["text"] is not None:
            return token["text"]
        if token["cell"]:
            return self._cells(token)[0]
        if token["name"]:
            return self._called(token["name"])
        assert token["mark"] == "(", token[0]
        value = self._joined()
        assert self._next_is(")")
        return value

    def _called(self, name: str) -> Value:
        if name == "IF":
            parts = [part for part, *_ in self._arguments()]
            return parts[1] if parts[0] else parts[2]
        given = [value for values in self._arguments() for value in values]
        numbers = [value for value in given if isinstance(value, (int, float))]
        if name == "FIXED":
            return f"{given[0]:,.{int(given[1])}f}".replace(",", "\xa0").replace(".", ",")
        return {"SUM": sum, "COUNT": len}[name](numbers)

    def _arguments(self) -> list[list[Value]]:
        found = []
        while True:
            is_area = self._tokens[0]["cell"] and ":" in self._tokens[0]["area"]
            found.append(self._cells(self._tokens.pop(0)) if is_area else [self._safely()])
            if self._next_is(")"):
                return found
            assert self._next_is(",")

    def _safely(self) -> Value:
        """An argument; what cannot be counted matters only where it is chosen."""
        try:
            return self._joined()
        except TypeError:
            depth = 0
            while depth or self._tokens[0]["mark"] not in (",", ")"):
                token = self._tokens.pop(0)
                depth += bool(token["name"]) + (token["mark"] == "(") - (token["mark"] == ")")
            return "#VÄRDEFEL!"

    def _cells(self, token: re.Match) -> list[Value]:
        left, top, right, bottom = range_boundaries(token["area"])
        sheet = token["sheet"] or self._sheet
        return [
            self._book.count(sheet, self._book.formulas[sheet].cell(row, column).coordinate)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]


def _text(value: Value) -> str:
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
