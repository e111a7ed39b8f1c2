"""A figure as a mark of a picture: its value in the picture's unit, its text, its source."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gsn_dash.charts.data import BridgeChart, Mark, Picture, Row, RowsChart, Style
from gsn_dash.charts.draw import draw
from gsn_dash.domain.amounts import KR, MKR, ZERO, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.present.derivations import describe_state
from gsn_dash.present.numbers import format_kr, format_mkr


def mkr_mark(figure: Figure, style: Style, name: str, note: str = "", signed: bool = False) -> Mark:
    """A mark in Mkr; `note` stands after "härledd" where the figure is derived."""
    text = format_mkr(figure.amount, signed)
    return _mark(figure, style, name, text, note, MKR)


def kr_mark(figure: Figure, style: Style, name: str, note: str = "") -> Mark:
    """A mark in whole kr; the picture's title says the unit."""
    text = format_kr(figure.amount).removesuffix("\u00a0kr")
    return _mark(figure, style, name, text, note, KR)


def _mark(figure: Figure, style: Style, name: str, text: str, note: str, unit: Decimal) -> Mark:
    amount = figure.amount
    if isinstance(amount, Unknown):
        return Mark(style, None, text, figure.ref, name, note)
    notes = ", ".join(part for part in (describe_state(figure), note) if part)
    return Mark(
        style, amount.in_unit(unit), text, figure.ref, name, notes, derived=figure.is_derived
    )


def has_known(marks: Iterable[Mark]) -> bool:
    """Whether there is an amount to draw among the marks: a picture of slots alone says nothing."""
    return any(mark.value is not None for mark in marks)


def known_chart(
    title: str,
    alt: str,
    rows: tuple[Row, ...],
    unit: str,
    scale: tuple[Decimal, Decimal] | None = None,
) -> RowsChart | None:
    """The rows as a chart; None where no amount in them is known."""
    if not has_known(mark for row in rows for mark in row.marks):
        return None
    return RowsChart(title, alt, rows, unit, scale=scale)


def draw_known(
    title: str,
    alt: str,
    rows: tuple[Row, ...],
    unit: str,
    scale: tuple[Decimal, Decimal] | None = None,
) -> Picture | None:
    """The rows as a picture; None where no amount in them is known."""
    return draw_found(known_chart(title, alt, rows, unit, scale))


def draw_found(chart: RowsChart | BridgeChart | None) -> Picture | None:
    """The chart as a picture; None where there is none."""
    return None if chart is None else draw(chart)


def deviation_style(figure: Figure) -> Style:
    """Good above zero, bad below, neither where it is zero or unknown."""
    if isinstance(figure.amount, Unknown) or figure.amount == ZERO:
        return Style.DEVIATION_NEUTRAL
    return Style.DEVIATION_GOOD if figure.amount > ZERO else Style.DEVIATION_BAD
