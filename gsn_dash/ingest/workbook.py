"""A spreadsheet's bytes to sheets of cells, or refused with a sentence about what to do."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from numbers import Real

from gsn_dash.ingest import sheet_xml
from gsn_dash.ingest.cells import (
    EMPTY,
    LARGEST_FILE,
    MOST_SHEETS,
    Cell,
    FileRefused,
    Sheet,
    Workbook,
    refuse_size,
)
from gsn_dash.ingest.packed import BROKEN, unpack
from gsn_dash.ingest.plain_text import decode_text, read_text_rows

_OLD_EXCEL, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_SAVE_AS = "spara tabellen som xlsx, ods eller CSV"
# What a file is not, though its name says so: how it begins, and what it is called.
_OTHERS = (
    (b"%PDF", "en PDF"), (b"\x89PNG", "en bild"), (b"\xff\xd8\xff", "en bild"),
    (b"GIF8", "en bild"), (b"{\\rtf", "ett textdokument"), (b"Rar!", "ett arkiv"),
    (b"7z\xbc\xaf", "ett arkiv"), (b"\x1f\x8b", "ett arkiv"), (b"MZ", "ett program"),
    (b"\x7fELF", "ett program"), (b"SQLite format", "en databas"),
)  # fmt: skip
_ENDINGS = {"xlsx": ("xlsx", "xlsm"), "ods": ("ods",), "csv": ("csv", "txt", "tsv", "skv")}
# A number of a spreadsheet is exact to this many digits; the rest is noise of its arithmetic.
_EXACT = Context(prec=15)


def open_workbook(name: str, content: bytes) -> Workbook:
    """Read a spreadsheet (xlsx, xlsm, ods or csv, told by its content). Raises FileRefused."""
    _refuse_other(content)
    if content.startswith(_ZIP):
        members = unpack(content)
        kind = _packed_kind(members)
        _refuse_misnamed(name, kind)
        return _read_xlsx(content, members) if kind == "xlsx" else _read_ods(content, members)
    text = decode_text(content)
    _refuse_markup(text)
    _refuse_misnamed(name, "csv")
    rows = read_text_rows(text, name)
    cells = tuple(tuple(Cell(text.strip()) for text in row) for row in rows)
    return Workbook((Sheet("", _even(cells)),))


def _refuse_other(content: bytes) -> None:
    if not content.strip():
        raise FileRefused(f"Filen är tom: {_SAVE_AS} och försök igen.")
    if len(content) > LARGEST_FILE:
        raise FileRefused(
            f"Filen är {len(content) // 1024 // 1024 + 1} MB; högst"
            f" {LARGEST_FILE // 1024 // 1024} MB läses. Ta bort blad som inte behövs."
        )
    if content.startswith(_OLD_EXCEL):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FileRefused("Filen är låst med lösenord: ta bort lösenordet och spara igen.")
        raise FileRefused(f"Filen är i Excels gamla format (xls): {_SAVE_AS}.")
    for start, what in _OTHERS:
        if content.startswith(start):
            raise FileRefused(f"Filen är {what} och inget kalkylblad: {_SAVE_AS}.")


def _packed_kind(members: dict[str, bytes]) -> str:
    if members.get("mimetype", b"").strip() == _ODS:
        if b"encryption-data" in members.get("META-INF/manifest.xml", b""):
            raise FileRefused("Filen är låst med lösenord: ta bort lösenordet och spara igen.")
        return "ods"
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "xl/workbook.bin" in members:
        raise FileRefused(f"Filen är i Excels binära format (xlsb): {_SAVE_AS}.")
    raise FileRefused(f"Filen är packad men inget kalkylblad: {_SAVE_AS}.")


def _refuse_markup(text: str) -> None:
    start = text.lstrip("\ufeff \r\n\t")[:100].lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<head", "<body", "<table")):
        raise FileRefused(f"Filen är en webbsida och inget kalkylblad: {_SAVE_AS}.")


def _refuse_misnamed(name: str, kind: str) -> None:
    ending = name.rpartition(".")[2].lower()
    if ending not in _ENDINGS[kind]:
        raise FileRefused(
            f"Filen heter ”{name}” men är i formatet {kind}: ge den ändelsen .{kind},"
            " om det är rätt fil."
        )


def _read_xlsx(content: bytes, members: dict[str, bytes]) -> Workbook:
    sheets = sheet_xml.xlsx_sheets(members)
    faults = {}
    dividing = sheet_xml.dividing_styles(members.get("xl/styles.xml", b""))
    for name, xml in sheets:
        sheet_xml.refuse_large_xlsx(name, xml)
        faults[name] = sheet_xml.xlsx_faults(xml, dividing)
    found = _read_sheets(content, faults)
    partly = _partly_hidden(name for name, xml in sheets if sheet_xml.has_hidden(xml))
    return Workbook(found, (*_remarks(members), *_hidden(found), *partly))


def _read_ods(content: bytes, members: dict[str, bytes]) -> Workbook:
    walk = sheet_xml.OdsWalk()
    walk.walk(members.get("content.xml", b""))
    found = _read_sheets(content, walk.faults)
    has_macros = any(name.startswith("Basic/") for name in members)
    remarks = ("Filen har makron; de läses inte.",) if has_macros else ()
    return Workbook(found, (*remarks, *_hidden(found), *_partly_hidden(walk.partly_hidden)))


def _read_sheets(content: bytes, faults: dict[str, dict[sheet_xml.Spot, str]]) -> tuple[Sheet, ...]:
    # Needed only where a file is read, which is in a process of its own.
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            named = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
            if len(named) > MOST_SHEETS:
                sentence = f"Filen har {len(named)} blad; högst {MOST_SHEETS} läses."
                raise FileRefused(f"{sentence} Ta bort de blad som inte behövs.")
            return tuple(
                _read_sheet(
                    each.name,
                    book.get_sheet_by_name(each.name).to_python(skip_empty_area=False),
                    each.visible != SheetVisibleEnum.Visible,
                    faults.get(each.name, {}),
                )
                for each in named
            )
    except CalamineError:
        raise FileRefused(BROKEN) from None


def _read_sheet(
    name: str, values: list[list[object]], is_hidden: bool, faults: dict[sheet_xml.Spot, str]
) -> Sheet:
    refuse_size(name, len(values), max((len(row) for row in values), default=0))
    rows = [[read_value(value) for value in row] for row in values]
    for (y, x), fault in faults.items():
        # What has no value at the edge of a sheet is not in `values`.
        refuse_size(name, y + 1, x + 1)
        rows += [[] for _ in range(y + 1 - len(rows))]
        rows[y] += [EMPTY] * (x + 1 - len(rows[y]))
        rows[y][x] = Cell(fault=fault)
    return Sheet(name, _even(tuple(map(tuple, rows))), is_hidden)


def read_value(value: object) -> Cell:
    """A value of a spreadsheet as a cell: numbers with decimal comma, dates as ÅÅÅÅ-MM-DD."""
    if value == "" or value is None:
        return EMPTY
    if isinstance(value, bool):
        return Cell("SANT" if value else "FALSKT")
    if isinstance(value, datetime):
        return Cell(value.isoformat(" ") if value.time() != time() else value.date().isoformat())
    if isinstance(value, date | time):
        return Cell(value.isoformat())
    if isinstance(value, timedelta):
        return Cell(str(value))
    if isinstance(value, Real):
        return _number(Decimal(repr(value)))
    return Cell(str(value).strip())


def _number(value: Decimal) -> Cell:
    if not value.is_finite():
        return Cell(fault="är inget tal")
    exact = _EXACT.plus(value).normalize()
    if exact.is_zero():
        exact = Decimal(0)
    return Cell(f"{exact:f}".replace(".", ","), is_number=True)


def _even(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of one length, without the empty ones at the end."""
    last = max((y for y, row in enumerate(rows, start=1) if any(_holds(row))), default=0)
    width = max((len(row) for row in rows[:last]), default=0)
    return tuple(row + (EMPTY,) * (width - len(row)) for row in rows[:last])


def _holds(row: Iterable[Cell]) -> Iterable[bool]:
    return (bool(cell.text or cell.fault) for cell in row)


def _remarks(members: dict[str, bytes]) -> tuple[str, ...]:
    remarks = []
    if "xl/vbaProject.bin" in members:
        remarks.append("Filen har makron; de läses inte.")
    if any(name.startswith("xl/externalLinks/") for name in members):
        remarks.append("Filen hämtar uppgifter från andra filer; de senast sparade värdena läses.")
    if "xl/connections.xml" in members:
        remarks.append("Filen är kopplad till en databas; kopplingen följs inte.")
    return tuple(remarks)


def _partly_hidden(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        f"Bladet ”{name}” har dolda rader eller kolumner; de läses som de andra." for name in names
    )


def _hidden(sheets: tuple[Sheet, ...]) -> tuple[str, ...]:
    return tuple(
        f"Bladet ”{sheet.name}” är dolt i filen och läses inte; visa det om det ska läsas."
        for sheet in sheets
        if sheet.is_hidden
    )
