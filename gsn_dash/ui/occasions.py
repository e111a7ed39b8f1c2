"""The occasion that the visitor looks at: its figures for the page, and the list to choose in."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from gsn_dash.present.occasions import PARAMETER, name_option, say_place
from gsn_dash.present.tables import source_address
from gsn_dash.store.engine import StoreUnavailable
from gsn_dash.ui import data
from gsn_dash.ui.first_view import first_view
from gsn_dash.ui.state import chosen_occasion as state

LABEL = "Tillfälle"
_SHOWN = "occasion_shown"


def follow_chosen(page: str) -> data.Figures:
    """The figures that `page` is to be drawn with; call once, first in every run of it.

    They are the latest, or those of the occasion that the visitor has chosen. `snapshot` is None
    and `problem` says why where there are none to show.
    """
    state.follow_address(page)
    place, latest = state.chosen(), data.current()
    if place == latest.place:
        state.choose_latest()
    figures = latest if place in (None, latest.place) else _find(place)
    st.session_state[_SHOWN] = figures
    return figures


def _find(place: data.Place) -> data.Figures:
    """An open page keeps its figures, whatever else has been asked for, until there are new."""
    now, held = data.current(), shown()
    is_held = held is not None and held.place == place
    if is_held and held.version == now.version:
        return replace(held, read_at=now.read_at, problem=now.problem)
    try:
        found = data.figures_of(place)
    except StoreUnavailable as problem:
        if is_held:
            return replace(held, read_at=now.read_at, problem=now.problem or problem.sentence)
        return replace(now, snapshot=None, problem=problem.sentence)
    if found is None and now.snapshot is not None:
        state.refuse(place)
    return found or now


def shown() -> data.Figures | None:
    """The figures that the page is drawn with; None before `follow_chosen`."""
    view = first_view()
    return view.figures if view else st.session_state.get(_SHOWN)


def _earlier() -> data.Place | None:
    """The occasion that the page shows; None where it is the latest, which addresses need not say.

    A link can be opened by itself or sent to somebody, who has chosen no occasion.
    """
    figures = shown()
    return None if figures is None or figures.is_latest else figures.place


def source_of(ref: str) -> str:
    """The address that shows where a figure of the occasion that the page shows is from."""
    return source_address(ref, _earlier())


def own_parameter() -> str:
    """What a link to a page with a query of its own adds, for the occasion that is shown."""
    place = _earlier()
    return f"&{PARAMETER}={say_place(place)}" if place else ""


def show_choice(figures: data.Figures) -> None:
    """The list of occasions, where there is more than one to choose between."""
    if len(figures.occasions) < 2:
        return
    options = {(line.year, line.number): name_option(line) for line in figures.occasions}
    if figures.snapshot is not None:
        # The list is read after the figures, which may have been withdrawn between.
        options.setdefault(figures.place, name_option(figures.snapshot.occasion))
    if view := first_view():
        view.chosen_of_list(options[figures.place])
        return
    asked = state.chosen() or next(iter(options))
    state.choose_occasion(LABEL, options, figures.place or asked)


def unread() -> str:
    """What the address asks for that is no occasion of ours, or empty."""
    return state.unread()


def write_chosen(address: str) -> None:
    """Let the address of the page, which ends with `address`, say what has been chosen."""
    state.write_chosen(address)
