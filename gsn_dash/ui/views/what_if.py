"""Tänk om …?: levers, and beside them what they move. Reported and assumed never look alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from gsn_dash.charts.data import Picture
from gsn_dash.domain.collaborating import payers
from gsn_dash.domain.investing import total_row
from gsn_dash.domain.operating import line
from gsn_dash.domain.refs import TOTAL, ContributionKey
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.compare import compare_bills
from gsn_dash.domain.scenario.investing import short_of_booked
from gsn_dash.domain.scenario.levers import Lever, Positions, levers_of, scenario_at
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import describe_result
from gsn_dash.present.names import name_municipality
from gsn_dash.present.numbers import format_mkr_unit
from gsn_dash.present.what_if import (
    NOTHING_ASSUMED,
    describe_assumptions,
    describe_booked,
    describe_consequences,
    describe_not_started,
    describe_refused,
    name_lever,
    say_bill,
    say_position,
    what_if_message,
)
from gsn_dash.ui import data
from gsn_dash.ui.page import (
    render_link,
    show_drawn,
    show_heading,
    show_message,
    show_note,
    show_nothing,
    show_text,
)
from gsn_dash.ui.pictures.what_if import bills_picture, operating_picture, projects_picture
from gsn_dash.ui.state import levers as state
from gsn_dash.ui.tables import show_table
from gsn_dash.ui.views.what_if_tables import bills_table, operating_table, projects_table

_PAGE = "tank-om"


@dataclass(frozen=True)
class _What:
    """The levers, where they stand, and the figures without and with what they assume."""

    levers: tuple[Lever, ...]
    positions: Positions
    base: Snapshot
    assumed: Snapshot

    def of(self, *kinds: str) -> list[Lever]:
        return [lever for lever in self.levers if lever.kind in kinds]


def _levers(snapshot: Snapshot) -> tuple[Lever, ...]:
    return data.kept(snapshot, "levers", lambda: levers_of(snapshot))


def open_levers(snapshot: Snapshot) -> None:
    """Take up what the address says, and say quietly what in it could not be used."""
    state.open_levers(_levers(snapshot))
    refused = describe_refused(state.refused())
    if refused:
        st.html(f'<p class="gsn-quiet">{escape(refused)}</p>')


@st.fragment
def show_what_if(snapshot: Snapshot) -> None:
    """All that moves: a step of a slider draws this again and nothing else of the page."""
    levers = _levers(snapshot)
    positions = state.positions(levers)
    assumed = apply(snapshot, scenario_at(levers, positions))
    what = _What(levers, positions, snapshot, assumed)
    with st.container(key="what_if"):
        show_message(what_if_message(snapshot, assumed, bool(positions)))
        with st.container(key="what_if_assumed"):
            _show_assumptions(what)
        _show_operating(what)
        _show_projects(what)
        _show_bills(what)
    state.write_address(_PAGE, levers)


def _show_assumptions(what: _What) -> None:
    """What is assumed now, in words, so that a link can be read by who did not move anything."""
    lines = describe_assumptions(what.base, what.levers, what.positions)
    if not lines:
        show_text(NOTHING_ASSUMED)
        return
    consequences = describe_consequences(what.base, what.assumed)
    st.html(
        f'<div class="gsn-assumed"><p><strong>Antaget:</strong> {escape("; ".join(lines))}.</p>'
        f"<p>{escape(consequences)}</p></div>"
    )
    state.reset_button("Återställ")


def _show_pairs(*pairs: tuple[str, str, str, str]) -> None:
    """Large numbers, reported beside assumed: (what it is, reported, its source, assumed)."""
    blocks = "".join(
        f'<div class="gsn-reported"><dt>{escape(name)}</dt><dd>{render_link(reported, ref)}</dd>'
        f'</div><div class="gsn-assumed"><dt>Tänk om</dt><dd>{escape(assumed)}</dd></div>'
        for name, reported, ref, assumed in pairs
    )
    st.html(f'<dl class="gsn-figures">{blocks}</dl>')


def _show_operating(what: _What) -> None:
    show_heading("Driftbudget")
    before, after = (line(s, "net", "year").deviation for s in (what.base, what.assumed))
    net = (format_mkr_unit(figure.amount, signed=True) for figure in (before, after))
    _show_pairs(("Prognosen, mot årets budget", next(net), before.ref, next(net)))
    sliders, results = _sides()
    with sliders:
        _show_sliders(what, what.of("used_up", "rest"))
    with results:
        show_table(operating_table(what.base, what.assumed))
        _show_picture(what, "tank_om_drift", ("used_up", "rest"), operating_picture, "årets slut")


def _show_projects(what: _What) -> None:
    levers = what.of("utilisation")
    show_heading("Investeringar")
    before, after = (total_row(s).left for s in (what.base, what.assumed))
    left = (format_mkr_unit(figure.amount) for figure in (before, after))
    _show_pairs(("Prognosen, kvar att föra över", next(left), before.ref, next(left)))
    sliders, results = _sides()
    with sliders:
        _show_sliders(what, levers)
    with results:
        with _slot():
            warning = describe_booked(what.assumed, short_of_booked(what.assumed))
            if warning:
                show_note(warning, is_warning=True)
        show_table(projects_table(what.base, what.assumed))
        _show_picture(
            what, "tank_om_projekt", ("utilisation",), projects_picture, "investeringarna"
        )
        with _slot():
            for sentence in describe_not_started(what.base, what.positions):
                show_note(sentence)


def _show_bills(what: _What) -> None:
    show_heading("Samarbeten")
    if not payers(what.base):
        show_nothing("samarbetena")
        return
    _show_pairs(
        *(
            (
                f"{name_municipality(what.base, change.municipality)}, i papperen",
                say_bill(change.before.total),
                ContributionKey(TOTAL, change.municipality).ref,
                say_bill(change.after.total),
            )
            for change in compare_bills(what.base, what.assumed)
        )
    )
    sliders, results = _sides()
    with sliders:
        _show_sliders(what, what.of("price", "equal_part"))
    with results:
        show_table(bills_table(what.base, what.assumed))
        _show_picture(
            what, "tank_om_samarbeten", ("price", "equal_part"), bills_picture, "samarbetena"
        )


def _slot() -> DeltaGenerator:
    """A place for what is not always there, so that what follows keeps its own: a slider that
    changed place would be drawn anew, and fall out of the hand that moves it."""
    return st.container()


def _sides() -> Sequence[DeltaGenerator]:
    return st.columns([1, 2], gap="medium")


def _show_sliders(what: _What, levers: list[Lever]) -> None:
    for lever in levers:
        label = name_lever(what.base, lever)
        state.lever_slider(lever, label, lambda percent, lever=lever: say_position(lever, percent))


def _show_picture(
    what: _What,
    key: str,
    kinds: tuple[str, ...],
    make: Callable[[Snapshot, Snapshot], Picture | None],
    about: str,
) -> None:
    """Draws only where a lever of this section, or the figures, are others than last."""
    here = [(key, percent) for key, percent in what.positions.items() if key[0] in kinds]
    picture = state.kept_while(key, (what.base, here), lambda: make(what.base, what.assumed))
    show_drawn(picture, key, about)


def show_limits(snapshot: Snapshot) -> None:
    """What no paper says, and how the page counts."""
    show_heading("Att tänka på")
    show_note(describe_result(snapshot))
    show_text(
        "I papperen är det som står i handlingarna, eller följer av dem. Tänk om är ett"
        " räkneexempel: papperens siffror ändrade med reglagen. Inget sparas och inga siffror i"
        " databasen ändras. Adressen överst i webbläsaren visar samma antaganden för den som får"
        " den.",
        "Årets slut räknas så här: prognosen, plus den del av periodens avvikelse som inte går åt,"
        " plus ändringen av intäkter och kostnader för resten av året.",
        "När en större eller mindre del delas lika ändras varje kommuns andel av hela samarbetets"
        " kostnad, som är framräknad ur det papperen anger. Kommunens belopp flyttas lika mycket."
        " Vid avtalets fördelning gäller papperens belopp.",
    )
