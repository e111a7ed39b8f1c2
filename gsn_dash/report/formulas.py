"""Formulas for a spreadsheet, made of how the figures follow from each other.

A rule of the domain becomes a formula only where all that it rests on stands in the file, and
where it gives exactly what the cell shows: what a paper prints stays as it is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import KR, Amount, Unknown, deviation_of, total_of
from gsn_dash.domain.figures import Derivation, Figure
from gsn_dash.domain.quantities import derived
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.present.numbers import UNKNOWN, format_number
from gsn_dash.present.ratios import find_ratio
from gsn_dash.present.tables import Cell
from gsn_dash.report.spots import Spot, join_addresses

_SUMS = {"sum", "net", "appropriation_from_left"}
_DIFFERENCES = {
    "deviation",
    "investment_deviation",
    "left",
    "forecast_from_left",
    "rest_of_year",
    "rest_budget",
    "remainder",
    "rest_of_total",
    "rounding",
    "mismatch",
}
# Formula and rule divide the same whole numbers; they differ in the last digit of a fraction.
_SAME = Decimal("1e-9")


@dataclass(frozen=True)
class Formula:
    """A formula with what it gives: a number in the cell's unit, or a text."""

    text: str
    result: Decimal | str


@dataclass(frozen=True)
class _Terms:
    """What a rule adds, or takes from the first of them, and divides by so many months."""

    figures: tuple[Figure, ...]
    is_sum: bool
    divisor: int = 1


class Formulas:
    """The formulas of one file. Cells are placed first, all of them, and then asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._placed: dict[str, list[tuple[Spot, Figure]]] = {}
        self._rests_on: dict[Spot, tuple[Spot, ...]] = {}

    def place(self, cell: Cell, spot: Spot) -> None:
        """The cell stands at `spot`."""
        if is_of_occasion(cell):
            self._placed.setdefault(cell.figure.ref, []).append((spot, cell.figure))

    def of_amount(self, figure: Figure, spot: Spot) -> Formula | None:
        """The formula of a cell that shows `figure`; None where it is to be a number or a text.

        Within the sheet first; then the cell that shows the same figure; then across sheets.
        """
        first, shown = self._placed[figure.ref][0]
        if shown != figure or (figure.is_unknown and not figure.is_derived):
            # The same sum as a paper has it, or what a paper leaves out: as printed.
            return None
        terms = _terms(self._snapshot, figure)
        found = self._by_rule(figure, terms, spot, within=True)
        if found is None and first != spot:
            found = self._repeat(figure, first, spot)
        return found or self._by_rule(figure, terms, spot, within=False)

    def of_column(
        self, amount: Amount, above: Sequence[tuple[Spot, Amount]], spot: Spot
    ) -> Formula | None:
        """The formula of a total that is the sum of the cells above it; None where it is not."""
        if len(above) < 2 or total_of(other for _, other in above).amount != amount:
            return None
        if isinstance(amount, Unknown):
            return None
        spots = tuple(other for other, _ in above)
        if not self._note(spot, spots):
            return None
        text = f"=SUM({join_addresses(spots, spot.sheet)})"
        return Formula(text, amount.in_unit(spot.unit))

    def of_difference(
        self, amount: Amount, whole: tuple[Spot, Amount], part: tuple[Spot, Amount], spot: Spot
    ) -> Formula | None:
        """The formula of a cell that is one cell of its row less another; None where it is not."""
        if isinstance(amount, Unknown) or deviation_of(whole[1], part[1]) != amount:
            return None
        self._note(spot, (whole[0], part[0]))
        text = f"={whole[0].address(spot.sheet)}-{part[0].address(spot.sheet)}"
        return Formula(text, amount.in_unit(spot.unit))

    def of_ratio(self, ref: str, spot: Spot) -> Formula | None:
        """The formula of a cell that shows the ratio of that name; None for a plain number."""
        found = find_ratio(self._snapshot, ref) if ref else None
        if found is None or found.value is None:
            return None
        spots = self._spots(found.inputs, spot)
        if spots is None:
            return None
        part, whole = (figure.money.kr for figure in found.inputs)
        # What the forecast demands of the rest of the year is told as a change.
        change = 1 if ref.endswith(":increase") else 0
        if not whole or abs(part / whole - change - found.value) > _SAME:
            return None
        quotient = "/".join(other.address(spot.sheet) for other in spots)
        return Formula(f"={quotient}-1" if change else f"={quotient}", found.value)

    def _by_rule(
        self, figure: Figure, terms: _Terms | None, spot: Spot, within: bool
    ) -> Formula | None:
        if terms is None or not _agrees(figure.amount, terms):
            return None
        spots = self._spots(terms.figures, spot)
        if spots is None or any(other.unit != spot.unit for other in spots):
            return None
        if within and any(other.sheet != spot.sheet for other in spots):
            return None
        return _write(figure, terms, spots, spot) if self._note(spot, spots) else None

    def _repeat(self, figure: Figure, first: Spot, spot: Spot) -> Formula | None:
        if figure.is_unknown or first.unit != spot.unit or not self._note(spot, (first,)):
            return None
        return Formula(f"={first.address(spot.sheet)}", figure.money.in_unit(spot.unit))

    def _spots(self, figures: Sequence[Figure], spot: Spot) -> tuple[Spot, ...] | None:
        """Where the figures stand, in the sheet of `spot` if they can; None where one does not."""
        found = []
        for figure in figures:
            places = [
                place
                for place, shown in self._placed.get(figure.ref, ())
                if shown.amount == figure.amount and place != spot
            ]
            if not places:
                return None
            found.append(next((p for p in places if p.sheet == spot.sheet), places[0]))
        return tuple(found)

    def _note(self, spot: Spot, spots: tuple[Spot, ...]) -> bool:
        """Keep what the cell rests on; False where it would then rest on itself."""
        seen, waiting = set(), list(spots)
        while waiting:
            other = waiting.pop()
            if other == spot:
                return False
            if other not in seen:
                seen.add(other)
                waiting += self._rests_on.get(other, ())
        self._rests_on[spot] = spots
        return True


def is_of_occasion(cell: Cell) -> bool:
    """Whether the cell shows a figure of the file's own occasion, and not of another one."""
    return cell.figure is not None and cell.ref == cell.figure.ref


