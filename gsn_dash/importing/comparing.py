"""What a file says held against the occasion before, and each amount against its neighbours.

Nothing here refuses anything: a leap may be true. It is told so that somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.differences import CHANGED, GONE, NEW, SAME, Difference, differences
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import TOTAL
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.importing.flow import Look

# Thousands for millions is a thousandfold; from here on it is asked about.
SLIP = 300
# Parts of an occasion's own, which another occasion states anew.
_OWN_PARTS = ("operating", "investment", "contribution", "total")
_FOLLOWED = ("outcome", "forecast")
_LEAST_ALIKE = 3
_TURNED, _BECOMES_UNKNOWN, _NEW = Decimal(10**9), Decimal(10**8), Decimal(2)
_PLAIN_MEASURES = ("budget", "outcome", "forecast")


@dataclass(frozen=True)
class Slip:
    """An amount that is more than SLIP times another, or less than one part in so many.

    `other` is the amount that it was held against, `is_last_time` whether that is the same row of
    the occasion before.
    """

    change: Difference
    other: Figure
    is_last_time: bool


def compared(seen: Look) -> tuple[Difference, ...]:
    """What would change, the greatest leaps first; a new occasion against the one before it.

    `before` is then that occasion's figure, and what is alike is the same.
    """
    changes = [change for change in seen.changes if change.kind != SAME]
    if seen.earlier is not None:
        then = {_name(each): each for each in _against_earlier(seen) if each.after is not None}
        changes = [then.get(_name(change), change) for change in changes]
    stretch = _stretch(seen)
    return tuple(sorted(changes, key=lambda change: -_leap(change, stretch)))


def missing(seen: Look) -> tuple[Difference, ...]:
    """What the occasion before has and a new one has not, of what the file is about at all.

    What is not printed this time, but follows from other amounts, is not missing; nor is the
    forecast of a year that has ended.
    """
    found = _against_earlier(seen)
    after = seen.preview.after if seen.preview else None
    areas = {_area(each) for each in found if each.after is not None}
    is_closing = after is not None and after.occasion.is_closing
    return tuple(
        each
        for each in found
        if each.kind == GONE
        and _area(each) in areas
        and not (is_closing and _is_foreseen(each))
        and _is_known(each.before)
        and not _is_known(in_force(after, each.ref))
    )


def becomes_unknown(seen: Look) -> tuple[Difference, ...]:
    """What is known now, or was last time, and would be unknown."""
    return tuple(
        each
        for each in compared(seen)
        if _is_known(each.before) and isinstance(each.after, Figure) and each.after.is_unknown
    )


def slips(seen: Look) -> tuple[Slip, ...]:
    """The amounts that may be written in another unit than they are read in."""
    snapshot = seen.preview.after if seen.preview else None
    if snapshot is None:
        return ()
    stated, held = _stated(snapshot), _stated(seen.preview.before)
    found = (_slip(change, stated) for change in compared(seen) if change.kind in (NEW, CHANGED))
    # What stood out from its row before, and does no more, is a slip that is put right.
    return tuple(slip for slip in found if slip and not _stands_out(slip.change.before, held))


def turned_nets(seen: Look) -> tuple[Difference, ...]:
    """The nets that would change sign, and at the same occasion the whole's deviations too."""
    if seen.preview is None or seen.preview.after is None:
        return ()
    after, earlier = seen.preview.after, seen.preview.before or seen.earlier
    if earlier is None:
        return ()
    is_same = seen.preview.before is not None
    is_same_year = earlier.occasion.year == after.occasion.year
    refs = [
        ref
        for ref in _nets(after)
        # The months that a year begins with are not like those of the whole year before.
        if (is_same or not ref.endswith(":deviation")) and (is_same_year or ":period:" not in ref)
    ]
    pairs = [(ref, in_force(earlier, ref), in_force(after, ref)) for ref in refs]
    return tuple(
        Difference(ref, was, will, CHANGED, "operating")
        for ref, was, will in pairs
        if _is_known(was) and _is_known(will) and was.money.kr * will.money.kr < 0
    )


def count_alike(seen: Look) -> tuple[int, int]:
    """Of a new occasion's outcomes and forecasts: how many are just as last time, and of all."""
    if seen.earlier is None:
        return 0, 0
    followed = [
        each
        for each in _against_earlier(seen)
        if each.ref.rpartition(":")[2] in _FOLLOWED
        and _is_known(each.before)
        and _is_known(each.after)
        and each.after.money.kr
    ]
    alike = sum(each.before.money == each.after.money for each in followed)
    return (alike, len(followed)) if len(followed) >= _LEAST_ALIKE else (0, len(followed))


