"""What a picture is told: texts ready in Swedish, exact values in the unit that is shown.

Nothing here is computed or totalled; a caller composes a chart from figures it already has, and
`draw` turns it into a `Picture`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum


class Style(Enum):
    """What kind of amount a mark stands for. The look of each is in `notation`."""

    BUDGET = "budget"
    OUTCOME = "outcome"
    FORECAST = "forecast"
    DEVIATION_GOOD = "deviation good"
    DEVIATION_BAD = "deviation bad"
    DEVIATION_NEUTRAL = "deviation neutral"
    NEUTRAL = "neutral"
    DERIVED = "derived"
    WHATIF = "what-if"
    TOTAL = "total"


@dataclass(frozen=True)
class Motion:
    """How a mark follows something that is moved in the browser; see `moving`.

    `value` is which of the values computed there it stands for, counted in units of which
    `per_unit` make one of the chart's. `label` and `note` are the texts with such values in
    them, opaque here. `widest` and `widest_note` are the longest texts that room is made for;
    where they are empty, room is made for some characters more than the mark's own label.
    """

    value: int
    per_unit: int
    label: object
    note: object = ()
    widest: str = ""
    widest_note: str = ""


@dataclass(frozen=True)
class Mark:
    """One amount in a picture.

    `value` is in the chart's unit; None is unknown and draws an empty dashed slot with "?".
    `label` is the number as text, `name` what it is ("Budget januari–april"), `note` a word or
    two after the number ("härledd"). `ref` is an opaque key of the source; "" means none.
    `derived` dots the fill of any style; `at_least` adds an open slot after the bar, for a sum
    that lacks a part. `motion` is None for what stands still.
    """

    style: Style
    value: Decimal | None
    label: str
    ref: str
    name: str
    note: str = ""
    derived: bool = False
    at_least: bool = False
    motion: Motion | None = None


@dataclass(frozen=True)
class Row:
    """One line of the structure that runs down: its bars lie under each other."""

    label: str
    marks: tuple[Mark, ...]
    sublabel: str = ""


@dataclass(frozen=True)
class RowsChart:
    """Horizontal bars. `deviation`, one row for each of `rows`, gets an axis of its own.

    `scale` (lowest, highest, in `unit`) forces the axis; it must hold zero and every value that
    stands still. Raises ValueError where it does not, where a row of deviations is missing, or
    with no rows.
    """

    title: str
    alt: str
    rows: tuple[Row, ...]
    unit: str
    deviation: tuple[Row, ...] | None = None
    scale: tuple[Decimal, Decimal] | None = None

    def __post_init__(self) -> None:
        if not any(row.marks for row in self.rows):
            raise ValueError("a chart needs at least one mark")
        if self.deviation is not None and len(self.deviation) != len(self.rows):
            raise ValueError("there must be one deviation row for each row")
        if self.scale is not None:
            low, high = self.scale
            if low >= high or any(not low <= value <= high for value in (Decimal(0), *self.values)):
                raise ValueError("the scale must hold zero and every value")

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The known values of the main panel that stand still."""
        return tuple(known_values(self.rows))


@dataclass(frozen=True)
class Step:
    """A step of a bridge: a "level" stands on zero, a "change" hangs where the last one ended."""

    label: str
    kind: str
    mark: Mark

    def __post_init__(self) -> None:
        if self.kind not in ("level", "change"):
            raise ValueError(f"a step is a level or a change, not {self.kind!r}")


@dataclass(frozen=True)
class BridgeChart:
    """From one level through changes to another. Raises ValueError unless it starts on a level.

    `scale` (lowest, highest, in `unit`) is what the axis holds at least besides the steps.
    """

    title: str
    alt: str
    steps: tuple[Step, ...]
    unit: str
    scale: tuple[Decimal, Decimal] | None = None

    def __post_init__(self) -> None:
        if not self.steps or self.steps[0].kind != "level":
            raise ValueError("a bridge starts from a level")


@dataclass(frozen=True)
class Target:
    """Where a mark with a source can be clicked or focused.

    `left` and `width` are (percent of the drawing's width, pixels to add); `top` and `height`
    are pixels. `name` says what and how much, in Swedish.
    """

    ref: str
    name: str
    left: tuple[float, float]
    width: tuple[float, float]
    top: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """One layout of a picture: Plotly's `{data, layout}` and the targets over it.

    It fills any width from `min_width` pixels up without cutting or overlapping a text.
    """

    figure: dict
    height: int
    min_width: int
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Picture:
    """What the page shows: a wide drawing, and a narrow one for where the wide has no room.

    `kept` holds what has been made of the picture, by name, so that it is made once.
    """

    title: str
    alt: str
    wide: Drawing
    narrow: Drawing
    kept: dict[str, object] = field(default_factory=dict, init=False, compare=False, repr=False)


def known_values(rows: tuple[Row, ...]) -> Iterator[Decimal]:
    marks = (mark for row in rows for mark in row.marks if mark.motion is None)
    return (mark.value for mark in marks if mark.value is not None)
