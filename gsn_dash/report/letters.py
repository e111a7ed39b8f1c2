"""Texts with only such characters as the fonts of the program can set.

Typst refuses a document for one character that no font has, and a name from a file or an answer
that somebody has written may hold any.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from struct import unpack_from

from gsn_dash.report.typesetting import font_file

# What stands where a character cannot be shown.
INSTEAD = "□"
# Typst needs no glyph of its own for these: they become room, a new line or a hyphen.
_SET_ANYHOW = frozenset("\n \u00a0\u2009\u202f\u2003\u2011")
_INVISIBLE = ("Cc", "Cf", "Cs", "Mn", "Me")
_SPACES = ("Zs", "Zl", "Zp")


def settable(text: str) -> str:
    """The text with "□" for what the fonts lack; what is not to be seen goes without a trace."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_set, unicodedata.normalize("NFC", text)))


@cache
def _set(mark: str) -> str:
    if mark in _SET_ANYHOW or mark == INSTEAD:
        return mark
    kind = unicodedata.category(mark)
    if mark == "\t" or kind in _SPACES:
        return " "
    # The formatting marks that a font has would turn the text around or be nothing.
    if ord(mark) in _glyphs() and kind not in ("Cc", "Cf", "Co"):
        return mark
    return "" if kind in _INVISIBLE else INSTEAD


@cache
def _glyphs() -> frozenset[int]:
    """The characters that the upright fonts have, both the regular and the bold."""
    return frozenset.intersection(*(_characters_of(font_file(w)) for w in ("Regular", "Bold")))


def _characters_of(font: bytes) -> frozenset[int]:
    """What an OpenType font's table `cmap` has a glyph for, by its part of format 12."""
    tables = (unpack_from(">4sIII", font, 12 + 16 * at) for at in range(font[5]))
    start = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    (count,) = unpack_from(">H", font, start + 2)
    parts = (start + unpack_from(">I", font, start + 8 + 8 * at)[0] for at in range(count))
    part = next(part for part in parts if unpack_from(">H", font, part) == (12,))
    (groups,) = unpack_from(">I", font, part + 12)
    ranges = (unpack_from(">II", font, part + 16 + 12 * at) for at in range(groups))
    return frozenset(code for first, last in ranges for code in range(first, last + 1))
