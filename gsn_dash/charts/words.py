"""The words at a mark: its number, what it is, and what is said aloud of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from gsn_dash.charts.data import Mark
from gsn_dash.charts.lettering import Type, text_width, widest, wrap


@dataclass(frozen=True)
class Block:
    """Lines in Plotly's markup, and the room they take in pixels."""

    lines: tuple[str, ...]
    width: float
    height: float

    @property
    def markup(self) -> str:
        return "<br>".join(self.lines)


def number_block(mark: Mark, sizes: Type, room: float) -> Block:
    """The number in bold, and its note after it or, where `room` does not hold both, under it."""
    together = text_width(f"{mark.label} ", sizes.number, bold=True)
    together += text_width(mark.note, sizes.small)
    if mark.note and together <= room:
        line = f"{_bold(mark.label)} {_small(mark.note, sizes)}"
        return Block((line,), together, sizes.line(sizes.number))
    numbers = wrap(mark.label, sizes.number, room, bold=True)
    notes = wrap(mark.note, sizes.small, room) if mark.note else ()
    return Block(
        tuple(_bold(line) for line in numbers) + tuple(_small(line, sizes) for line in notes),
        max(widest(numbers, sizes.number, bold=True), widest(notes, sizes.small)),
        (len(numbers) + len(notes)) * sizes.line(sizes.number),
    )


def label_block(label: str, sublabel: str, sizes: Type, room: float) -> Block:
    """The name of a row, with what belongs under it in smaller type."""
    labels = wrap(label, sizes.text, room, bold=True)
    subs = wrap(sublabel, sizes.small, room) if sublabel else ()
    return Block(
        tuple(_bold(line) for line in labels) + tuple(_small(line, sizes) for line in subs),
        max(widest(labels, sizes.text, bold=True), widest(subs, sizes.small)),
        (len(labels) + len(subs)) * sizes.line(sizes.text),
    )


def plain_block(text: str, size: int, sizes: Type, room: float) -> Block:
    """Ordinary words in one size."""
    lines = wrap(text, size, room) if text else ()
    return Block(
        tuple(_markup(line) for line in lines), widest(lines, size), len(lines) * sizes.line(size)
    )


def spoken(subject: str, mark: Mark, unit: str) -> str:
    """What a mark is, for those who hear it: "Kostnader, Budget: −24,7 Mkr"."""
    what = mark.name if subject in ("", mark.name) else f"{subject}, {mark.name}"
    needs_unit = mark.value is not None and unit and not mark.label.endswith(unit)
    amount = f"{mark.label} {unit}" if needs_unit else mark.label
    return f"{what}: {amount}, {mark.note}" if mark.note else f"{what}: {amount}"


def _bold(text: str) -> str:
    return f"<b>{_markup(text)}</b>"


def _small(text: str, sizes: Type) -> str:
    return f'<span style="font-size:{sizes.small}px">{_markup(text)}</span>'


def _markup(text: str) -> str:
    return escape(text, quote=False)
