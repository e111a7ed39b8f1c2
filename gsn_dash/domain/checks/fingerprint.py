"""The fingerprint of what a control found: it changes when what the finding says changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any

from gsn_dash.domain.figures import Document, Figure, SourceRef

_WHERE = (SourceRef, Document)


def fingerprint_of(*said: Any) -> str:
    """SHA-256 in hexadecimal of what is said: amounts, ratios, texts, names and verdicts.

    In which papers and on which pages it stands does not count, nor how many zeros a number is
    written with.
    """
    text = json.dumps(_plain(said), ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8")).hexdigest()


def _plain(value: Any) -> Any:
    """A value as JSON that is the same for what says the same."""
    if isinstance(value, Figure):
        return [value.ref, _plain(value.amount), value.printed]
    if isinstance(value, _WHERE):
        return None
    if isinstance(value, Decimal):
        return str(value.normalize() + 0)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return [type(value).__name__, *(_plain(getattr(value, f.name)) for f in fields(value))]
    return _plain_box(value)


def _plain_box(value: Any) -> Any:
    if isinstance(value, Mapping):
        return sorted([_plain(name), _plain(part)] for name, part in value.items())
    if isinstance(value, set | frozenset):
        return sorted(json.dumps(_plain(part)) for part in value)
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value if not isinstance(part, _WHERE)]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
