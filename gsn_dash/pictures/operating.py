"""Pictures of the operating budget: budget against result, the bridge, and the monthly pace."""

from __future__ import annotations

from dataclasses import replace

from gsn_dash.charts.data import BridgeChart, Mark, Picture, Row, RowsChart, Step, Style
from gsn_dash.charts.draw import draw
from gsn_dash.domain.amounts import Money
from gsn_dash.domain.bridge import Bridge, bridge
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import ITEMS, Demand, Line, demand, line, spans_of
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.pictures.marks import (
    deviation_style,
    draw_found,
    draw_known,
    has_known,
    known_chart,
    mkr_mark,
)
from gsn_dash.present.bridge import (
    describe_bridge,
    name_step,
)
from gsn_dash.present.names import ITEMS as ITEM_NAMES
from gsn_dash.present.names import name_period, name_rest_of_year
from gsn_dash.present.numbers import format_months, format_percent, format_spread_mkr
from gsn_dash.present.operating import (
    describe_demand,
    describe_line,
)
from gsn_dash.present.year_end import name_result, name_spans


def lines_picture(snapshot: Snapshot, span: str) -> Picture | None:
    """Revenue, cost and net: budget and result with the deviation beside, for a span.

    None where the span has no lines of its own: at a closing the period is the year.
    """

    def make() -> Picture | None:
        charts = {name: _lines_chart(snapshot, name) for name in spans_of(snapshot)}
        if span not in charts:
            return None
        rows = (*charts[span].rows, *(charts[span].deviation or ()))
        if not has_known(mark for row in rows for mark in row.marks):
            return None
        return draw(charts[span], alike=tuple(charts.values()))

    return kept(snapshot, f"operating lines {span}", make)


def _lines_chart(snapshot: Snapshot, span: str) -> RowsChart:
    lines = [line(snapshot, item, span) for item in ITEMS]
    occasion = snapshot.occasion
    when = (
        format_months(occasion.period_start, occasion.period_end) if span == "period" else "helår"
    )
    title = name_period(occasion) if span == "period" else f"helår {occasion.year}"
    return RowsChart(
        f"GSN, driftbudget {title}, Mkr",
        ". ".join(describe_line(occasion, found) for found in lines),
        tuple(_line_row(occasion, found, when) for found in lines),
        "Mkr",
        tuple(_deviation_row(found, when) for found in lines),
    )


def _line_row(occasion: Occasion, found: Line, when: str) -> Row:
    name = name_result(occasion, found.span)
    style = Style.FORECAST if name == "prognos" else Style.OUTCOME
    result = mkr_mark(found.result, style, f"{name.capitalize()} {when}")
    plan = mkr_mark(found.budget, Style.BUDGET, f"Budget {when}")
    return Row(ITEM_NAMES[found.item], (plan, result))


def _deviation_row(found: Line, when: str) -> Row:
    style = deviation_style(found.deviation)
    mark = mkr_mark(found.deviation, style, f"Avvikelse {when}", signed=True)
    return Row(ITEM_NAMES[found.item], (mark,))


def net_picture(snapshot: Snapshot) -> Picture | None:
    """The small picture of the overview: the net deviation so far and at year-end."""

    def make() -> Picture | None:
        rows = []
        for span, name in name_spans(snapshot).items():
            figure = line(snapshot, "net", span).deviation
            mark = mkr_mark(figure, deviation_style(figure), "Mot budget", signed=True)
            rows.append(Row(name, (mark,)))
        alt = ". ".join(
            describe_line(snapshot.occasion, line(snapshot, "net", s)) for s in spans_of(snapshot)
        )
        return draw_known("Nettokostnaden mot budget, Mkr", alt, tuple(rows), "Mkr")

    return kept(snapshot, "operating net", make)