def _terms(snapshot: Snapshot, figure: Figure) -> _Terms | None:
    known = figure if figure.is_derived else derived(snapshot, figure.ref)
    if known is None or not isinstance(known.origin, Derivation) or not known.origin.inputs:
        return None
    rule, inputs = known.origin.rule, known.origin.inputs
    if rule == "per_month":
        return _Terms(inputs, True, _months(snapshot.occasion, figure.ref))
    if rule in _SUMS:
        return _Terms(inputs, True)
    return _Terms(inputs, False) if rule in _DIFFERENCES else None


def _months(occasion: Occasion, ref: str) -> int:
    return occasion.months if ref.endswith(":so_far") else occasion.months_left or 1


def _agrees(amount: Amount, terms: _Terms) -> bool:
    """Whether the rule gives what the cell shows, and unknown where that is unknown."""
    amounts = [part.amount for part in terms.figures]
    is_lacking = any(isinstance(part, Unknown) for part in amounts)
    if isinstance(amount, Unknown) or is_lacking:
        return isinstance(amount, Unknown) and is_lacking
    first, *others = (part.kr for part in amounts)
    given = first + sum(others) if terms.is_sum else first - sum(others)
    return abs(given / terms.divisor - amount.kr) < _SAME


def _write(figure: Figure, terms: _Terms, spots: tuple[Spot, ...], spot: Spot) -> Formula:
    joined = join_addresses(spots, spot.sheet)
    sign = "+" if terms.is_sum else "-"
    plain = sign.join(other.address(spot.sheet) for other in spots)
    if terms.is_sum and len(spots) > 1:
        plain = f"SUM({joined})"
    if terms.divisor != 1:
        plain = f"{plain}/{terms.divisor}"
    if not figure.is_unknown:
        return Formula(f"={plain}", figure.money.in_unit(spot.unit))
    # Once the missing numbers are filled in it is a number; until then it says what it lacks.
    lacking, said = _lacking(figure, terms, joined, spot)
    return Formula(f"=IF(COUNT({joined})={len(spots)},{plain},{lacking})", said)


def _lacking(figure: Figure, terms: _Terms, joined: str, spot: Spot) -> tuple[str, str]:
    """What a formula says while an amount is unknown, and the text that this gives now."""
    if not terms.is_sum or figure.origin.rule != "sum":
        return f'"{UNKNOWN}"', UNKNOWN
    total = total_of(part.amount for part in terms.figures)
    decimals, unit = (0, "kr") if spot.unit == KR else (1, "Mkr")
    count = len(terms.figures)
    known = format_number(total.known.in_unit(spot.unit), decimals)
    return (
        f'"minst "&FIXED(SUM({joined}),{decimals})&" {unit}, "&({count}-COUNT({joined}))&" saknas"',
        f"minst {known} {unit}, {total.missing} saknas",
    )
