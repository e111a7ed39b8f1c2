"""The views of the collaborations that the municipalities pay for."""

from __future__ import annotations

from gsn_dash.domain.collaborating import bill, bill_figure, payers
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.meeting.deck.content import Content, DeckSources, KeyNumber, draw_still
from gsn_dash.meeting.deck.tables import render_rows
from gsn_dash.pictures.collaborations import payments_chart
from gsn_dash.pictures.kept import kept
from gsn_dash.present.collaborating import describe_bills
from gsn_dash.present.collaborating_tables import summary_table
from gsn_dash.present.contradicted import say_contradicted
from gsn_dash.present.goal_rows import describe_unknown
from gsn_dash.present.goal_tables import answer_unchanged, keyed_names, unchanged_table
from gsn_dash.present.meeting_messages import bills_in_short, largest_payment, unchanged_message
from gsn_dash.present.names import name_municipality
from gsn_dash.present.what_if import say_bill, say_missing

_MOST_NUMBERS = 4


def tell_message(sources: DeckSources) -> Content:
    """What each municipality pays."""
    snapshot = sources.snapshot
    numbers = tuple(_bill_number(snapshot, code) for code in payers(snapshot)[:_MOST_NUMBERS])
    message = say_contradicted(snapshot, "collaboration", bills_in_short(snapshot))
    return Content(message, numbers)


def _bill_number(snapshot: Snapshot, code: str) -> KeyNumber:
    own = bill(snapshot, code)
    missing = say_missing(own.total.missing)
    who = name_municipality(snapshot, code)
    name = f"{who} per år, {missing}" if missing else f"{who} per år"
    return KeyNumber(name, say_bill(own.total), bill_figure(snapshot, code).ref)


def tell_picture(sources: DeckSources) -> Content | None:
    """Who pays what for each collaboration."""
    snapshot = sources.snapshot
    chart = payments_chart(snapshot)
    if chart is None:
        return None
    rows = [row for code in payers(snapshot) for row in bill(snapshot, code).rows]
    return Content(largest_payment(snapshot, rows), picture=draw_still(chart))


def tell_table(sources: DeckSources) -> Content | None:
    """The collaborations by municipality."""
    snapshot = sources.snapshot
    if not payers(snapshot):
        return None
    message = say_contradicted(snapshot, "collaboration", describe_bills(snapshot))
    return Content(message, html=render_rows(summary_table(snapshot)))


def tell_demand(sources: DeckSources) -> Content | None:
    """What keeps each municipality's bill as it is in the papers."""
    snapshot = sources.snapshot
    found = kept(snapshot, "meeting bills unchanged", lambda: answer_unchanged(snapshot))
    if not any(told.answers for told in found.values()):
        return None
    notes = tuple(text for told in found.values() if (text := describe_unknown(snapshot, told)))
    html = render_rows(unchanged_table(snapshot, found))
    return Content(unchanged_message(keyed_names(snapshot, found)), html=html, notes=notes)


KINDS = {
    "message": tell_message,
    "picture": tell_picture,
    "table": tell_table,
    "demand": tell_demand,
}