def undone_corrections(seen: Look) -> tuple[Difference, ...]:
    """What somebody has put right by hand, and the file would change again."""
    before = seen.preview.before if seen.preview else None
    if before is None:
        return ()
    right = {each.ref for each in before.put_right}
    return tuple(each for each in compared(seen) if each.ref in right and each.before is not None)


def _against_earlier(seen: Look) -> tuple[Difference, ...]:
    if seen.earlier is None or seen.preview is None:
        return ()
    found = differences(seen.earlier, seen.preview.after)
    return tuple(each for each in found if each.part in _OWN_PARTS)


def _name(change: Difference) -> tuple[str, str]:
    return change.part, change.ref


def _area(change: Difference) -> str:
    """Operating, investment or collaboration, for a row and for a printed total alike."""
    return change.ref.partition(":")[0]


def _is_foreseen(change: Difference) -> bool:
    """Whether it is a forecast, or is counted from one."""
    return ":year:deviation" in change.ref or "forecast" in change.ref.rpartition(":")[2]


def _nets(snapshot: Snapshot) -> Iterable[str]:
    subjects = dict.fromkeys((TOTAL, *(activity.key for activity in snapshot.activities)))
    for subject in subjects:
        for span, last in (("period", "outcome"), ("year", "forecast")):
            for measure in ("budget", last, *(("deviation",) if subject == TOTAL else ())):
                yield f"operating:{subject}:net:{span}:{measure}"


def _stretch(seen: Look) -> Decimal:
    """How much longer the period is than that of the occasion before; 1 at the same occasion."""
    if seen.earlier is None or seen.preview is None or seen.preview.after is None:
        return Decimal(1)
    return Decimal(seen.preview.after.occasion.months) / seen.earlier.occasion.months


def _leap(change: Difference, stretch: Decimal) -> Decimal:
    """How far an amount moves: as many times more, or less, as its period leads to expect."""
    if _is_known(change.before) and isinstance(change.after, Figure) and change.after.is_unknown:
        return _BECOMES_UNKNOWN
    if not (_is_known(change.before) and _is_known(change.after)):
        return _NEW if change.kind != SAME else Decimal(0)
    was, will = change.before.money.kr, change.after.money.kr
    if was * will < 0:
        return _TURNED
    if ":period:" in change.ref:
        was *= stretch
    low, high = sorted((abs(was), abs(will)))
    if not low:
        return Decimal(SLIP) / 10 if high else Decimal(0)
    return high / low


def _slip(change: Difference, stated: Mapping[str, Figure]) -> Slip | None:
    """Held against itself last time, otherwise against the other amounts of its row."""
    after = change.after
    if not _is_known(after) or change.ref.endswith("deviation") or not after.money.kr:
        return None
    if _is_known(change.before) and change.before.money.kr:
        is_far = _is_far(after, change.before)
        return Slip(change, change.before, True) if is_far else None
    high = _highest(change.ref, stated)
    is_far = high is not None and _times(after, high) >= SLIP
    return Slip(change, high, False) if is_far else None


def _stands_out(figure: object, stated: Mapping[str, Figure]) -> bool:
    """Whether an amount is far from every other one of its row."""
    if not _is_known(figure):
        return False
    others = [stated[each] for each in _neighbours(figure.ref) if _is_known(stated.get(each))]
    others = [other for other in others if other.money.kr]
    return bool(others) and all(_is_far(figure, other) for other in others)


def _highest(ref: str, stated: Mapping[str, Figure]) -> Figure | None:
    """The greatest of the other amounts of a row; None where none is more than zero."""
    others = [stated[each] for each in _neighbours(ref) if _is_known(stated.get(each))]
    high = max(others, key=lambda figure: abs(figure.money.kr), default=None)
    return high if high is not None and high.money.kr else None


def _is_far(one: Figure, other: Figure) -> bool:
    times = _times(one, other)
    return times >= SLIP or times * SLIP <= 1


def _times(one: Figure, other: Figure) -> Decimal:
    return abs(one.money.kr) / abs(other.money.kr)


def _neighbours(ref: str) -> list[str]:
    """The other amounts of the same row."""
    area, *names = ref.split(":")
    if area == "investment":
        return [f"investment:{names[0]}:{each}" for each in ("appropriation", "forecast")]
    if area != "operating":
        return []
    subject, item = names[:2]
    row = [
        f"operating:{subject}:{item}:{when}:{each}"
        for when in ("period", "year")
        for each in _PLAIN_MEASURES
    ]
    return [each for each in row if each != ref]


def _stated(snapshot: Snapshot | None) -> Mapping[str, Figure]:
    if snapshot is None:
        return {}
    groups = (snapshot.operating, snapshot.investments)
    return {key.ref: figure for group in groups for key, figure in group.items()}


def _is_known(stated: object) -> bool:
    return isinstance(stated, Figure) and isinstance(stated.amount, Money)
