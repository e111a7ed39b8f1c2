"""How an address says a scenario: short names, whole numbers, the same from year to year.

A name is a word and, after a hyphen, what it speaks of: `p-natverk=60`. Amounts are thousands of
kr, but for what stands in the place of an unknown, which is kr. What a scenario has put in
itself is one value with its parts between tildes: `atgard=Vakanser~cost~-1200~9`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from gsn_dash.domain.amounts import KR, TKR, Money
from gsn_dash.domain.scenario.fit import MOST_ASSUMPTIONS
from gsn_dash.domain.scenario.levers import day_position, position_day
from gsn_dash.domain.scenario.overlays import (
    Action,
    AssumedAmount,
    CarriedOver,
    CountedOn,
    EqualPart,
    Lump,
    Membership,
    MovedMoney,
    Overlay,
    PriceChange,
    RestChange,
    Scenario,
    Stopped,
    UsedUp,
    Utilisation,
    YearEnd,
)

_WHOLE = re.compile(r"-?[0-9]{1,9}")
_BETWEEN = "~"
_ITEMS = {"r": "revenue", "c": "cost"}
_SHARES = {"p": Utilisation, "pris": PriceChange, "lika": EqualPart}
_MANY = ("atgard", "faktura")
# Every name that this module reads, alone or before a hyphen.
ALONE = ("u", "r", "c", "over", "atgard", "faktura")
BEFORE = ("u", "v", "p", "stopp", "flytt", "pris", "lika", "folk", "med", "anta")


def is_ours(name: str) -> bool:
    """Whether a parameter of an address is one that says something of a scenario."""
    word, hyphen, _ = name.partition("-")
    return word in BEFORE if hyphen else name in ALONE


def read_address(address: Mapping[str, Sequence[str]]) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario of an address, and the names in it that say nothing that can be assumed."""
    scenario, refused = Scenario(), []
    for name, texts in address.items():
        if not is_ours(name):
            continue
        for text in texts or [""]:
            try:
                if len(texts) > 1 and name not in _MANY:
                    raise ValueError(f"{name} says several things")
                if len(scenario.overlays) == MOST_ASSUMPTIONS:
                    raise ValueError("too many assumptions")
                scenario = scenario.says(_read(name, text))
            except (ValueError, TypeError):
                refused.append(name)
    return scenario, tuple(dict.fromkeys(refused))


def say_scenario(scenario: Scenario) -> list[tuple[str, str]]:
    """The parameters that say a scenario, in its order."""
    return [_write(overlay) for overlay in scenario.overlays]


def _read(name: str, text: str) -> Overlay:
    word, hyphen, subject = name.partition("-")
    if not hyphen:
        return _read_alone(word, text)
    match word:
        case "u":
            return UsedUp(_share(text), subject.replace(".", ":"))
        case "v":
            return YearEnd(subject, _thousands(text))
        case "stopp":
            return _stopped(subject, text)
        case "flytt":
            target, amount = text.split(_BETWEEN)
            return MovedMoney(subject, target, _thousands(amount))
        case "folk":
            return CountedOn(subject, position_day(_whole(text)))
        case "med":
            return Membership(*_two(subject), bool(("0", "1").index(text)))
        case "anta":
            return AssumedAmount(*_two(subject), Money(_whole(text) * KR))
    return _SHARES[word](subject, _share(text))


def _read_alone(word: str, text: str) -> Overlay:
    match word:
        case "u":
            return UsedUp(_share(text))
        case "over":
            return CarriedOver(_share(text))
        case "atgard":
            name, item, amount, start = text.split(_BETWEEN)
            return Action(_name(name), item, _thousands(amount), _whole(start))
        case "faktura":
            name, part, amount, month, budgeted = text.split(_BETWEEN)
            said = (part.replace(".", ":"), _thousands(amount), _whole(month))
            return Lump(_name(name), *said, bool(("0", "1").index(budgeted)))
    return RestChange(_ITEMS[word], _share(text))


def _write(overlay: Overlay) -> tuple[str, str]:
    match overlay:
        case UsedUp(share, part):
            return (f"u-{part.replace(':', '.')}" if part else "u"), _percent(share)
        case RestChange(item, share):
            return {v: k for k, v in _ITEMS.items()}[item], _percent(share)
        case YearEnd(activity, amount):
            return f"v-{activity}", _in_thousands(amount)
        case Action(name, item, amount, start):
            return "atgard", _BETWEEN.join((_plain(name), item, _in_thousands(amount), str(start)))
        case Lump(name, part, amount, month, budgeted):
            said = (part.replace(":", "."), _in_thousands(amount), str(month), str(int(budgeted)))
            return "faktura", _BETWEEN.join((_plain(name), *said))
        case Stopped(project):
            return f"stopp-{project}", "1"
        case MovedMoney(source, target, amount):
            return f"flytt-{source}", _BETWEEN.join((target, _in_thousands(amount)))
        case CarriedOver(share):
            return "over", _percent(share)
        case CountedOn(name, day):
            return f"folk-{name}", str(day_position(day))
        case Membership(name, code, is_member):
            return f"med-{name}.{code}", str(int(is_member))
        case AssumedAmount(name, code, amount):
            return f"anta-{name}.{code}", f"{amount.in_unit(KR).normalize():f}"
        case Utilisation(subject, share) | PriceChange(subject, share):
            word = "p" if isinstance(overlay, Utilisation) else "pris"
            return f"{word}-{subject}", _percent(share)
        case EqualPart(subject, share):
            return f"lika-{subject}", _percent(share)
    raise TypeError(f"no address for {overlay!r}")


def _plain(name: str) -> str:
    """A name without what stands between the parts."""
    return name.replace("%", "%25").replace(_BETWEEN, "%7E")


def _name(text: str) -> str:
    """The name that `_plain` wrote."""
    return text.replace("%7E", _BETWEEN).replace("%25", "%")


def _two(subject: str) -> tuple[str, str]:
    first, _, second = subject.rpartition(".")
    return first, second


def _stopped(project: str, text: str) -> Stopped:
    if text != "1":
        raise ValueError("a project is stopped, or not named")
    return Stopped(project)


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"{text!r} is no whole number")
    return int(text)


def _share(text: str) -> Decimal:
    return Decimal(_whole(text)) / 100


def _thousands(text: str) -> Money:
    return Money(_whole(text) * TKR)


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"


def _in_thousands(amount: Money) -> str:
    return f"{amount.in_unit(TKR).normalize():f}"
