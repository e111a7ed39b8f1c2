"""Up to four scenarios side by side: what they give, what they assume, and why they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gsn_dash.domain.amounts import ZERO, Money
from gsn_dash.domain.scenario.effects import (
    Effects,
    Measure,
    effects_of,
    left_at_year_end,
    net_at_year_end,
    result_of,
)
from gsn_dash.domain.scenario.overlays import Overlay, Scenario
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.numbers import format_kr
from gsn_dash.present.scenario_compare import assumption_rows, say_overlay, say_refused
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
from gsn_dash.store.scenario_drafts import ScenarioVersion
from gsn_dash.ui.page import show_drawn, show_heading, show_message, show_note, show_text
from gsn_dash.ui.pictures.scenario_compare import net_picture
from gsn_dash.ui.state import opened
from gsn_dash.ui.state import scenario as state
from gsn_dash.ui.tables import Cell, Table, TableRow, show_table
from gsn_dash.ui.views.scenario_forms import read_listed, say_listed
from gsn_dash.ui.views.scenario_results import Named, find_other_base, show_results
from gsn_dash.ui.views.scenario_words import assumptions_table, taken_from


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
    listed = read_listed()
    if isinstance(listed, str):
        show_note(listed, True)
        listed = ()
    by_id = {version.id: version for version in listed}
    options = {opened.NOW: NOW_NAME, **{name: say_listed(v) for name, v in by_id.items()}}
    _tell_of_address(options)
    chosen = opened.choose_compared("Välj upp till fyra att jämföra", options, MANY)
    columns = [
        Column(NOW_NAME, "", held) if name == opened.NOW else _column(snapshot, by_id[name])
        for name in chosen
    ]
    if columns:
        _show_columns(snapshot, _told_apart(columns))
    else:
        show_text(NOTHING_TO_COMPARE)


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
    _show_assumptions(snapshot, columns)
    _show_why(snapshot, columns)


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


def _show_assumptions(snapshot: Snapshot, columns: Sequence[Column]) -> None:
    rows = list(assumption_rows(snapshot, [column.scenario for column in columns]))
    show_heading("Vad de antar")
    if not rows:
        show_text("Inget av dem antar något annat än papperen.")
        return
    headings = ("Antagande", *(column.name for column in columns))
    mark = DIFFERS if len(columns) > 1 else ""
    show_table(assumptions_table("Antaganden, sida vid sida", headings, rows, mark))


def _show_why(snapshot: Snapshot, columns: Sequence[Column]) -> None:
    """How much each assumption alone moves the net, and what is left of the investments."""
    show_heading("Varför")
    for column in columns:
        for what, measure in _MEASURES.items():
            effects = effects_of(snapshot, column.scenario, measure)
            if effects is not None and _moves(effects):
                show_table(_why_table(snapshot, say_why(column.name, what), effects))
    show_text(
        "Varje rad är vad antagandet ändrar om det görs ensamt. Raden Tillsammans är vad som"
        " kommer till, eller faller bort, när antagandena möts. Delarna blir hela ändringen."
    )


_MEASURES: dict[str, Measure] = {
    "nettokostnaden vid årets slut": net_at_year_end,
    "det som är kvar av investeringspengarna": left_at_year_end,
}


def _moves(effects: Effects) -> bool:
    return any(amount != ZERO for _, amount in effects.parts) or effects.whole != ZERO


def _why_table(snapshot: Snapshot, caption: str, effects: Effects) -> Table:
    rows = [
        _why_row(say_overlay(snapshot, overlay), amount)
        for overlay, amount in effects.parts
        if amount != ZERO
    ]
    if effects.together != ZERO:
        rows.append(_why_row(TOGETHER, effects.together))
    whole = replace(_why_row(WHOLE_CHANGE, effects.whole), is_total=True)
    return Table(caption, ("Antagande", "Ändrar"), (*rows, whole))


def _why_row(text: str, amount: Money) -> TableRow:
    return TableRow(Cell(text, is_number=False), (Cell(format_kr(amount, True)),))
