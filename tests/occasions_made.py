"""Occasions besides that of the papers, made for tests and benches, put into a store."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Engine

from gsn_dash.domain.amounts import MKR, TKR, Amount, Money, Unknown
from gsn_dash.domain.drafts import (
    TABLE,
    ContributionDraft,
    DocumentDraft,
    Drafts,
    InvestmentDraft,
    OccasionDraft,
    OperatingDraft,
    Place,
    Reading,
)
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, OperatingKey
from gsn_dash.store.record import record

UNKNOWN = "?"
PAYERS = {"2085": Decimal(1), "2061": Decimal("0.4")}


@dataclass(frozen=True)
class Made:
    """An occasion: Mkr as a paper prints them, with a point; "?" is unknown.

    `cost` and `revenue` are (budget of the period, outcome, budget of the year, forecast),
    `invested` is (appropriation, outcome, forecast), `bills` is what Ludvika pays in tkr for a
    collaboration; Smedjebacken pays 40 % of it.
    """

    year: int
    number: int
    months: int
    cost: tuple[str, str, str, str]
    revenue: tuple[str, str, str, str]
    invested: tuple[str, str, str] = ("13.0", "0.8", "7.8")
    bills: dict[str, str] = field(default_factory=lambda: {"e-dala": "180", "telefoni": "115"})


# With the occasion of the papers (2023:2) they are five: a year to its end, and one that goes on.
FOUR = (
    Made(
        2022, 2, 4, ("-23.9", "-22.6", "-71.8", "-71.8"), ("19.8", "20.1", "71.8", "71.8"),
        ("11.2", "0.9", "9.5"),
    ),
    Made(
        2022, 3, 8, ("-47.9", "-46.2", "-71.8", "-72.6"), ("47.1", "47.0", "71.8", "71.5"),
        ("11.2", "2.7", "7.0"),
    ),
    Made(
        2022, 4, 12, ("-71.8", "-73.4", "-71.8", "-73.4"), ("71.8", "72.1", "71.8", "72.1"),
        ("11.2", "5.1", "5.1"),
    ),
    Made(
        2023, 3, 8, ("-49.4", "-47.0", "-74.1", "-75.3"), ("48.9", "48.6", "74.1", "73.8"),
        ("13.0", "3.9", "6.9"), {"e-dala": "189", "telefoni": "126", "e-arkiv": "425"},
    ),
)  # fmt: skip


def many(count: int) -> Iterable[Made]:
    """`count` occasions before those of the papers, three a year, back from 2022."""
    for place in range(count):
        year, number = 2022 - place // 3, 3 - place % 3
        budget, moved = Decimal(70), Decimal(place % 7) / 10
        shares = [str(budget * 4 * number / 12 * sign) for sign in (-1, 1)]
        yield Made(
            year,
            number,
            4 * number,
            (shares[0], str(Decimal(shares[0]) + moved), str(-budget), str(-budget - moved)),
            (shares[1], str(Decimal(shares[1]) - moved), str(budget), str(budget)),
        )


def put(engine: Engine, *made: Made) -> None:
    """Record the occasions, each in a batch of its own."""
    for each in made:
        with engine.begin() as connection:
            record(connection, drafts_of(each), "test")


def drafts_of(made: Made) -> Drafts:
    """The occasion as a table would bring it."""
    name = f"bilaga-{made.year}-{made.number}"
    next_month = date(made.year + made.months // 12, made.months % 12 + 1, 1)
    ends = next_month - timedelta(days=1)
    days = (date(made.year, 1, 1), ends, ends + timedelta(days=8), ends + timedelta(days=15))
    title = f"Bilaga till tillfälle {made.number}, {made.year}"
    return Drafts(
        kind=TABLE,
        documents=(DocumentDraft(name, title, "bilaga", days[2], "", "3"),),
        occasions=(OccasionDraft(made.year, made.number, *days, name),),
        operating=tuple(_operating(made, name)),
        investments=tuple(_investments(made, name)),
        contributions=tuple(_contributions(made, name)),
        files=((f"{name}.xlsx", f"{made.year:04}{made.number:060}"),),
    )


def _operating(made: Made, name: str) -> Iterable[OperatingDraft]:
    cells = (
        ("period", "budget"), ("period", "outcome"), ("year", "budget"), ("year", "forecast"),
    )  # fmt: skip
    for item, texts in (("revenue", made.revenue), ("cost", made.cost)):
        for (span, measure), text in zip(cells, texts, strict=True):
            key = OperatingKey(TOTAL, item, span, measure)
            place = Place(name, "Intäkter och kostnader", item, f"{span} {measure}")
            yield OperatingDraft((made.year, made.number), key, _reading(text, MKR, place))


def _investments(made: Made, name: str) -> Iterable[InvestmentDraft]:
    for measure, text in zip(("original", "outcome", "forecast"), made.invested, strict=True):
        place = Place(name, "Investeringar", "Summa", measure)
        key = InvestmentKey(TOTAL, measure)
        yield InvestmentDraft((made.year, made.number), key, _reading(text, MKR, place))


def _contributions(made: Made, name: str) -> Iterable[ContributionDraft]:
    for collaboration, text in made.bills.items():
        for code, share in PAYERS.items():
            said = text if text == UNKNOWN else str(Decimal(text) * share)
            place = Place(name, "Samarbeten", collaboration, code)
            key = ContributionKey(collaboration, code)
            reading = replace(_reading(said, TKR, place), precision=TKR)
            yield ContributionDraft((made.year, made.number), key, made.year, reading)


def _reading(text: str, scale: Decimal, place: Place) -> Reading:
    amount: Amount = (
        Unknown("papperet anger den inte") if text == UNKNOWN else Money(Decimal(text) * scale)
    )
    return Reading(text.replace(".", ","), amount, scale / 10, False, place)
