"""The totals that an SIE file has of itself, held against the months that are read from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gsn_dash.domain.amounts import Money
from gsn_dash.ingest.control import ControlTotal
from gsn_dash.ingest.sie.fields import Objects
from gsn_dash.ingest.sie.gathering import Gathered, Stated
from gsn_dash.ingest.sie.months import Parts

_ZERO = Decimal(0)
OF_BALANCES = ("1", "2")
# What opens a year, and what then closes it.
_OPENING = {"#IB": "#UB", "#OIB": "#OUB"}
_Sums = dict[tuple[str, Objects], Decimal]


@dataclass(frozen=True)
class Sides:
    """A year's totals by account, and by account and object: as the file states them (`stated`),
    and as its months sum to (`months`). In kr with SIE's sign."""

    name: str
    stated: dict[tuple[str, Objects], Stated]
    months: _Sums


def sides_of(found: Gathered, number: int, parts: Parts) -> Sides:
    """What a year's totals are to be held against; nothing where the file states none."""
    year, stated = found.years[number], _stated_changes(found, number)
    return Sides(f"{year.starts}–{year.ends}", stated, _month_sums(parts) if stated else {})


def control_totals(sides: Sides) -> tuple[ControlTotal, ...]:
    """The file's own totals of a year by class of account, then of all its objects.

    Signs are ours. Of what the file states no total there is no control.
    """
    stated, months = sides.stated, sides.months
    controls = []
    for name, belongs in _groups(stated, months):
        sums = [
            sum((amount for key, amount in side.items() if belongs(key)), _ZERO)
            for side in (_amounts(stated), months)
        ]
        lines = [each.line for key, each in stated.items() if belongs(key)]
        controls.append(
            ControlTotal(
                f"{name}, {sides.name}",
                Money(-sums[0]),
                Money(-sums[1]),
                _ZERO,
                f"rad {min(lines)} och framåt",
            )
        )
    return tuple(controls)


def differing(sides: Sides) -> Iterator[str]:
    """A sentence for each account or object whose months do not sum to the file's total."""
    for (account, objects), stated in sides.stated.items():
        found_sum = sides.months.get((account, objects), _ZERO)
        if stated.amount != found_sum:
            whose = _say_objects(objects)
            yield (
                f"Rad {stated.line}: konto {account}{whose} ändras under året med"
                f" {_say(stated.amount)} kr enligt filens saldo, men månaderna ger"
                f" {_say(found_sum)} kr."
            )


def unbalanced(parts: Parts) -> Iterator[str]:
    """A sentence for each month whose accounts do not sum to zero, in a file that has all kinds."""
    months: dict[date, Decimal] = defaultdict(Decimal)
    kinds = set()
    for key, amount in parts.items():
        if key.measure == "outcome":
            months[key.month] += amount
            kinds.add(key.account[:1] in OF_BALANCES)
    for month, amount in sorted(months.items()):
        if amount and len(kinds) > 1:
            yield (
                f"Kontona för {month:%Y-%m} går inte ihop: debet och kredit skiljer"
                f" {_say(abs(amount))} kr."
            )


def _say(amount: Decimal) -> str:
    """An amount as the file has it, with SIE's sign, so that it can be found there."""
    return f"{amount:.2f}".replace(".", ",").replace("-", "−")


def _say_objects(objects: Objects) -> str:
    said = [
        f" {name} {code}"
        for name, code in (
            ("kostnadsställe", objects.cost_centre),
            ("projekt", objects.project),
        )
        if code
    ]
    return "".join(said)


def _month_sums(parts: Parts) -> _Sums:
    """The outcome of a year by account, by account and cost centre, and by account and project."""
    sums: _Sums = defaultdict(Decimal)
    for key, amount in parts.items():
        if key.measure != "outcome":
            continue
        centre, project = key.objects.cost_centre, key.objects.project
        sums[key.account, Objects()] += amount
        if centre:
            sums[key.account, Objects(centre)] += amount
        if project:
            sums[key.account, Objects("", project)] += amount
    return sums


def _stated_changes(found: Gathered, number: int) -> dict[tuple[str, Objects], Stated]:
    """What each account and object changes by in the year: its result, or out less in.

    A closing balance of zero need not be written, so an opening one alone is taken out again
    where the file has closing balances at all; where it has none they say nothing of the year.
    """
    own = {
        key: stated
        for key, stated in found.totals.items()
        if key.year == number and not (key.objects.cost_centre and key.objects.project)
    }
    closings = {key.label for key in own}
    changes: dict[tuple[str, Objects], Stated] = {}
    for key, stated in own.items():
        subject = key.account, key.objects
        if key.label in _OPENING:
            if _OPENING[key.label] in closings:
                held = changes.get(subject, Stated(_ZERO, stated.line))
                changes[subject] = Stated(held.amount - stated.amount, held.line)
        else:
            held = changes.get(subject, Stated(_ZERO, stated.line))
            changes[subject] = Stated(held.amount + stated.amount, stated.line)
    return changes


def _amounts(stated: dict[tuple[str, Objects], Stated]) -> _Sums:
    return {key: each.amount for key, each in stated.items()}


def _groups(
    stated: dict[tuple[str, Objects], Stated], months: _Sums
) -> Iterator[tuple[str, Callable[[tuple[str, Objects]], bool]]]:
    """Names of the controls, and what belongs to each: classes of accounts, then objects."""
    classes = sorted({account[:1] for account, objects in stated if objects.is_none})
    for digit in classes:
        kind = "förändring av saldon" if digit in OF_BALANCES else "resultat"
        yield (
            f"Kontoklass {digit}, {kind}",
            lambda key, digit=digit: key[0][:1] == digit and key[1].is_none,
        )
    for name, dimension in (("Kostnadsställen", "cost_centre"), ("Projekt", "project")):
        keys = {key for key in stated if getattr(key[1], dimension)}
        if keys:
            yield f"{name}, saldon i filen", keys.__contains__
