"""How the year's end is spoken of: while it is a forecast, and when the year is over."""

from __future__ import annotations

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.operating import line, spans_of
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.present.what_if import say_against_budget


def name_result(occasion: Occasion, span: str) -> str:
    """What is held against the budget: "utfall" of a period, "prognos" of a year that goes on."""
    return "utfall" if span == "period" or occasion.is_closing else "prognos"


def name_spans(snapshot: Snapshot) -> dict[str, str]:
    """The spans of the occasion that have lines of their own, named beside their deviations."""
    spans = spans_of(snapshot)
    if not snapshot.occasion.is_closing:
        return {"period": "Hittills", "year": "Vid årets slut, prognos"}
    if len(spans) == 1:
        return {"period": "Hela året"}
    return {"period": "Mot periodens budget", "year": "Mot årets budget"}


def say_ended(snapshot: Snapshot) -> str:
    """ "2023 slutade 1,7 Mkr bättre än budget.", of a year that is over."""
    year, net = snapshot.occasion.year, line(snapshot, "net", "year").deviation.amount
    if isinstance(net, Unknown):
        return f"Hur {year} slutade mot budget går inte att säga: uppgiften saknas i papperen."
    return f"{year} slutade {say_against_budget(net)}."
