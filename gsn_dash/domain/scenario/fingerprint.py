"""The fingerprint of all that a scenario is computed from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256

from gsn_dash.domain.amounts import Money, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.refs import population_ref
from gsn_dash.domain.snapshot import Claim, Contribution, Snapshot

_UNKNOWN = "unknown"
Line = tuple[str, ...]


def fingerprint(snapshot: Snapshot) -> str:
    """SHA-256 in hexadecimal of all that the rules read: the same for the same figures.

    It is taken of the occasion's months; of each figure's name, amount, printed text and
    precision; of each claim's name, kind and value; and of which activities, projects,
    municipalities, collaborations, keys and inhabitants there are. In which order the rows come,
    in which paper they stand and what a thing is called do not count.
    """
    text = json.dumps(sorted(_lines(snapshot)), ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8")).hexdigest()


def _lines(snapshot: Snapshot) -> Iterator[Line]:
    occasion = snapshot.occasion
    days = (occasion.period_start, occasion.period_end)
    yield ("occasion", str(occasion.year), str(occasion.number), *(d.isoformat() for d in days))
    figures = (*snapshot.operating.values(), *snapshot.investments.values())
    yield from (("figure", *_figure(figure)) for figure in figures)
    yield from (("total", ref, *_figure(total)) for ref, total in snapshot.totals.items())
    stated = snapshot.contributions.values()
    yield from (("contribution", *_contribution(each)) for each in stated)
    yield from (("restated", *_contribution(each)) for each in snapshot.restated)
    yield from (("claim", *_claim(claim)) for claim in snapshot.claims)
    yield from _subjects(snapshot)


def _subjects(snapshot: Snapshot) -> Iterator[Line]:
    """What the figures are of, and what the keys share by."""
    for activity in snapshot.activities:
        yield ("activity", activity.key, *sorted(activity.members))
    for project in snapshot.projects:
        kinds = (str(project.is_group), str(project.is_rest))
        yield ("project", project.key, *kinds, *sorted(project.codes))
    yield from (("municipality", code) for code in snapshot.municipalities)
    yield from (("collaboration", each.key) for each in snapshot.collaborations)
    for name, key in snapshot.allocation_keys.items():
        yield ("key", name, _exact(key.equal_part), key.counted_on, *sorted(key.members))
    for population in snapshot.populations:
        name = population_ref(population.municipality, population.as_of)
        yield ("population", name, str(population.count))


def _figure(figure: Figure) -> Line:
    return figure.ref, _plain(figure.amount), figure.printed, _exact(figure.precision)


def _contribution(contribution: Contribution) -> Line:
    return contribution.key.ref, str(contribution.year), *_figure(contribution.figure)


def _claim(claim: Claim) -> Line:
    return claim.ref, claim.kind, _plain(claim.value), _exact(claim.precision)


def _plain(value: Money | Unknown | Decimal | bool | str) -> str:
    if isinstance(value, Unknown):
        return _UNKNOWN
    if isinstance(value, Money):
        return _exact(value.kr)
    return _exact(value) if isinstance(value, Decimal) else str(value)


def _exact(number: Decimal) -> str:
    """Every digit, and no zeros that say nothing: 1.50 and 1.5 are one number."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
