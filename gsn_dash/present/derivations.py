"""How a derived figure follows, in one Swedish sentence for each rule."""

from __future__ import annotations

from gsn_dash.domain.figures import Derivation, Figure

UNKNOWN_MARK = "okänd"

_RULES = {
    "net": "Intäkter plus kostnader (kostnader räknas med minus).",
    "deviation": "Utfall eller prognos minus budget. Plus är bättre än budget.",
    "investment_deviation": "Utfall eller prognos minus hela anslaget.",
    "sum": "Summan av delarna. Saknas en del är summan okänd.",
    "remainder": "Hela avvikelsen minus det som papperen förklarar.",
    "rounding": (
        "Skillnaden mellan utfall och budget, netto, minus stegen däremellan. Papperens siffror är"
        " avrundade var för sig."
    ),
    "mismatch": (
        "Skillnaden mellan utfall och budget, netto, minus stegen däremellan. Avrundning räcker"
        " inte som förklaring."
    ),
    "year_ended": "Året är slut, så det är utfallet som gäller för hela året.",
    "rest_of_year": "Årets prognos minus periodens utfall.",
    "rest_budget": "Årets budget minus periodens budget.",
    "per_month": "Beloppet delat med antalet månader.",
    "rest_per_month": "Beloppet minus det som är bokfört, delat med de månader som är kvar.",
    "left": "Anslaget minus prognosen.",
    "forecast_from_left": "Anslaget minus det som väntas bli kvar.",
    "appropriation_from_left": "Prognosen plus det som väntas bli kvar.",
    "not_started": "Projektet kan inte startas enligt papperet, så inget väntas bli använt.",
    "lost_digit": (
        "Siffran före decimalkommat saknas i papperet. Alla tio siffror har prövats mot"
        " totalerna, och bara en är möjlig."
    ),
    "rest_of_total": "Totalen minus de projekt som papperet nämner.",
    "key_split": "De angivna beloppens summa, delad mellan kommunerna i nyckelns förhållande.",
    "implied_total": "De angivna beloppens summa delad med kommunernas andel enligt nyckeln.",
    "not_stated": "Uppgiften finns inte i papperen och ingen regel ger den.",
    "what_if": "Ett tänkt värde: papperets uppgift ändrad med reglagen.",
}


def describe_rule(derivation: Derivation) -> str:
    """The rule in words, with its condition where it has one."""
    text = _RULES[derivation.rule]
    return f"{text} Det gäller om {derivation.condition}." if derivation.condition else text


def describe_state(figure: Figure) -> str:
    """A short mark for a figure that is not plainly stated: "härledd", "okänd", "cirka"."""
    if figure.is_unknown:
        return UNKNOWN_MARK
    if figure.is_derived:
        return "härledd"
    return "cirka" if figure.approximate else ""
