"""Timing or permanent, in words: what evens out before the year ends, and what tells of it."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO, Money, Unknown
from gsn_dash.domain.operating import line, period_share
from gsn_dash.domain.scenario.overlays import Lump
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.domain.timing import PartTiming, Timing
from gsn_dash.present.levers import name_part
from gsn_dash.present.names import name_period, name_plan, quote_reason
from gsn_dash.present.numbers import (
    format_mkr,
    format_mkr_unit,
    format_percent,
    format_size_mkr,
    name_month,
)

_NAMES = {True: ("överskott", "går åt"), False: ("underskott", "hämtas in")}


def timing_message(snapshot: Snapshot, found: Timing) -> str:
    """How much of the period's deviation evens out, in one sentence."""
    whole = found.whole.amount
    if isinstance(whole, Unknown):
        return "Det går inte att säga vad som är tillfälligt: periodens avvikelse är okänd."
    if isinstance(found.timing, Unknown) or isinstance(found.permanent, Unknown):
        return (
            f"Av periodens {format_mkr_unit(whole, True)} mot budget går det inte att säga hur"
            " mycket som är tillfälligt: en del är okänd."
        )
    if _is_none(whole):
        return _offset(name_plan(snapshot.occasion), found.timing, found.permanent)
    if not snapshot.occasion.months_left:
        name, _ = _NAMES[whole > ZERO]
        return f"Perioden är hela året: {name}et på {format_size_mkr(whole)} är bestående."
    if found.is_assumed:
        return _assumed(whole, found.timing, found.permanent)
    return _as_forecast(snapshot, whole)


def _is_none(amount: Money) -> bool:
    """Whether an amount is shown as nothing."""
    return format_mkr(amount) == format_mkr(ZERO)


def _offset(plan: str, timing: Money, permanent: Money) -> str:
    if _is_none(timing) or _is_none(permanent):
        return f"Nettokostnaden är som {plan}: det finns ingen avvikelse att dela upp."
    what, hidden = (_NAMES[amount > ZERO][0] for amount in (timing, permanent))
    return (
        f"Nettokostnaden är som {plan}, men bara för att ett tillfälligt"
        f" {what} och ett bestående {hidden}, {format_size_mkr(permanent)} vardera, tar ut"
        " varandra."
    )


def _as_forecast(snapshot: Snapshot, whole: Money) -> str:
    """What the forecast itself takes for timing: all, where it expects no deviation."""
    name, verb = _NAMES[whole > ZERO]
    size, year = format_size_mkr(whole), line(snapshot, "net", "year").deviation.amount
    if year == ZERO:
        return (
            f"Prognosen räknar med att hela {name}et på {size} är tillfälligt och {verb} före"
            " årets slut."
        )
    return (
        f"Prognosen säger inte hur mycket av periodens {name} på {size} som är tillfälligt; tills"
        " något annat antas räknas allt så."
    )


def _assumed(whole: Money, timing: Money, permanent: Money) -> str:
    """How a scenario divides the whole; a part with the other sign hides behind it."""
    (name, verb), (other, _) = _NAMES[whole > ZERO], _NAMES[whole <= ZERO]
    size = format_size_mkr(whole)
    if _is_none(permanent):
        return f"Med antagandena är hela {name}et på {size} tillfälligt och {verb}."
    if _is_none(timing):
        return f"Med antagandena är hela {name}et på {size} bestående."
    if (permanent > ZERO) != (whole > ZERO):
        return (
            f"Bakom {name}et på {size} döljs med antagandena ett bestående {other} på"
            f" {format_size_mkr(permanent)}."
        )
    if (timing > ZERO) != (whole > ZERO):
        return (
            f"Med antagandena består ett {name} på {format_size_mkr(permanent)}, mer än de {size}"
            f" som syns: ett {other} på {format_size_mkr(timing)} är tillfälligt."
        )
    return (
        f"Med antagandena är {format_size_mkr(timing)} av {name}et på {size} tillfälligt, och"
        f" {format_size_mkr(permanent)} består."
    )


