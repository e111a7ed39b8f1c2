"""Över tid: what has changed since the occasion before, lines over all of them, and forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from gsn_dash.domain.collaborating import payers
from gsn_dash.domain.over_time import Moment, history_until, moments_until
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.kept import kept
from gsn_dash.pictures.over_time import (
    deviations_picture,
    hits_picture,
    payments_picture,
    utilisations_picture,
)
from gsn_dash.present.occasions import name_option
from gsn_dash.present.over_time import (
    NOT_COMPARABLE,
    WILL_COME,
    lead_of_changes,
    lead_of_deviations,
    lead_of_payments,
    lead_of_utilisations,
    over_time_message,
    say_alone,
    say_first,
    say_later,
    say_only_one,
    say_window,
)
from gsn_dash.present.over_time_tables import Changes, changes_between, hits_table
from gsn_dash.present.past_forecasts import HITS_ARE, NO_HITS, NO_HITS_THEN, hits_message
from gsn_dash.report.over_time import HITS, MOST_SHOWN, name_changes
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.store.occasions import OccasionLine
from gsn_dash.ui import data
from gsn_dash.ui.occasions import source_of
from gsn_dash.ui.page import show_drawn, show_heading, show_lead, show_message, show_note, show_text
from gsn_dash.ui.state.choices import choose_in_address
from gsn_dash.ui.tables import render_list, render_table, show_table

_BEFORE, _YEAR_AGO = "forra", "ifjol"


def has_several(figures: data.Figures) -> bool:
    """Whether there is anything to compare."""
    return len(figures.occasions) > 1


def show_only_one(figures: data.Figures) -> None:
    """That there is one occasion, and what the page shows when the next one comes."""
    show_message(say_only_one(figures.snapshot.occasion))
    read_in = '<a href="/inlasning">läses in</a>'
    st.html(f"<p>När nästa tillfälle {read_in} visas här:</p>{render_list(WILL_COME)}")


def show_main(figures: data.Figures) -> None:
    """The page's one sentence: where the year is heading, and how that has moved."""
    before = _line_before(figures)
    if before is None:
        show_message(say_first(figures.snapshot.occasion))
        return
    snapshot = _read(before)
    if snapshot is not None:
        show_message(over_time_message(snapshot, figures.snapshot))


def _line_before(figures: data.Figures) -> OccasionLine | None:
    """The occasion before the one that is shown; None where it is the first."""
    place = figures.place
    return next((o for o in figures.occasions if (o.year, o.number) < place), None)


def _line_year_ago(figures: data.Figures) -> OccasionLine | None:
    """The occasion of the year before that has the same months; None where there is none."""
    ends = figures.snapshot.occasion.period_end
    found = (o for o in figures.occasions if o.year == ends.year - 1)
    return next((o for o in found if o.period_end.month == ends.month), None)


def _read(occasion: OccasionLine) -> Snapshot | None:
    """An occasion's figures; None, told on the page, where they cannot be had."""
    try:
        found = data.figures_of((occasion.year, occasion.number))
    except StoreUnavailable as problem:
        show_note(problem.sentence, True)
        return None
    return found.snapshot if found else None


def show_lines(figures: data.Figures) -> None:
    """The net, the investments and the collaborations, up to the occasion that is chosen."""
    try:
        series = data.series()
    except StoreUnavailable as problem:
        show_note(problem.sentence, True)
        return
    occasion = figures.snapshot.occasion
    moments = moments_until(series, occasion)
    if not moments:
        return
    shown = moments[-MOST_SHOWN:]
    show_text(say_later(occasion, len(series) - len(moments)))
    show_heading("Driftbudgeten: hur det ligger till mot budget")
    show_lead(lead_of_deviations(shown))
    show_drawn(
        deviations_picture(shown), "over_tid_netto", "nettokostnaden", download="over-tid-netto"
    )
    show_text(say_window(len(shown), len(moments)))
    show_heading("Investeringarna: hur mycket av pengarna som används")
    show_lead(lead_of_utilisations(shown))
    show_drawn(
        utilisations_picture(shown),
        "over_tid_investeringar",
        "investeringarna",
        download="over-tid-investeringar",
    )
    _show_payments(figures.snapshot, shown)


def _show_payments(snapshot: Snapshot, shown: Sequence[Moment]) -> None:
    codes = payers(snapshot)
    show_heading("Samarbetena: vad de kostar kommunerna")
    show_lead(lead_of_payments(snapshot, shown, codes))
    picture = payments_picture(snapshot, shown, codes)
    show_drawn(picture, "over_tid_samarbeten", "samarbetena", download="over-tid-samarbeten")


def show_changes(figures: data.Figures) -> None:
    """Row by row, what the papers state otherwise than at the occasion that is chosen."""
    before = _line_before(figures)
    if before is None:
        return
    show_heading("Vad har ändrats")
    compared = _choose_compared(figures, before, _line_year_ago(figures))
    snapshot = _read(compared)
    if snapshot is None:
        return
    after = figures.snapshot
    name = f"changes since {compared.year}-{compared.number} {snapshot.batch}"
    _show_tables(snapshot, after, kept(after, name, lambda: changes_between(snapshot, after)))


def _choose_compared(
    figures: data.Figures, before: OccasionLine, year_ago: OccasionLine | None
) -> OccasionLine:
    """Over a year's end the same months come first: the period before is another year's."""
    if year_ago in (None, before):
        return before
    found = {_BEFORE: before, _YEAR_AGO: year_ago}
    options = {
        _BEFORE: f"förra tillfället ({name_option(before).lower()})",
        _YEAR_AGO: f"samma månader året före ({name_option(year_ago).lower()})",
    }
    if before.year != figures.place[0]:
        options = dict(reversed(options.items()))
    return found[choose_in_address("mot", "Jämför med", options)]


def _show_tables(before: Snapshot, after: Snapshot, changes: Changes) -> None:
    show_lead(lead_of_changes(before.occasion, changes.count, changes.same))
    for area, table in changes.tables.items():
        if area == "period" and before.occasion.months != after.occasion.months:
            show_text(NOT_COMPARABLE)
        show_table(table, download=name_changes(area), against=_place(before))
    show_text(*changes.notes)
    if changes.alone is not None:
        summary = escape(say_alone(len(changes.alone.rows)))
        table = render_table(changes.alone, source_of)
        st.html(f"<details><summary>{summary}</summary>{table}</details>")


def _place(snapshot: Snapshot) -> data.Place:
    return snapshot.occasion.year, snapshot.occasion.number


def show_hits(figures: data.Figures) -> None:
    """How right the forecasts of the years that were over at the occasion were."""
    show_heading("Hur rätt blev tidigare prognoser?")
    history = history_until(figures.history, figures.snapshot.occasion)
    if not history:
        show_text(NO_HITS_THEN if figures.history else NO_HITS)
        return
    shown = history[-MOST_SHOWN:]
    show_lead(hits_message(shown))
    show_drawn(hits_picture(shown), "over_tid_prognoser", "tidigare prognoser", download=HITS)
    show_table(hits_table(shown), download=HITS)
    show_text(HITS_ARE)
