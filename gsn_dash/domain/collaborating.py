"""What the municipalities pay for the collaborations: bills, stated splits, and the key's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from gsn_dash.domain.amounts import (
    ORE,
    Amount,
    Money,
    Total,
    Unknown,
    ratio_of,
    round_fraction,
    total_of,
)
from gsn_dash.domain.checks.finding import Verdict, compare
from gsn_dash.domain.figures import Figure, SourceRef, derive
from gsn_dash.domain.refs import TOTAL, ContributionKey
from gsn_dash.domain.sharing import inhabitants_on, shares_of, split_money, substitute_day
from gsn_dash.domain.snapshot import AllocationKey, Collaboration, Contribution, Snapshot


@dataclass(frozen=True)
class Bill:
    """A municipality's contributions and their sum, with what the paper prints as the sum."""

    municipality: str
    rows: tuple[Contribution, ...]
    total: Total
    published: Figure | None

    @property
    def years(self) -> tuple[int | None, ...]:
        """The years of the contributions, each once; None is a year the paper does not name."""
        return tuple(sorted({row.year for row in self.rows}, key=lambda y: (y is None, y or 0)))


@dataclass(frozen=True)
class KeySplit:
    """What an allocation key gives, beside what the paper states.

    shares: each member's exact part of the whole. stated: what the paper says each pays.
    by_rule: the stated sum divided in the key's relation between those who are stated.
    implied_total: what the whole collaboration would cost if the stated sum follows the key.
    """

    key: AllocationKey
    counted_on: date
    inhabitants: Mapping[str, int]
    shares: Mapping[str, Fraction]
    stated: Mapping[str, Figure]
    by_rule: Mapping[str, Figure]
    implied_total: Figure | None


@dataclass(frozen=True)
class MemberShare:
    """How a member's share comes about; `equal` and `by_inhabitants` sum to `share`.

    All three are exact parts of the whole collaboration. `of_payers` is the member's part of
    what the stated members pay together, None for one whose payment no paper states.
    """

    municipality: str
    inhabitants: int
    equal: Fraction
    by_inhabitants: Fraction
    share: Fraction
    of_payers: Fraction | None


@dataclass(frozen=True)
class KeySteps:
    """An allocation key worked out: members with the largest share first.

    `equal_part` and `inhabitants_part` are ratios that sum to 1; `everybody` is the members'
    inhabitants together; `payers_share` is the part of the whole that the stated members have.
    """

    equal_part: Decimal
    inhabitants_part: Decimal
    everybody: int
    members: tuple[MemberShare, ...]
    payers_share: Fraction


@dataclass(frozen=True)
class Restatement:
    """A contribution that stands in a second place; `is_rounded` if only the rounding differs."""

    in_force: Contribution
    other: Contribution
    is_rounded: bool


def payers(snapshot: Snapshot) -> tuple[str, ...]:
    """The codes of the municipalities that have contributions, highest code first.

    Ludvika (2085) then stands before Smedjebacken (2061), as the paper has them.
    """
    return tuple(sorted({key.municipality for key in snapshot.contributions}, reverse=True))


def bill(snapshot: Snapshot, municipality: str) -> Bill:
    """A municipality's bill: one row for each collaboration that a paper states it for."""
    rows = tuple(
        snapshot.contributions[key]
        for collaboration in snapshot.collaborations
        if (key := ContributionKey(collaboration.key, municipality)) in snapshot.contributions
    )
    total = total_of(row.figure.amount for row in rows)
    published = snapshot.totals.get(ContributionKey(TOTAL, municipality).ref)
    return Bill(municipality, rows, total, published)


def contributions_of(snapshot: Snapshot, collaboration: Collaboration) -> list[Contribution]:
    """What each municipality pays for it, in the order of the municipalities."""
    return [
        row
        for code in payers(snapshot)
        for row in bill(snapshot, code).rows
        if row.key.collaboration == collaboration.key
    ]


def bill_figure(snapshot: Snapshot, municipality: str) -> Figure:
    """The sum of a municipality's bill as a derived figure, unknown where a term is."""
    found = bill(snapshot, municipality)
    inputs = tuple(row.figure for row in found.rows)
    ref = ContributionKey(TOTAL, municipality).ref
    return derive(ref, found.total.amount, "sum", *inputs)


def collaboration_figure(snapshot: Snapshot, collaboration: str) -> Figure:
    """What the payers pay together for a collaboration, unknown where a term is."""
    inputs = tuple(
        contribution.figure
        for key, contribution in sorted(snapshot.contributions.items(), reverse=True)
        if key.collaboration == collaboration
    )
    amount = total_of(figure.amount for figure in inputs).amount
    return derive(ContributionKey(collaboration, TOTAL).ref, amount, "sum", *inputs)


