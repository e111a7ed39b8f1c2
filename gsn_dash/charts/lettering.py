"""How much room a text takes, so that margins can be made for it before anything is drawn.

The widths are those of Arial, which is wider than the page's own Source Sans: an estimate that
errs on the side of room.
"""

from __future__ import annotations

from dataclasses import dataclass

# The width of each kind of letter in ems; what is in none of them is a capital or another.
LETTERS = (
    ("iljtfrI.,:;|!'()[]/ -\u00a0", 0.34),
    ("cksvxyz", 0.52),
    ("mwMW%—@", 0.9),
)
CAPITAL, OTHER, BOLDER = 0.7, 0.57, 1.06
LINE = 1.3
_EMS = {character: width for characters, width in LETTERS for character in characters}


@dataclass(frozen=True)
class Type:
    """Type sizes, the room round bars, and how wide each kind of text may be; in pixels."""

    text: int
    name: int
    number: int
    small: int
    lane: int
    bar: int
    gap: int
    label_room: float
    name_room: float
    number_room: float

    def line(self, size: int) -> int:
        """The height of a line of text of this size."""
        return round(size * LINE)


WIDE = Type(
    text=17,
    name=17,
    number=18,
    small=15,
    lane=29,
    bar=21,
    gap=16,
    label_room=281,
    name_room=200,
    number_room=260,
)
NARROW = Type(
    text=15,
    name=14,
    number=16,
    small=14,
    lane=27,
    bar=19,
    gap=14,
    label_room=281,
    name_room=98,
    number_room=104,
)


def text_width(text: str, size: int, bold: bool = False) -> float:
    """The width in pixels of one line of text, rather too much than too little."""
    ems = sum(_ems(character) for character in text)
    return ems * size * (BOLDER if bold else 1.0)


def wrap(text: str, size: int, width: float, bold: bool = False) -> tuple[str, ...]:
    """The lines of `text` at its spaces. A word wider than `width` gets a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def widest(lines: tuple[str, ...], size: int, bold: bool = False) -> float:
    """The width of the widest line, 0 for none."""
    return max((text_width(line, size, bold) for line in lines), default=0.0)


def _ems(character: str) -> float:
    return _EMS.get(character) or (CAPITAL if character.isupper() else OTHER)
