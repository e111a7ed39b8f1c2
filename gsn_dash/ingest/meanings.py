"""What a column of a table can hold, as keys: recognised, shown on a page, and changed there."""

from __future__ import annotations

from dataclasses import dataclass

# The kinds of table that a sheet can hold, and the one that is not read.
OPERATING, INVESTMENTS, CONTRIBUTIONS, POPULATION, TEMPLATE, IGNORED = KINDS = (
    "operating", "investments", "contributions", "population", "template", "ignored",
)  # fmt: skip
ITEMS = ("revenue", "cost", "net", "other_cost")
_SPANS = ("period:budget", "period:outcome", "period:deviation", "year:budget", "year:forecast",
          "year:deviation")  # fmt: skip


@dataclass(frozen=True, order=True)
class Meaning:
    """What a column holds: a key of MEANINGS, empty where it is not read.

    Words: code, subject, item, project, collaboration, municipality, year. Amounts of the
    operating budget: "ITEM:SPAN:MEASURE", with ITEM empty where the row says it. Amounts of the
    investments: "investment:MEASURE". "contribution" is the amount of the municipality that the
    heading (or a column of its own) names, "count" inhabitants, "date" the day of the count, and
    "step" what the row's amount is rounded to, in kr.
    """

    key: str = ""

    @property
    def is_amount(self) -> bool:
        """Whether the column holds amounts of kr."""
        return ":" in self.key or self.key == "contribution"


def operating_meaning(item: str, span: str, measure: str) -> Meaning:
    """An amount of the operating budget; `item` is empty where each row says its own."""
    return Meaning(f"{item}:{span}:{measure}")


def is_of_period(meaning: Meaning) -> bool:
    """Whether a column holds amounts of the occasion's months, and not of its whole year."""
    outcomes = ("investment:outcome", "investment:outcome_deviation")
    return ":period:" in meaning.key or meaning.key in outcomes


IGNORE = Meaning()
CODE, SUBJECT, ITEM, PROJECT, COLLABORATION, MUNICIPALITY, YEAR, DATE, STEP = (
    Meaning(key)
    for key in "code subject item project collaboration municipality year date step".split()
)
CONTRIBUTION, COUNT = Meaning("contribution"), Meaning("count")
INVESTMENT_MEASURES = (
    "original", "carried_over", "extra", "appropriation", "outcome", "forecast", "left",
    "outcome_deviation", "forecast_deviation",
)  # fmt: skip
# What may be chosen for a column of each kind of table, in the order that a list shows it.
MEANINGS: dict[str, tuple[Meaning, ...]] = {
    OPERATING: (
        IGNORE, CODE, SUBJECT, ITEM,
        *(Meaning(f"{item}:{span}") for item in ("", *ITEMS) for span in _SPANS),
    ),
    INVESTMENTS: (
        IGNORE, CODE, PROJECT, *(Meaning(f"investment:{name}") for name in INVESTMENT_MEASURES),
    ),
    CONTRIBUTIONS: (IGNORE, COLLABORATION, MUNICIPALITY, YEAR, CONTRIBUTION, STEP),
    POPULATION: (IGNORE, CODE, MUNICIPALITY, DATE, COUNT),
    TEMPLATE: (IGNORE,),
    IGNORED: (IGNORE,),
}  # fmt: skip
