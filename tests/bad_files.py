"""Files that should not be trusted: made by hand, one for each way, with what must be said."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from made_tables import AUTUMN, BY_ACTIVITY, KNOWN, ODS_TYPE, csv_text, ods, packed, repacked, xlsx
from mutated_files import assert_as_it_stands, make_file

from gsn_dash.domain.drafts import Drafts
from gsn_dash.ingest.cells import FileRefused
from gsn_dash.ingest.opened import Choices, ReadFile, open_file, read_opened

GOOD = xlsx(BY_ACTIVITY)
_SHEET, _BOOK = "xl__worksheets__sheet1DOTxml", "xl__workbookDOTxml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@dataclass(frozen=True)
class BadFile:
    """A file, its name, and words of the sentence that it must be met with.

    `cell` is where the problem must be placed; None where the whole file is refused.
    """

    name: str
    content: bytes
    words: str
    cell: str | None = None


def outcome(name: str, content: bytes) -> tuple[str, ReadFile | None]:
    """The sentence of a file that is refused, or what is read of it. Nothing else may happen."""
    try:
        opened = open_file(name, content)
    except FileRefused as error:
        return str(error), None
    found = read_opened(opened, Choices(AUTUMN if opened.kind == "table" else None), KNOWN)
    assert isinstance(found.drafts, Drafts)
    return "", found


def with_cell(y: int, x: int, value: Any) -> bytes:
    """The good table with one cell changed."""
    rows = [list(row) for row in BY_ACTIVITY]
    rows[y][x] = value
    return xlsx(rows)


def with_xml(old: str, new: str, member: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The good table with the XML of a member changed, which must be there once or more."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        text = archive.read(member).decode()
    assert old in text
    changed = text.replace(old, new, 1)
    return repacked(GOOD, **{member.replace("/", "__").replace(".", "DOT"): changed})


def _flagged(content: bytes) -> bytes:
    """The file with the mark of a password on each of its members."""
    marked = bytearray(content)
    at = marked.find(b"PK\x01\x02")
    while at >= 0:
        marked[at + 8] |= 1
        at = marked.find(b"PK\x01\x02", at + 4)
    return bytes(marked)


def _claiming(content: bytes, size: int) -> bytes:
    """The file with a first member that says it is `size` bytes unpacked."""
    at = content.find(b"PK\x01\x02") + 24
    return content[:at] + size.to_bytes(4, "little") + content[at + 4 :]


def _twice(content: bytes) -> bytes:
    """The file with a member that is there twice, of which readers choose different ones."""
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"<worksheet/>")
    return stream.getvalue().replace(b"sheet2.xml", b"sheet1.xml")


_BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "{}">]><worksheet>&b;</worksheet>'
OTHER_KINDS = [
    BadFile(f"a.{ending}", content, words)
    for ending, content, words in (
        ("xlsx", b"%PDF-1.7 ...", "en PDF"),
        ("csv", b"%PDF-1.7 ...", "en PDF"),
        ("xlsx", b"\x89PNG\r\n\x1a\n....", "en bild"),
        ("xlsx", b"\xff\xd8\xff\xe0....", "en bild"),
        ("ods", b"GIF89a....", "en bild"),
        ("xlsx", b"{\\rtf1 hej}", "ett textdokument"),
        ("xlsx", b"Rar!\x1a\x07....", "ett arkiv"),
        ("xlsx", b"7z\xbc\xaf....", "ett arkiv"),
        ("csv", b"\x1f\x8b\x08....", "ett arkiv"),
        ("xlsx", b"MZ\x90\x00....", "ett program"),
        ("csv", b"\x7fELF....", "ett program"),
        ("csv", b"SQLite format 3\x00", "en databas"),
        ("xlsx", b"<!DOCTYPE html><html><table>", "en webbsida"),
        ("csv", b"\xef\xbb\xbf <html><body>404", "en webbsida"),
        ("xlsx", b'<?xml version="1.0"?><Workbook/>', "en webbsida"),
        ("xlsx", b"", "Filen är tom"),
        ("csv", b" \r\n\r\n ", "Filen är tom"),
        ("xls", _OLE, "gamla format (xls)"),
        ("xlsx", _OLE + "EncryptedPackage".encode("utf-16-le"), "låst med lösenord"),
        ("xlsb", packed({"xl/workbook.bin": b"\x83"}), "binära format (xlsb)"),
        ("xlsx", packed({"word/document.xml": "<w/>"}), "inget kalkylblad"),
        ("ods", packed({"mimetype": ODS_TYPE.replace("spreadsheet", "text")}), "inget kalkylblad"),
        ("csv", GOOD, "är i formatet xlsx"),
        ("ods", GOOD, "är i formatet xlsx"),
        ("xlsx", csv_text(BY_ACTIVITY), "är i formatet csv"),
        ("xlsx", ods(BY_ACTIVITY), "är i formatet ods"),
        ("exe", csv_text(BY_ACTIVITY), "är i formatet csv"),
        ("xls", GOOD, "ge den ändelsen .xlsx"),
    )
]
DAMAGED = [
    BadFile(name, content, words)
    for name, content, words in (
        ("a.xlsx", GOOD[:4], "skadad"),
        ("a.xlsx", GOOD[: len(GOOD) // 2], "skadad"),
        ("a.xlsx", GOOD[:-10], "skadad"),
        ("a.xlsx", b"PK\x03\x04" + b"0" * 500, "skadad"),
        ("a.xlsx", GOOD[:60] + b"\xff\xff\xff" + GOOD[63:], "skadad"),
        ("a.xlsx", _flagged(GOOD), "låst med lösenord"),
        ("a.xlsx", _twice(GOOD), "skadad"),
        ("a.xlsx", repacked(GOOD, xl___rels__workbookDOTxmlDOTrels=None), "skadad"),
        ("a.xlsx", repacked(GOOD, xl___rels__workbookDOTxmlDOTrels="<a"), "skadad"),
        ("a.xlsx", repacked(GOOD, **{_BOOK: "<workbook><sheets>"}), "skadad"),
        ("a.xlsx", repacked(GOOD, **{_SHEET: None}), "skadad"),
        ("a.xlsx", repacked(GOOD, **{_SHEET: "<worksheet><sheetData><row"}), "skadad"),
        ("a.xlsx", repacked(GOOD, **{_SHEET: _BOMB.format("x" * 50)}), "egna definitioner"),
        ("a.xlsx", repacked(GOOD, **{_SHEET: ""}), "skadad"),
        ("a.ods", packed({"mimetype": ODS_TYPE}), "skadad"),
        ("a.ods", repacked(ods(BY_ACTIVITY), contentDOTxml="<office:document"), "skadad"),
        ("a.ods", repacked(ods(BY_ACTIVITY), **{"META-INF__manifestDOTxml": "encryption-data"}),
         "låst med lösenord"),
        ("a.csv", b"a;b\x00;c", "inte text"),
        ("a.csv", b"a;b\x81\x8d;c\n", "inte text"),
        ("a.csv", "Budget;Utfall".encode("utf-16-le"), "inte text"),
        ("a.csv", b'Verksamhet;Budget\n"031;-5\n', "Citattecknen"),
        ("a.csv", b"Verksamhet;Budget\n" + b"1;" * 300, "högst 200"),
        ("a.csv", b"x" * (10 * 1024 * 1024 + 1), "högst 10 MB"),
        ("a.csv", b"\n1" * 50_001, "högst 50000 rader"),
        ("a.xlsx", packed({"xl/workbook.xml": bytes(5 * 1024 * 1024)}), "orimligt stor"),
        ("a.xlsx", _claiming(GOOD, 300 * 1024 * 1024), "orimligt stor"),
        ("a.xlsx", with_xml('r="A1"', 'r="A1048576"'), "högst 50000 rader"),
        ("a.xlsx", with_xml('r="A1"', 'r="ZZ1"'), "högst 200"),
        ("a.xlsx", xlsx(*[BY_ACTIVITY] * 21), "Filen har 21 blad"),
        ("a.xlsx", with_xml("<sheet ", '<sheet state="hidden" ', "xl/workbook.xml"),
         "ingen tabell"),
        ("a.xlsx", xlsx(()), "ingen tabell"),
        ("a.csv", b"Hej;du\nglade;sommar\n", "ingen tabell"),
        ("a.csv", b"031;-1;-2\n032;-3;-4\n", "ingen tabell"),
    )
]  # fmt: skip


def _paid(*row: Any) -> bytes:
    return xlsx((("Samarbete", "Kommun", "År", "Belopp", "Avrundat till (kr)"), row))


def _people(*row: Any, head: str = "Folkmängd 31 december 2022") -> bytes:
    return xlsx(((head,), ("Region", "Antal"), row))


def _nets(*rows: Any) -> bytes:
    """Activities with a net each, and rows below them."""
    head = (("Driftbudget, tkr",), ("Verksamhet", "Budget jan-aug", "Utfall jan-aug"))
    return xlsx((*head, ("031 Digitalisering", -9, -9), ("032 Teknik", -8, -8), *rows))


def _projects(left: str, *row: Any) -> bytes:
    return xlsx((("Mkr",), ("Nr", "Projekt", "Anslag", "Utfall", left), row))


UNREADABLE = [
    BadFile("a.xlsx", content, words, cell)
    for content, words, cell in (
        (with_cell(3, 2, "tolv"), "som ett belopp: skriv ett tal, eller ?", "C4"),
        (with_cell(3, 2, "1.234"), "två sätt", "C4"),
        (with_cell(3, 2, "1,234.50"), "går inte att läsa", "C4"),
        (with_cell(3, 2, "1 23 4"), "går inte att läsa", "C4"),
        (with_cell(3, 2, "--5"), "går inte att läsa", "C4"),
        (with_cell(3, 2, "5 %"), "går inte att läsa", "C4"),
        (with_cell(3, 2, "٣٤"), "går inte att läsa", "C4"),
        (with_cell(3, 2, "=1+1"), "går inte att läsa", "C4"),
        (with_cell(3, 2, "#REF!"), "går inte att läsa", "C4"),
        (with_cell(3, 2, "1e5"), "går inte att läsa", "C4"),
        (with_cell(3, 2, "x" * 30_000), "går inte att läsa", "C4"),
        (with_cell(3, 2, "-1,234567"), "delar av ören", "C4"),
        (with_cell(3, 2, True), "”SANT”", "C4"),
        (with_cell(3, 2, AUTUMN.meeting_on), "”2023-09-11”", "C4"),
        (with_cell(3, 2, 1e300), "för stort", "C4"),
        (with_cell(3, 2, "9" * 15), "för stort", "C4"),
        (with_cell(3, 2, ("=1/0", "#DIV/0!")), "formel som ger ett fel", "C4"),
        (with_cell(3, 2, ("=A1", "")), "inte är uträknad", "C4"),
        (with_xml("<v>-1200</v>", "<v>1E400</v>"), "inget tal", "C4"),
        (with_cell(4, 0, "031"), "samma sak", "C5"),
        (xlsx((("tkr",), ("", "Budget jan-aug", "Utfall jan-aug"), ("Kostnader", -5, 6),
               ("Övriga verksamhetskostnader", -5, -6))), "annat tecken", "C3"),
        (xlsx((("tkr",), ("Projekt", "Anslag", "Prognos"), ("Nätet", 5, -6))), "under noll", "C3"),
        (_paid("E-dala", "Ludvika", None, -5), "under noll", "D2"),
        (_people("2085 Ludvika", 0), "inget antal", "B3"),
        (xlsx((("tkr",), ("Kod", "Verksamhet", "Budget", "Utfall"), ("3:1", "Drift", -1, -2))),
         "verksamhets kod", "A3"),
        (with_cell(3, 0, "034+035"), "verksamhets kod", "A4"),
        (_paid("E-dala", "Norrköping", None, 5), "ingen kommun", "B2"),
        (_paid("E-dala", "Ludvika", "i fjol", 5), "inte ett helt tal", "C2"),
        (_paid("E-dala", "Ludvika", 1066, 5), "inget årtal", "C2"),
        (_paid("E-dala", "Ludvika", 2023, 5, "tusen"), "inte ett helt tal", "E2"),
        (_people("2085 Ludvika", -5), "inget antal", "B3"),
        (_people("2085 Ludvika", 5.5), "inget antal", "B3"),
        (_people("2085 Ludvika", 5, head="Folkmängd 2022"), "1 november eller", "B2"),
        (_people("2085 Ludvika", 5, head="Folkmängd 31 december"), "vilket år", "B2"),
        (xlsx((*BY_ACTIVITY[:3],)), "inga belopp", ""),
        (with_cell(3, 0, 32), "liknar 032 Arkitektur", "A4"),
        (_projects("Prognos", 51, "Trådlöst nät", 2.5, 0.5, 1), "liknar 0051 Säkerhet", "A3"),
        (_projects("Kvar", "", "Nätet", 2.5, 0.5, 1), "kvar efter utfallet eller", "E3"),
        (_nets(("Avdelning norr totalt", -17, -17), ("033 Stöd", -1, -1)), "mitt i", "A5"),
        (xlsx((("tkr",), ("", "Budget jan-aug", "Utfall jan-aug"), ("031 A", 0, -150),
               ("032 B", 0, 900))), "välj hur kostnader skrivs", "A3"),
        (_nets(("Summa kostnader", -17, -17)), "belopp som läses som netto", "A5"),
        (_nets(("033 Stöd",), ("Kostnader", -5, -5), ("034 Nät",), ("Kostnader", -5, -5),
               ("Intäkter", 9, 9)), "verksamheten ovanför eller", "A9"),
        (_nets(("E-tjänster",), ("Löner", -5, -5), ("Kostnader", -5, -5)),
         "en verksamhet eller ett slag", "A5"),
    )
]  # fmt: skip
HAND_MADE = (*OTHER_KINDS, *DAMAGED, *UNREADABLE)


def drive_bad_files(count: int, seed: int, keep: Callable[[Drafts], object] = repr) -> Counter[str]:
    """Make `count` files at random and read them; how many were refused, told and read.

    `keep` is called with what was read, and must be able to keep it. Raises AssertionError, with
    what makes the file again, where one is neither refused nor told and yet not read as it stands.
    """
    counted: Counter[str] = Counter()
    for number in range(count):
        made = make_file(random.Random(f"{seed}-{number}"))
        try:
            sentence, found = outcome(made.name, made.content)
            if found is None:
                assert sentence.endswith("."), sentence
                counted["refused"] += 1
            elif found.problems:
                assert all(problem.sentence for problem in found.problems)
                counted["told"] += 1
            else:
                assert_as_it_stands(found, made.rows)
                keep(found.drafts)
                counted["read"] += 1
        except Exception as error:
            raise AssertionError(f"file {number} of seed {seed}, {made.what}: {error!r}") from error
    return counted
