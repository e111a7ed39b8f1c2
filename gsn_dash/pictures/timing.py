"""The period's deviation, and under it what of it is timing and what is permanent."""

from __future__ import annotations

from gsn_dash.charts.data import Mark, Picture, Row, Style
from gsn_dash.domain.amounts import MKR, Amount, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.operating import line
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.domain.timing import Timing
from gsn_dash.pictures.marks import deviation_style, draw_known, mkr_mark
from gsn_dash.present.levers import name_part
from gsn_dash.present.names import ITEMS, name_period
from gsn_dash.present.numbers import format_mkr
from gsn_dash.present.timing import describe_picture, say_who


def timing_picture(snapshot: Snapshot, found: Timing) -> Picture | None:
    """The whole, then each part; None where no amount is known."""
    who = say_who(snapshot, is_assumed=False)
    whole = (found.timing, found.permanent)
    rows = [_row("Hela avvikelsen", found.whole, whole, found.is_assumed, who)]
    for item in found.unknown:
        deviation = line(snapshot, item, "period").deviation
        rows.append(Row(ITEMS[item], (_reported(deviation),)))
    rows += [
        _row(
            name_part(snapshot, part.part),
            part.part.figure,
            (part.timing, part.permanent),
            part.is_assumed,
            who,
        )
        for part in found.parts
    ]
    title = f"GSN, avvikelsen {name_period(snapshot.occasion)}: tillfällig eller bestående"
    return draw_known(title, describe_picture(snapshot, found), tuple(rows), "Mkr")


def _row(
    name: str, whole: Figure, divided: tuple[Amount, Amount], is_assumed: bool, who: str
) -> Row:
    style, note = (Style.WHATIF, "") if is_assumed else (Style.FORECAST, who)
    marks = (
        _divided(divided[0], style, "Tillfälligt", note),
        _divided(divided[1], style, "Bestående"),
    )
    return Row(name, (_reported(whole), *marks))


def _reported(figure: Figure) -> Mark:
    return mkr_mark(figure, deviation_style(figure), "Avvikelse", signed=True)


def _divided(amount: Amount, style: Style, name: str, note: str = "") -> Mark:
    text = format_mkr(amount, signed=True)
    value = None if isinstance(amount, Unknown) else amount.in_unit(MKR)
    return Mark(style, value, text, "", name, note)
