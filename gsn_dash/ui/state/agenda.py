"""What an editor has put on the agenda, and written of decisions, that may not be saved yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from gsn_dash.domain.meeting.agenda import Agenda, AgendaChoice, arrange, choice_of
from gsn_dash.store.agendas import (
    AgendaConflict,
    AgendaVersion,
    DecisionConflict,
    DecisionVersion,
)
from gsn_dash.ui.order_list import Order
from gsn_dash.ui.state.labels import plain_label

_HELD, _TEXTS, _TOLD = "agenda_held", "agenda_texts", "agenda_told"
_OCCASION = "agenda_occasion"


@dataclass(frozen=True)
class Held:
    """The agenda as the visitor has it: on top of the version that he has seen, if any.

    `choice` names every view of the agenda; `turn` is another each time it is laid out anew.
    """

    papers: Agenda
    base: AgendaVersion | None
    choice: AgendaChoice
    turn: int

    @property
    def agenda(self) -> Agenda:
        return arrange(self.papers, self.choice)

    @property
    def is_changed(self) -> bool:
        return self.choice != settled(self.papers, self.base)


@dataclass(frozen=True)
class HeldText:
    """A proposed decision as it was laid out for the visitor, on top of the version seen.

    `before` is what stood there when a draft was laid out in its place; `turn` is another each
    time a text is laid out.
    """

    seen: DecisionVersion | None
    text: str
    turn: int
    before: str = ""


@dataclass(frozen=True)
class Told:
    """What came of the last command: a sentence, or somebody else's version, who was first."""

    sentence: str = ""
    is_warning: bool = False
    conflict: AgendaConflict | DecisionConflict | None = None


def begin(year: int, number: int) -> None:
    """Call first in every run: the rest is of this occasion, and what is held of others stays."""
    st.session_state[_OCCASION] = f"{year}_{number}"


def own_name(name: str) -> str:
    """A name in the session, or of a field, that is the occasion's own."""
    return f"{name}_{st.session_state[_OCCASION]}"


def settled(papers: Agenda, version: AgendaVersion | None) -> AgendaChoice:
    """What a kept version says of every view of an agenda; what the papers say where none is.

    A document that is none of ours counts as none.
    """
    try:
        choice = AgendaChoice.from_json(version.document) if version else AgendaChoice()
    except ValueError:
        choice = AgendaChoice()
    return choice_of(arrange(papers, choice))


def follow(papers: Agenda, newest: AgendaVersion | None) -> Held:
    """Take up what is kept now, unless the visitor has changes of his own that are not saved."""
    before: Held | None = st.session_state.get(own_name(_HELD))
    if before is not None and before.is_changed:
        choice = choice_of(arrange(papers, before.choice))
        is_same = choice == before.choice and papers == before.papers
        return hold(before if is_same else Held(papers, before.base, choice, before.turn + 1))
    choice = settled(papers, newest)
    if before is not None and (before.papers, before.choice) == (papers, choice):
        return hold(replace(before, base=newest))
    return hold(Held(papers, newest, choice, before.turn + 1 if before else 0))


def hold(held: Held) -> Held:
    """Note how the visitor has the agenda now."""
    st.session_state[own_name(_HELD)] = held
    return held


def is_held() -> bool:
    """Whether the visitor has been shown an agenda before."""
    return own_name(_HELD) in st.session_state


def held() -> Held:
    """The agenda as the visitor has it; `follow` comes first."""
    return st.session_state[own_name(_HELD)]


def lay_out(base: AgendaVersion | None) -> None:
    """Let go of the visitor's own changes, and show what a version says."""
    now = held()
    hold(Held(now.papers, base, settled(now.papers, base), now.turn + 1))


def take_orders(orders: Sequence[Order], scenario: str) -> Held:
    """Note how the visitor has put the views of each item, and which scenario he has chosen."""
    keys = tuple(key for order in orders for key in order.keys)
    hidden = frozenset(key for order in orders for key in order.hidden)
    return hold(replace(held(), choice=AgendaChoice(keys, hidden, scenario)))


def choose_scenario(label: str, options: dict[str, str]) -> str:
    """Which saved scenario is to be shown; `options` is id -> text, the id held among them."""
    now = held()
    key = own_name(f"agenda_scenario_{now.turn}")
    ids = list(options)
    return st.selectbox(
        plain_label(label),
        ids,
        index=ids.index(now.choice.scenario),
        format_func=options.get,
        key=key,
        width=640,
    )


def follow_text(item: str, newest: DecisionVersion | None, draft: str, is_new: bool) -> HeldText:
    """The text of an item's decision as it lies before the visitor.

    What is kept now, or else the draft, is laid out where the visitor `is_new` to the page.
    """
    texts = st.session_state.setdefault(own_name(_TEXTS), {})
    before: HeldText | None = texts.get(item)
    if before is None or is_new:
        texts[item] = HeldText(
            newest, newest.text if newest else draft, before.turn + 1 if before else 0
        )
    return texts[item]


def held_text(item: str) -> HeldText:
    """The text of an item's decision as it was laid out; `follow_text` comes first."""
    return st.session_state[own_name(_TEXTS)][item]


def hold_text(item: str, text: HeldText) -> None:
    """Note what lies before the visitor of an item's decision."""
    st.session_state[own_name(_TEXTS)][item] = text


def text_key(item: str) -> str:
    """The name of the field that an item's decision is written in."""
    return own_name(f"agenda_text_{item}_{held_text(item).turn}")


def typed(key: str) -> str:
    """What stands in a field."""
    return st.session_state[key]


def tell(about: str, told: Told) -> None:
    """Note what came of a command; `about` is an item's number, or empty for the agenda."""
    st.session_state.setdefault(own_name(_TOLD), {})[about] = told


def told(about: str) -> Told:
    """What came of the last command about something; empty where there is nothing to say."""
    return st.session_state.get(own_name(_TOLD), {}).get(about, Told())


def forget_told() -> None:
    """What was told belongs to the visit before."""
    st.session_state[own_name(_TOLD)] = {}
