"""The same pictures as plans that a browser can draw, and draw again as the values in them move.

What `draw` gives stands still; here each mark is handed over with what it stands for, and the
browser (ui/components/sheet_picture*.js) places it by these plans. Room, names and margins are
laid out here, by the code that lays them out for `draw`, so that the two look alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from decimal import Decimal

from gsn_dash.charts.bridge import frame_down, lay_down
from gsn_dash.charts.columns import (
    PLOT_HEIGHT,
    SIDE,
    Column,
    Stage,
    lay_columns,
    least_width,
    number_room,
    span_of,
    stage_of,
)
from gsn_dash.charts.data import BridgeChart, Mark, Row, RowsChart
from gsn_dash.charts.draw import with_unit
from gsn_dash.charts.edge import to_plot
from gsn_dash.charts.lanes import ZERO, Caption, Frame, Lane, axis_range, hold
from gsn_dash.charts.lettering import NARROW, WIDE, Type
from gsn_dash.charts.notation import Look, look_of
from gsn_dash.charts.rows import Plan, frame_of
from gsn_dash.charts.running import Hung, hang
from gsn_dash.charts.words import Block, spoken_name

# Where the longest text of a number that moves is not told, there is room for two characters
# more than it has, rounded up to whole fours: the room must not change with each settling.
GROWTH, QUANTUM = 2, 4
# Numbers that may stand on either side of the bars have their notes under them: beside them they
# would take the bars' own room twice.
WIDE_BOTH = replace(WIDE, number_room=150.0)


def move(
    chart: RowsChart | BridgeChart,
    lead_to: Callable[[str], str] | None = None,
    alt: object = None,
) -> dict:
    """Both layouts of the chart as JSON, its marks with their motions.

    `lead_to` gives the address that the mark with a `ref` is a link to; without it no mark is
    one. `alt` is a text that follows the values, instead of the chart's own `alt`. Where any
    mark moves, the axis ends on a round number and grows as the values do, never below what
    holds the chart's `scale` and what stands still. Give a `scale` with both signs where an
    amount may change sign: room for its numbers is made on the sides that the axis has.
    """
    looks: list[Look] = []
    return {
        "title": with_unit(chart.title, chart.unit),
        "alt": chart.alt if alt is None else alt,
        "unit": chart.unit,
        "kinds": [x.kind for x in chart.steps] if isinstance(chart, BridgeChart) else None,
        "marks": [
            _sendable_mark(subject, mark, stands, looks, lead_to)
            for subject, mark, stands in _subjects(chart)
        ],
        "looks": [asdict(look) for look in looks],
        "moves": _moves(chart),
        "wide": _columns(chart) if isinstance(chart, BridgeChart) else _rows(chart, False),
        "narrow": _down(chart) if isinstance(chart, BridgeChart) else _rows(chart, True),
    }


def _subjects(chart: RowsChart | BridgeChart) -> list[tuple[str, Mark, bool]]:
    """Each mark, what it belongs to, and whether it has a place, in the order of the lanes."""
    if isinstance(chart, BridgeChart):
        return [
            (step.label, step.mark, hung.end is not None)
            for step, hung in zip(chart.steps, _hang(chart), strict=True)
        ]
    aside = chart.deviation or tuple(Row("", ()) for _ in chart.rows)
    return [
        (row.label, mark, mark.value is not None or mark.motion is not None)
        for row, other in zip(chart.rows, aside, strict=True)
        for mark in row.marks + other.marks
    ]


def _sendable_mark(
    subject: str,
    mark: Mark,
    stands: bool,
    looks: list[Look],
    lead_to: Callable[[str], str] | None,
) -> dict:
    motion = mark.motion
    return {
        "name": spoken_name(subject, mark),
        "value": to_plot(mark.value) if stands and not motion and mark.value is not None else None,
        "label": mark.label if motion is None else motion.label,
        "note": mark.note if motion is None else motion.note,
        "node": [motion.value, motion.per_unit] if motion and stands else None,
        "atLeast": mark.at_least,
        "look": _place(looks, look_of(mark)),
        "href": lead_to(mark.ref) if lead_to and mark.ref else None,
    }


def _place(looks: list[Look], look: Look) -> int:
    if look not in looks:
        looks.append(look)
    return looks.index(look)


def _roomy(mark: Mark) -> Mark:
    """The mark as room is made for it: with the longest texts that its motion can give.

    Where it happens to stand is left out, so that the same picture has the same plan always.
    """
    motion = mark.motion
    if motion is None:
        return mark
    label = motion.widest or "0" * (-(-(len(mark.label) + GROWTH) // QUANTUM) * QUANTUM)
    note = max(motion.widest_note, mark.note, key=len)
    return replace(mark, label=label, note=note, value=ZERO)


def _hang(chart: BridgeChart) -> list[Hung]:
    return hang(tuple(replace(step, mark=_roomy(step.mark)) for step in chart.steps))


def _roomy_row(row: Row) -> Row:
    return replace(row, marks=tuple(_roomy(mark) for mark in row.marks))


def _rows(chart: RowsChart, narrow: bool) -> dict:
    aside = chart.deviation and tuple(_roomy_row(row) for row in chart.deviation)
    rows = tuple(_roomy_row(row) for row in chart.rows)
    sizes = NARROW if narrow else WIDE_BOTH if _swings(chart) else WIDE
    plan = Plan(replace(chart, rows=rows, deviation=aside), narrow, sizes)
    spans = [axis_range([x for x in plan.lanes if x.panel == panel]) for panel in (0, 1)]
    spans[0] = hold(spans[0], chart.scale)
    lanes = list(plan.lanes)
    plan.lanes += _at_the_ends(lanes, spans)
    frame = frame_of([plan])
    return _lanes(lanes, plan.captions, frame, spans, plan.height, plan.sizes)


def _moves(chart: RowsChart | BridgeChart) -> bool:
    return any(mark.motion for _, mark, _ in _subjects(chart))


def _swings(chart: RowsChart) -> bool:
    """Whether marks may move to both sides of zero."""
    return bool(chart.scale) and chart.scale[0] < 0 < chart.scale[1] and _moves(chart)


def _least(chart: BridgeChart) -> tuple[Decimal, Decimal] | None:
    """What the axis holds at least: both sides, where there is nothing but what moves."""
    stands = any(step.mark.value and not step.mark.motion for step in chart.steps)
    if chart.scale or stands or not _moves(chart):
        return chart.scale
    return Decimal(-1), Decimal(1)


def _down(chart: BridgeChart) -> dict:
    hung = _hang(chart)
    lanes, captions, height = lay_down(hung)
    span = hold(axis_range(lanes), _least(chart))
    frame = frame_down([*lanes, *_at_the_ends(lanes, [span])], captions, span)
    return _lanes(lanes, captions, frame, [span], height, NARROW)


def _at_the_ends(lanes: Iterable[Lane], spans: list[tuple[Decimal, Decimal]]) -> list[Lane]:
    """What moves, where it reaches farthest: at each end of its axis that is not zero."""
    return [
        replace(lane, start=ZERO, mark=replace(lane.mark, value=end))
        for lane in lanes
        if lane.mark.motion
        for end in spans[lane.panel]
        if end
    ]


@dataclass(frozen=True)
class _Fixed:
    """A text that stands still: `share` of the plot's width, then `shift` pixels, is its x."""

    share: float
    shift: float
    middle: float
    anchor: str
    size: int
    words: Block

    def sendable(self) -> dict:
        lines = [[asdict(span) for span in line] for line in self.words.lines]
        kept = {**vars(self), "lines": lines}
        del kept["words"]
        return kept


