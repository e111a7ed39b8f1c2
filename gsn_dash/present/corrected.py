"""What a person has put right, and what it replaced, in words."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from gsn_dash.domain.figures import Figure
from gsn_dash.domain.outdated import Outdated, outdated
from gsn_dash.domain.snapshot import PutRight, Snapshot
from gsn_dash.present.collaborating import join_words
from gsn_dash.present.names import name_place, name_quantity
from gsn_dash.present.numbers import format_mkr_unit, format_moment
from gsn_dash.present.places import format_as_printed
from gsn_dash.present.scenarios import apart

_ZONE = ZoneInfo("Europe/Stockholm")


def find_put_right(snapshot: Snapshot, figure: Figure) -> PutRight | None:
    """How the figure was put right; None where it stands as its paper has it."""
    stated = (*snapshot.operating.values(), *snapshot.investments.values())
    stated += (*(c.figure for c in snapshot.contributions.values()), *snapshot.totals.values())
    if not any(figure is each or figure == each for each in stated):
        return None  # what it was before is not put right
    return next((each for each in snapshot.put_right if each.ref == figure.ref), None)


def describe_put_right(found: PutRight, value: str) -> str:
    """ "Rättat till 50,7 Mkr av Eva den 9 maj 2023 …, därför att: …. I filen stod ”50,6”."."""
    when = format_moment(found.at.astimezone(_ZONE))
    why = found.reason.rstrip(".")
    return (
        f"Rättat till {value} av {apart(found.by)} {when}, därför att: {apart(why)}."
        f" I filen eller papperet stod {format_as_printed(found.printed)}."
    )


def say_outdated(snapshot: Snapshot, prefix: str) -> tuple[str, ...]:
    """What a part put right outdates, of the figures whose names begin so ("operating:")."""
    return tuple(
        describe_outdated(snapshot, each)
        for each in outdated(snapshot)
        if each.figure.ref.startswith(prefix)
    )


def describe_outdated(snapshot: Snapshot, found: Outdated) -> str:
    """That a figure stands as printed, which part was put right, and what the parts now give."""
    signed = found.figure.ref.endswith("deviation")
    stands, now = (format_mkr_unit(a, signed) for a in (found.figure.amount, found.by_parts))
    parts = join_words([f"”{name_quantity(snapshot, ref)}”" for ref in found.put_right])
    return (
        f"{name_quantity(snapshot, found.figure.ref)} står kvar som tryckt, {stands}, fast"
        f" {parts} är rättad: delarna ger nu {now}. Se efter om den också ska rättas."
    )


def really_replaced(snapshot: Snapshot) -> tuple[Figure, ...]:
    """What has been replaced by something else: a choice of source alone changes no amount."""
    stated = [each.figure for each in (*snapshot.contributions.values(), *snapshot.restated)]
    return tuple(old for old in snapshot.replaced if old not in stated)


def say_restated(snapshot: Snapshot, figure: Figure) -> Iterator[str]:
    """The other places that state the figure, each with which of them is in force."""
    now = format_as_printed(figure.printed)
    for other in snapshot.restated:
        if other.figure.ref == figure.ref:
            printed = format_as_printed(other.figure.printed)
            where = name_place(other.figure.origin)
            yield f"Står också som {printed} i {where}. Det som gäller är {now}."


def say_replaced(snapshot: Snapshot, figure: Figure) -> tuple[Figure, ...]:
    """What the figure has replaced, but for what a correction tells of itself."""
    found = find_put_right(snapshot, figure)
    told = found.printed if found else None
    return tuple(
        old for old in really_replaced(snapshot) if old.ref == figure.ref and old.printed != told
    )
