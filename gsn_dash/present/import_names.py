"""Swedish names of what a column of a file holds, and of the kinds of table."""

from __future__ import annotations

from gsn_dash.domain.refs import INVESTMENT_MEASURES

KIND_NAMES = {
    "operating": "Driftbudget",
    "investments": "Investeringar",
    "contributions": "Samarbeten",
    "population": "Invånare",
    "template": "Programmets mall",
    "ignored": "Läses inte",
}
_WORDS = {
    "": "Läses inte",
    "code": "Kod eller nummer",
    "subject": "Verksamhet",
    "item": "Intäkt, kostnad eller netto",
    "project": "Projekt",
    "collaboration": "Samarbete",
    "municipality": "Kommun",
    "year": "År",
    "contribution": "Belopp",
    "count": "Antal invånare",
    "date": "Datum för folkmängden",
    "step": "Avrundat till, kr",
}
_ITEMS = {
    "": "",
    "revenue": "Intäkter, ",
    "cost": "Kostnader, ",
    "net": "Netto, ",
    "other_cost": "Övriga verksamhetskostnader, ",
}
_MEASURES = {
    "period:budget": "budget för perioden",
    "period:outcome": "utfall för perioden",
    "period:deviation": "avvikelse för perioden",
    "year:budget": "budget för året",
    "year:forecast": "prognos för året",
    "year:deviation": "avvikelse för året",
}
_INVESTMENTS = dict(
    zip(
        (*INVESTMENT_MEASURES, "outcome_deviation", "forecast_deviation"),
        (
            "Grundbudget", "Överfört från förra året", "Extra beviljat", "Totalt anslag",
            "Utfall för perioden", "Prognos för året", "Kvar av anslaget",
            "Avvikelse, utfall mot anslag", "Avvikelse, prognos mot anslag",
        ),
        strict=True,
    )
)  # fmt: skip


def name_kind(kind: str) -> str:
    """A kind of table (meanings.KINDS of ingest) in Swedish."""
    return KIND_NAMES[kind]


def name_meaning(key: str) -> str:
    """What a column holds, in Swedish: "Kostnader, budget för perioden"."""
    if key in _WORDS:
        return _WORDS[key]
    head, _, rest = key.partition(":")
    if head == "investment":
        return _INVESTMENTS[rest]
    name = _ITEMS[head] + _MEASURES[rest]
    return name[0].upper() + name[1:]
