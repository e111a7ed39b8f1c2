"""The views of the operating budget."""

from __future__ import annotations

from gsn_dash.domain.bridge import bridge
from gsn_dash.domain.operating import ITEMS, demand, line
from gsn_dash.meeting.deck.content import (
    Content,
    DeckSources,
    KeyNumber,
    draw_still,
    key_number,
)
from gsn_dash.meeting.deck.tables import render_rows
from gsn_dash.pictures.operating import bridge_chart, deviations_chart, pace_chart
from gsn_dash.present.bridge import (
    bridge_message,
    describe_remainder,
    describe_split,
    is_remainder,
)
from gsn_dash.present.contradicted import say_contradicted
from gsn_dash.present.meeting_messages import deviations_message, operating_in_short
from gsn_dash.present.names import name_rest_of_year
from gsn_dash.present.numbers import format_mkr_unit, format_percent
from gsn_dash.present.operating import (
    demand_message,
    describe_demand,
    last_month,
    operating_message,
)
from gsn_dash.present.operating_tables import lines_table
from gsn_dash.present.ratios import increase_ref


def tell_message(sources: DeckSources) -> Content:
    """How it has gone and how the year is expected to end, in two or three numbers."""
    snapshot = sources.snapshot
    names = {
        "period": f"Mot budget till och med {last_month(snapshot.occasion)}",
        "year": "Mot budget vid årets slut, prognos",
    }
    if snapshot.occasion.is_closing:
        names = {"year": f"Mot budget {snapshot.occasion.year}"}
    numbers = []
    for span, name in names.items():
        figure = line(snapshot, "net", span).deviation
        numbers.append(key_number(name, figure, format_mkr_unit(figure.amount, True)))
    increase = demand(snapshot, "cost").increase
    if snapshot.occasion.months_left and increase is not None:
        text = format_percent(increase, signed=True)
        name = f"Kostnader per månad {name_rest_of_year(snapshot.occasion)}, mot hittills"
        numbers.append(KeyNumber(name, text, increase_ref("cost")))
    message = say_contradicted(snapshot, "operating", operating_in_short(snapshot))
    return Content(message, tuple(numbers))


def tell_picture(sources: DeckSources) -> Content | None:
    """Revenue, cost and net against the budget, now and at year-end."""
    snapshot = sources.snapshot
    chart = deviations_chart(snapshot)
    if chart is None:
        return None
    message = say_contradicted(snapshot, "operating", deviations_message(snapshot))
    return Content(message, picture=draw_still(chart))


def tell_bridge(sources: DeckSources) -> Content | None:
    """What the period's deviation consists of."""
    snapshot = sources.snapshot
    chart, found = bridge_chart(snapshot), bridge(snapshot)
    if chart is None or all(step.figure.is_unknown for step in found.steps):
        return None
    derived = [step for step in found.steps if is_remainder(step)]
    notes = (*describe_split(snapshot), *(describe_remainder(snapshot, s) for s in derived))
    return Content(bridge_message(snapshot, found), picture=draw_still(chart), notes=notes)


def tell_table(sources: DeckSources) -> Content | None:
    """The paper's three lines."""
    snapshot = sources.snapshot
    lines = [line(snapshot, item, span) for item in ITEMS for span in ("period", "year")]
    if all(f.is_unknown for x in lines for f in (x.budget, x.result, x.deviation)):
        return None
    return Content(operating_message(snapshot), html=render_rows(lines_table(snapshot)))


def tell_demand(sources: DeckSources) -> Content | None:
    """What the forecast demands of the months that are left."""
    snapshot = sources.snapshot
    demands = [demand(snapshot, item) for item in ("cost", "revenue")]
    chart = pace_chart(snapshot)
    known = [found for found in demands if found.increase is not None]
    if chart is None or not known:
        return None
    message = demand_message(snapshot.occasion, known[0])
    notes = tuple(describe_demand(snapshot.occasion, found) for found in known)
    return Content(message, picture=draw_still(chart), notes=notes)


KINDS = {
    "message": tell_message,
    "picture": tell_picture,
    "bridge": tell_bridge,
    "table": tell_table,
    "demand": tell_demand,
}
