"""What has changed between two occasions as tables, row by row; and earlier forecasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from gsn_dash.domain.amounts import KR, MKR, Total, Unknown, deviation_of, total_of
from gsn_dash.domain.differences import CHANGED, SAME, differences
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.history import PastForecast
from gsn_dash.domain.over_time import Change, held_against
from gsn_dash.domain.refs import OPERATING_ITEMS, TOTAL, OperatingKey
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.present.collaborating import format_sum
from gsn_dash.present.names import (
    ITEMS,
    MEASURES,
    name_collaboration,
    name_period,
    name_quantity,
    name_subject,
)
from gsn_dash.present.numbers import SPACE, format_kr, format_missing, format_mkr
from gsn_dash.present.occasions import name_option
from gsn_dash.present.past_forecasts import error_of, name_past
from gsn_dash.present.tables import Cell, Table, TableRow, number, occasion_ref, word

_MEASURES = ("budget", "outcome", "forecast", "deviation")
_NONE = "–"
# When the year is over what was forecast before is held against how it became.
_ENDED = {
    "forecast": "årets slut (prognos, sedan utfall)",
    "forecast_deviation": "årets avvikelse mot anslaget (prognos, sedan utfall)",
}
_ALONE = "Bara vid det ena tillfället, Mkr; samarbeten i kr per år"
_APART = (
    "Beloppen hittills på året jämförs inte, för de gäller olika många månader av olika år:"
    " {} och {}."
)
Say = Callable[..., str]
_CAPTIONS = {
    "year": "Driftbudget, hela året, Mkr",
    "period": "Driftbudget, hittills på året, Mkr",
    "investment": "Investeringar, Mkr",
    "collaboration": "Samarbeten, kr per år",
}


@dataclass(frozen=True)
class Changes:
    """What differs, as tables by area; `same` is how many amounts are as they were.

    `alone` is what there is at one of the occasions only, None where there is no such thing.

    `notes` are sentences on what is no amount of money.
    """

    tables: dict[str, Table]
    alone: Table | None
    same: int
    notes: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many amounts differ."""
        return sum(len(table.rows) for table in self.tables.values())


def changes_between(before: Snapshot, after: Snapshot) -> Changes:
    """The amounts of two occasions, held against each other.

    An area where nothing differs has no table, and neither have the periods of two years that are
    not the same months: what would differ is how many they are.
    """
    found = held_against(before, after)
    alone = [change for change in found if None in (change.before, change.after)]
    both = [change for change in found if change not in alone]
    apart = [c for c in both if _area(c.ref) == "period" and _are_apart(before, after)]
    both = [change for change in both if change not in apart]
    tables = {}
    for area, caption in _CAPTIONS.items():
        rows = sorted((c for c in both if _area(c.ref) == area and not c.is_same), key=_order)
        if rows:
            unit = KR if area == "collaboration" else MKR
            tables[area] = replace(_table(caption, before, after, rows), unit=unit)
    same = sum(1 for change in both if change.is_same)
    aside = _table(_ALONE, before, after, alone) if alone else None
    notes = (_APART.format(*(name_period(s.occasion) for s in (before, after))),) if apart else ()
    return Changes(tables, aside, same, (*notes, *_notes(before, after)))


def _are_apart(before: Snapshot, after: Snapshot) -> bool:
    one, other = before.occasion, after.occasion
    return one.year != other.year and one.months != other.months


def _area(ref: str) -> str:
    area, *names = ref.split(":")
    return names[2] if area == "operating" else area


def _order(change: Change) -> tuple[object, ...]:
    """The operating budget's total first and a sum last, else as the papers have them."""
    area, *names = change.ref.split(":")
    if area != "operating":
        return (TOTAL in names and area == "collaboration",)
    subject, item, _, measure = names
    place = _MEASURES.index(measure) if measure in _MEASURES else len(_MEASURES)
    return (subject != TOTAL, subject, OPERATING_ITEMS.index(item), place)


def _table(caption: str, before: Snapshot, after: Snapshot, rows: Sequence[Change]) -> Table:
    headings = ("Uppgift", _head(before.occasion), _head(after.occasion), "Ändring")
    return Table(caption, headings, tuple(_row(before, after, row) for row in rows))


