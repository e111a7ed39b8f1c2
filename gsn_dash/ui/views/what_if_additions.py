"""What a visitor can put in: actions, invoices, moved money, and amounts that nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import streamlit as st

from gsn_dash.domain.amounts import TKR, Money, round_half_away
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.scenario.deviation_parts import ITEMS, deviation_parts
from gsn_dash.domain.scenario.offered import can_be_assumed, can_be_filled, filled
from gsn_dash.domain.scenario.overlays import (
    LONGEST_NAME,
    Action,
    AssumedAmount,
    Lump,
    MovedMoney,
    Overlay,
    Scenario,
    YearEnd,
)
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.levers import name_part
from gsn_dash.present.names import (
    ITEMS as ITEM_NAMES,
)
from gsn_dash.present.names import (
    name_collaboration,
    name_municipality,
    name_project,
    name_subject,
)
from gsn_dash.present.numbers import name_month
from gsn_dash.ui.state import scenario as state

_MOST_TKR, _MOST_KR = 100_000, 10_000_000
Form = Callable[[Snapshot, Scenario], "Overlay | str | None"]


def show_additions(snapshot: Snapshot) -> None:
    """One form at a time, for what there is anything to put in of."""
    scenario = state.fitted(snapshot)
    forms = {name: form for name, (form, is_offered) in _FORMS.items()
             if is_offered(snapshot, scenario)}  # fmt: skip
    if not forms:
        return
    with st.expander("Nytt antagande", key="what_if_additions"):
        chosen = st.selectbox("Vad vill du anta?", list(forms), key="what_if_addition")
        with st.form(f"what_if_form_{chosen}", border=False):
            found = forms[chosen](snapshot, scenario)
            is_sent = st.form_submit_button("Lägg till")
        if is_sent:
            _take(found)


def _take(found: Overlay | str) -> None:
    """Put it in and draw the page with its lever, or say what is missing."""
    if isinstance(found, str):
        st.html(f'<p class="gsn-note gsn-note-warning" role="alert">{found}</p>')
        return
    state.assume(found)
    st.rerun()


def _name(label: str, kind: type) -> str:
    """What it is called; whether that will do is for `_fault_of` to say."""
    return st.text_input(label, max_chars=LONGEST_NAME, key=f"what_if_name_{kind.__name__}")


def _fault_of(name: str, scenario: Scenario, kind: type) -> str:
    plain = " ".join(name.split())
    if not plain:
        return "Skriv ett namn, så att det syns vad som antas."
    if not plain.isprintable():
        return "Namnet har tecken som inte syns; skriv det utan dem."
    if any(overlay.name == plain for overlay in scenario.of(kind)):
        return "Det finns redan ett antagande med det namnet; välj ett annat eller ändra det."
    return ""


def _thousands(label: str, value: int, lowest: int = 0, step: int = 10) -> Money:
    """An amount to the nearest step, which its lever will have too."""
    number = st.number_input(
        label, lowest, _MOST_TKR, value, step=step, format="%d", key=_key(f"{value} {lowest}")
    )
    return Money(round_half_away(Decimal(number), Decimal(step)) * TKR)


def _month(snapshot: Snapshot, label: str) -> int:
    months = list(range(snapshot.occasion.period_end.month + 1, 13))
    return st.selectbox(label, months, format_func=name_month, key=_key(label))


def _key(name: str) -> str:
    """Without a key of its own a field would be another as soon as its label is."""
    return f"what_if_field_{name}"


def _action(snapshot: Snapshot, scenario: Scenario) -> Overlay | str:
    who, what, how_much, when = st.columns([3, 2, 3, 2], vertical_alignment="bottom")
    with who:
        name = _name("Vad heter åtgärden?", Action)
    with what:
        item = st.selectbox(
            "Vad påverkar den?", ("cost", "revenue"), format_func=ITEM_NAMES.get, key=_key("item")
        )
    with how_much:
        yearly = _thousands("Ger på ett helt år, tkr. Minus om den kostar.", 500, -_MOST_TKR)
    with when:
        start = _month(snapshot, "Från och med")
    fault = _fault_of(name, scenario, Action)
    return fault or Action(" ".join(name.split()), item, yearly, start)


def _lump(snapshot: Snapshot, scenario: Scenario) -> Overlay | str:
    who, what, how_much, when = st.columns([3, 3, 2, 2], vertical_alignment="bottom")
    parts = {part.key: part for part in deviation_parts(snapshot) if part.item == "cost"}
    with who:
        name = _name("Vad gäller fakturan?", Lump)
    with what:
        part = st.selectbox(
            "Vilken del av kostnaderna?",
            list(parts),
            format_func=lambda key: name_part(snapshot, parts[key]),
            key=_key("part"),
        )
    with how_much:
        amount = _thousands("Belopp, tkr", 1000)
    with when:
        month = _month(snapshot, "Väntas i")
    known = st.checkbox(
        "Fakturan finns i budgeten, jämnt fördelad över året", True, key=_key("budgeted")
    )
    fault = _fault_of(name, scenario, Lump)
    return fault or Lump(" ".join(name.split()), part, amount, month, known)


def _year_end(snapshot: Snapshot, scenario: Scenario) -> Overlay | str:
    who, how_much = st.columns(2, vertical_alignment="bottom")
    with who:
        activity = st.selectbox(
            "Verksamhet",
            can_be_assumed(snapshot, scenario),
            format_func=lambda key: name_subject(snapshot, key),
            key=_key("activity"),
        )
    with how_much:
        label = "Mot budget vid årets slut, tkr. Minus är ett underskott."
        amount = _thousands(label, 0, -_MOST_TKR, 100)
    return YearEnd(activity, amount)


def _move(snapshot: Snapshot, scenario: Scenario) -> Overlay | str:
    rows = {row.project.key: row for row in _known_projects(snapshot)}

    def named(key: str) -> str:
        return name_project(rows[key].project)

    giver, taker, how_much = st.columns([2, 2, 1], vertical_alignment="bottom")
    with giver:
        source = st.selectbox("Från", list(rows), format_func=named, key=_key("source"))
    with taker:
        target = st.selectbox("Till", list(rows), 1, format_func=named, key=_key("target"))
    with how_much:
        amount = _thousands("Belopp, tkr", 500)
    if source == target:
        return "Välj två olika projekt."
    if any(move.source == source for move in scenario.of(MovedMoney)):
        return "Det flyttas redan pengar från projektet; ändra det reglaget, eller ta bort det."
    if rows[source].appropriation.money < amount:
        return "Så mycket har projektet inte; välj ett mindre belopp."
    return MovedMoney(source, target, amount)


def _unknown(snapshot: Snapshot, scenario: Scenario) -> Overlay | str:
    keys = _unfilled(snapshot, scenario)

    def named(key: ContributionKey) -> str:
        collaboration = name_collaboration(snapshot, key.collaboration)
        return f"{collaboration}: {name_municipality(snapshot, key.municipality)}"

    what, how_much = st.columns(2, vertical_alignment="bottom")
    with what:
        key = st.selectbox("Vad är okänt?", keys, format_func=named, key=_key("unknown"))
    with how_much:
        label = "Anta i stället, kr per år"
        kr = st.number_input(label, 0, _MOST_KR, 100_000, step=1000, format="%d", key=_key("kr"))
    return AssumedAmount(key.collaboration, key.municipality, Money(Decimal(kr)))


def _unfilled(snapshot: Snapshot, scenario: Scenario) -> list[ContributionKey]:
    done = filled(scenario)
    return [key for key in can_be_filled(snapshot) if key not in done]


def _has_rest(snapshot: Snapshot, _scenario: Scenario) -> bool:
    return snapshot.occasion.months_left > 0


def _has_cost_part(snapshot: Snapshot, scenario: Scenario) -> bool:
    is_cost = any(part.item == ITEMS[1] for part in deviation_parts(snapshot))
    return is_cost and _has_rest(snapshot, scenario)


def _has_two_projects(snapshot: Snapshot, scenario: Scenario) -> bool:
    return _has_rest(snapshot, scenario) and len(_known_projects(snapshot)) > 1


def _known_projects(snapshot: Snapshot) -> list[ProjectRow]:
    rows = portfolio(snapshot).rows
    return [r for r in rows if not (r.appropriation.is_unknown or r.forecast.is_unknown)]


_FORMS: dict[str, tuple[Form, Callable[[Snapshot, Scenario], bool]]] = {
    "En åtgärd": (_action, _has_rest),
    "En enskild faktura": (_lump, _has_cost_part),
    "En verksamhet utan prognos": (_year_end, lambda s, c: bool(can_be_assumed(s, c))),
    "Pengar som flyttas mellan projekt": (_move, _has_two_projects),
    "Ett belopp i stället för ett okänt": (_unknown, lambda s, c: bool(_unfilled(s, c))),
}
