"""Texts with numbers in them that follow the levers: told once here, filled in here or elsewhere.

A template is a tuple of parts: plain text, numbers of a program's nodes, and choices between
templates. The browser fills them in while a lever moves, by the same rules; a test compares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gsn_dash.domain.amounts import round_fraction
from gsn_dash.domain.scenario.program import Quantity
from gsn_dash.present.numbers import format_number

MKR_IN_KR = 1_000_000
_UNITS = {
    "mkr": (MKR_IN_KR, 1),
    "kr": (1, 0),
    "int": (1, None),
    "percent": (Fraction(1, 100), None),
}


@dataclass(frozen=True)
class Number:
    """A node as a number without its unit.

    form: mkr (one decimal), kr (whole), int, or percent (of the node `of`); with "+" after it
    for a sign also above zero, "0" for the size alone. `per` is how many of the node's units
    make one; `decimals` is for int and percent.
    """

    node: int
    form: str
    per: int = 1
    of: int | None = None
    decimals: int = 0


@dataclass(frozen=True)
class BySign:
    """One of three templates, by the sign of a number as it is rounded to be shown."""

    number: Number
    positive: Template
    zero: Template
    negative: Template


@dataclass(frozen=True)
class Joined:
    """The templates that are not empty, with `between` between them."""

    between: str
    items: tuple[Template, ...]


@dataclass(frozen=True)
class Pick:
    """The text whose place a node has."""

    node: int
    texts: tuple[str, ...]


Part = str | Number | BySign | Joined | Pick
Template = tuple[Part, ...]


def mkr(quantity: Quantity, style: str = "") -> Number:
    """A quantity in Mkr with one decimal; style "+" with its sign, "0" its size."""
    return Number(quantity.node, f"mkr{style}", quantity.per)


def kr(quantity: Quantity, style: str = "") -> Number:
    """A quantity in whole kr; style "+" with its sign, "0" its size."""
    return Number(quantity.node, f"kr{style}", quantity.per)


def percent(part: Quantity, whole: Quantity, style: str = "", decimals: int = 0) -> Number:
    """A quantity as percent of another, which counts in the same unit."""
    return Number(part.node, f"percent{style}", 1, whole.node, decimals)


def render(template: Template, values: Sequence) -> str:
    """The text, where `values` are those of the program's nodes."""
    return "".join(_render(part, values) for part in template)


def _render(part: Part, values: Sequence) -> str:
    match part:
        case str():
            return part
        case Number():
            return _write(part, _rounded(part, values))
        case BySign(number=number):
            value = _rounded(number, values)
            chosen = part.zero if not value else part.positive if value > 0 else part.negative
            return render(chosen, values)
        case Pick(node=node, texts=texts):
            return texts[values[node]]
    return part.between.join(text for item in part.items if (text := render(item, values)))


def _rounded(number: Number, values: Sequence) -> Decimal:
    unit, decimals = _UNITS[number.form.rstrip("+0")]
    step = Decimal(1).scaleb(-(number.decimals if decimals is None else decimals))
    whole = number.per if number.of is None else values[number.of]
    return round_fraction(Fraction(values[number.node], whole) / Fraction(unit), step)


def _write(number: Number, value: Decimal) -> str:
    _, decimals = _UNITS[number.form.rstrip("+0")]
    shown = abs(value) if number.form.endswith("0") else value
    digits = number.decimals if decimals is None else decimals
    return format_number(shown, digits, signed=number.form.endswith("+"))


def as_json(template: Template) -> list:
    """The template as plain lists and dicts, ready for JSON."""
    return [_plain(part) for part in template]


def _plain(part: Part) -> object:
    match part:
        case Number():
            return _plain_number(part)
        case BySign():
            return {
                "by": _plain_number(part.number),
                "+": as_json(part.positive),
                "0": as_json(part.zero),
                "-": as_json(part.negative),
            }
        case Joined():
            return {"join": part.between, "items": [as_json(item) for item in part.items]}
        case Pick():
            return {"pick": part.node, "texts": list(part.texts)}
    return part


def _plain_number(number: Number) -> dict:
    plain = {"n": number.node, "as": number.form, "per": number.per, "decimals": number.decimals}
    return plain if number.of is None else {**plain, "of": number.of}
