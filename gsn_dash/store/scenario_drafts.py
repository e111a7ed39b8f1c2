"""What a scenario is when it is written and when it is read, and what it may hold.

The document is JSON that the store does not look into; the other texts are plain text, kept as
they were written but for blanks at their ends. Neither is markup: whoever shows them escapes
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from gsn_dash.store.written import (
    DocumentTooLarge,
    Unkept,
    check_document,
    check_line,
    check_text,
)

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
        note=_checked_text("note", draft.note),
        document=_checked_document(draft.document),
    )


def checked_line(part: str, text: str) -> str:
    """A text of one line that shows something, without blanks at its ends.

    Raises ScenarioRefused.
    """
    return _checked_text(part, text, is_line=True)


def _checked_text(part: str, text: str, is_line: bool = False) -> str:
    what, longest = _TEXTS[part]
    check = check_line if is_line else check_text
    try:
        return check(text, what, longest)
    except Unkept as problem:
        raise ScenarioRefused(part, str(problem)) from problem


def _checked_document(document: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return check_document(document, LARGEST_DOCUMENT, DEEPEST_DOCUMENT)
    except DocumentTooLarge as problem:
        raise too_large() from problem
    except Unkept as problem:
        said = "Scenariots antaganden går inte att spara som ett JSON-objekt; börja om från sidan."
        raise ScenarioRefused("document", said) from problem


def too_large() -> ScenarioRefused:
    """The refusal of a document that the database would have no room for."""
    sentence = "Scenariot har fler antaganden än som får plats (64 kB); ta bort några."
    return ScenarioRefused("document", sentence)


def read_id(text: str) -> UUID | None:
    """The id that a text is, None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
