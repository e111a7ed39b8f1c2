"""Scenarios as tables and sentences: what they give, and what each of them assumes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gsn_dash.domain.collaborating import payers
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, operating
from gsn_dash.domain.scenario.effects import Result
from gsn_dash.domain.scenario.fit import fit
from gsn_dash.domain.scenario.overlays import Overlay, Scenario
from gsn_dash.domain.scenario.trial import Trial, make_trial
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.assumptions import describe_assumptions
from gsn_dash.present.names import name_municipality
from gsn_dash.present.numbers import SPACE, format_mkr
from gsn_dash.present.scenario_compare import (
    AssumptionRow,
    Worded,
    describe_overlay,
    name_refused,
)
from gsn_dash.present.scenarios import NO_FIGURE
from gsn_dash.present.tables import Cell, Table, TableRow, word
from gsn_dash.present.templates import Template, render
from gsn_dash.present.what_if import say_bill

_NET = operating("net", "year", "deviation")
_LEFT = InvestmentKey(TOTAL, "left").ref


@dataclass(frozen=True)
class Named:
    """A result with what it is of; `is_reported` where it is what the papers say."""

    name: str
    result: Result
    is_reported: bool = False


def results_table(caption: str, corner: str, snapshot: Snapshot, results: Sequence[Named]) -> Table:
    """Each result in a row; what the papers say leads to its sources."""
    codes = payers(snapshot)
    headings = (
        "Mot årets budget, Mkr",
        "Kvar av investeringarna, Mkr",
        *(f"{name_municipality(snapshot, code)}, kr per år" for code in codes),
    )
    rows = tuple(_row(named, codes) for named in results)
    return Table(caption, (corner, *headings), rows)


def _row(named: Named, codes: Sequence[str]) -> TableRow:
    found = named.result
    cells = [(format_mkr(found.net, True), _NET), (format_mkr(found.left), _LEFT)]
    for code in codes:
        total = found.bills.get(code)
        said = say_bill(total).removesuffix(f"{SPACE}kr") if total else NO_FIGURE
        cells.append((said, ContributionKey(TOTAL, code).ref))
    return TableRow(
        Cell(named.name, is_number=False),
        tuple(Cell(text, ref if named.is_reported else "") for text, ref in cells),
    )


def assumptions_table(
    caption: str, headings: tuple[str, ...], rows: list[AssumptionRow], mark: str = ""
) -> Table:
    """What each scenario says of the same things; rows that differ have the mark, if any."""
    return Table(
        caption,
        headings,
        tuple(
            TableRow(
                Cell(row.heading, mark=mark if row.differs else "", is_number=False),
                tuple(word(text) for text in row.cells),
            )
            for row in rows
        ),
    )


def in_words(trial: Trial) -> Worded:
    """A scenario with each of its assumptions as a sentence."""
    texts = {
        overlay: render(_template(trial, overlay), trial.values)
        for overlay in trial.scenario.overlays
    }
    return Worded(trial.scenario, texts)


def _template(trial: Trial, overlay: Overlay) -> Template:
    return describe_overlay(trial.compiled, trial.base, trial.scenario, overlay)


def say_refused(overlay: Overlay, *snapshots: Snapshot) -> str:
    """An assumption that some figures cannot take, in the words of those that can, if any."""
    for snapshot in snapshots:
        taken = fit(snapshot, Scenario((overlay,)))[0]
        if taken.overlays:
            trial = make_trial(snapshot, taken)
            return render(describe_assumptions(trial.compiled, snapshot, taken), trial.values)
    return name_refused(overlay)
