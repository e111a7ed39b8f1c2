"""The words at a mark: its number, what it is, and what is said aloud of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from gsn_dash.charts.data import Mark
from gsn_dash.charts.lettering import Type, text_width, widest, wrap


@dataclass(frozen=True)
class Span:
    """A piece of a line in one type; `size` is pixels, 0 the size of the block."""

    text: str
    bold: bool = False
    size: int = 0

    @property
    def markup(self) -> str:
        """The span in Plotly's markup."""
        text = escape(self.text, quote=False)
        if self.size:
            text = f'<span style="font-size:{self.size}px">{text}</span>'
        return f"<b>{text}</b>" if self.bold else text


@dataclass(frozen=True)
class Block:
    """Lines of spans, and the room they take in pixels."""

    lines: tuple[tuple[Span, ...], ...]
    width: float
    height: float

    @property
    def markup(self) -> str:
        """The lines in Plotly's markup."""
        return "<br>".join(" ".join(span.markup for span in line) for line in self.lines)


def number_block(mark: Mark, sizes: Type, room: float) -> Block:
    """The number in bold, and its note after it or, where `room` does not hold both, under it."""
    together = text_width(f"{mark.label} ", sizes.number, bold=True)
    together += text_width(mark.note, sizes.small)
    if mark.note and together <= room:
        line = (Span(mark.label, bold=True), Span(mark.note, size=sizes.small))
        return Block((line,), together, sizes.line(sizes.number))
    numbers = wrap(mark.label, sizes.number, room, bold=True)
    notes = wrap(mark.note, sizes.small, room) if mark.note else ()
    return Block(
        _bold(numbers) + _small(notes, sizes),
        max(widest(numbers, sizes.number, bold=True), widest(notes, sizes.small)),
        (len(numbers) + len(notes)) * sizes.line(sizes.number),
    )


def label_block(label: str, sublabel: str, sizes: Type, room: float) -> Block:
    """The name of a row, with what belongs under it in smaller type."""
    labels = wrap(label, sizes.text, room, bold=True)
    subs = wrap(sublabel, sizes.small, room) if sublabel else ()
    return Block(
        _bold(labels) + _small(subs, sizes),
        max(widest(labels, sizes.text, bold=True), widest(subs, sizes.small)),
        (len(labels) + len(subs)) * sizes.line(sizes.text),
    )


def plain_block(text: str, size: int, sizes: Type, room: float) -> Block:
    """Ordinary words in one size."""
    lines = wrap(text, size, room) if text else ()
    return Block(
        tuple((Span(line),) for line in lines), widest(lines, size), len(lines) * sizes.line(size)
    )


def spoken(subject: str, mark: Mark, unit: str) -> str:
    """What a mark is, for those who hear it: "Kostnader, Budget: −24,7 Mkr"."""
    what = spoken_name(subject, mark)
    needs_unit = mark.value is not None and unit and not mark.label.endswith(unit)
    amount = f"{mark.label} {unit}" if needs_unit else mark.label
    return f"{what}: {amount}, {mark.note}" if mark.note else f"{what}: {amount}"


def spoken_name(subject: str, mark: Mark) -> str:
    """What a mark is, without its amount: "Kostnader, Budget"."""
    return mark.name if subject in ("", mark.name) else f"{subject}, {mark.name}"


def _bold(lines: tuple[str, ...]) -> tuple[tuple[Span, ...], ...]:
    return tuple((Span(line, bold=True),) for line in lines)


def _small(lines: tuple[str, ...], sizes: Type) -> tuple[tuple[Span, ...], ...]:
    return tuple((Span(line, size=sizes.small),) for line in lines)
