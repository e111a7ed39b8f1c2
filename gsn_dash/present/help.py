"""The guide's text in parts, so that a page can show it with headings that links lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass

PICTURE_MARK = "<!-- bild: tecken -->"
_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
# The space inside a number, or before its unit.
_IN_NUMBER = re.compile(r"(?<=\d) (?=\d{3}\b|(?:kr|tkr|Mkr)\b|%)")


@dataclass(frozen=True)
class Section:
    """A part of the guide: its heading, the name a link leads to, its Markdown."""

    heading: str
    place: str
    body: str


@dataclass(frozen=True)
class Guide:
    """The guide: title, the sentence under it, the list of contents, and the sections."""

    title: str
    message: str
    contents: str
    sections: tuple[Section, ...]


def parse_guide(text: str) -> Guide:
    """Take a guide apart: `# title`, one sentence, a list of contents, then `## sections`.

    Numbers are kept together with their units. Raises ValueError where it does not begin so.
    """
    start, *rest = _HEADING.split(_IN_NUMBER.sub("\u00a0", text))
    blocks = [block.strip() for block in start.strip().split("\n\n") if block.strip()]
    if len(blocks) < 3 or not blocks[0].startswith("# "):
        raise ValueError("a guide begins with a title, a sentence and a list of contents")
    headings, bodies = rest[::2], rest[1::2]
    sections = tuple(
        Section(heading, place_of(heading), body.strip())
        for heading, body in zip(headings, bodies, strict=True)
    )
    return Guide(blocks[0][2:].strip(), blocks[1], "\n\n".join(blocks[2:]), sections)


def place_of(heading: str) -> str:
    """The name that a link to a heading has, as GitHub makes it: "plus-och-minus"."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
