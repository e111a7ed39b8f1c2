"""The views of the collaborations that the municipalities pay for."""

from __future__ import annotations

from gsn_dash.domain.collaborating import bill, bill_figure, payers
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.scenario.goals import Answers, BillUnchanged, answer
from gsn_dash.domain.scenario.levers import BETWEEN
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.scenario.reaching import ROOM
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.meeting.deck.content import Content, DeckSources, KeyNumber, draw_still
from gsn_dash.meeting.deck.tables import render_rows
from gsn_dash.pictures.collaborations import payments_chart
from gsn_dash.pictures.kept import kept
from gsn_dash.present.collaborating import describe_bills
from gsn_dash.present.derivations import UNKNOWN_MARK
from gsn_dash.present.goal_rows import answer_rows, describe_unknown, name_briefly
from gsn_dash.present.meeting_messages import bills_in_short, largest_payment, unchanged_message
from gsn_dash.present.names import name_collaboration, name_municipality
from gsn_dash.present.numbers import UNKNOWN
from gsn_dash.present.tables import Cell, Table, TableRow, word
from gsn_dash.present.what_if import say_bill, say_missing
from gsn_dash.ui.views.collaborations import summary_table

_MOST_NUMBERS = 4
_PAPERS = Scenario()


def tell_message(sources: DeckSources) -> Content:
    """What each municipality pays."""
    snapshot = sources.snapshot
    numbers = tuple(_bill_number(snapshot, code) for code in payers(snapshot)[:_MOST_NUMBERS])
    return Content(bills_in_short(snapshot), numbers)


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
    return Content(describe_bills(snapshot), html=render_rows(summary_table(snapshot)))


def tell_demand(sources: DeckSources) -> Content | None:
    """What keeps each municipality's bill as it is in the papers."""
    snapshot = sources.snapshot
    found = kept(snapshot, "meeting bills unchanged", lambda: _unchanged(snapshot))
    if not any(told.answers for told in found.values()):
        return None
    notes = tuple(text for told in found.values() if (text := describe_unknown(snapshot, told)))
    keyed = {
        answer.lever.subject.split(BETWEEN)[0]: None
        for told in found.values()
        for answer in told.answers
        if answer.lever.kind == "member" and answer.lever.resting and answer.verdict == ROOM
    }
    names = [name_collaboration(snapshot, key) for key in keyed]
    html = render_rows(_demand_table(snapshot, found))
    return Content(unchanged_message(names), html=html, notes=notes)


def _unchanged(snapshot: Snapshot) -> dict[str, Answers]:
    """Each payer's answers, without those of whom nothing is known."""
    asked = {code: answer(snapshot, _PAPERS, BillUnchanged(code)) for code in payers(snapshot)}
    return {code: found for code, found in asked.items() if found is not None}


def _demand_table(snapshot: Snapshot, found: dict[str, Answers]) -> Table:
    """What each lever may be at, for each municipality by itself."""
    told = {code: _cells(snapshot, code, answers) for code, answers in found.items()}
    names = dict.fromkeys(
        row.name for answers in found.values() for row in answer_rows(snapshot, _PAPERS, answers)
    )
    rows = tuple(
        TableRow(word(name), tuple(cells.get(name, word("–")) for cells in told.values()))
        for name in names
    )
    payer_names = (name_municipality(snapshot, code) for code in told)
    return Table(
        "Så långt får varje sak ändras, en i taget, utan att kommunen betalar mer än i papperen",
        ("", *payer_names),
        rows,
    )


def _cells(snapshot: Snapshot, code: str, found: Answers) -> dict[str, Cell]:
    """A municipality's answers by the lever's name, also where its own part is unknown."""
    cells = {
        name_briefly(snapshot, _PAPERS, lever): Cell(UNKNOWN, "", UNKNOWN_MARK, is_number=False)
        for lever in found.untouching
        if lever.kind == "price" and _is_unknown(snapshot, lever.subject, code)
    }
    needed = {row.name: word(row.needed) for row in answer_rows(snapshot, _PAPERS, found)}
    return cells | needed


def _is_unknown(snapshot: Snapshot, collaboration: str, code: str) -> bool:
    contribution = snapshot.contributions.get(ContributionKey(collaboration, code))
    return contribution is not None and contribution.figure.is_unknown


KINDS = {
    "message": tell_message,
    "picture": tell_picture,
    "table": tell_table,
    "demand": tell_demand,
}
