"""What a scenario is when it is written and when it is read, and what it may hold.

The document is JSON that the store does not look into; the other texts are plain text, kept as
they were written but for blanks at their ends. Neither is markup: whoever shows them escapes
them.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

OPEN, FROZEN, DELETED = "open", "frozen", "deleted"

LARGEST_DOCUMENT = 65_536  # bytes of UTF-8, as the database writes it
DEEPEST_DOCUMENT = 32  # objects and lists inside one another
# The parts that are text: what a person calls them, and how many characters they may be.
_TEXTS = {
    "name": ("Namnet", 80),
    "author": ("Namnet på den som sparar", 60),
    "note": ("Anteckningen", 2000),
    "fingerprint": ("Fingeravtrycket", 200),
}
_LINE_BREAKS = "\t\n\r"


class ScenarioRefused(Exception):
    """A scenario cannot be kept like this; the text is one Swedish sentence for who wrote it.

    `part` is what is wrong: name, author, note, document, fingerprint, id, base (the occasion
    or the batch) or state.
    """

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.part = part

    @property
    def sentence(self) -> str:
        return str(self)


@dataclass(frozen=True)
class ScenarioDraft:
    """What somebody wants to keep.

    `document` is a JSON object; its numbers that must be exact are whole or text. `year` and
    `number` are the occasion it is based on, and `batch` the import that its figures were of.
    `id` is used by `create_scenario` alone: the same draft sent twice is one scenario.
    """

    name: str
    author: str
    note: str
    document: Mapping[str, Any]
    year: int
    number: int
    batch: int
    id: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True)
class ScenarioSummary:
    """A version of a scenario, but for what it assumes.

    `author` is who made this version, also where it is a deletion. `state` is "open", "frozen"
    or "deleted"; `fingerprint` is text where it is frozen, else None. `saved_at` is the
    database's time, in UTC.
    """

    id: str
    version: int
    name: str
    author: str
    note: str
    year: int
    number: int
    batch: int
    state: str
    fingerprint: str | None
    saved_at: datetime


@dataclass(frozen=True)
class ScenarioVersion(ScenarioSummary):
    """A version of a scenario, as it is kept for ever, with its document."""

    document: Mapping[str, Any]


@dataclass(frozen=True)
class Conflict:
    """Nothing was written, since somebody else was first.

    `since` is every version after the one that the writer had seen, oldest first; `newest` is
    the last of all.
    """

    newest: ScenarioVersion
    since: tuple[ScenarioVersion, ...]


def checked(draft: ScenarioDraft) -> ScenarioDraft:
    """The draft as it will be read back. Raises ScenarioRefused."""
    return replace(
        draft,
        name=checked_line("name", draft.name),
        author=checked_line("author", draft.author),
        note=_checked_text("note", draft.note, allowed=_LINE_BREAKS),
        document=_checked_document(draft.document),
    )


def checked_line(part: str, text: str) -> str:
    """A text of one line that shows something, without blanks at its ends.

    Raises ScenarioRefused.
    """
    line = _checked_text(part, text)
    if not any(sign.isprintable() and not sign.isspace() for sign in line):
        raise ScenarioRefused(part, f"{_TEXTS[part][0]} är tomt; skriv något som syns.")
    return line


def _checked_text(part: str, text: str, allowed: str = "") -> str:
    what, longest = _TEXTS[part]
    kept = text.strip()
    if len(kept) > longest:
        sentence = f"{what} har {len(kept)} tecken och får ha högst {longest}; korta texten."
        raise ScenarioRefused(part, sentence)
    for place, sign in enumerate(kept, start=1):
        # Half a surrogate pair is no character, and no database takes it.
        if unicodedata.category(sign) in ("Cc", "Cs") and sign not in allowed:
            sentence = f"{what} har ett styrtecken (U+{ord(sign):04X}) som tecken {place}"
            raise ScenarioRefused(part, f"{sentence}; ta bort det.")
    return kept


def _checked_document(document: Mapping[str, Any]) -> dict[str, Any]:
    unkept = "Scenariots antaganden går inte att spara som ett JSON-objekt; börja om från sidan."
    try:
        text = json.dumps(document, ensure_ascii=False, allow_nan=False)
        size = len(text.encode("utf-8"))
        kept = json.loads(text)
    except (TypeError, ValueError, RecursionError) as problem:
        raise ScenarioRefused("document", unkept) from problem
    if size > LARGEST_DOCUMENT:
        raise too_large()
    if not isinstance(kept, dict) or _is_too_deep(kept) or _holds_nul(kept):
        raise ScenarioRefused("document", unkept)
    return kept


def too_large() -> ScenarioRefused:
    """The refusal of a document that the database would have no room for."""
    sentence = "Scenariot har fler antaganden än som får plats (64 kB); ta bort några."
    return ScenarioRefused("document", sentence)


def _is_too_deep(kept: dict[str, Any]) -> bool:
    """Whether a reader could run out of stack, who would then not see the list at all."""
    level: list[Any] = [kept]
    for _ in range(DEEPEST_DOCUMENT):
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


def read_id(text: str) -> UUID | None:
    """The id that a text is, None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
