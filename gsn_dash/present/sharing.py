"""What an allocation key gives, in words: its steps, and its split beside the paper's."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from gsn_dash.domain.amounts import KR, MKR, round_fraction
from gsn_dash.domain.collaborating import (
    KeySplit,
    KeySteps,
    MemberShare,
    by_amount,
    key_split,
    ratio_range,
    rule_ratio,
    stated_ratio,
    stated_together,
)
from gsn_dash.domain.refs import TOTAL, ContributionKey
from gsn_dash.domain.snapshot import AllocationKey, Contribution, Snapshot
from gsn_dash.present.collaborating import format_exact_kr, join_words
from gsn_dash.present.names import name_collaboration, name_municipality
from gsn_dash.present.numbers import (
    SPACE,
    format_day,
    format_kr,
    format_number,
    format_percent,
    format_ratio,
)

ROUNDING_NOTE = (
    "Andelarna räknas exakt och visas med tre decimaler. Därför kan sista siffran skilja när man"
    " räknar efter för hand."
)


def count_word(count: int, one: str, many: str) -> str:
    """ "1 medlem", "13 medlemmar"."""
    return f"{format_number(count)}{SPACE}{one if count == 1 else many}"


def format_share(share: Fraction, decimals: int = 3) -> str:
    """An exact part of the whole as percent: "11,319 %"."""
    step = round_fraction(share, KR.scaleb(-decimals - 2))
    return format_percent(step, decimals)


def describe_rule(snapshot: Snapshot, contribution: Contribution) -> str:
    """The rule behind a municipality's amount, as far as the papers say, and what it gives."""
    collaboration, payer = contribution.key.collaboration, contribution.key.municipality
    key = snapshot.allocation_keys.get(collaboration)
    if key is None:
        return "Papperet anger ingen fördelningsregel."
    rule = f"Avtalets nyckel är att {describe_key(key)}."
    split = key_split(snapshot, collaboration)
    by_rule = split.by_rule.get(payer) if split else None
    if by_rule is None or contribution.figure.is_unknown:
        return rule
    if abs(by_rule.money - contribution.figure.money).kr <= contribution.figure.precision:
        return rule
    return (
        f"{rule} Den ger {format_exact_kr(by_rule)}. Hur {format_exact_kr(contribution.figure)} har"
        " räknats fram säger papperet inte."
    )


def describe_key(key: AllocationKey) -> str:
    """ "50 % delas lika mellan 13 medlemmar och resten efter invånarantal"."""
    equal = format_percent(key.equal_part)
    members = count_word(len(key.members), "medlem", "medlemmar")
    return f"{equal} delas lika mellan {members} och resten efter invånarantal"


def describe_parts(member: MemberShare) -> str:
    """ "Lika del 3,846 % + del efter invånare 7,473 % = 11,319 %"."""
    return (
        f"Lika del {format_share(member.equal)} + del efter invånare"
        f" {format_share(member.by_inhabitants)} = {format_share(member.share)}"
    )


def describe_counted(split: KeySplit) -> str:
    """Which day's inhabitants the program uses in place of the agreement's."""
    return (
        f"Avtalet räknar invånare den {split.key.counted_on} avgiften tas ut. De uppgifterna finns"
        f" inte här. SCB:s folkmängd {format_day(split.counted_on)} används som ersättning."
    )


def describe_billed(snapshot: Snapshot, collaboration: str) -> str:
    """What the paper says that the board is billed in all; empty where it says nothing."""
    billed = snapshot.totals.get(ContributionKey(collaboration, TOTAL).ref)
    if billed is None or billed.is_unknown:
        return ""
    about = "cirka " if billed.approximate else ""
    name = name_collaboration(snapshot, collaboration)
    return (
        f"Enligt rapporten tar {name} betalt av nämnden: {about}{format_kr(billed.amount)} om året."
    )


def describe_steps(snapshot: Snapshot, split: KeySplit, steps: KeySteps) -> tuple[str, ...]:
    """The key's arithmetic in words and numbers, a step a sentence."""
    stated = [member for member in steps.members if member.of_payers is not None]
    equal = format_percent(steps.equal_part)
    rest = format_percent(steps.inhabitants_part)
    count = len(steps.members)
    everybody = format_number(steps.everybody)
    found = [
        f"{equal} delas lika. {equal} delat på {count_word(count, 'medlem', 'medlemmar')}"
        f" är {format_share(steps.members[0].equal)} var.",
        f"{rest} delas efter invånare. Medlemmarna har tillsammans {everybody} invånare"
        f" ({format_day(split.counted_on)}).",
    ]
    found += [_describe_member(snapshot, member, steps) for member in stated]
    if split.by_rule:
        found += _describe_split(snapshot, split, steps, stated)
    return tuple(found)


