"""What a year ends at: the forecast, or once the year is over the outcome."""

from __future__ import annotations

from gsn_dash.domain.figures import Derivation, Figure, derive
from gsn_dash.domain.snapshot import Occasion

_RULE = "year_ended"


def year_end(occasion: Occasion, expected: Figure, ended: Figure) -> Figure:
    """The year's figure: `expected`, or at a closing what it `ended` at, where that is known.

    A paper that prints that same amount for the year is left to say so itself.
    """
    says_so = not expected.is_derived and expected.amount == ended.amount
    if not occasion.is_closing or ended.is_unknown or says_so:
        return expected
    if ended.ref == expected.ref:
        return ended
    return derive(expected.ref, ended.amount, _RULE, ended)


def as_stated(figure: Figure) -> Figure:
    """The outcome itself where the year's figure is only that; otherwise the figure."""
    origin = figure.origin
    is_ended = isinstance(origin, Derivation) and origin.rule == _RULE
    return origin.inputs[0] if is_ended else figure
