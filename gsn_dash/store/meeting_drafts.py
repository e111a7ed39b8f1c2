"""What is written about a meeting, and what may be: names, places, agendas and what was shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from gsn_dash.store.written import DocumentTooLarge, Unkept, check_document, check_line, check_text

CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # none that is taken for another, no words
CODE_LENGTH = 5
LONGEST_NAME, LONGEST_DECISION, LONGEST_ITEM = 60, 20_000, 20  # characters
LARGEST_DOCUMENT = 65_536  # bytes of UTF-8: an agenda, or a place
LARGEST_END = 16_777_216  # bytes of UTF-8: all that a meeting showed
_DEEPEST = 64  # objects and lists inside one another


class MeetingRefused(Exception):
    """It cannot be kept like this; the text is one Swedish sentence for who wrote it."""

    @property
    def sentence(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Meeting:
    """A meeting, and where it is now.

    `sequence` is 0 from the start and grows by one with each change. `place` is JSON that the
    store does not look into. `started_by` was the first presenter; `presenter` and
    `presenter_mark` are of whoever presents now, or did at the end. `ended_at` is None while it
    goes on. All times are the database's, in UTC.
    """

    id: int
    code: str
    year: int
    number: int
    started_at: datetime
    started_by: str
    sequence: int
    place: Mapping[str, Any]
    presenter: str
    presenter_mark: str
    moved_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Ask:
    """Somebody who follows and asks to present."""

    id: int
    name: str
    mark: str
    asked_at: datetime


@dataclass(frozen=True)
class Shown:
    """A view that a meeting came to, at a step of its sequence, with the figures of a batch."""

    sequence: int
    view: str
    batch: int
    at: datetime


def checked_name(name: str) -> str:
    """Who presents, asks to, or saves: one line of at most 60 characters. Raises MeetingRefused."""
    with _refused():
        return check_line(name, "Namnet", LONGEST_NAME)


def checked_decision(text: str) -> str:
    """The text of a decision: any lines, at most 20 000 characters. Raises MeetingRefused."""
    with _refused():
        kept = check_text(text, "Beslutstexten", LONGEST_DECISION)
    if not any(sign.isprintable() and not sign.isspace() for sign in kept):
        raise MeetingRefused("Beslutstexten är tom; skriv något som syns.")
    return kept


def checked_object(document: Mapping[str, Any], largest: int = LARGEST_DOCUMENT) -> dict[str, Any]:
    """A JSON object of at most `largest` bytes, as it will be read back. Raises MeetingRefused."""
    try:
        return check_document(document, largest, _DEEPEST)
    except DocumentTooLarge as problem:
        said = f"Det som ska sparas är större än vad som får plats ({largest // 1024} kB)."
        raise MeetingRefused(said) from problem
    except Unkept as problem:
        said = "Det som ska sparas är inget JSON-objekt; läs in sidan på nytt."
        raise MeetingRefused(said) from problem


def read_code(text: str) -> str | None:
    """The code that somebody has typed, in capitals and without blanks; None where it is none."""
    code = "".join(text.split()).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else None


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except Unkept as problem:
        raise MeetingRefused(str(problem)) from problem


@contextmanager
def refused_occasion() -> Iterator[None]:
    """Tell of an occasion that the database does not have."""
    try:
        yield
    except IntegrityError as problem:
        if str(problem.orig.diag.constraint_name).endswith("_occasion_fkey"):
            said = "Databasen har inte det tillfället; läs in sidan på nytt."
            raise MeetingRefused(said) from problem
        raise
