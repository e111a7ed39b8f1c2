"""Bytes of an SIE file to its records: which characters they are in, and their fields."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from gsn_dash.ingest.table import Problem

LOST = "\ufffd"
# å ä ö Å Ä Ö as bytes of the two tables that occur, to tell which of them a file is in.
_SWEDISH_437 = bytes([0x86, 0x84, 0x94, 0x8F, 0x8E, 0x99])
_SWEDISH_1252 = bytes([0xE5, 0xE4, 0xF6, 0xC5, 0xC4, 0xD6])
# The second group is an object list: it may hold quoted texts, but no lists of its own.
_FIELD = re.compile(r'\s*(?:"((?:\\"|[^"])*)"|\{((?:"[^"]*"|[^"{}])*)\}|([^\s"{}]+))')
_OBJECT = re.compile(r'"([^"]*)"|([^\s"]+)')

Field = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: its number, from 1, and its text without outer spaces."""

    number: int
    text: str


@dataclass(frozen=True)
class Decoded:
    """The lines of a file, and what is to be said of its characters, as Swedish sentences."""

    lines: tuple[Line, ...]
    remarks: tuple[str, ...]


class LineError(ValueError):
    """A record that cannot be read: its line and one Swedish sentence."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
        self.sentence = sentence


def without_end(content: bytes) -> bytes:
    """The file without DOS' mark of its end (0x1A) and what it is filled up with after it."""
    filled = content.rstrip(b"\x00\r\n\t ")
    return filled.rstrip(b"\x1a") if filled.endswith(b"\x1a") else content


def decode(content: bytes) -> Decoded:
    """The file's lines. UTF-8 where the bytes are that, whatever the file claims; else the PC
    table (437) of the standard, or Windows' (1252) where the Swedish letters are of it."""
    encoding = _encoding_of(content)
    text = content.decode(encoding, errors="replace")
    # Lines end with a lone CR where no other ends are; within a text it is no end of a line.
    ends = "\n" if "\n" in text else "\r"
    numbered = ((number, line.strip()) for number, line in enumerate(text.split(ends), start=1))
    lines = tuple(Line(number, line) for number, line in numbered if line)
    return Decoded(lines, tuple(_remarks(lines, encoding)))


def _encoding_of(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8-sig"
    dos, windows = (
        sum(content.count(byte) for byte in letters) for letters in (_SWEDISH_437, _SWEDISH_1252)
    )
    return "cp1252" if windows > dos else "cp437"


def _remarks(lines: tuple[Line, ...], encoding: str) -> Iterator[str]:
    strange = [line for line in lines if not line.text.isascii()]
    if strange and encoding != "cp437":
        label = {"utf-8-sig": "UTF-8", "cp1252": "Windows tecken"}[encoding]
        yield (
            f"Rad {strange[0].number}: en SIE-fil ska ha tecken enligt PC8, men denna har {label}."
            " Den läses så, och beloppen påverkas inte."
        )
    lost = [line for line in strange if LOST in line.text]
    if lost:
        yield (
            f"Rad {lost[0].number} är den första av {len(lost)} där å, ä och ö gick förlorade"
            " innan filen kom hit. Namn går inte att läsa, men beloppen påverkas inte."
        )


def split_label(text: str) -> tuple[str, str]:
    """A record's label in capitals ("#TRANS") and the rest of its line."""
    label, _, rest = text.replace("\t", " ").partition(" ")
    return label.upper(), rest


def read_fields(line: Line, rest: str) -> list[Field]:
    """The fields after the label; an object list is a tuple. Raises LineError."""
    fields: list[Field] = []
    position, end = 0, len(rest.rstrip())
    while position < end:
        found = _FIELD.match(rest, position)
        if not found:
            raise LineError(line.number, "raden går inte att dela upp: citattecken eller klammer")
        quoted, objects, plain = found.groups()
        if plain is not None:
            fields.append(plain)
        elif quoted is not None:
            fields.append(quoted.replace('\\"', '"').strip())
        else:
            fields.append(tuple(a or b for a, b in _OBJECT.findall(objects)))
        position = found.end()
    return fields


def check_sum(name: str, lines: tuple[Line, ...]) -> Iterator[Problem]:
    """Whether the file's own check sum (#KSUMMA, CRC-32 over the fields) is right, if it has one.

    A first #KSUMMA without a last one is a file that was cut off.
    """
    marks = [i for i, line in enumerate(lines) if line.text.upper().startswith("#KSUMMA")]
    if not marks:
        return
    first, last = lines[marks[0]], lines[marks[-1]]
    if len(marks) < 2:
        sentence = "kontrollsumman i slutet saknas: filen är avkortad, exportera den på nytt"
        yield Problem(name, first.number, "#KSUMMA", sentence)
        return
    stated = "".join(str(field) for field in read_fields(last, split_label(last.text)[1]))
    if stated != str(_crc(lines[marks[0] + 1 : marks[-1]])):
        sentence = "kontrollsumman stämmer inte: filen har ändrats, exportera den på nytt"
        yield Problem(name, last.number, "#KSUMMA", sentence)


def _crc(lines: tuple[Line, ...]) -> int:
    crc = 0
    for line in lines:
        if not line.text.startswith("#"):
            continue
        label, rest = split_label(line.text)
        for field in (label, *read_fields(line, rest)):
            text = "".join(field) if isinstance(field, tuple) else field
            crc = zlib.crc32(text.encode("cp437", errors="replace"), crc)
    return crc
