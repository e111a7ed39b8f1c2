"""A scenario as a document of plain values, and back: what is kept, and never its results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_type_hints

from gsn_dash.domain.amounts import Money
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

FORMAT = 1
# No amount or share is longer, larger or finer: a number of a million digits is an attack.
_MOST_CHARACTERS, _MOST_DIGITS = 32, 15
# The names in documents: they stay, whatever the classes come to be called.
_KINDS: dict[str, type] = {
    "used_up": UsedUp,
    "rest_change": RestChange,
    "year_end": YearEnd,
    "action": Action,
    "lump": Lump,
    "utilisation": Utilisation,
    "stopped": Stopped,
    "moved_money": MovedMoney,
    "carried_over": CarriedOver,
    "price_change": PriceChange,
    "equal_part": EqualPart,
    "counted_on": CountedOn,
    "membership": Membership,
    "assumed_amount": AssumedAmount,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


class DocumentRefused(ValueError):
    """A document that is no scenario; the message is for a log."""


def write_document(scenario: Scenario) -> dict[str, Any]:
    """The scenario as what JSON can hold: amounts and shares as text, exactly."""
    return {"format": FORMAT, "assumptions": [_write(overlay) for overlay in scenario.overlays]}


def read_document(document: Mapping[str, Any]) -> Scenario:
    """The scenario of a document. Raises DocumentRefused for what `write_document` never writes."""
    found = document.get("format") if isinstance(document, Mapping) else None
    if type(found) is not int or found != FORMAT:
        raise DocumentRefused("no scenario of a known format")
    try:
        return Scenario(tuple(_read(entry) for entry in document["assumptions"]))
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise DocumentRefused(f"no scenario: {error}") from error


def _write(overlay: Overlay) -> dict[str, Any]:
    said = {field.name: _plain(getattr(overlay, field.name)) for field in fields(overlay)}
    return {"kind": _NAMES[type(overlay)], **said}


def _plain(value: Any) -> Any:
    match value:
        case Money(kr=kr):
            return str(kr)
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
    return value


def _read(entry: Mapping[str, Any]) -> Overlay:
    kind = _KINDS[entry["kind"]]
    types = get_type_hints(kind)
    said = {name: _parse(types[name], value) for name, value in entry.items() if name != "kind"}
    return kind(**said)


def _parse(wanted: type, value: Any) -> Any:
    if wanted in (Money, Decimal, date):
        if not isinstance(value, str) or len(value) > _MOST_CHARACTERS:
            raise TypeError(f"{str(value)[:50]!r} is no text of an amount, a share or a day")
        if wanted is date:
            return date.fromisoformat(value)
        number = Decimal(value)
        if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
            raise ValueError(f"{value!r} is no amount or share")
        return Money(number) if wanted is Money else number
    if type(value) is not wanted:
        raise TypeError(f"{value!r} is no {wanted.__name__}")
    return value
