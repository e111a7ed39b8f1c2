"""Which signs a file writes its amounts with, and how they become ours: costs below zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    body: Rows, columns: Mapping[int, Meaning], own_item: str, speaks_of_costs: bool
) -> tuple[int, bool]:
    """−1 where costs are written below zero, 1 where above, and whether it could be told.

    `own_item` is the item of the rows that name none.
    0 where a person must say it: net stands without costs, and nothing tells what its sign means.
    """
    written = _written(body, columns, own_item)
    costs = _signs_of(written, ("cost", "other_cost"))
    if costs.above != costs.below:
        is_clear = min(costs.above, costs.below) * 4 <= max(costs.above, costs.below)
        sign = 1 if costs.above > costs.below else -1
        return sign, is_clear and _are_deviations_told(written, sign)
    nets = _signs_of(written, ("net",))
    if not nets.above and not nets.below:
        return -1, False
    return _sign_of_net(nets, _deviation_sign_of_net(written), speaks_of_costs)


@dataclass(frozen=True)
class _Signs:
    """How many amounts are above zero and how many below."""

    above: int
    below: int


def _signs_of(written: Written, items: tuple[str, ...]) -> _Signs:
    values = [v for key, v in written.items() if key[1] in items and key[3] != "deviation"]
    return _Signs(sum(v > 0 for v in values), sum(v < 0 for v in values))


def _sign_of_net(nets: _Signs, by_deviations: int, speaks_of_costs: bool) -> tuple[int, bool]:
    """The sign of costs where only net is written, which of a board is its costs' or a surplus.

    `by_deviations` is −1 where deviations are outcome less budget as written, which is how ours
    are, 1 where they are the other way round, and 0 where they do not tell. Of amounts with both
    signs only they tell; they are no proof, since a table may print plain differences.
    """
    if nets.above and nets.below:
        return by_deviations, False
    if not nets.above:
        return (-1, True) if by_deviations != 1 else (0, False)
    if speaks_of_costs:
        return (1, True) if by_deviations != -1 else (0, False)
    return by_deviations, False


def _deviation_sign_of_net(written: Written) -> int:
    rows = _deviations(written, dict.fromkeys(ITEMS, 1)).get("net", [])
    return -deviation_sign(rows, 0)


def _are_deviations_told(written: Written, cost_sign: int) -> bool:
    """Whether no item's deviations are left as they are while the others' are seen to be turned."""
    signs = find_signs(written, cost_sign)
    told = {item: deviation_sign(found, 0) for item, found in _deviations(written, signs).items()}
    items = {key[1] for key, kr in written.items() if key[3] == "deviation" and kr}
    return -1 not in told.values() or all(told.get(item) for item in items)


def _written(
    body: Rows, columns: Mapping[int, Meaning], own_item: str
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
                key = (line.code or line.name, item or line.item or own_item, span, measure)
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
    for item in ITEMS:
        # A table of raw differences has revenue's with our sign and costs' with the other. What
        # no outcome and budget of the item's own prove to be turned stays as it is written.
        signs[f"deviation:{item}"] = deviation_sign(rows.get(item, ()))
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
