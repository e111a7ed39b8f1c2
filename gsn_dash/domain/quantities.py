"""Find a quantity by its name: the figure in force, and the one that its parts give."""

from __future__ import annotations

from gsn_dash.domain import bridge, collaborating, investing, investment_pace, operating
from gsn_dash.domain.figures import Figure, sources_of
from gsn_dash.domain.project_rows import ProjectRow
from gsn_dash.domain.refs import (
    REST,
    TOTAL,
    ContributionKey,
    InvestmentKey,
    OperatingKey,
    parse_ref,
)
from gsn_dash.domain.snapshot import Snapshot

_PROJECT_MEASURES = ("appropriation", "forecast", "outcome", "left")


def in_force(snapshot: Snapshot, ref: str) -> Figure | None:
    """The figure shown for `ref`: a fact, else a published total, else derived; None for no amount.

    Sums of contributions are printed rounded, so of them the one that the parts give is shown
    (740 300 and not 740 000) wherever the parts are known.
    """
    area, *names = ref.split(":")
    if _is_cell(ref):
        return operating.cell(snapshot, OperatingKey(*names))
    if area == "collaboration" and TOTAL in names:
        return _finest_sum(snapshot.totals.get(ref), derived(snapshot, ref))
    stated = _stated(snapshot, area, names)
    return stated or snapshot.totals.get(ref) or derived(snapshot, ref)


def _is_cell(ref: str) -> bool:
    """Whether `ref` names an amount of the operating budget that a paper can print."""
    quantity = parse_ref(ref) if ref.startswith("operating:") else None
    return quantity is not None and quantity.kind == "money"


def _finest_sum(printed: Figure | None, by_parts: Figure | None) -> Figure | None:
    if by_parts is None or (by_parts.is_unknown and printed and not printed.is_unknown):
        return printed
    return by_parts


def _stated(snapshot: Snapshot, area: str, names: list[str]) -> Figure | None:
    if area == "investment" and len(names) == 2:
        figure = snapshot.investments.get(InvestmentKey(*names))
        return None if figure is None or figure.is_unknown else figure
    if area == "collaboration" and len(names) == 2:
        contribution = snapshot.contributions.get(ContributionKey(*names))
        return contribution.figure if contribution else None
    return None


def derived(snapshot: Snapshot, ref: str) -> Figure | None:
    """The figure that a rule gives for `ref` from its parts; None where no rule does."""
    area, *names = ref.split(":")
    if _is_cell(ref):
        return operating.derived_cell(snapshot, OperatingKey(*names))
    if area == "operating" and names[:1] == [REST]:
        return _left_over(snapshot, ref)
    if area == "demand" and len(names) == 2:
        return _demanded(snapshot, *names)
    if area == "pace":
        return _paced(snapshot, ref)
    if area == "investment" and len(names) == 2:
        return _derived_investment(snapshot, *names)
    if area == "collaboration" and len(names) == 2:
        return _derived_contribution(snapshot, *names)
    if area == "key" and len(names) == 2:
        return _by_key(snapshot, *names)
    return None


def _left_over(snapshot: Snapshot, ref: str) -> Figure | None:
    """What of the period's deviation nothing explains, or what the rounding of print leaves."""
    figures = [bridge.unexplained(snapshot, item) for item in ("revenue", "cost")]
    figures += [step.figure for step in bridge.bridge(snapshot).steps]
    return next((figure for figure in figures if figure.ref == ref), None)


def _demanded(snapshot: Snapshot, item: str, part: str) -> Figure | None:
    found = operating.demand(snapshot, item)
    figures = (found.rest, found.rest_budget, found.monthly_so_far, found.monthly_needed)
    return next((figure for figure in figures if figure.ref == f"demand:{item}:{part}"), None)


def _paced(snapshot: Snapshot, ref: str) -> Figure | None:
    found = investment_pace.investment_pace(snapshot)
    figures = (found.so_far, found.to_forecast, found.to_appropriation)
    return next((figure for figure in figures if figure.ref == ref), None)


def _derived_investment(snapshot: Snapshot, project: str, measure: str) -> Figure | None:
    if project != TOTAL:
        rows = investing.portfolio(snapshot).rows
        row = next((row for row in rows if row.project.key == project), None)
        return _of_row(snapshot, row, measure) if row and measure in _PROJECT_MEASURES else None
    if measure == "appropriation":
        return investing.granted(snapshot)
    if measure in ("outcome_deviation", "forecast_deviation"):
        return investing.deviation(snapshot, measure.removesuffix("_deviation"))
    return _of_row(snapshot, investing.total_row(snapshot), measure) if measure == "left" else None


def _of_row(snapshot: Snapshot, row: ProjectRow, measure: str) -> Figure:
    """What the row gives, by the rule also where a paper prints what is left as a total."""
    if measure == "left" and row.left.ref in snapshot.totals:
        return investing.left_of(row.project.key, row.appropriation, row.forecast)
    return getattr(row, measure)


def _derived_contribution(snapshot: Snapshot, collaboration: str, payer: str) -> Figure | None:
    """A sum of contributions; None where the papers state none of its terms."""
    figure = None
    if collaboration == TOTAL:
        figure = collaborating.bill_figure(snapshot, payer)
    elif payer == TOTAL:
        figure = collaborating.collaboration_figure(snapshot, collaboration)
    return figure if figure and sources_of(figure) else None


def _by_key(snapshot: Snapshot, collaboration: str, payer: str) -> Figure | None:
    split = collaborating.key_split(snapshot, collaboration)
    if split is None:
        return None
    return split.implied_total if payer == TOTAL else split.by_rule.get(payer)


def ratio(snapshot: Snapshot, ref: str) -> tuple[Figure, Figure] | None:
    """Part and whole of a ratio that a paper may claim: `investment:PROJECT:…_utilisation`.

    None for a name of none, or of a project that the occasion does not have.
    """
    quantity = parse_ref(ref)
    if quantity is None or quantity.kind != "percent":
        return None
    _, project, measure = ref.split(":")
    rows = {row.project.key: row for row in investing.portfolio(snapshot).rows}
    row = investing.total_row(snapshot) if project == TOTAL else rows.get(project)
    if row is None:
        return None
    return (row.outcome if measure.startswith("outcome") else row.forecast), row.appropriation
