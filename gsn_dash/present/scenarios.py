"""Kept scenarios in words: which one is open, who saved it when, and what has come between.

Names and notes are what people wrote: text, which whoever shows it escapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from unicodedata import bidirectional

from gsn_dash.domain.amounts import Amount, Money, Unknown
from gsn_dash.present.numbers import format_mkr, format_moment
from gsn_dash.present.what_if import say_against_budget

NOTHING_OPEN = "Inget sparat scenario är öppet."
CHANGED = "ändrat sedan det sparades"
FROZEN_MARK = "fryst vid mötet"
UNKNOWN_ID = (
    "Scenariot i adressen finns inte; kanske är länken avklippt. Öppna ett annat under Öppna."
)
UNREADABLE = "Scenariot är sparat av en annan version av programmet och går inte att öppna här."
AWAY = (
    "Databasen svarar inte, så scenarier går inte att öppna eller spara just nu."
    " Reglagen fungerar ändå, och adressen håller det som är antaget."
)
ADDRESS_IS_LINK = (
    "Adressen överst i webbläsaren är länken: den som får den ser samma scenario, och samma"
    " ändringar som inte är sparade."
)
SAVE_BEFORE_FREEZING = "Spara ändringarna först; det som fryses är det som är sparat."
OTHER_OCCASION = (
    "Scenariot bygger på ett annat tillfälle; spara det på siffrorna som gäller nu, och frys sedan."
)
BASE_UNTOLD = (
    "Databasen svarar inte, så det går inte att säga om siffrorna har rättats sedan scenariot"
    " sparades."
)
YOURS = "Din version"
NO_NOTE = "ingen"
AT_LEAST = "Minst betyder att en uppgift saknas i summan."
NO_FIGURE = "ingen uppgift"
NOW_NAME = "Reglagen nu"
DIFFERS = "skiljer sig"
TOGETHER = "Tillsammans, utöver var för sig"
WHOLE_CHANGE = "Hela ändringen"
NOTHING_TO_COMPARE = "Välj minst ett ovan. Reglagen nu är det som är antaget på sidan Reglage."
MANY = 4
TOO_MANY = "Fler än fyra får inte plats bredvid varandra; de fyra första visas."
GONE_FROM_ADDRESS = "Något scenario i adressen finns inte längre och är inte med."
_GROUP = 8
# What turns the direction of the text round it, unless it is kept apart.
_TURNING = frozenset(("R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"))
_ISOLATE, _END = "\u2068", "\u2069"


def apart(text: str) -> str:
    """What a person wrote, so that it turns no other text round, whatever it is."""
    turns = any(bidirectional(sign) in _TURNING for sign in text)
    return f"{_ISOLATE}{text}{_END}" if turns else text


def describe_saved(author: str, moment: datetime) -> str:
    """ "sparat av Eva 8 maj 2023 kl. 14:05"; the moment in the reader's own zone."""
    return f"sparat av {apart(author)} {format_moment(moment)}"


def describe_listed(name: str, author: str, moment: datetime, base: str, is_frozen: bool) -> str:
    """A scenario as a line of a list."""
    parts = (apart(name), apart(author), format_moment(moment), base)
    return " · ".join((*parts, FROZEN_MARK) if is_frozen else parts)


def group_fingerprint(fingerprint: str) -> str:
    """A fingerprint in groups that can be compared by eye and read aloud."""
    places = range(0, len(fingerprint), _GROUP)
    return " ".join(fingerprint[place : place + _GROUP] for place in places)


def shorten_fingerprint(fingerprint: str) -> str:
    """Its first two groups."""
    return group_fingerprint(fingerprint[: 2 * _GROUP])


def describe_conflict(
    name: str, did: str, author: str, moment: datetime, between: Sequence[str]
) -> str:
    """That somebody else was first; `did` is what they did, `between` who else has saved."""
    others = [apart(other) for other in dict.fromkeys(between) if other != author]
    also = f" Dessförinnan har också {' och '.join(others)} ändrat det." if others else ""
    return (
        f"{apart(author)} {did} ”{apart(name)}” {format_moment(moment)}, efter att du öppnade"
        f" det.{also} Inget är skrivet över: välj vad som ska gälla."
    )


def say_what_was_done(state_before: str, state: str, is_renamed: bool, is_changed: bool) -> str:
    """What somebody did between two versions: "tog bort", "frös", "döpte om", "sparade"."""
    if state != state_before and state in _DONE:
        return _DONE[state]
    return "döpte om" if is_renamed and not is_changed else "sparade"


_DONE = {"deleted": "tog bort", "frozen": "frös"}


def describe_other_base(base: str, now: str, is_frozen: bool, is_same: bool) -> str:
    """That a scenario was computed from other figures than those in force.

    `is_same` is whether it gives the same on both.
    """
    was = "frystes" if is_frozen else "sparades"
    what = "Antagandena ger samma resultat på båda" if is_same else "Resultatet är nu ett annat"
    if base != now:
        text = f"Scenariot {was} på siffrorna för {base}. Nu gäller {now}."
    else:
        text = f"Siffrorna för {base} har rättats sedan scenariot {was}."
    return f"{text} {what}. Båda visas här."


def describe_refused_overlays(texts: Sequence[str], when: str) -> str:
    """The assumptions that some figures cannot take; empty where they take all."""
    if not texts:
        return ""
    return f"{when} går det inte att anta: {'; '.join(texts)}."


def describe_deleted(name: str, author: str, moment: datetime) -> str:
    """That a scenario has been taken away, and by whom."""
    return f"”{apart(name)}” togs bort av {apart(author)} {format_moment(moment)}."


def describe_left_out(texts: Sequence[str]) -> str:
    """What of an opened scenario the figures in force cannot take; empty where they take all."""
    if not texts:
        return ""
    return (
        f"Det här i scenariot går inte att anta på siffrorna som gäller nu och är inte med:"
        f" {'; '.join(texts)}. Den sparade versionen har det kvar."
    )


def describe_comparison(nets: Sequence[tuple[str, Amount]]) -> str:
    """Which scenario ends the year best and which worst against budget, as they are shown."""
    known = [(name, net) for name, net in nets if not isinstance(net, Unknown)]
    if not known:
        return "Papperen säger inte hur året slutar mot budget."
    best, worst = (_alike(known, pick(net for _, net in known)) for pick in (max, min))
    if best[0] == worst[0]:
        return f"Året slutar {say_against_budget(best[1])} med {best[0]}."
    return (
        f"Året slutar bäst med {best[0]}, {say_against_budget(best[1])}, och sämst med"
        f" {worst[0]}, {say_against_budget(worst[1])}."
    )


def _alike(known: Sequence[tuple[str, Money]], net: Money) -> tuple[str, Money]:
    """Those whose net is shown as the same number, and the number."""
    names = [f"”{name}”" for name, other in known if format_mkr(other) == format_mkr(net)]
    *others, last = names
    return (f"{', '.join(others)} och {last}" if others else last), net


def describe_other_bases(names: Sequence[str]) -> str:
    """That some of the compared were saved on other figures than those in force."""
    who = " och ".join(f"”{name}”" for name in names)
    return f"{who} sparades på andra siffror; här räknas alla på dem som gäller nu."


def describe_left_out_of(name: str, texts: Sequence[str]) -> str:
    """What of a compared scenario is not counted; empty where all is."""
    return f"”{name}” räknas utan: {'; '.join(texts)}." if texts else ""


def say_why(name: str, what: str) -> str:
    """What a table of effects is of."""
    return f"{name}: vad som ändrar {what}, jämfört med papperen"