def _describe_member(snapshot: Snapshot, member: MemberShare, steps: KeySteps) -> str:
    own, everybody = format_number(member.inhabitants), format_number(steps.everybody)
    return (
        f"{name_municipality(snapshot, member.municipality)} har {own} av dem."
        f" {format_percent(steps.inhabitants_part)} gånger {own} delat med {everybody} är"
        f" {format_share(member.by_inhabitants)}. Hela andelen blir"
        f" {format_share(member.equal)} + {format_share(member.by_inhabitants)} ="
        f" {format_share(member.share)}."
    )


def _describe_split(
    snapshot: Snapshot, split: KeySplit, steps: KeySteps, stated: Sequence[MemberShare]
) -> list[str]:
    whole = format_kr(stated_together(split))
    parts = [
        f"{name_municipality(snapshot, member.municipality)}: {format_share(member.share)} delat"
        f" med {format_share(steps.payers_share)} är {format_share(member.of_payers)}."
        f" {format_share(member.of_payers)} av {whole} är"
        f" {format_exact_kr(split.by_rule[member.municipality])}."
        for member in stated
    ]
    return [
        f"Tillsammans har de {format_share(steps.payers_share)} av samarbetet, och de betalar"
        f" {whole}. {' '.join(parts)}"
    ]


def describe_implied(snapshot: Snapshot, split: KeySplit, steps: KeySteps) -> str:
    """The whole collaboration's cost that the stated sum implies, and what it rests on."""
    if split.implied_total is None:
        return ""
    names = join_words([name_municipality(snapshot, code) for code in split.stated])
    about = f"{format_number(split.implied_total.money.in_unit(MKR), 2)}{SPACE}Mkr"
    return (
        f"Om {format_kr(stated_together(split))} är {format_share(steps.payers_share)} av hela"
        f" samarbetet kostar {name_collaboration(snapshot, split.key.collaboration)} ungefär"
        f" {about} om året för alla medlemmar. Beloppet är härlett. Det bygger på vad rapporten"
        f" anger för {names}, på avtalets nyckel och på folkmängden den"
        f" {format_day(split.counted_on)}."
    )


def describe_comparison(snapshot: Snapshot, split: KeySplit) -> str:
    """The stated relation between the two largest payers beside what the key can give."""
    codes = by_amount(split)[:2]
    stated = stated_ratio(split, *codes) if len(codes) == 2 else None
    if stated is None:
        return ""
    first, second = (name_municipality(snapshot, code) for code in codes)
    low, high = ratio_range(snapshot, split, *codes)
    start = (
        f"Enligt rapporten betalar {first} {format_ratio(stated)} gånger så mycket som {second}."
        f" Nyckeln ger {format_ratio(rule_ratio(split, *codes))} gånger."
    )
    span = f"{format_ratio(low)} till {format_ratio(high)} gånger"
    if low <= stated <= high:
        return f"{start} Med andra vikter i nyckeln kan förhållandet bli {span}."
    return (
        f"{start} Ingen vikt mellan lika delar och invånare kan ge {format_ratio(stated)} gånger:"
        f" förhållandet kan bara bli {span}."
    )


def describe_shares(snapshot: Snapshot, split: KeySplit) -> str:
    """Every member's share by the key, as one sentence."""
    parts = [
        f"{name_municipality(snapshot, code)} {format_share(share, 1)}"
        for code, share in sorted(split.shares.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return f"Andel enligt nyckeln: {join_words(parts)}."


def describe_reservation(snapshot: Snapshot, split: KeySplit) -> str:
    """That both may be right, and that the conclusion is the reader's."""
    collaboration = split.key.collaboration
    billed = ContributionKey(collaboration, TOTAL).ref in snapshot.totals
    name = name_collaboration(snapshot, collaboration)
    why = (
        f" {name} fakturerar nämnden, och rapporten kan visa hur nämnden själv delar kostnaden"
        " mellan kommunerna."
        if billed
        else ""
    )
    return (
        f"Det behöver inte vara ett fel.{why} Papperen säger inte hur det är. Slutsatsen får"
        " kommunernas ekonomer dra."
    )