def deviations_chart(snapshot: Snapshot) -> RowsChart | None:
    """Revenue, cost and net against the budget: so far, and at year-end by the forecast.

    None where no deviation is known.
    """
    rows = []
    for item in ITEMS:
        marks = []
        for span, name in name_spans(snapshot).items():
            figure = line(snapshot, item, span).deviation
            marks.append(mkr_mark(figure, deviation_style(figure), name, signed=True))
        rows.append(Row(ITEM_NAMES[item], tuple(marks)))
    alt = ". ".join(
        describe_line(snapshot.occasion, line(snapshot, item, span))
        for item in ITEMS
        for span in name_spans(snapshot)
    )
    title = f"GSN, driftbudget {snapshot.occasion.year}: avvikelse mot budget, Mkr"
    return known_chart(title, alt, tuple(rows), "Mkr")


def bridge_picture(snapshot: Snapshot) -> Picture | None:
    """From the period's budgeted net to its outcome, through what explains it."""

    return kept(snapshot, "operating bridge", lambda: draw_found(bridge_chart(snapshot)))


def bridge_chart(snapshot: Snapshot) -> BridgeChart | None:
    """The same before it is drawn; None where no amount in it is known."""
    found = bridge(snapshot)
    steps = _bridge_steps(snapshot, found)
    if not has_known(step.mark for step in steps):
        return None
    title = f"GSN, från budgeterat netto till utfall {name_period(snapshot.occasion)}, Mkr"
    return BridgeChart(title, describe_bridge(snapshot, found), steps, "Mkr")


# What makes a bridge foot is neither good nor bad.
_NEUTRAL = dict.fromkeys(("rounding", "mismatch"), Style.DEVIATION_NEUTRAL)


def _bridge_steps(snapshot: Snapshot, found: Bridge) -> tuple[Step, ...]:
    start = Step("Budgeterat netto", "level", mkr_mark(found.start, Style.BUDGET, "Budget"))
    end = Step("Utfall netto", "level", mkr_mark(found.end, Style.OUTCOME, "Utfall"))
    changes = []
    for step in found.steps:
        is_spread = step.figure.is_derived and not step.figure.is_unknown
        note = f"±{format_spread_mkr(step.figure)}" if is_spread else ""
        style = _NEUTRAL.get(step.item) or deviation_style(step.figure)
        mark = mkr_mark(step.figure, style, "Avvikelse", note.removesuffix("\u00a0Mkr"), True)
        changes.append(Step(name_step(snapshot, step), "change", mark))
    return (start, *changes, end)


def pace_picture(snapshot: Snapshot) -> Picture | None:
    """Cost and revenue a month: so far, and what the forecast demands of the rest of the year."""

    return kept(snapshot, "operating pace", lambda: draw_found(pace_chart(snapshot)))


def pace_chart(snapshot: Snapshot) -> RowsChart | None:
    """The same before it is drawn; None where no amount in it is known."""
    occasion = snapshot.occasion
    demands = [demand(snapshot, item) for item in ("cost", "revenue")]
    return known_chart(
        f"GSN, kostnader och intäkter per månad {occasion.year}, Mkr",
        " ".join(describe_demand(occasion, found) for found in demands),
        tuple(_pace_row(snapshot, found) for found in demands),
        "Mkr",
    )


def _pace_row(snapshot: Snapshot, found: Demand) -> Row:
    occasion = snapshot.occasion
    months = format_months(occasion.period_start, occasion.period_end)
    so_far = _pace_mark(found.monthly_so_far, Style.OUTCOME, f"{months}, utfall", "i snitt")
    change = f"{format_percent(found.increase, signed=True)} mot hittills"
    needed = _pace_mark(
        found.monthly_needed,
        Style.FORECAST,
        f"{name_rest_of_year(occasion)}, krävs",
        change if found.increase is not None else "",
    )
    return Row(ITEM_NAMES[found.item], (so_far, needed))


def _pace_mark(figure: Figure, style: Style, name: str, note: str) -> Mark:
    """A pace by its size, cost and revenue both to the right, and in the look of what it is of.

    Every pace is derived, so the mark need not tell it apart; its table and source do.
    """
    amount = figure.amount
    size = replace(figure, amount=abs(amount)) if isinstance(amount, Money) else figure
    return replace(mkr_mark(size, style, name), note=note, derived=False)
