"""What a document holds, as data: pdf.py and word.py set the same content in their own way."""

from __future__ import annotations

from dataclasses import dataclass

from gsn_dash.charts.data import Picture
from gsn_dash.present.tables import Table
from gsn_dash.report.svg import draw_svg

# A picture this many pixels wide has its type as large as the text when it is as wide as a page.
PAGE_PIXELS = 860


@dataclass(frozen=True)
class Heading:
    """A heading; `level` counts from 1 and never skips one on its way down."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Message:
    """The one sentence of a part, set off."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Ordinary text; `lead` is a word or two in bold before it."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Note:
    """Something to mind, in smaller type."""

    text: str


@dataclass(frozen=True)
class BulletList:
    """Sentences under each other."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class DataTable:
    """A table with its caption above it."""

    table: Table


@dataclass(frozen=True)
class Drawing:
    """A picture as SVG without a title, its text alternative, and its caption."""

    svg: str
    alt: str
    caption: str


Block = Heading | Message | Paragraph | Note | BulletList | DataTable | Drawing


@dataclass(frozen=True)
class Content:
    """A whole document in Swedish. `facts` stand under the title as (what, which).

    `made` is the day it says it was made, as (year, month, day); `running` stands at the head
    of each page, `badge` ("Utkast") too where it is not empty.
    """

    title: str
    board: str
    subtitle: str
    running: str
    badge: str
    made: tuple[int, int, int]
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def drawing(picture: Picture | None) -> tuple[Block, ...]:
    """The picture as a block; none where there is nothing to draw."""
    if picture is None:
        return ()
    width = max(PAGE_PIXELS, picture.wide.min_width)
    svg = draw_svg(picture, width=width, titled=False)
    return (Drawing(svg, picture.alt, picture.title),)


def table(found: Table | None) -> tuple[Block, ...]:
    """The table as a block; none where it has no rows."""
    return (DataTable(found),) if found is not None and found.rows else ()


def paragraphs(*texts: str) -> tuple[Block, ...]:
    """A paragraph for each text that is not empty."""
    return tuple(Paragraph(text) for text in texts if text)


def bullets(*items: str) -> tuple[Block, ...]:
    """A list of the sentences that are not empty; none where all are."""
    kept = tuple(item for item in items if item)
    return (BulletList(kept),) if kept else ()
