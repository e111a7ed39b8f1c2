"""What a sheet's own XML says that the reader of spreadsheets does not: size, faults, links."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.parsers import expat

from gsn_dash.ingest.cells import FileRefused, refuse_size
from gsn_dash.ingest.packed import BROKEN

ERROR = "är en formel som ger ett fel"
NOT_CALCULATED = "är en formel som inte är uträknad: öppna filen i kalkylprogrammet och spara den"
_CELL = rb"<(?:\w+:)?c\b"
_BEYOND = re.compile(
    rb"<(?:\w+:)?(?:c|row)\b[^>]*?\br=[\"'](?:([A-Z]{3,}|G[S-Z]|[H-Z][A-Z])[0-9]*|[A-Z]*"
    rb"([0-9]{6,}|[5-9][0-9]{4}))[\"']"
)
_NAMELESS = re.compile(_CELL + rb"(?:>|/>|\s(?![^>]*\br=))")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ERRORS = re.compile(_CELL + rb"(?=[^>]*\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Z]+[0-9]+)[\"']")
_UNCALCULATED = re.compile(
    _CELL + rb"[^>]*?\br=[\"']([A-Z]+[0-9]+)[\"'][^>]*>\s*<(?:\w+:)?f\b[^>]*"
    rb"(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)  # fmt: skip
Spot = tuple[int, int]
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def xlsx_sheets(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
    """The sheets of an xlsx in their order, by name, with their XML. Raises FileRefused."""
    try:
        targets = {
            each.get("Id"): each.get("Target", "")
            for each in ElementTree.fromstring(members["xl/_rels/workbook.xml.rels"])
        }
        book = ElementTree.fromstring(members["xl/workbook.xml"])
    except (KeyError, ElementTree.ParseError):
        raise FileRefused(BROKEN) from None
    found = []
    for each in book.iter():
        if each.tag.rpartition("}")[2] == "sheet":
            target = targets.get(each.get(_RELATION), "").lstrip("/")
            path = target if target.startswith("xl/") else f"xl/{target}"
            found.append((each.get("name", ""), members.get(path, b"")))
    return found


def refuse_large_xlsx(name: str, xml: bytes) -> None:
    """Raise FileRefused where a cell lies outside what is read; one far away fills the memory."""
    for found in _BEYOND.finditer(xml):
        letters, row = found[1] or b"", int(found[2] or 0)
        refuse_size(name, row, _column_number(letters))
    if _NAMELESS.search(xml):
        rows = _ROW.split(xml)
        refuse_size(name, len(rows), max(len(re.findall(_CELL, row)) for row in rows))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def xlsx_faults(xml: bytes) -> dict[Spot, str]:
    """Cells that show an error or a formula without a value, by row and column from 0."""
    faults = {_spot(found[1]): NOT_CALCULATED for found in _UNCALCULATED.finditer(xml)}
    return faults | {_spot(found[1]): ERROR for found in _ERRORS.finditer(xml)}


def _spot(reference: bytes) -> Spot:
    letters = reference.rstrip(b"0123456789")
    return int(reference[len(letters) :]) - 1, _column_number(letters) - 1


class OdsWalk:
    """Walks an ods' content: the size of each sheet, and the places of cells with an error."""

    def __init__(self) -> None:
        self.faults: dict[str, dict[Spot, str]] = {}
        self._sheet, self._row, self._column = "", 0, 0
        self._rows_alike = 1

    def walk(self, xml: bytes) -> None:
        """Read content.xml. Raises FileRefused where it is broken or too large."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(xml, True)
        except expat.ExpatError:
            raise FileRefused(BROKEN) from None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._sheet, self._row = attributes.get("table:name", ""), 0
            self.faults.setdefault(self._sheet, {})
        elif tag == "table:table-row":
            self._rows_alike = _whole(attributes.get("table:number-rows-repeated"))
            self._column = 0
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            alike = _whole(attributes.get("table:number-columns-repeated"))
            if "office:value-type" in attributes or "table:formula" in attributes:
                refuse_size(self._sheet, self._row + self._rows_alike, self._column + alike)
            if attributes.get("calcext:value-type") == "error":
                self.faults[self._sheet][self._row, self._column] = ERROR
            self._column += alike

    def _end(self, tag: str) -> None:
        if tag == "table:table-row":
            self._row += self._rows_alike


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 1
