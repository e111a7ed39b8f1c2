"""Tables as municipalities publish them, written by us in every variant, as xlsx, ods and csv."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from gsn_dash.domain.drafts import OccasionDraft
from gsn_dash.domain.snapshot import Activity, Collaboration, Municipality, Project
from gsn_dash.ingest.gathering import Known

Rows = Sequence[Sequence[Any]]
AUTUMN = OccasionDraft(
    2023, 3, date(2023, 1, 1), date(2023, 8, 31), date(2023, 9, 4), date(2023, 9, 11), ""
)
KNOWN = Known(
    (
        Activity("031", "Digitalisering och innovation"),
        Activity("032", "Arkitektur och teknik"),
        Activity("033", "Service och support"),
        Activity("032+033", "Arkitektur och teknik samt Service och support", ("032", "033")),
    ),
    (
        Project("natverk", "Nätverksprojekten", ("0003", "0005", "0020"), is_group=True),
        Project("365", "365 digital arbetsplats", ("0003",)),
        Project("sakerhet", "Säkerhet (GDPR)", ("0051",)),
        Project("ovriga", "Övriga projekt", (), is_rest=True),
    ),
    {
        "2085": Municipality("2085", "Ludvika"),
        "2061": Municipality("2061", "Smedjebacken"),
        "2023": Municipality("2023", "Malung-Sälen"),
    },
    (Collaboration("e-dala", "E-dala"), Collaboration("e-arkiv", "E-arkiv")),
)
# The operating table of the papers, by activity, in tkr, costs below zero.
BY_ACTIVITY: Rows = (
    ("Driftbudget per verksamhet, tkr",),
    ("", "", "Januari–augusti 2023", "", "", "Helår 2023", "", ""),
    ("Vht", "Benämning", "Budget", "Utfall", "Avvikelse", "Budget", "Prognos", "Avvikelse"),
    ("031", "Digitalisering och innovation", -1200, -1250, -50, -1800, -1900, -100),
    ("032", "Arkitektur och teknik", -3400, -3000, 400, -5100, -5100, 0),
    ("033", "Service och support", -2400, -2150, 250, -3600, -3600, 0),
    ("", "Summa", -7000, -6400, 600, -10500, -10600, -100),
)


def xlsx(*sheets: Rows, names: Sequence[str] = ()) -> bytes:
    """A workbook of the rows; None leaves a cell empty, ("=formula", value) is a formula."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2023, 5, 8)})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[number] if names else f"Blad{number + 1}")
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.write_formula(y, x, value[0], None, value[1])
                elif isinstance(value, date):
                    sheet.write_datetime(y, x, value, day)
                elif isinstance(value, str):
                    sheet.write_string(y, x, value)
                elif value is not None:
                    sheet.write(y, x, value)
    book.close()
    return stream.getvalue()


def csv_text(rows: Rows, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """A text file of the rows, numbers with decimal comma as a Swedish program writes them."""
    lines = []
    for row in rows:
        texts = [
            str(value).replace(".", ",") if isinstance(value, float) else str(value or "")
            if not isinstance(value, int) else str(value)
            for value in row
        ]  # fmt: skip
        quoted = [f'"{text}"' if separator in text else text for text in texts]
        lines.append(separator.join(quoted))
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


_SPACES = (
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: Rows, tail: str = "") -> bytes:
    """An ods made by hand; `tail` is XML put last in its table."""
    cells = "".join(
        f"<table:table-row>{''.join(_ods_cell(value) for value in row)}</table:table-row>"
        for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{_SPACES}'
        ' office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Blad1">{cells}{tail}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
        "</manifest:manifest>"
    )
    return packed({"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        shown = str(value).replace(".", ",")
        kind = f'office:value-type="float" office:value={quoteattr(str(value))}'
        return f"<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>"
    shown = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="string">{shown}</table:table-cell>'


def packed(members: dict[str, str | bytes]) -> bytes:
    """A zip file of the members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, (2023, 5, 8, 10, 0, 0))
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def repacked(content: bytes, **changed: str | bytes | None) -> bytes:
    """A packed file with members changed, added or (None) left out; "__" in a name is "/"."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    for name, new in changed.items():
        path = name.replace("__", "/").replace("DOT", ".")
        if new is None:
            members.pop(path)
        else:
            members[path] = new
    return packed(members)
