"""The names of figures: one string for each quantity, the same in data, code and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TOTAL = "total"


@dataclass(frozen=True, order=True)
class OperatingKey:
    """A cell of the operating budget.

    subject: `total`, an activity's code or a group's key; item: revenue, cost, net or
    other_cost; span: period or year; measure: budget, outcome, forecast or deviation.
    """

    subject: str
    item: str
    span: str
    measure: str

    @property
    def ref(self) -> str:
        """The quantity's name."""
        return f"operating:{self.subject}:{self.item}:{self.span}:{self.measure}"


@dataclass(frozen=True, order=True)
class InvestmentKey:
    """A project's (or the total's) appropriation by kind, outcome, forecast or what is left."""

    project: str
    measure: str

    @property
    def ref(self) -> str:
        """The quantity's name."""
        return f"investment:{self.project}:{self.measure}"


@dataclass(frozen=True, order=True)
class ContributionKey:
    """What one municipality pays a year for one collaboration; `total` on either side sums."""

    collaboration: str
    municipality: str

    @property
    def ref(self) -> str:
        """The quantity's name."""
        return f"collaboration:{self.collaboration}:{self.municipality}"


def operating(item: str, span: str, measure: str, subject: str = TOTAL) -> str:
    """Name a cell of the operating budget; see `OperatingKey`."""
    return OperatingKey(subject, item, span, measure).ref


def population_ref(code: str, as_of: date) -> str:
    """Name a municipality's number of inhabitants on a day."""
    return f"population:{code}:{as_of.isoformat()}"