def describe_reasons(snapshot: Snapshot, found: Timing) -> str:
    """Which parts the papers give a reason for, and which they say nothing of."""
    told = [_name(snapshot, part) for part in found.parts if part.reason]
    untold = [_name(snapshot, part) for part in found.parts if not part.reason]
    if not found.parts:
        return ""
    if not told:
        return "Papperen säger inte varför någon del avviker."
    start = f"Papperen ger ett skäl för {_list(told)}."
    return f"{start} Om {_list(untold)} säger de inget." if untold else start


def _name(snapshot: Snapshot, part: PartTiming) -> str:
    name = name_part(snapshot, part.part)
    return f"{name[:1].lower()}{name[1:]} ({format_mkr_unit(part.part.figure.amount, True)})"


def _list(texts: list[str]) -> str:
    return " och ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))


def timing_caption(snapshot: Snapshot, found: Timing) -> str:
    """What the table shows, and by whose account."""
    by = "med det som antas"
    if not found.is_assumed:
        by = "så som prognosen räknar" if say_who(snapshot, False) else "om inget annat antas"
    return f"Avvikelsen {name_period(snapshot.occasion)}, {by}, Mkr"


def describe_tokens(snapshot: Snapshot, part: PartTiming) -> str:
    """What tells whether a part is timing: the paper's reason, invoices, how the budget lies."""
    said = [quote_reason(part.reason) if part.reason else "Papperen säger inget om den här delen."]
    if part.invoices:
        said.append(_describe_invoices(part))
    said.append(_describe_spread(snapshot, part))
    return " ".join(filter(None, said))


def _describe_spread(snapshot: Snapshot, part: PartTiming) -> str:
    """Whether the period's budget is the year's spread evenly; empty where that is unknown."""
    item, twelfths = part.part.item, f"{snapshot.occasion.months}/12"
    if not snapshot.occasion.months_left:
        return ""
    if part.is_even:
        what = "fakturorna" if item == "cost" else "intäkterna"
        return (
            f"Periodens budget är exakt {twelfths} av årets, så avvikelsen kan bero på när {what}"
            " kommer."
        )
    share = period_share(snapshot, item)
    if share is None:
        return ""
    return f"Periodens budget är inte rakt fördelad: {format_percent(share, 1)}, inte {twelfths}."


def say_who(snapshot: Snapshot, is_assumed: bool) -> str:
    """Whose account a timing is: a note beside its number, empty where a lever says it."""
    is_zero = line(snapshot, "net", "year").deviation.amount == ZERO
    return "som prognosen" if is_zero and not is_assumed else ""


def _describe_invoices(part: PartTiming) -> str:
    """The invoices that are assumed to come, and what the part is without them."""
    names = _list([_describe_invoice(lump) for lump, _ in part.invoices])
    text = f"Antaget: {names}. Periodens budget har {format_mkr_unit(part.known)} för det."
    behind, whole = part.behind, part.part.figure.money
    if _is_none(behind):
        return f"{text} Det är hela avvikelsen."
    if (behind > ZERO) != (whole > ZERO):
        name, _ = _NAMES[behind > ZERO]
        return f"{text} Bakom delen döljs ett {name} på {format_size_mkr(behind)}."
    return f"{text} Utan det är avvikelsen {format_mkr_unit(behind, True)}."


def _describe_invoice(lump: Lump) -> str:
    return f"{lump.name}, {format_mkr_unit(lump.amount)} i {name_month(lump.month)}"


def describe_picture(snapshot: Snapshot, found: Timing) -> str:
    """The parts in words, for the picture's text alternative."""
    parts = [
        f"{name_part(snapshot, part.part)} {format_mkr(part.part.figure.amount, True)}: tillfälligt"
        f" {format_mkr(part.timing, True)}, bestående {format_mkr(part.permanent, True)}"
        for part in found.parts
    ]
    whole = (
        f"Hela avvikelsen {format_mkr(found.whole.amount, True)} Mkr: tillfälligt"
        f" {format_mkr(found.timing, True)}, bestående {format_mkr(found.permanent, True)}"
    )
    return f"{'. '.join((whole, *parts))}."


HOW_COUNTED = (
    "Tillfälligt är det som går åt, eller hämtas in, före årets slut: budgeten för fakturor som"
    " antas komma senare, och av resten den del som reglagen säger. Resten är bestående och följer"
    " med till årets slut. Före avrundning är tillfälligt och bestående alltid tillsammans hela"
    " avvikelsen."
)
