"""A message never states a total that its parts contradict without saying so first."""

from __future__ import annotations

from dataclasses import replace

from gsn_dash.domain.amounts import Amount
from gsn_dash.domain.contradicted import Contradiction, contradictions, headline_refs
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import format_exact_kr
from gsn_dash.present.names import name_quantity
from gsn_dash.present.numbers import format_kr, format_mkr_unit

_WHO = {
    "rule": "delarna",
    "activities": "verksamheterna tillsammans",
    "projects": "projekten tillsammans",
    "named": "redan de nämnda projekten",
}


def say_contradicted(snapshot: Snapshot, area: str, message: str) -> str:
    """The message of an area with what contradicts its totals in front; alone where nothing does.

    `area` is operating, investment or collaboration.
    """
    found = contradictions(snapshot, headline_refs(snapshot, area))
    return " ".join([*(_say(snapshot, each) for each in found), message])


def _say(snapshot: Snapshot, found: Contradiction) -> str:
    stands, now = _amounts(found)
    name = name_quantity(snapshot, found.figure.ref)
    if found.is_rounding:
        return (
            f"”{name}” står kvar som {stands}, fast en uppgift bakom är ändrad:"
            f" {_WHO[found.parts]} ger nu {now}."
        )
    return (
        f"Siffrorna säger emot varandra: ”{name}” står som {stands}, men {_WHO[found.parts]} ger"
        f" {now}."
    )


def _amounts(found: Contradiction) -> tuple[str, str]:
    """Both amounts, as finely as it takes to tell them apart."""
    stands, now = (_write(found, each) for each in (found.figure.amount, found.by_parts))
    if stands != now:
        return stands, now
    by_parts = format_exact_kr(replace(found.figure, amount=found.by_parts))
    return format_exact_kr(found.figure), by_parts


def _write(found: Contradiction, amount: Amount) -> str:
    ref = found.figure.ref
    if ref.startswith("collaboration"):
        return format_kr(amount)
    return format_mkr_unit(amount, ref.endswith("deviation"))
