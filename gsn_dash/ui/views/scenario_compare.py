"""Up to four scenarios side by side: what they give, what they assume, and why they differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from gsn_dash.domain.amounts import ZERO, Money
from gsn_dash.domain.collaborating import payers
from gsn_dash.domain.scenario.effects import (
    Effects,
    Measure,
    effects_of,
    known_bill,
    left_at_year_end,
    net_at_year_end,
    result_of,
)
from gsn_dash.domain.scenario.overlays import Overlay, Scenario
from gsn_dash.domain.scenario.trial import make_trial
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.scenario_compare import net_picture
from gsn_dash.present.collaborating import genitive
from gsn_dash.present.names import name_municipality
from gsn_dash.present.numbers import format_kr
from gsn_dash.present.scenario_compare import Worded, assumption_rows
from gsn_dash.present.scenario_tables import Named, assumptions_table, in_words, say_refused
from gsn_dash.present.scenarios import (
    DIFFERS,
    GONE_FROM_ADDRESS,
    MANY,
    NOTHING_TO_COMPARE,
    NOW_NAME,
    TOGETHER,
    TOO_MANY,
    WHOLE_CHANGE,
    apart,
    describe_comparison,
    describe_left_out_of,
    describe_other_bases,
    say_why,
)
from gsn_dash.present.tables import Cell, Table, TableRow
from gsn_dash.store.scenario_drafts import ScenarioVersion
from gsn_dash.store.scenarios import Engine, Kept, find_scenarios, list_scenarios
from gsn_dash.ui.page import show_drawn, show_heading, show_message, show_note, show_text
from gsn_dash.ui.state import opened
from gsn_dash.ui.state import scenario as state
from gsn_dash.ui.tables import show_table
from gsn_dash.ui.views.scenario_forms import ask_store, say_listed
from gsn_dash.ui.views.scenario_results import find_other_base, show_results
from gsn_dash.ui.views.scenario_words import taken_from


@dataclass(frozen=True)
class Column:
    """A scenario of the comparison, as far as the figures in force can take it.

    `version` is None for the levers as they stand.
    """

    name: str
    author: str
    scenario: Scenario
    refused: tuple[Overlay, ...] = ()
    version: ScenarioVersion | None = None


def show_comparison(snapshot: Snapshot) -> None:
    """Choose, and see them side by side. The database is asked when the page is drawn."""
    held = state.fitted(snapshot)
    listed = _read(list_scenarios)
    options = {opened.NOW: NOW_NAME, **{each.id: say_listed(each) for each in listed}}
    _tell_of_address(options)
    chosen = opened.choose_compared("Välj upp till fyra att jämföra", options, MANY)
    kept = [name for name in chosen if name != opened.NOW]
    found = _read(lambda engine: find_scenarios(engine, kept)) if kept else ()
    by_id = {version.id: _column(snapshot, version) for version in found}
    by_id[opened.NOW] = Column(NOW_NAME, "", held)
    columns = [by_id[name] for name in chosen if name in by_id]
    if columns:
        _show_columns(snapshot, _told_apart(columns))
    else:
        show_text(NOTHING_TO_COMPARE)


def _read(ask: Callable[[Engine], tuple[Kept, ...]]) -> tuple[Kept, ...]:
    """What the database answers; nothing, and a note of why, where it does not."""
    found = ask_store(ask)
    if isinstance(found, str):
        show_note(found, True)
        return ()
    return found


def _tell_of_address(options: dict[str, str]) -> None:
    asked = opened.compared_in_address()
    found = [name for name in asked if name in options]
    show_text(
        TOO_MANY if len(found) > MANY else "",
        GONE_FROM_ADDRESS if len(found) < len(asked) else "",
    )


def _column(snapshot: Snapshot, version: ScenarioVersion) -> Column:
    taken, gone = taken_from(snapshot, version)
    return Column(apart(version.name), apart(version.author), taken, gone, version)


def _told_apart(columns: Sequence[Column]) -> list[Column]:
    """Those of one name get their place after it."""
    names = [column.name for column in columns]
    return [
        replace(column, name=f"{column.name} ({names[: place + 1].count(column.name)})")
        if names.count(column.name) > 1
        else column
        for place, column in enumerate(columns)
    ]


def _show_columns(snapshot: Snapshot, columns: Sequence[Column]) -> None:
    results = [result_of(snapshot, column.scenario) for column in columns]
    names = [column.name for column in columns]
    nets = [(c.name, c.author, r.net) for c, r in zip(columns, results, strict=True)]
    show_message(describe_comparison([(name, net) for name, _, net in nets]))
    show_drawn(net_picture(snapshot, nets), "scenario_nets", "årets slut mot budget")
    reported = Named("Papperen", result_of(snapshot, Scenario()), is_reported=True)
    named = [Named(name, found) for name, found in zip(names, results, strict=True)]
    caption = "Vad scenarierna ger"
    show_results(caption, "Scenario", snapshot, (reported, *named))
    _show_notes(snapshot, columns)
    told = [in_words(make_trial(snapshot, column.scenario)) for column in columns]
    _show_assumptions(snapshot, columns, told)
    _show_why(snapshot, columns, told)


def _show_notes(snapshot: Snapshot, columns: Sequence[Column]) -> None:
    others = [
        column.name
        for column in columns
        if column.version and find_other_base(snapshot, column.version) is not None
    ]
    if others:
        show_note(describe_other_bases(others))
    for column in columns:
        refused = [say_refused(overlay, snapshot) for overlay in column.refused]
        show_text(describe_left_out_of(column.name, refused))


def _show_assumptions(
    snapshot: Snapshot, columns: Sequence[Column], told: Sequence[Worded]
) -> None:
    rows = list(assumption_rows(snapshot, told))
    show_heading("Vad de antar")
    if not rows:
        show_text("Inget av dem antar något annat än papperen.")
        return
    headings = ("Antagande", *(column.name for column in columns))
    mark = DIFFERS if len(columns) > 1 else ""
    show_table(assumptions_table("Antaganden, sida vid sida", headings, rows, mark))


def _show_why(snapshot: Snapshot, columns: Sequence[Column], told: Sequence[Worded]) -> None:
    """How much each assumption alone moves the net, what is left to invest, and each bill."""
    show_heading("Varför")
    for column, worded in zip(columns, told, strict=True):
        for what, measure in _measures(snapshot).items():
            effects = effects_of(snapshot, column.scenario, measure)
            if effects is not None and _moves(effects):
                show_table(_why_table(worded, say_why(column.name, what), effects))
    show_text(
        "Varje rad är vad antagandet ändrar om det görs ensamt. Där antaganden påverkar varandra"
        f" finns en rad till, ”{TOGETHER}”. Delarna blir hela ändringen."
    )


def _measures(snapshot: Snapshot) -> dict[str, Measure]:
    bills = {
        f"{genitive(name_municipality(snapshot, code))} kostnad för samarbetena": known_bill(code)
        for code in payers(snapshot)
    }
    return {
        "nettokostnaden vid årets slut": net_at_year_end,
        "det som är kvar av investeringspengarna": left_at_year_end,
        **bills,
    }


def _moves(effects: Effects) -> bool:
    return any(amount != ZERO for _, amount in effects.parts) or effects.whole != ZERO


def _why_table(told: Worded, caption: str, effects: Effects) -> Table:
    rows = [
        _why_row(told.texts[overlay], amount) for overlay, amount in effects.parts if amount != ZERO
    ]
    if effects.together != ZERO:
        rows.append(_why_row(TOGETHER, effects.together))
    whole = replace(_why_row(WHOLE_CHANGE, effects.whole), is_total=True)
    return Table(caption, ("Antagande", "Ändrar"), (*rows, whole))


def _why_row(text: str, amount: Money) -> TableRow:
    return TableRow(Cell(text, is_number=False), (Cell(format_kr(amount, True)),))
