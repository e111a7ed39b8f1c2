"""The agenda of an occasion's meeting: which views are shown, under which item, in what order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from gsn_dash.domain.figures import Document, Figure, SourceRef
from gsn_dash.domain.snapshot import Snapshot

OPENING = "opening"
OPERATING, INVESTMENTS, COLLABORATIONS = "operating", "investments", "collaborations"
# The subjects, and the kinds of views of each, in running order.
KINDS = {
    OPERATING: ("message", "picture", "bridge", "table", "demand", "what_if"),
    INVESTMENTS: ("message", "picture", "table", "demand", "what_if"),
    COLLABORATIONS: ("message", "picture", "table", "demand", "what_if"),
}
# What is left of the year, and what if: not when it is over.
_OF_THE_REST = tuple((part, kind) for part in (OPERATING, INVESTMENTS) for kind in KINDS[part][-2:])
# The kinds that an item has once, after all of its subjects.
ITEM_KINDS = ("controls", "decision")
# The paper that carries an item; the others are appended to it.
_LEADING_KIND = "tjänsteskrivelse"
_MOST_VIEWS, _LONGEST_KEY, _LONGEST_SCENARIO = 200, 80, 200


@dataclass(frozen=True)
class AgendaItem:
    """An item of the agenda.

    `number` ("3") and `pages` ("4 - 8") are as the papers print them, empty where they do not;
    at most one item has no number. `subjects` are those of `KINDS` that belong to it.
    """

    number: str
    title: str
    pages: str
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class AgendaView:
    """Something that is shown: `key` is its name, `item` the number of the item it belongs to.

    `subject` is empty for the opening and for what an item has once; `shown` is False where it
    has been left out.
    """

    key: str
    item: str
    subject: str
    kind: str
    shown: bool = True


@dataclass(frozen=True)
class Agenda:
    """The items, and every view in the order that they are shown in, the opening first.

    `scenario` names the scenario that is shown, empty for none.
    """

    items: tuple[AgendaItem, ...]
    views: tuple[AgendaView, ...]
    scenario: str = ""


@dataclass(frozen=True)
class AgendaChoice:
    """What somebody has chosen of an agenda: the views' order by key, those left out, a scenario.

    It speaks of views by name alone, so it outlives the figures that it was chosen for.
    """

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    scenario: str = ""

    def to_json(self) -> dict[str, Any]:
        """The choice as what JSON can hold, always the same for the same choice."""
        return {
            "order": list(self.order),
            "hidden": sorted(self.hidden),
            "scenario": self.scenario,
        }

    @staticmethod
    def from_json(document: object) -> AgendaChoice:
        """The choice that `to_json` wrote. Raises ValueError for anything it never writes."""
        if not isinstance(document, Mapping) or set(document) != {"order", "hidden", "scenario"}:
            raise ValueError("no choice of an agenda")
        scenario = document["scenario"]
        if not isinstance(scenario, str) or len(scenario) > _LONGEST_SCENARIO:
            raise ValueError("no name of a scenario")
        order, hidden = _read_keys(document["order"]), _read_keys(document["hidden"])
        return AgendaChoice(order, frozenset(hidden), scenario)


def _read_keys(keys: object) -> tuple[str, ...]:
    if not isinstance(keys, list) or len(keys) > _MOST_VIEWS:
        raise ValueError("no list of views")
    if not all(isinstance(key, str) and 0 < len(key) <= _LONGEST_KEY for key in keys):
        raise ValueError("no key of a view")
    if len(set(keys)) < len(keys):
        raise ValueError("a view stands twice")
    return tuple(keys)


def make_agenda(snapshot: Snapshot) -> Agenda:
    """The agenda that the papers give, with every view shown.

    A subject belongs to the item whose papers most of its figures stand in; those whose papers
    name no item share one without a number, last. A subject without figures is on no agenda, and
    neither is, at a closing, what asks of the rest of the year.
    """
    papers = _papers_of_subjects(snapshot)
    numbers = {subject: _most_common(d.item for d in found) for subject, found in papers.items()}
    items = tuple(
        _make_item(snapshot, number, {s: papers[s] for s in papers if numbers[s] == number})
        for number in sorted(set(numbers.values()), key=_in_order)
    )
    views = [AgendaView(OPENING, "", "", OPENING)]
    for item in items:
        views += _views_of(item, snapshot.occasion.is_closing)
    return Agenda(items, tuple(views))


def _papers_of_subjects(snapshot: Snapshot) -> dict[str, list[Document]]:
    """The papers of each subject that has figures, once for each figure that stands there."""
    figures: dict[str, Iterable[Figure]] = {
        OPERATING: snapshot.operating.values(),
        INVESTMENTS: snapshot.investments.values(),
        COLLABORATIONS: (each.figure for each in snapshot.contributions.values()),
    }
    found = {
        subject: [f.origin.document for f in some if isinstance(f.origin, SourceRef)]
        for subject, some in figures.items()
    }
    return {subject: papers for subject, papers in found.items() if papers}


def _most_common(numbers: Iterable[str]) -> str:
    """The number that most papers name, of equally many the first in order; empty where none."""
    count = Counter(number for number in numbers if number)
    return min(count, key=lambda number: (-count[number], _in_order(number)), default="")


def _in_order(number: str) -> tuple[bool, int, str]:
    """Numbers as numbers ("4" before "12"), what is none after them, and nothing last of all."""
    is_number = number.isascii() and number.isdigit()
    return not number, int(number) if is_number else 10**9, number


def _make_item(snapshot: Snapshot, number: str, papers: Mapping[str, list[Document]]) -> AgendaItem:
    if not number:
        titles = dict.fromkeys(_own_title(found[0]) for found in papers.values())
        return AgendaItem("", "; ".join(titles), "", tuple(papers))
    found = chain(snapshot.documents.values(), *papers.values())
    theirs = [paper for paper in found if paper.item == number]
    leading = min(theirs, key=lambda paper: paper.kind != _LEADING_KIND)
    return AgendaItem(number, _own_title(leading), leading.pages, tuple(papers))


def _own_title(paper: Document) -> str:
    """What a paper is called after what it is: "Ärende 3, tjänsteskrivelse: …"."""
    return paper.title.partition(": ")[2] or paper.title


def _views_of(item: AgendaItem, is_closing: bool) -> list[AgendaView]:
    views = [
        AgendaView(f"{subject}:{kind}", item.number, subject, kind)
        for subject in item.subjects
        for kind in KINDS[subject]
        if not (is_closing and (subject, kind) in _OF_THE_REST)
    ]
    return views + [
        AgendaView(f"{item.number}:{kind}", item.number, "", kind) for kind in ITEM_KINDS
    ]


def arrange(agenda: Agenda, choice: AgendaChoice) -> Agenda:
    """The agenda as it has been chosen.

    Views are put in order within their item. What the choice names and the agenda has not is
    passed over; a view that the choice does not name follows the one that it followed before.
    """
    views = [view for view in agenda.views if view.kind == OPENING]
    for item in agenda.items:
        views += _ordered([v for v in agenda.views if _is_of(item, v)], choice.order)
    shown = (replace(v, shown=v.kind == OPENING or v.key not in choice.hidden) for v in views)
    return Agenda(agenda.items, tuple(shown), choice.scenario)


def _is_of(item: AgendaItem, view: AgendaView) -> bool:
    return view.kind != OPENING and view.item == item.number


def _ordered(views: list[AgendaView], order: tuple[str, ...]) -> list[AgendaView]:
    by_key = {view.key: view for view in views}
    placed = [key for key in dict.fromkeys(order) if key in by_key]
    named = set(placed)
    before = None
    for key in by_key:
        if key not in named:
            placed.insert(0 if before is None else placed.index(before) + 1, key)
        before = key
    return [by_key[key] for key in placed]


def choice_of(agenda: Agenda) -> AgendaChoice:
    """The choice that `arrange` makes this agenda of, from the one that the papers give."""
    views = [view for view in agenda.views if view.kind != OPENING]
    hidden = frozenset(view.key for view in views if not view.shown)
    return AgendaChoice(tuple(view.key for view in views), hidden, agenda.scenario)
