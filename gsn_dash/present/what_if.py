"""What if, in words that follow the levers: what is assumed, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable

from gsn_dash.domain.amounts import ZERO, Money, Total, Unknown
from gsn_dash.domain.collaborating import Bill, bill
from gsn_dash.domain.investing import portfolio, total_row
from gsn_dash.domain.operating import line
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, operating
from gsn_dash.domain.scenario.compiled_investments import BOOKED
from gsn_dash.domain.scenario.compiling import Compiled
from gsn_dash.domain.scenario.overlays import AssumedAmount, Scenario
from gsn_dash.domain.scenario.program import Quantity
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import genitive
from gsn_dash.present.names import name_collaboration, name_municipality, name_project
from gsn_dash.present.numbers import (
    SPACE,
    format_kr,
    format_missing,
    format_mkr,
    format_mkr_unit,
    format_size_mkr,
)
from gsn_dash.present.templates import BySign, Joined, Number, Template, kr, mkr

NOTHING_ASSUMED = "Inget är antaget än. Flytta ett reglage, så syns här vad som antas."
_NET = operating("net", "year", "deviation")
_LEFT = InvestmentKey(TOTAL, "left").ref
_NEAR = "i stort sett på budget"
_NO_NET = "Papperen säger inte hur året slutar mot budget."


def what_if_message(compiled: Compiled, base: Snapshot) -> Template:
    """Where the year ends with what is assumed, and beside it what the papers say."""
    reported = line(base, "net", "year").deviation.amount
    if isinstance(reported, Unknown):
        return (_NO_NET,)
    said = say_against_budget(reported)
    if base.occasion.is_closing:
        return (f"{base.occasion.year} är avslutat och slutade {said}{_say_left(compiled)}",)
    still = (f"Prognosen säger att året slutar {said}. Vad händer om …?",)
    moved = (
        "Med dessa antaganden slutar året ",
        *against_budget(compiled.quantities[_NET]),
        f"; prognosen säger {said}.",
    )
    if _NET in compiled.changes:
        # What is assumed of other money, or evens out, leaves the year as it was.
        same = (f"Med dessa antaganden slutar driften som prognosen säger: {said}.",)
        moved = (BySign(Number(compiled.changes[_NET].node, "int"), moved, same, moved),)
    return (BySign(Number(compiled.any_moved, "int"), moved, still, still),)


def _say_left(compiled: Compiled) -> str:
    """What can be tried when the year is over: what comes after it."""
    kinds = {lever.kind for lever in compiled.levers}
    tried = ["hur mycket av de investeringspengar som blev kvar som förs över"]
    tried = tried if "carried" in kinds else []
    tried += ["vad samarbetena kostar"] if kinds - {"carried"} else []
    return f"; det som går att pröva är {' och '.join(tried)}." if tried else "."


def against_budget(net: Quantity) -> Template:
    """ "0,6 Mkr sämre än budget", "i stort sett på budget", "precis på budget"."""
    size = (mkr(net, "0"), f"{SPACE}Mkr ")
    better, worse = (*size, "bättre än budget"), (*size, "sämre än budget")
    near = (_NEAR,)
    exactly = (BySign(Number(net.node, "int"), near, ("precis på budget",), near),)
    return (BySign(mkr(net), better, exactly, worse),)


def say_against_budget(net: Money) -> str:
    """ "0,6 Mkr sämre än budget", "precis på budget"."""
    if net == ZERO:
        return "precis på budget"
    if format_mkr(net) == format_mkr(ZERO):
        return _NEAR
    return f"{format_size_mkr(net)} {'bättre' if net > ZERO else 'sämre'} än budget"


def describe_consequences(compiled: Compiled, base: Snapshot, scenario: Scenario) -> Template:
    """What the assumptions do besides the operating budget; empty where they do nothing."""
    bills = (_describe_bill(compiled, base, scenario, code) for code in _payers(compiled))
    return (Joined(" ", (_left(compiled, base), *bills)),)


def _payers(compiled: Compiled) -> list[str]:
    stem = f"collaboration:{TOTAL}:"
    return [n.removeprefix(stem) for n in compiled.quantities if n.startswith(stem)]


def _left(compiled: Compiled, base: Snapshot) -> Template:
    if _LEFT not in compiled.changes:
        return ()
    after = compiled.quantities[_LEFT]
    left = ("Av investeringspengarna blir ", mkr(after), f"{SPACE}Mkr kvar")
    over = ("Investeringarna går ", mkr(after, "0"), f"{SPACE}Mkr över anslaget")
    said = f"; prognosen säger {format_mkr_unit(total_row(base).left.amount)} kvar."
    text = (BySign(mkr(after), left, left, over), said)
    return (BySign(mkr(compiled.changes[_LEFT]), text, (), text),)


def _describe_bill(compiled: Compiled, base: Snapshot, scenario: Scenario, code: str) -> Template:
    who, own = name_municipality(base, code), bill(base, code)
    name = ContributionKey(TOTAL, code).ref
    text = (
        f"{who} betalar ",
        *bill_template(compiled.quantities[name], lacks(scenario, own)),
        f" för samarbetena; papperen säger {say_bill(own.total)}.",
    )
    change = BySign(kr(compiled.changes[name]), text, (), text)
    filled = [
        (f"Att {who} betalar ", kr(compiled.quantities[key.ref]), f"{SPACE}kr för"
         f" {name_collaboration(base, key.collaboration)} är ett antagande; papperen säger inte.")
        for key in _filled(scenario, code)
    ]  # fmt: skip
    return (Joined(" ", ((change,), *filled, _unknown_moves(compiled, base, scenario, own))),)


def _filled(scenario: Scenario, code: str) -> list[ContributionKey]:
    """The contributions of a municipality that have an amount in the place of an unknown."""
    said = [o for o in scenario.of(AssumedAmount) if o.municipality == code]
    return [ContributionKey(o.collaboration, o.municipality) for o in said]


def lacks(scenario: Scenario, own: Bill) -> int:
    """How many contributions of a bill nobody knows, with what is assumed of them."""
    return own.total.missing - len(_filled(scenario, own.municipality))


def _unknown_moves(compiled: Compiled, base: Snapshot, scenario: Scenario, own: Bill) -> Template:
    """That a part which nobody knows is moved too, and by how much nobody knows."""
    filled = _filled(scenario, own.municipality)
    texts = []
    for row in own.rows:
        place = compiled.places.get(("price", row.key.collaboration))
        if row.figure.is_unknown and row.key not in filled and place is not None:
            part = name_collaboration(base, row.key.collaboration)
            who = genitive(name_municipality(base, own.municipality))
            text = f"{who} del av {part} ändras också, men den är okänd och så är ändringen."
            texts.append(_when_moved(compiled, place, (text,)))
    return (Joined(" ", tuple(texts)),)


def _when_moved(compiled: Compiled, place: int, text: Template) -> Template:
    return (BySign(Number(compiled.moved[place], "int"), text, (), ()),)


def bill_template(quantity: Quantity, missing: int) -> Template:
    """A bill inside a sentence: "minst 120 000 kr"."""
    amount = (kr(quantity), f"{SPACE}kr")
    return (f"minst{SPACE}", *amount) if missing else amount


def say_bill(total: Total) -> str:
    """A bill inside a sentence: "minst 120 000 kr"."""
    return f"minst{SPACE}{format_kr(total.known)}" if total.missing else format_kr(total.known)


def say_missing(count: int) -> str:
    """What a bill lacks: "1 uppgift saknas"; empty where nothing does."""
    return format_missing(count) if count else ""


def describe_refused(names: Iterable[str]) -> str:
    """A quiet sentence on what the address asked for and could not get; empty where nothing."""
    found = list(names)
    if not found:
        return ""
    shown = ", ".join(f"”{name[:30]}”" for name in found[:5])
    return f"Det här i adressen går inte att använda och räknas inte med: {shown}."


def describe_dropped(texts: Iterable[str]) -> str:
    """What was assumed until other figures came; empty where nothing is left out."""
    found = "; ".join(texts)
    return f"Siffrorna har ändrats, och det här går inte längre att anta: {found}." if found else ""


def describe_booked(compiled: Compiled, base: Snapshot) -> Template:
    """That less is assumed to be spent than what is booked already; empty where it is not."""
    total = total_row(base)
    if total.outcome.is_unknown or BOOKED not in compiled.quantities:
        return ()
    text = (
        f"Så lite kan det inte bli: {format_mkr_unit(total.outcome.amount)} är redan bokfört."
        " Vilka projekt det gäller säger papperen inte, så ",
        mkr(compiled.quantities[BOOKED]),
        f"{SPACE}Mkr läggs till här utan projekt.",
    )
    return (BySign(mkr(compiled.quantities[BOOKED]), text, (), ()),)


def describe_not_started(compiled: Compiled, base: Snapshot) -> tuple[Template, ...]:
    """One for each project that is assumed to cost although a paper says it cannot start."""
    found = []
    for row in portfolio(base).rows:
        claims = base.claims_about(f"investment:{row.project.key}:not_started")
        change = compiled.changes.get(InvestmentKey(row.project.key, "forecast").ref)
        if change and any(claim.value is True for claim in claims):
            text = (
                f"{name_project(row.project)} kan inte startas i år enligt papperet, men antas"
                " här ändå kosta."
            )
            found.append((BySign(Number(change.node, "int"), (text,), (), ()),))
    return tuple(found)
