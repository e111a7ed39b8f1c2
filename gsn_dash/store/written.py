"""What a person has written, held against what can be kept and read back as it was.

Texts are plain, kept as they were written but for blanks at their ends. They are no markup:
whoever shows them escapes them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_LINE_BREAKS = "\t\n\r"
# What stands for a person in every table; who is called so would be taken for them.
_PSEUDONYM = re.compile("p[0-9a-f]{32}")


class Unkept(ValueError):
    """It cannot be kept like this; of a text, the message is one Swedish sentence for who wrote."""


class DocumentTooLarge(Unkept):
    """A document that there is no room for."""


class NotKept(Exception):
    """What a person wrote or sent is refused; the text is one Swedish sentence for them."""

    @property
    def sentence(self) -> str:
        return str(self)


def kept_line(text: str, what: str, longest: int) -> str:
    """As `check_line`, but raises NotKept."""
    try:
        return check_line(text, what, longest)
    except Unkept as problem:
        raise NotKept(str(problem)) from problem


def kept_text(text: str, what: str, longest: int) -> str:
    """As `check_text`, but raises NotKept."""
    try:
        return check_text(text, what, longest)
    except Unkept as problem:
        raise NotKept(str(problem)) from problem


def check_line(text: str, what: str, longest: int) -> str:
    """A text of one line that shows something, without blanks at its ends.

    `what` is what a person calls it, as a sentence begins; `longest` is in characters. Nobody and
    nothing is called what looks like a pseudonym. Raises Unkept.
    """
    line = _checked(text, what, longest, "")
    if not any(sign.isprintable() and not sign.isspace() for sign in line):
        raise Unkept(f"{what} är tomt; skriv något som syns.")
    if _PSEUDONYM.fullmatch(line):
        raise Unkept(f"{what} ser ut som ett id i databasen; skriv det med vanliga ord.")
    return line


def check_text(text: str, what: str, longest: int) -> str:
    """A text of any number of lines, which may be empty; the rest as in `check_line`."""
    return _checked(text, what, longest, _LINE_BREAKS)


def _checked(text: str, what: str, longest: int, allowed: str) -> str:
    kept = text.strip()
    if len(kept) > longest:
        raise Unkept(f"{what} har {len(kept)} tecken och får ha högst {longest}; korta texten.")
    for place, sign in enumerate(kept, start=1):
        # Half a surrogate pair is no character, and no database takes it.
        if unicodedata.category(sign) in ("Cc", "Cs") and sign not in allowed:
            sentence = f"{what} har ett styrtecken (U+{ord(sign):04X}) som tecken {place}"
            raise Unkept(f"{sentence}; ta bort det.")
    return kept


def check_document(document: Mapping[str, Any], largest: int, deepest: int) -> dict[str, Any]:
    """A JSON object as it will be read back.

    `largest` is in bytes of UTF-8, `deepest` in objects and lists inside one another. Raises
    DocumentTooLarge, or Unkept where it is no such object.
    """
    try:
        text = json.dumps(document, ensure_ascii=False, allow_nan=False)
        size = len(text.encode("utf-8"))
        kept = json.loads(text)
    except (TypeError, ValueError, RecursionError) as problem:
        raise Unkept("no JSON") from problem
    if size > largest:
        raise DocumentTooLarge(f"{size} bytes")
    if not isinstance(kept, dict) or _is_deeper(kept, deepest) or _holds_nul(kept):
        raise Unkept("no object that can be kept")
    return kept


def _is_deeper(kept: dict[str, Any], deepest: int) -> bool:
    """Whether a reader could run out of stack, who would then not see it at all."""
    level: list[Any] = [kept]
    for _ in range(deepest):
        boxes = [box for box in level if isinstance(box, dict | list)]
        level = [part for b in boxes for part in (b.values() if isinstance(b, dict) else b)]
    return any(isinstance(box, dict | list) for box in level)


def _holds_nul(value: Any) -> bool:
    """Whether a text in a JSON value has the one character that PostgreSQL cannot keep."""
    if isinstance(value, dict):
        return any(_holds_nul(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return any(_holds_nul(part) for part in value)
    return isinstance(value, str) and "\0" in value
