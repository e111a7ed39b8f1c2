"""The table of accounts as lines of text: written for a person, and read as they change it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from gsn_dash.domain.ledger import BALANCE, COST, IGNORE, REVENUE, AccountRule

ITEM_WORDS = {
    REVENUE: "intäkter",
    COST: "kostnader",
    BALANCE: "investeringar",
    IGNORE: "räknas inte",
}
_ITEMS = {text: item for item, text in ITEM_WORDS.items()}
_RANGE = re.compile(r"([0-9]{1,10})(?:\s*[-–]\s*([0-9]{1,10}))?")


class MapUnread(ValueError):
    """A line that cannot be read; the message is one Swedish sentence with its number."""


def write_accounts(rules: Iterable[AccountRule]) -> str:
    """A line for each rule: "4-8 = kostnader"."""
    return "\n".join(f"{_span(rule)} = {ITEM_WORDS[rule.item]}" for rule in rules)


def _span(rule: AccountRule) -> str:
    return rule.first if rule.first == rule.last else f"{rule.first}-{rule.last}"


def read_accounts(text: str) -> tuple[AccountRule, ...]:
    """The rules of the lines. Raises MapUnread."""
    rules = []
    for number, left, right in _lines(text):
        found, item = _RANGE.fullmatch(left), _ITEMS.get(right.lower())
        if not found:
            raise MapUnread(f"Konton, rad {number}: ”{left}” är inga konton; skriv 4 eller 40-49.")
        first, last = found[1], found[2] or found[1]
        if item is None:
            words = ", ".join(_ITEMS)
            raise MapUnread(f"Konton, rad {number}: ”{right}” känns inte igen; skriv {words}.")
        if len(first) != len(last) or first > last:
            said = "skriv lika många siffror, det lägsta kontot först"
            raise MapUnread(f"Konton, rad {number}: ”{left}” går inte; {said}.")
        rules.append(AccountRule(first, last, item))
    if not rules:
        raise MapUnread("Konton: minst en rad behövs, annars räknas ingenting.")
    return tuple(rules)


def write_codes(codes: Mapping[str, str]) -> str:
    """A line for each code: "03110 = 031"."""
    return "\n".join(f"{code} = {key}" for code, key in sorted(codes.items()))


def read_codes(text: str, keys: Collection[str], what: str) -> dict[str, str]:
    """Codes to keys, each of which must be one of `keys`; `what` names the lines ("Projekt").

    Raises MapUnread.
    """
    codes: dict[str, str] = {}
    for number, code, key in _lines(text):
        if key not in keys:
            known = ", ".join(sorted(keys)) or "ingenting än"
            raise MapUnread(f"{what}, rad {number}: ”{key}” finns inte; det som finns är {known}.")
        if codes.setdefault(code, key) != key:
            raise MapUnread(f"{what}, rad {number}: ”{code}” står redan, med något annat.")
    return codes


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """The number of each line that is not empty, and what stands on both sides of its "="."""
    for number, line in enumerate(text.splitlines(), start=1):
        left, sign, right = (part.strip() for part in line.partition("="))
        if not line.strip():
            continue
        if not (left and sign and right):
            raise MapUnread(f"Rad {number}: ”{line.strip()[:40]}” saknar något; skriv kod = vad.")
        yield number, left, right
