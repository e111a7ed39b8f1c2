"""A `RowsChart` into lanes: where each row, its bars and its deviation lie."""

from __future__ import annotations

from dataclasses import replace

from gsn_dash.charts.data import Drawing, Mark, Row, RowsChart
from gsn_dash.charts.lanes import Caption, Frame, Lane, axis_range, frame_one, frame_two, hold
from gsn_dash.charts.lettering import NARROW, WIDE, Type
from gsn_dash.charts.strokes import draw_lanes
from gsn_dash.charts.words import Block, label_block, number_block, plain_block

NARROWEST = 286


def draw_rows(chart: RowsChart, narrow: bool, alike: tuple[RowsChart, ...] = ()) -> Drawing:
    """Bars that run down. Narrow puts a row's label and its deviation on lines of their own.

    `alike` are charts in the same unit that stand on the same page: axis and margins are made
    for them all, so that a krona is as long in each when their drawings are equally wide.
    """
    sizes = NARROW if narrow else WIDE
    plan = Plan(chart, narrow, sizes)
    frame = frame_of([plan, *(Plan(other, narrow, sizes) for other in alike)])
    return draw_lanes(plan.lanes, plan.captions, frame, plan.height, sizes, chart.unit)


class Plan:
    """Lays out row by row from the top; afterwards holds the lanes, captions and height."""

    def __init__(self, chart: RowsChart, narrow: bool, sizes: Type) -> None:
        self.chart, self.narrow, self.sizes = chart, narrow, sizes
        self.lanes: list[Lane] = []
        self.captions: list[Caption] = []
        self.headings = [Block((), 0, 0), Block((), 0, 0)]
        self.named = _has_names(chart, narrow)
        self.leftward = bool(chart.values) and max(chart.values) <= 0 and min(chart.values) < 0
        self.height = 0.0
        self._head()
        for number, row in enumerate(chart.rows):
            self.height += sizes.gap if number else 0
            lay_row = self._row_narrow if narrow else self._row_wide
            lay_row(row, chart.deviation[number] if chart.deviation else None)

    @property
    def two_panels(self) -> bool:
        return any(lane.panel for lane in self.lanes)

    def _head(self) -> None:
        """Says above the panels what their bars are, where the lanes do not say it."""
        first = _first_mark(self.chart.rows)
        second = _first_mark(self.chart.deviation or ())
        if not self.named and first and first.name not in {x.label for x in self.chart.rows}:
            self.headings[0] = self._words(first.name)
        if second and not self.narrow:
            self.headings[1] = self._words(second.name)
        for panel, words in enumerate(self.headings):
            if words.lines:
                middle = words.height / 2
                self.captions.append(Caption(words, middle, self.sizes.text, panel))
        self.height = max(block.height for block in self.headings)
        if self.height:
            self.height += 8

    def _row_narrow(self, row: Row, deviation: Row | None) -> None:
        words = label_block(row.label, row.sublabel, self.sizes, self.sizes.label_room)
        self._caption(words, self.height + words.height / 2)
        marks = row.marks + (deviation.marks if deviation else ())
        lanes = [self._lane(row, mark) for mark in marks]
        top = self.height + words.height + 2
        self._stack(lanes, top)
        self.height = top + _height(lanes)

    def _row_wide(self, row: Row, deviation: Row | None) -> None:
        words = label_block(row.label, row.sublabel, self.sizes, self.sizes.label_room)
        main = [self._lane(row, mark) for mark in row.marks]
        aside = [self._aside(row, mark) for mark in (deviation.marks if deviation else ())]
        height = max(words.height, _height(main), _height(aside))
        self._caption(words, self.height + height / 2)
        for lanes in (main, aside):
            self._stack(lanes, self.height + (height - _height(lanes)) / 2)
        self.height += height

    def _stack(self, lanes: list[Lane], top: float) -> None:
        for lane in lanes:
            self.lanes.append(replace(lane, middle=top + lane.height / 2))
            top += lane.height

    def _lane(self, row: Row, mark: Mark) -> Lane:
        number = number_block(mark, self.sizes, self.sizes.number_room)
        name = None
        if self.named:
            name = plain_block(mark.name, self.sizes.name, self.sizes, self.sizes.name_room)
        tallest = max(number.height, name.height if name else 0)
        height = max(self.sizes.lane, tallest + 4)
        return Lane(mark, row.label, 0.0, height, number, name, leftward=self.leftward)

    def _aside(self, row: Row, mark: Mark) -> Lane:
        return replace(self._lane(row, mark), name=None, panel=1, leftward=False)

    def _caption(self, words: Block, middle: float) -> None:
        if words.lines:
            self.captions.append(Caption(words, middle, self.sizes.text))

    def _words(self, text: str) -> Block:
        return plain_block(text, self.sizes.text, self.sizes, self.sizes.label_room)


def frame_of(plans: list[Plan]) -> Frame:
    """Margins and axes that hold every one of the plans."""
    narrow = plans[0].narrow
    lanes = [lane for plan in plans for lane in plan.lanes]
    captions = [caption for plan in plans for caption in plan.captions if caption.panel is None]
    column = 0.0 if narrow else max((x.words.width for x in captions), default=0.0) + 20
    names = [lane.name.width for lane in lanes if lane.name]
    column += max(names) + 14 if names else 4
    spans = [axis_range([lane for lane in lanes if lane.panel == panel]) for panel in (0, 1)]
    for plan in plans:
        spans[0] = hold(spans[0], plan.chart.scale)
    if any(plan.two_panels for plan in plans):
        headings = [max(plan.headings[panel].width for plan in plans) for panel in (0, 1)]
        return frame_two(lanes, column, spans, headings)
    words = max((x.words.width for plan in plans for x in plan.captions), default=0.0)
    least = max(NARROWEST, round(words) + 5) if narrow else round(column) + 400
    return frame_one(lanes, column, spans[0], least)


def _has_names(chart: RowsChart, narrow: bool) -> bool:
    """Whether each lane must say what it is: not where all rows show one and the same thing."""
    if narrow and chart.deviation is not None:
        return True
    if any(len(row.marks) > 1 for row in chart.rows):
        return True
    marks = [(row.label, mark.name) for row in chart.rows for mark in row.marks]
    alike = len({name for _, name in marks}) == 1
    return not alike and any(name != label for label, name in marks)


def _first_mark(rows: tuple[Row, ...]) -> Mark | None:
    return next((mark for row in rows for mark in row.marks), None)


def _height(lanes: list[Lane]) -> float:
    return sum(lane.height for lane in lanes)
