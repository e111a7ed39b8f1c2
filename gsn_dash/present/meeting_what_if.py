"""The sentence over what if in a meeting, for what is not the operating budget."""

from __future__ import annotations

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.collaborating import bill, payers
from gsn_dash.domain.investing import is_over, total_row
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey
from gsn_dash.domain.scenario.overlays import Scenario
from gsn_dash.domain.scenario.trial import Trial
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import join_words
from gsn_dash.present.names import name_municipality
from gsn_dash.present.numbers import SPACE, format_mkr_unit
from gsn_dash.present.templates import BySign, Number, Part, Template, kr, mkr
from gsn_dash.present.what_if import bill_template, lacks, say_bill

_ASK = " Vad händer om …?"
_SPENT, _LEFT = (InvestmentKey(TOTAL, measure).ref for measure in ("forecast", "left"))


def investments_what_if(trial: Trial) -> Template:
    """How much is used with what is assumed, and beside it what the forecast says."""
    total = total_row(trial.base)
    if not trial.has(_SPENT) or isinstance(total.forecast.amount, Unknown):
        return ("Papperen säger inte hur mycket av investeringspengarna som används i år.",)
    said = format_mkr_unit(total.forecast.amount)
    if is_over(trial.base.occasion, [total]):
        return (f"{said} investerades {trial.base.occasion.year}. Hur mycket förs över?",)
    still = (f"Prognosen säger att {said} investeras i år.{_ASK}",)
    same = (f"Med dessa antaganden investeras {said} i år, som i prognosen.",)
    moved = (
        "Med dessa antaganden investeras ",
        mkr(trial.now(_SPENT)),
        f"{SPACE}Mkr i år",
        *_left(trial),
        f"; prognosen säger {said}.",
    )
    change = mkr(trial.change(_SPENT))
    return (BySign(change, moved, _by_any(trial, same, still), moved),)


def _left(trial: Trial) -> Template:
    """ " och 4,2 Mkr blir kvar", " och det är 0,3 Mkr mer än anslaget"; empty where unknown."""
    if not trial.has(_LEFT):
        return ()
    left = trial.now(_LEFT)
    kept = (" och ", mkr(left), f"{SPACE}Mkr blir kvar")
    over = (", ", mkr(left, "0"), f"{SPACE}Mkr mer än anslaget")
    return (BySign(mkr(left), kept, (" och inget blir kvar",), over),)


def _by_any(trial: Trial, moved: Template, still: Template) -> Template:
    return (BySign(Number(trial.compiled.any_moved, "int"), moved, still, still),)


def bills_what_if(trial: Trial) -> Template:
    """What each municipality pays with what is assumed, and beside it what the papers say."""
    codes = payers(trial.base)
    said = join_words([_say_payer(trial.base, code) for code in codes])
    still = (f"Samarbetena kostar {said} om året.{_ASK}",)
    moved = (
        "Med dessa antaganden kostar samarbetena ",
        *_join([_payer(trial, code) for code in codes]),
        f" om året; papperen säger {said}.",
    )
    if any(lacks(trial.scenario, own) < own.total.missing for own in _bills(trial.base)):
        return moved
    same = (f"Med dessa antaganden kostar samarbetena lika mycket som i papperen: {said} om året.",)
    text = _by_any(trial, same, still)
    for code in codes:
        change = kr(trial.change(ContributionKey(TOTAL, code).ref))
        text = (BySign(change, moved, text, moved),)
    return text


def _bills(snapshot: Snapshot) -> list:
    return [bill(snapshot, code) for code in payers(snapshot)]


def _say_payer(snapshot: Snapshot, code: str) -> str:
    return f"{name_municipality(snapshot, code)} {say_bill(bill(snapshot, code).total)}"


def _payer(trial: Trial, code: str) -> Template:
    amount = trial.now(ContributionKey(TOTAL, code).ref)
    missing = lacks(trial.scenario, bill(trial.base, code))
    return (f"{name_municipality(trial.base, code)} ", *bill_template(amount, missing))


def _join(templates: list[Template]) -> Template:
    """ "a, b och c"."""
    parts: list[Part] = []
    for place, template in enumerate(templates):
        if place:
            parts.append(" och " if place == len(templates) - 1 else ", ")
        parts += template
    return tuple(parts)


def describe_scenario(name: str, scenario: Scenario) -> str:
    """ "Scenariot ”Höst”"; empty where nothing is assumed from the beginning, or it has no name."""
    return f"Scenariot ”{name}”" if name and scenario.overlays else ""
