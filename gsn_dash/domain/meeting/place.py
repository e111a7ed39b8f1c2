"""Where a meeting is: which view, which row of it is pointed out, and where the levers stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_LONGEST_VIEW, _LONGEST_ROW, _LONGEST_LEVER = 80, 200, 100
_MOST_LEVERS, _FURTHEST = 200, 10**9
_FIELDS = {"view", "row", "levers"}


@dataclass(frozen=True)
class Place:
    """The key of a view, the name of a row in it (empty for none), and each lever's position.

    Levers that are not named stand where they stood from the beginning.
    """

    view: str
    row: str = ""
    levers: Mapping[str, int] = field(default_factory=dict)


def read_place(document: object) -> Place:
    """The place that a browser tells, from JSON; `row` and `levers` may be absent.

    Raises ValueError for anything that is none. Whether the view exists is not asked.
    """
    if not isinstance(document, Mapping) or not set(document) <= _FIELDS:
        raise ValueError("no place")
    view = _read_name(document.get("view"), _LONGEST_VIEW)
    if not view:
        raise ValueError("a place without a view")
    levers = document.get("levers", {})
    if not isinstance(levers, Mapping) or len(levers) > _MOST_LEVERS:
        raise ValueError("no positions of levers")
    read = {_read_name(name, _LONGEST_LEVER): _read_position(at) for name, at in levers.items()}
    return Place(view, _read_name(document.get("row", ""), _LONGEST_ROW), read)


def as_json(place: Place) -> dict[str, Any]:
    """The place as what JSON can hold, the levers by name."""
    return {"view": place.view, "row": place.row, "levers": dict(sorted(place.levers.items()))}


def _read_name(name: object, longest: int) -> str:
    if not isinstance(name, str) or len(name) > longest:
        raise ValueError("no name, or one that is too long")
    # Neither a control character nor half a surrogate pair can be kept or shown.
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name):
        raise ValueError("a name with a control character")
    return name


def _read_position(at: object) -> int:
    # Not isinstance: a truth value is an int to Python.
    if type(at) is not int or abs(at) > _FURTHEST:
        raise ValueError("no position of a lever")
    return at
