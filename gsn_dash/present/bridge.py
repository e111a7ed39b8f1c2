"""What the period's deviation consists of, in sentences."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO, total_of
from gsn_dash.domain.bridge import (
    ActivitySplit,
    Bridge,
    BridgeStep,
    activity_split,
    explanations,
)
from gsn_dash.domain.operating import line
from gsn_dash.domain.refs import TOTAL
from gsn_dash.domain.snapshot import Claim, Snapshot
from gsn_dash.present.names import ITEMS, name_plan, name_subject
from gsn_dash.present.numbers import (
    SPACE,
    format_mkr,
    format_mkr_unit,
    format_size_mkr,
    format_spread_mkr,
)

_STEPS = {
    "revenue": "Intäkter",
    "cost": "Kostnader",
    "rest_revenue": "Alla övriga intäkter",
    "rest_cost": "Alla övriga kostnader",
    "rounding": "Avrundning",
    "mismatch": "Skillnad mellan papperens siffror",
}
# What is told of a derived step; the others are told by what they are.
_REMAINDERS = {
    "rest_cost": " Det är hela kostnadsavvikelsen minus det som förklaras, och osäkerheten är"
    " papperens avrundning.",
    "rounding": " Papperens nettosiffror och avvikelser är avrundade var för sig. Steget gör att"
    " delarna går ihop, och är varken bra eller dåligt.",
    "mismatch": " Papperens nettosiffror och avvikelser går inte ihop, och avrundning räcker inte"
    " som förklaring.",
}
_NEUTRAL = ("rounding", "mismatch")


def name_step(snapshot: Snapshot, step: BridgeStep) -> str:
    """What a step of the bridge is: "Övriga verksamhetskostnader inom 032 och 033"."""
    if step.subject == TOTAL:
        return _STEPS[step.item]
    return f"{ITEMS[step.item]} inom {name_subject(snapshot, step.subject)}"


def describe_bridge(snapshot: Snapshot, bridge: Bridge) -> str:
    """The bridge in one sentence, for the text alternative and above the picture."""
    steps = ", ".join(
        f"{name_step(snapshot, step).lower()} {format_mkr(step.figure.amount, True)}"
        for step in bridge.steps
    )
    return (
        f"Från budgeterat netto {format_mkr(bridge.start.amount)} till utfall"
        f" {format_mkr(bridge.end.amount)} Mkr: {steps}."
    )


def bridge_message(snapshot: Snapshot, bridge: Bridge) -> str:
    """The largest step, and what no paper explains."""
    known = [s for s in bridge.steps if not (s.figure.is_unknown or s.item in _NEUTRAL)]
    if not known:
        return "Papperen säger inte vad avvikelsen beror på."
    largest = max(known, key=lambda step: abs(step.figure.money))
    name = name_step(snapshot, largest)
    verb = "blev" if snapshot.occasion.is_closing else "är"
    text = f"{name} {verb} {_against(largest)} än {name_plan(snapshot.occasion)}."
    rest = next((s for s in known if s.item.startswith("rest_")), None)
    if rest is None or rest is largest or rest.figure.money == ZERO:
        return text
    return (
        f"{text} {name_step(snapshot, rest)} {verb} {_against(rest)} än budget, och papperen"
        " förklarar inte varför."
    )


def _against(step: BridgeStep) -> str:
    """ "4,4 Mkr lägre": a favourable deviation is lower cost, or higher revenue."""
    is_higher = (step.figure.money > ZERO) == step.item.endswith("revenue")
    return f"{format_size_mkr(step.figure.amount)} {'högre' if is_higher else 'lägre'}"


def is_remainder(step: BridgeStep) -> bool:
    """Whether a step follows from the others; an activity's own is told of in its table."""
    return step.figure.is_derived and not step.figure.is_unknown and step.subject == TOTAL


def describe_remainder(snapshot: Snapshot, step: BridgeStep) -> str:
    """How the derived step follows, with its rounding."""
    return (
        f"{name_step(snapshot, step)}, {format_mkr_unit(step.figure.amount, True)}"
        f" (±{SPACE}{format_spread_mkr(step.figure)}), står inte i papperen."
        f"{_REMAINDERS.get(step.item, '')}{_other_kinds(snapshot, step)}"
    )


def _other_kinds(snapshot: Snapshot, step: BridgeStep) -> str:
    """That the rest holds the other costs of those whose one kind of cost is explained, too."""
    subjects = [s.subject for s in explanations(snapshot, "cost") if s.item == "other_cost"]
    if step.item != "rest_cost" or not subjects:
        return ""
    names = ", ".join(name_subject(snapshot, subject) for subject in subjects)
    return f" Dit hör också andra slags kostnader inom {names}."


def describe_split(snapshot: Snapshot) -> tuple[str, ...]:
    """Where the parts of a deviation are the activities' own, and where those do not add up."""
    splits = {item: activity_split(snapshot, item) for item in ("revenue", "cost")}
    shown = [item for item, split in splits.items() if explanations(snapshot, item) == split.steps]
    return tuple(
        _describe_split(snapshot, item, split, item in shown)
        for item, split in splits.items()
        if split.steps and (item in shown or not split.agrees)
    )


def _describe_split(snapshot: Snapshot, item: str, split: ActivitySplit, is_shown: bool) -> str:
    name, amounts = ITEMS[item].lower(), (step.figure.amount for step in split.steps)
    together = format_mkr_unit(total_of(amounts).amount, True)
    whole = format_mkr_unit(line(snapshot, item, "period").deviation.amount, True)
    if not is_shown:
        return (
            f"Verksamheternas avvikelser för {name} är tillsammans {together}, men hela avvikelsen"
            f" är {whole}. De går inte ihop, så de visas inte som delar av den."
        )
    if split.is_whole:
        return f"För {name} är delarna verksamheternas avvikelser: tillsammans är de {together}."
    return (
        f"För {name} är delarna verksamheternas avvikelser, {together}; alla är inte kända, och"
        " resten förklaras inte i papperen."
    )


def explanation_of(snapshot: Snapshot, step: BridgeStep) -> Claim | None:
    """The reason that the paper gives for a step of the bridge."""
    ref = f"operating:{step.subject}:{step.item}:period:why"
    return next(iter(snapshot.claims_about(ref)), None)
