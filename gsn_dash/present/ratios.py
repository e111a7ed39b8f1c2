"""The ratios that the pages show: what each is called, how it follows, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gsn_dash.domain.amounts import ratio_of
from gsn_dash.domain.collaborating import collaboration_figure, share_of_payers
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.investing import portfolio
from gsn_dash.domain.operating import demand
from gsn_dash.domain.quantities import ratio
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import genitive
from gsn_dash.present.names import ITEMS, name_collaboration, name_municipality, name_quantity
from gsn_dash.present.numbers import format_percent

_ITEMS = ("revenue", "cost")


@dataclass(frozen=True)
class Ratio:
    """A part of a whole. `value` is None where it cannot be told; `text` says it in percent."""

    name: str
    value: Decimal | None
    text: str
    rule: str
    inputs: tuple[Figure, ...]


def increase_ref(item: str) -> str:
    """Names how much more, or less, the forecast demands of an item each month than so far."""
    return f"demand:{item}:increase"


def utilisation_ref(project: str) -> str:
    """Names the part of a project's appropriation that the forecast uses."""
    return InvestmentKey(project, "forecast_utilisation").ref


def paid_share_ref(key: ContributionKey) -> str:
    """Names a municipality's part of what the municipalities pay for a collaboration."""
    return f"paid:{key.collaboration}:{key.municipality}"


def ratio_refs(snapshot: Snapshot) -> Iterator[str]:
    """The names of the ratios that an occasion has, known or not."""
    yield from (increase_ref(item) for item in _ITEMS)
    yield InvestmentKey(TOTAL, "outcome_utilisation").ref
    yield utilisation_ref(TOTAL)
    yield from (utilisation_ref(project.key) for project in snapshot.projects)
    yield from (paid_share_ref(key) for key in snapshot.contributions)


def find_ratio(snapshot: Snapshot, ref: str) -> Ratio | None:
    """The ratio of that name; None for a name that is none."""
    area, *names = ref.split(":")
    if area == "demand" and names[1:] == ["increase"] and names[0] in _ITEMS:
        return _of_demand(snapshot, names[0])
    if area == "paid" and len(names) == 2:
        return _of_payers(snapshot, ContributionKey(*names))
    if area == "investment":
        return _of_appropriation(snapshot, ref)
    return None


def _of_demand(snapshot: Snapshot, item: str) -> Ratio:
    found = demand(snapshot, item)
    return Ratio(
        f"{ITEMS[item]}, skillnad per månad mot hittills",
        found.increase,
        format_percent(found.increase, signed=True),
        f"Så mycket högre eller lägre {ITEMS[item].lower()} prognosen kräver i snitt per månad"
        " resten av året än hittills.",
        (found.monthly_needed, found.monthly_so_far),
    )


def _of_payers(snapshot: Snapshot, key: ContributionKey) -> Ratio | None:
    contribution = snapshot.contributions.get(key)
    if contribution is None:
        return None
    share = share_of_payers(snapshot, contribution)
    who = genitive(name_municipality(snapshot, key.municipality))
    return Ratio(
        f"{name_collaboration(snapshot, key.collaboration)}: {who} andel av kommunernas summa",
        share,
        format_percent(share, 1),
        "Kommunens belopp delat med det som kommunerna betalar tillsammans.",
        (contribution.figure, collaboration_figure(snapshot, key.collaboration)),
    )


def _of_appropriation(snapshot: Snapshot, ref: str) -> Ratio | None:
    rows = portfolio(snapshot).rows
    row = next((row for row in rows if utilisation_ref(row.project.key) == ref), None)
    parts = (row.forecast, row.appropriation) if row else ratio(snapshot, ref)
    if parts is None:
        return None
    value = ratio_of(*(figure.amount for figure in parts))
    rule = "Beloppet delat med hela anslaget."
    return Ratio(name_quantity(snapshot, ref), value, format_percent(value), rule, parts)
