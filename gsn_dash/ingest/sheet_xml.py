"""What a sheet's own XML says that the reader of spreadsheets does not: size, faults, links."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.parsers import expat

from gsn_dash.ingest.cells import FileRefused, refuse_size
from gsn_dash.ingest.packed import BROKEN

ERROR = "är en formel som ger ett fel"
NOT_CALCULATED = "är en formel som inte är uträknad: öppna filen i kalkylprogrammet och spara den"
SCALED = (
    "har ett talformat som visar beloppet delat med tusen eller en miljon: ta bort formatet, så att"
    " hela beloppet syns, och rätta hur det räknas"
)
_SCALED_ODS = (
    "Filen har belopp med ett talformat som visar dem delade med tusen eller en miljon: ta bort"
    " formatet, så att hela beloppen syns, och spara igen."
)
_CELL = rb"<(?:\w+:)?c\b"
# Each pattern takes a time in proportion to the sheet, whatever stands in it: it looks for "r="
# within its own tag and, where much follows, among no more attributes than any program writes.
_BEYOND = re.compile(
    rb"<(?:\w+:)?(?:c|row)\b[^<>]*?\br=[\"'](?:([A-Z]{3,}|G[S-Z]|[H-Z][A-Z])[0-9]*|[A-Z]*"
    rb"([0-9]{6,}|[5-9][0-9]{4}))[\"']"
)
_NAMELESS = re.compile(_CELL + rb"(?:>|/>|\s(?![^<>]*\br=))")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ERRORS = re.compile(_CELL + rb"(?=[^<>]*\bt=[\"']e[\"'])[^<>]*?\br=[\"']([A-Z]+[0-9]+)[\"']")
_UNCALCULATED = re.compile(
    _CELL + rb"[^<>]{0,400}?\br=[\"']([A-Z]+[0-9]+)[\"'][^<>]{0,400}+>\s*+<(?:\w+:)?f\b[^<>]*"
    rb"(?:/>|>[^<]*+</(?:\w+:)?f>)"
    rb"\s*+(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?+\s*+</(?:\w+:)?c>"
)  # fmt: skip
# A formula that gives an empty text, which spreadsheets write as a text without anything in it.
_EMPTY_TEXT = re.compile(rb"\bt=[\"']str[\"'][^<>]*>.*<(?:\w+:)?v\b", re.DOTALL)
_STYLED = re.compile(
    _CELL + rb"([^<>]{0,400}?\bs=[\"']([0-9]+)[\"'][^<>]{0,400}+)(?<!/)>\s*+(?!</)"
)
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]+[0-9]+)[\"']")
_NO_NUMBER = re.compile(rb"\bt=[\"'](?!n[\"'])")
_HIDDEN = re.compile(rb"<(?:\w+:)?(?:col|row)\b[^<>]*\bhidden=[\"'](?:1|true)[\"']")
# Of a number format: what is no place for a digit, and commas that do not part digits.
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_DIVIDES = re.compile(r"[0#?],+(?![0#?,])")
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


def dividing_styles(xml: bytes) -> frozenset[bytes]:
    """The numbers of the cell styles that show an amount divided by a thousand or a million."""
    try:
        root = ElementTree.fromstring(xml) if xml else None
    except ElementTree.ParseError:
        raise FileRefused(BROKEN) from None
    if root is None:
        return frozenset()
    named = {each.tag.rpartition("}")[2]: each for each in root}
    dividing = {
        each.get("numFmtId")
        for each in named.get("numFmts", ())
        if _DIVIDES.search(_LITERAL.sub("", each.get("formatCode", "")))
    }
    styles = enumerate(named.get("cellXfs", ()))
    return frozenset(b"%d" % n for n, each in styles if each.get("numFmtId") in dividing)


def has_hidden(xml: bytes) -> bool:
    """Whether rows or columns of a sheet are hidden."""
    return bool(_HIDDEN.search(xml))


def xlsx_faults(xml: bytes, dividing: frozenset[bytes] = frozenset()) -> dict[Spot, str]:
    """Cells that show an error, a formula without a value, or less than they hold.

    By row and column from 0; `dividing` is what dividing_styles gives.
    """
    faults = {
        _spot(found[1]): NOT_CALCULATED
        for found in _UNCALCULATED.finditer(xml)
        if not _EMPTY_TEXT.search(found[0])
    }
    for found in _STYLED.finditer(xml) if dividing else ():
        reference = _REFERENCE.search(found[1])
        if found[2] in dividing and reference and not _NO_NUMBER.search(found[1]):
            faults.setdefault(_spot(reference[1]), SCALED)
    return faults | {_spot(found[1]): ERROR for found in _ERRORS.finditer(xml)}


def _spot(reference: bytes) -> Spot:
    letters = reference.rstrip(b"0123456789")
    return int(reference[len(letters) :]) - 1, _column_number(letters) - 1


class OdsWalk:
    """Walks an ods' content: the size of each sheet, and the places of cells with an error."""

    def __init__(self) -> None:
        self.faults: dict[str, dict[Spot, str]] = {}
        self.partly_hidden: dict[str, None] = {}
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
        if attributes.get("number:display-factor", "1") != "1":
            raise FileRefused(_SCALED_ODS)
        if tag == "table:table":
            self._sheet, self._row = attributes.get("table:name", ""), 0
            self.faults.setdefault(self._sheet, {})
        elif attributes.get("table:visibility") in ("collapse", "filter"):
            self.partly_hidden[self._sheet] = None
        if tag == "table:table-row":
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