def _lanes(
    lanes: list[Lane],
    captions: list[Caption],
    frame: Frame,
    spans: list[tuple[Decimal, Decimal]],
    height: float,
    sizes: Type,
) -> dict:
    texts = [_caption(caption, frame) for caption in captions]
    texts += [_name(lane, frame, sizes) for lane in lanes if lane.name]
    return {
        "kind": "lanes",
        "height": round(height) + 8,
        "minWidth": frame.min_width,
        "left": round(frame.left),
        "right": round(frame.right),
        "top": 4,
        "type": _type(sizes, sizes.number_room),
        "bar": sizes.bar,
        "panels": [
            {"low": to_plot(low), "high": to_plot(high), "begin": panel.begin, "end": panel.end}
            for panel, (low, high) in zip(frame.panels, spans, strict=False)
        ],
        "places": [
            {
                "panel": lane.panel,
                "middle": lane.middle,
                "height": lane.height,
                "reach": lane.number.width,
                "tall": lane.number.height,
                "leftward": lane.leftward,
            }
            for lane in lanes
        ],
        "texts": [text.sendable() for text in texts],
    }


def _type(sizes: Type, room: float) -> dict:
    return {"number": sizes.number, "small": sizes.small, "room": room}


def _caption(caption: Caption, frame: Frame) -> _Fixed:
    share, shift = 0.0, -frame.left
    if caption.panel is not None:
        panel = frame.panels[caption.panel]
        share, shift = panel.begin, -panel.before
    return _Fixed(share, shift, caption.middle, "start", caption.size, caption.words)


def _name(lane: Lane, frame: Frame, sizes: Type) -> _Fixed:
    shift = -frame.panels[0].before - 10
    return _Fixed(0.0, shift, lane.middle, "end", sizes.name, lane.name)


def _columns(chart: BridgeChart) -> dict:
    """The plan of the wide bridge: numbers have room above and below whatever the bars do."""
    hung = _hang(chart)
    columns, width = lay_columns(hung, WIDE)
    low, high = span_of(columns, _least(chart))
    above, below = _ends(columns, stage_of(columns, _least(chart)))
    labels = round(max(column.label.height for column in columns) + 4 + below) - round(below)
    return {
        "kind": "columns",
        "height": PLOT_HEIGHT + round(above) + round(below) + labels,
        "minWidth": least_width(columns, width),
        "left": SIDE,
        "right": SIDE,
        "top": round(above),
        "tall": PLOT_HEIGHT,
        "type": _type(WIDE, number_room(width)),
        "panels": [{"low": to_plot(low), "high": to_plot(high), "begin": 0, "end": 1}],
        "places": [{"tall": column.number.height} for column in columns],
        "texts": [_label(column, len(columns), below).sendable() for column in columns],
    }


def _ends(columns: list[Column], stage: Stage) -> tuple[float, float]:
    """The pixels above and below the plot that the numbers need, also where they may move to."""
    if not any(column.step.mark.motion for column in columns):
        return stage.above, stage.below
    reach = max(column.reach for column in columns)
    return max(stage.above, reach + 2), max(stage.below, reach + 10)


def _label(column: Column, count: int, below: float) -> _Fixed:
    share = (column.left + 0.5) / count
    middle = PLOT_HEIGHT + below + column.label.height / 2
    return _Fixed(share, 0.0, middle, "middle", WIDE.text, column.label)
