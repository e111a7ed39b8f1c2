"""Where the year ends with each of several scenarios, under what the papers say."""

from __future__ import annotations

from collections.abc import Sequence

from gsn_dash.charts.data import Mark, Picture, Row, Style
from gsn_dash.domain.amounts import MKR, Amount, Unknown
from gsn_dash.domain.operating import line
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.pictures.marks import draw_known, mkr_mark
from gsn_dash.present.numbers import format_mkr

WHAT_IF = "Tänk om"


def net_picture(snapshot: Snapshot, nets: Sequence[tuple[str, str, Amount]]) -> Picture | None:
    """`nets` is each scenario's name, who saved it, and its net against the year's budget."""
    reported = line(snapshot, "net", "year").deviation
    first = mkr_mark(reported, Style.FORECAST, "Prognosen", signed=True)
    rows = [Row("Prognosen i papperen", (first,))]
    rows += [Row(name, (_mark(net),), author) for name, author, net in nets]
    said = [f"{row.label}: {row.marks[0].label} Mkr" for row in rows]
    title = f"GSN, nettokostnad mot budget vid årets slut {snapshot.occasion.year}, Mkr"
    return draw_known(title, ". ".join(said), tuple(rows), "Mkr")


def _mark(net: Amount) -> Mark:
    value = None if isinstance(net, Unknown) else net.in_unit(MKR)
    return Mark(Style.WHATIF, value, format_mkr(net, True), "", WHAT_IF)
