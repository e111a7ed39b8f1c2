"""What somebody is to look at before a file is kept, in plain sentences, the gravest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from gsn_dash.domain.checks.finding import Verdict
from gsn_dash.domain.differences import Difference
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.importing import comparing, flow
from gsn_dash.importing.comparing import Slip
from gsn_dash.importing.flow import Look
from gsn_dash.present.importing import format_stated, name_difference
from gsn_dash.present.names import name_occasion
from gsn_dash.present.numbers import format_day, format_number
from gsn_dash.present.scenarios import apart

# Beyond so many of a kind the rest is counted.
_NAMED = 3
_Told = TypeVar("_Told")


def warnings(seen: Look) -> tuple[str, ...]:
    """What looks wrong, or is graver than it looks, in sentences; empty where nothing does."""
    if seen.preview is None or seen.preview.after is None:
        return ()
    after = seen.preview.after
    return tuple(
        sentence
        for sentence in (
            *_each(comparing.turned_nets(seen), lambda one: _say_turned(after, one)),
            *_each(comparing.slips(seen), lambda one: _say_slip(seen, after, one)),
            _say_sums(seen),
            _say_controls(seen),
            _say_unknown(seen, after),
            _say_missing(seen),
            *_each(comparing.undone_corrections(seen), lambda one: _say_undone(seen, one)),
            _say_alike(seen),
        )
        if sentence
    )


def confirmation(seen: Look, today: date) -> str:
    """What somebody must say yes to before the file is kept; empty where nothing.

    An occasion whose meeting has been is changed, or all is as it was last time.
    """
    before = seen.preview.before if seen.preview else None
    if before and _is_about_occasion(seen) and before.occasion.meeting_on <= today:
        return _say_held(before.occasion)
    alike, count = comparing.count_alike(seen)
    if alike and alike == count:
        return "Alla utfall och prognoser är precis som förra tillfället. Det ska vara så."
    return ""


def _say_held(occasion: Occasion) -> str:
    return (
        f"Du ändrar {name_occasion(occasion)}, som nämnden redan har haft möte om:"
        f" {format_day(occasion.meeting_on)}. Det ska ändras."
    )


def _is_about_occasion(seen: Look) -> bool:
    drafts = seen.read.drafts
    groups = (drafts.occasions, drafts.operating, drafts.investments, drafts.contributions)
    return any(groups) or bool(drafts.totals)


def _each(found: Sequence[_Told], say: Callable[[_Told], str]) -> list[str]:
    """A sentence for each of the first ones, and how many more there are."""
    said = [say(one) for one in found[:_NAMED]]
    rest = len(found) - len(said)
    return [*said, f"Samma sak gäller {format_number(rest)} till."] if rest else said


def _say_turned(after: Snapshot, found: Difference) -> str:
    name, before = name_difference(after, found), format_stated(found.before)
    return (
        f"{name} byter tecken, från {before} till {format_stated(found.after)}. Se efter att"
        " minustecknen i filen är lästa rätt."
    )


def _say_slip(seen: Look, after: Snapshot, found: Slip) -> str:
    name, amount = name_difference(after, found.change), format_stated(found.change.after)
    other = format_stated(found.other)
    when = "förra gången var det" if seen.earlier is not None else "nu gäller"
    against = f"{when} {other}" if found.is_last_time else f"det största annars i raden är {other}"
    return f"{name} är {amount}, men {against}. Är beloppet skrivet i fel enhet (tkr, Mkr)?"


def _say_sums(seen: Look) -> str:
    failing = [total for total in seen.read.control_totals if total.agrees is False]
    names = _named([f"{total.name} ({total.place})" for total in failing])
    if not failing:
        return ""
    what = "En summa" if len(failing) == 1 else f"{format_number(len(failing))} summor"
    return f"{what} i filen stämmer inte med sina delar: {names}."


def _say_controls(seen: Look) -> str:
    worse = [
        change
        for change in flow.finding_changes(seen)
        if change.after is not None and change.after.verdict is Verdict.FAILS
    ]
    if not worse:
        return ""
    what, they = "En kontroll", "Den"
    if len(worse) > 1:
        what, they = f"{format_number(len(worse))} kontroller", "De"
    return f"{what} på Granskning skulle inte stämma. {they} står längre ned."


def _say_unknown(seen: Look, after: Snapshot) -> str:
    found = comparing.becomes_unknown(seen)
    names = _named(
        [f"{name_difference(after, one)} ({format_stated(one.before)})" for one in found]
    )
    return f"Blir okänt, men är känt i dag eller var det förra gången: {names}." if found else ""


def _say_missing(seen: Look) -> str:
    if seen.earlier is None:
        return ""
    found = comparing.missing(seen)
    # Only the occasion that had it knows what it is called.
    names = _named([name_difference(seen.earlier, one) for one in found])
    return f"Saknas, men fanns förra gången: {names}." if found else ""


def _say_undone(seen: Look, found: Difference) -> str:
    assert seen.preview is not None and seen.preview.before is not None
    before = seen.preview.before
    right = next(each for each in before.put_right if each.ref == found.ref)
    return (
        f"Filen tar bort en rättelse: {name_difference(before, found)} rättades till"
        f" {format_stated(found.before)} av {apart(right.by)}, därför att:"
        f" {apart(right.reason.rstrip('.'))}. Det blir {format_stated(found.after)}."
    )


def _say_alike(seen: Look) -> str:
    alike, count = comparing.count_alike(seen)
    if 2 * alike < count or not alike:
        return ""
    return (
        f"{format_number(alike)} av {format_number(count)} utfall och prognoser är precis som"
        " förra tillfället. Se efter att alla rutor är ändrade."
    )


def _named(names: Sequence[str]) -> str:
    """The first names, and how many more."""
    shown = "; ".join(names[:_NAMED])
    rest = len(names) - _NAMED
    return f"{shown}; och {format_number(rest)} till" if rest > 0 else shown