def key_split(snapshot: Snapshot, collaboration: str, as_of: date | None = None) -> KeySplit | None:
    """The key of a collaboration applied; None where it has none or a population is missing."""
    key = snapshot.allocation_keys.get(collaboration)
    day = as_of or substitute_day(snapshot)
    shares = shares_of(snapshot, key, day) if key else None
    if key is None or shares is None or day is None:
        return None
    stated = {
        c.key.municipality: c.figure
        for c in snapshot.contributions.values()
        if c.key.collaboration == collaboration and c.key.municipality in shares
    }
    inhabitants = inhabitants_on(snapshot, day)
    counted = tuple(
        population.source
        for population in snapshot.populations
        if population.as_of == day and population.municipality in stated
    )
    by_rule, implied = _follow_key(collaboration, shares, stated, (key.source, *counted))
    return KeySplit(key, day, inhabitants, shares, stated, by_rule, implied)


def _follow_key(
    collaboration: str,
    shares: Mapping[str, Fraction],
    stated: Mapping[str, Figure],
    places: tuple[SourceRef, ...],
) -> tuple[dict[str, Figure], Figure | None]:
    """The stated sum divided by the key, and the whole it implies; both rest on `places` too."""
    whole = total_of(figure.amount for figure in stated.values()).amount
    if isinstance(whole, Unknown) or not stated:
        return {}, None
    inputs = tuple(stated.values())
    parts = split_money(whole, {code: shares[code] for code in stated})
    by_rule = {
        code: derive(f"key:{collaboration}:{code}", part, "key_split", *inputs, places=places)
        for code, part in parts.items()
    }
    share = sum((shares[code] for code in stated), Fraction(0))
    total = Money(round_fraction(Fraction(whole.kr) / share, ORE))
    ref = f"key:{collaboration}:total"
    return by_rule, derive(ref, total, "implied_total", *inputs, places=places)


def ratio_range(
    snapshot: Snapshot, split: KeySplit, first: str, second: str
) -> tuple[Fraction, Fraction]:
    """The least and greatest relation first ÷ second that any weight of the equal part gives."""
    ends = [
        (shares[first] / shares[second])
        for weight in (Decimal(0), Decimal(1))
        if (shares := shares_of(snapshot, split.key, split.counted_on, weight))
    ]
    return min(ends), max(ends)


def stated_ratio(split: KeySplit, first: str, second: str) -> Fraction | None:
    """The relation first ÷ second that the paper's amounts have; None where it cannot be told."""
    amounts = [split.stated[code].amount for code in (first, second) if code in split.stated]
    if len(amounts) < 2 or ratio_of(*amounts) is None:
        return None
    return Fraction(amounts[0].kr) / Fraction(amounts[1].kr)


def rule_ratio(split: KeySplit, first: str, second: str) -> Fraction:
    """The relation first ÷ second that the key gives."""
    return split.shares[first] / split.shares[second]


def by_amount(split: KeySplit) -> tuple[str, ...]:
    """The members whose amounts are known, largest amount first; ties by code, highest first."""
    known = [code for code, figure in split.stated.items() if not figure.is_unknown]
    return tuple(sorted(known, key=lambda c: (split.stated[c].money, c), reverse=True))


def stated_together(split: KeySplit) -> Amount:
    """What the stated members pay together; unknown where one of them is."""
    return total_of(figure.amount for figure in split.stated.values()).amount


def key_steps(split: KeySplit) -> KeySteps:
    """The arithmetic of a key, step by step, for every member."""
    key = split.key
    everybody = sum(split.inhabitants[code] for code in key.members)
    payers_share = sum((split.shares[code] for code in split.stated), Fraction(0))
    equal = Fraction(key.equal_part) / len(key.members)
    members = [
        MemberShare(
            code,
            split.inhabitants[code],
            equal,
            split.shares[code] - equal,
            split.shares[code],
            split.shares[code] / payers_share if code in split.stated else None,
        )
        for code in key.members
    ]
    members.sort(key=lambda member: (-member.share, member.municipality))
    return KeySteps(key.equal_part, 1 - key.equal_part, everybody, tuple(members), payers_share)


def share_percent(share: Fraction) -> Decimal:
    """An exact part of the whole as a number of percent, to a thousandth: 11.319."""
    return round_fraction(share * 100, Decimal("0.001"))


def share_of_payers(snapshot: Snapshot, contribution: Contribution) -> Decimal | None:
    """A contribution ÷ what all payers pay for the collaboration; None where one is unknown."""
    together = collaboration_figure(snapshot, contribution.key.collaboration)
    return ratio_of(contribution.figure.amount, together.amount)


def are_different_years(first: Contribution, second: Contribution) -> bool:
    """Whether two contributions are of different years that the papers name: different facts."""
    return None not in (first.year, second.year) and first.year != second.year


def restatements(snapshot: Snapshot) -> tuple[Restatement, ...]:
    """The contributions that stand in two places with different amounts for the same year."""
    found = []
    for other in snapshot.restated:
        stands = snapshot.contributions.get(other.key)
        if stands is None or stands.figure.amount == other.figure.amount:
            continue
        if are_different_years(stands, other):
            continue
        tolerance = (stands.figure.precision + other.figure.precision) / 2
        verdict = compare(other.figure.amount, stands.figure.amount, tolerance)
        found.append(Restatement(stands, other, verdict is Verdict.HOLDS_ROUNDED))
    return tuple(found)
