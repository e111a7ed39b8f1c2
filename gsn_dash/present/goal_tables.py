"""What a goal demands, as tables: of every lever, and of each municipality's bill."""

from __future__ import annotations

from collections.abc import Mapping

from gsn_dash.domain.collaborating import payers
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.scenario.goals import Answers, BillUnchanged, answer
from gsn_dash.domain.scenario.levers import BETWEEN
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.scenario.reaching import ROOM
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.derivations import UNKNOWN_MARK
from gsn_dash.present.goal_rows import answer_rows, name_briefly
from gsn_dash.present.names import name_collaboration, name_municipality
from gsn_dash.present.numbers import UNKNOWN
from gsn_dash.present.tables import Cell, Table, TableRow, word

_PAPERS = Scenario()


def goals_table(snapshot: Snapshot, scenario: Scenario, found: Answers) -> Table:
    """What each lever that matters would need."""
    rows = tuple(
        TableRow(word(row.name), (word(row.stands), word(row.needed), word(row.text)))
        for row in answer_rows(snapshot, scenario, found)
    )
    needed, caption = "Behövs", "Vad varje reglage skulle behöva, ett i taget"
    if found.is_met:
        needed, caption = "Får stå", "Så långt får varje reglage gå, ett i taget"
    return Table(caption, ("Reglage", "Står nu", needed, "I klartext"), rows)


def answer_unchanged(snapshot: Snapshot) -> dict[str, Answers]:
    """By payer, what keeps its bill as it is in the papers, without those of whom nothing is
    known. Costs some tens of milliseconds: keep the result where it is reused."""
    asked = {code: answer(snapshot, _PAPERS, BillUnchanged(code)) for code in payers(snapshot)}
    return {code: found for code, found in asked.items() if found is not None}


def keyed_names(snapshot: Snapshot, found: Mapping[str, Answers]) -> list[str]:
    """The collaborations that a key divides, so that nobody may leave them."""
    keyed = {
        answer.lever.subject.split(BETWEEN)[0]: None
        for told in found.values()
        for answer in told.answers
        if answer.lever.kind == "member" and answer.lever.resting and answer.verdict == ROOM
    }
    return [name_collaboration(snapshot, key) for key in keyed]


def unchanged_table(snapshot: Snapshot, found: Mapping[str, Answers]) -> Table:
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
    needed = {row.name: word(row.alone) for row in answer_rows(snapshot, _PAPERS, found)}
    return cells | needed


def _is_unknown(snapshot: Snapshot, collaboration: str, code: str) -> bool:
    contribution = snapshot.contributions.get(ContributionKey(collaboration, code))
    return contribution is not None and contribution.figure.is_unknown