def _head(occasion: Occasion) -> str:
    return f"{name_option(occasion)} ({name_period(occasion)})"


def _row(before: Snapshot, after: Snapshot, change: Change) -> TableRow:
    named = before if change.after is None else after
    say = _sayer(change.ref)
    cells = (
        _cell(before.occasion, change.before, say),
        _cell(after.occasion, change.after, say),
        _change(change, say),
    )
    return TableRow(word(_name(named, change.ref)), cells)


def _name(snapshot: Snapshot, ref: str) -> str:
    """What a figure is at any occasion; the columns say when."""
    area, *names = ref.split(":")
    ended = _ENDED if snapshot.occasion.is_closing else {}
    if area != "operating":
        who, colon, what = name_quantity(snapshot, ref).rpartition(": ")
        return f"{who}{colon}{ended.get(names[-1], what)}"
    key = OperatingKey(*names)
    who = name_subject(snapshot, key.subject)
    what = f"{who}: {ITEMS[key.item].lower()}" if who else ITEMS[key.item]
    return f"{what}, {ended.get(key.measure, MEASURES[key.measure])}"


def _sayer(ref: str) -> Say:
    """How the amounts of a figure are written: deviations with their sign."""
    say = format_kr if _area(ref) == "collaboration" else format_mkr
    return partial(say, signed=True) if ref.endswith("deviation") else say


def _cell(occasion: Occasion, figure: Figure | None, say: Say) -> Cell:
    if figure is None:
        return Cell(_NONE)
    ref = occasion_ref(occasion.year, occasion.number, figure.ref)
    total = _lacking(figure)
    text = format_sum(total.known, total.missing) if total else _plain(say(figure.amount))
    return replace(number(figure, text), ref=ref)


def _lacking(figure: Figure) -> Total | None:
    """What a sum of ours knows where a part is missing; None for every other figure."""
    if not figure.is_derived or not figure.is_unknown or figure.origin.rule != "sum":
        return None
    return total_of(part.amount for part in figure.origin.inputs)


def _plain(text: str) -> str:
    """The unit stands in the caption."""
    return text.removesuffix(f"{SPACE}kr")


def _change(change: Change, say: Say) -> Cell:
    if change.before is None:
        return Cell("ny uppgift")
    if change.after is None:
        return Cell("finns inte längre")
    then, now = change.before.amount, change.after.amount
    if isinstance(then, Unknown) or isinstance(now, Unknown):
        return Cell(_say_unknown(change.before, change.after))
    moved = deviation_of(now, then)
    return Cell(_plain(say(moved, signed=True)), amount=moved, less=(1, 0))


def _say_unknown(before: Figure, after: Figure) -> str:
    """What is lacking now, else what was."""
    if after.is_unknown:
        total = _lacking(after)
        return format_missing(total.missing) if total else "är okänt nu"
    total = _lacking(before)
    return f"{format_missing(total.missing)[:-1]}des då" if total else "var okänt"


def _notes(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """What else differs: keys by name, populations by number."""
    differing = [d for d in differences(before, after) if d.kind != SAME]
    for difference in differing:
        if difference.part == "key" and difference.kind == CHANGED:
            name = name_collaboration(after, difference.ref.partition(":")[2])
            yield f"Fördelningsnyckeln för {name} har ändrats."
    counted = sum(1 for d in differing if d.part == "population")
    if counted:
        yield f"{counted} invånarantal är nya eller ändrade."


def hits_table(history: Sequence[PastForecast]) -> Table:
    """Each earlier forecast of the year's gross cost, the outcome and what lies between."""
    rows = tuple(TableRow(word(name_past(past)), _hit(past)) for past in history)
    headings = ("Prognosen gavs vid", "Prognos", "Utfall", "Skillnad")
    return Table("Årets bruttokostnader, Mkr", headings, rows, unit=MKR)


def _hit(past: PastForecast) -> tuple[Cell, ...]:
    error = error_of(past)
    return (
        Cell(format_mkr(past.forecast), amount=past.forecast),
        Cell(format_mkr(past.outcome), amount=past.outcome),
        Cell(format_mkr(error, True), amount=error, less=(1, 0)),
    )
