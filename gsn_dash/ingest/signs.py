"""Which signs a file writes its amounts with, and how they become ours: costs below zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from gsn_dash.domain.amounts import Money
from gsn_dash.ingest import meanings
from gsn_dash.ingest.amount_cells import read_amount
from gsn_dash.ingest.cells import Cell
from gsn_dash.ingest.lines import read_lines
from gsn_dash.ingest.meanings import ITEMS, Meaning
from gsn_dash.ingest.printed import UnreadableError

Rows = tuple[tuple[Cell, ...], ...]
# The amounts of a table in the file's own signs: by (subject, item, span, measure).
Written = Mapping[tuple[str, str, str, str], Decimal]


def find_cost_sign(
    body: Rows, columns: Mapping[int, Meaning], speaks_of_costs: bool
) -> tuple[int, bool]:
    """−1 where costs are written below zero, 1 where above, and whether it could be told.

    Where no cost is written, net tells: a board that only costs has a net of its costs' sign. A
    net above zero can be a surplus, too, where the words of the table do not speak of costs.
    """
    written = _written(body, columns)
    for items in (("cost", "other_cost"), ("net",)):
        values = [v for key, v in written.items() if key[1] in items and key[3] != "deviation"]
        above, below = sum(v > 0 for v in values), sum(v < 0 for v in values)
        if above != below:
            is_clear = min(above, below) * 4 <= max(above, below)
            can_be_surplus = items == ("net",) and above > below and not speaks_of_costs
            return (1 if above > below else -1), is_clear and not can_be_surplus
    return -1, False


def _written(
    body: Rows, columns: Mapping[int, Meaning]
) -> dict[tuple[str, str, str, str], Decimal]:
    found = {}
    for line in read_lines(body, 0, columns, meanings.SUBJECT):
        if line.role not in ("named", "total"):
            continue
        for x, meaning in columns.items():
            if not meaning.is_amount or x >= len(body[line.y]):
                continue
            item, span, measure = meaning.key.split(":")
            try:
                amount = read_amount(body[line.y][x], "kr", 0).amount
            except UnreadableError:
                continue
            if isinstance(amount, Money):
                key = (line.code or line.name, item or line.item, span, measure)
                found[key] = amount.kr
    return found


def find_signs(written: Written, cost_sign: int) -> dict[str, int]:
    """What each item's amounts are multiplied by to have our signs; "deviation:ITEM" likewise.

    Costs by `cost_sign`. Revenue is turned only where a file writes it below zero and costs
    above, as accounting does. Net and deviations are what fits the amounts that they follow from.
    """
    cost = -cost_sign
    revenues = [v for key, v in written.items() if key[1] == "revenue" and key[3] != "deviation"]
    turns = cost_sign == 1 and sum(v < 0 for v in revenues) > sum(v > 0 for v in revenues)
    signs = {"cost": cost, "other_cost": cost, "revenue": -1 if turns else 1}
    signs["net"] = _fitting_net(written, signs, cost)
    rows = _deviations(written, signs)
    usual = deviation_sign([each for found in rows.values() for each in found])
    for item in ITEMS:
        # A table of raw differences has revenue's with our sign and costs' with the other.
        signs[f"deviation:{item}"] = deviation_sign(rows.get(item, ()), usual)
    return signs


def _fitting_net(written: Written, signs: Mapping[str, int], otherwise: int) -> int:
    fits = {1: 0, -1: 0}
    for (subject, item, span, measure), net in written.items():
        revenue = written.get((subject, "revenue", span, measure))
        cost = written.get((subject, "cost", span, measure))
        if item != "net" or measure == "deviation" or None in (revenue, cost):
            continue
        parts = revenue * signs["revenue"] + cost * signs["cost"]
        for sign in fits:
            fits[sign] += _closer(net * sign, -net * sign, parts)
    return max(fits, key=lambda sign: fits[sign]) if fits[1] != fits[-1] else otherwise


def _deviations(
    written: Written, signs: Mapping[str, int]
) -> dict[str, list[tuple[Decimal, Decimal, Decimal]]]:
    """Each item's deviations, with what came of it and its budget in our signs."""
    found: dict[str, list[tuple[Decimal, Decimal, Decimal]]] = {}
    for (subject, item, span, measure), deviation in written.items():
        result = written.get((subject, item, span, "outcome" if span == "period" else "forecast"))
        budget = written.get((subject, item, span, "budget"))
        if measure == "deviation" and None not in (result, budget):
            ours = (deviation, result * signs[item], budget * signs[item])
            found.setdefault(item, []).append(ours)
    return found


def deviation_sign(rows: Iterable[tuple[Decimal, Decimal, Decimal]], otherwise: int = 1) -> int:
    """1 where deviations are results less budgets, −1 where the other way round.

    `rows` are (deviation, result, budget); `otherwise` is given where they do not tell.
    """
    fits = {1: 0, -1: 0}
    for deviation, result, budget in rows:
        for sign in fits:
            fits[sign] += _closer(deviation * sign, -deviation * sign, result - budget)
    return max(fits, key=lambda sign: fits[sign]) if fits[1] != fits[-1] else otherwise


def _closer(one: Decimal, other: Decimal, wanted: Decimal) -> bool:
    return abs(one - wanted) < abs(other - wanted)
