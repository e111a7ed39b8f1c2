"""The names of figures: one string for each quantity, the same in data, code and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TOTAL = "total"
# What a rule derives and no paper may name: the part of a deviation that nothing explains.
REST = "rest"

OPERATING_ITEMS = ("revenue", "cost", "net", "other_cost")
OPERATING_MEASURES = {
    "period": ("budget", "outcome", "deviation"),
    "year": ("budget", "forecast", "deviation"),
}
INVESTMENT_MEASURES = (
    "original", "carried_over", "extra", "appropriation", "outcome", "forecast", "left",
)  # fmt: skip
TOTAL_DEVIATIONS = ("outcome_deviation", "forecast_deviation")
UTILISATIONS = ("outcome_utilisation", "forecast_utilisation")
FLAGS = ("action_plan:has_actions", "forecast:no_deviation")
APPENDIX_STATES = ("referred", "listed", "attached")


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


@dataclass(frozen=True)
class Quantity:
    """What a name names: the kind of its value, and the subjects that it speaks of.

    kind: money, percent, flag or text. subjects: (subject, project, collaboration or
    municipality; its key), without the total, which is no row of its own.
    """

    ref: str
    kind: str
    subjects: tuple[tuple[str, str], ...] = ()


def parse_ref(ref: str) -> Quantity | None:
    """The quantity that a row of the papers' figures may name; None where no such one exists.

    Whether the subjects exist is for whoever holds the lists of them to say.
    """
    area, *names = ref.split(":")
    parsers = {
        "operating": _parse_operating,
        "investment": _parse_investment,
        "collaboration": _parse_contribution,
        "appendix": _parse_appendix,
    }
    if ref in FLAGS:
        return Quantity(ref, "flag")
    if area not in parsers or not all(name == name.strip() != "" for name in names):
        return None
    return parsers[area](ref, names)


def _parse_operating(ref: str, names: list[str]) -> Quantity | None:
    if len(names) != 4 or names[0] == REST:
        return None
    subject, item, span, measure = names
    if item not in OPERATING_ITEMS or span not in OPERATING_MEASURES:
        return None
    if measure != "why" and measure not in OPERATING_MEASURES[span]:
        return None
    return Quantity(ref, "text" if measure == "why" else "money", _subjects(subject=subject))


def _parse_investment(ref: str, names: list[str]) -> Quantity | None:
    if len(names) != 2:
        return None
    project, measure = names
    kinds = dict.fromkeys(INVESTMENT_MEASURES, "money") | dict.fromkeys(UTILISATIONS, "percent")
    if project == TOTAL:
        kinds |= dict.fromkeys(TOTAL_DEVIATIONS, "money")
    else:
        kinds["not_started"] = "flag"
    found = "text" if measure == "why" else kinds.get(measure)
    return Quantity(ref, found, _subjects(project=project)) if found else None


def _parse_contribution(ref: str, names: list[str]) -> Quantity | None:
    if len(names) != 2 or names == [TOTAL, TOTAL]:
        return None
    return Quantity(ref, "money", _subjects(collaboration=names[0], municipality=names[1]))


def _parse_appendix(ref: str, names: list[str]) -> Quantity | None:
    is_known = len(names) == 2 and names[1] in APPENDIX_STATES
    return Quantity(ref, "flag") if is_known else None


def _subjects(**keys: str) -> tuple[tuple[str, str], ...]:
    return tuple((subject, key) for subject, key in keys.items() if key != TOTAL)
