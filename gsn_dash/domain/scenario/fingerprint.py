"""The fingerprint of the figures that a scenario is computed from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256

from gsn_dash.domain.amounts import Amount, Unknown
from gsn_dash.domain.refs import population_ref
from gsn_dash.domain.snapshot import Snapshot

_UNKNOWN = "unknown"
Line = tuple[str, ...]


def fingerprint(snapshot: Snapshot) -> str:
    """SHA-256 in hexadecimal of every figure in force: the same for the same figures.

    It is taken of the occasion's months and of what each figure is called and amounts to, an
    unknown one as unknown. Where a figure is printed, in which order the rows come and what
    anything is named do not count, since no result depends on them.
    """
    text = json.dumps(sorted(_lines(snapshot)), ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8")).hexdigest()


def _lines(snapshot: Snapshot) -> Iterator[Line]:
    occasion = snapshot.occasion
    days = (occasion.period_start, occasion.period_end)
    yield ("occasion", str(occasion.year), str(occasion.number), *(d.isoformat() for d in days))
    figures = (*snapshot.operating.values(), *snapshot.investments.values())
    yield from (("figure", figure.ref, _plain(figure.amount)) for figure in figures)
    for ref, total in snapshot.totals.items():
        yield ("total", ref, _plain(total.amount))
    for key, contribution in snapshot.contributions.items():
        yield ("contribution", key.ref, _plain(contribution.figure.amount))
    for name, key in snapshot.allocation_keys.items():
        yield ("key", name, _exact(key.equal_part), key.counted_on, *sorted(key.members))
    for population in snapshot.populations:
        name = population_ref(population.municipality, population.as_of)
        yield ("population", name, str(population.count))


def _plain(amount: Amount) -> str:
    return _UNKNOWN if isinstance(amount, Unknown) else _exact(amount.kr)


def _exact(number: Decimal) -> str:
    """Every digit, and no zeros that say nothing: 1.50 and 1.5 are one number."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
