"""A text file of columns (CSV) to rows of texts, whatever program wrote it."""

from __future__ import annotations

import codecs
import csv
import io

from gsn_dash.ingest.cells import MOST_ROWS, FileRefused, refuse_size

_SEPARATORS = ";\t,"
# What no text has, and files of other kinds are full of.
_CONTROL = {chr(code) for code in range(32)} - set("\t\r\n\f\v\x1a")


def decode_text(content: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with one, else what Windows wrote. Raises FileRefused."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.intersection(text):
            return text
    raise FileRefused(
        "Filen är inte text, fast den heter så: spara tabellen som xlsx eller som CSV UTF-8."
    )


def read_text_rows(text: str, name: str) -> list[list[str]]:
    """The rows of a text with semicolons, tabs or commas between. Raises FileRefused."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    rows: list[list[str]] = []
    try:
        for cells in reader:
            rows.append(cells)
            refuse_size(name, len(rows), len(cells))
    except csv.Error:
        raise FileRefused(
            f"Citattecknen i filen går inte ihop vid rad {min(reader.line_num, MOST_ROWS)}:"
            " stäng dem eller ta bort dem."
        ) from None
    return rows


def _separator(text: str) -> str:
    """The sign that most lines have; a semicolon where none stands out."""
    lines = text.splitlines()[:200]
    return max(_SEPARATORS, key=lambda sign: sum(sign in line for line in lines))
