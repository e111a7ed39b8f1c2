"""What the controls found, in plain words: a title and an explanation for each rule."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from gsn_dash.domain.amounts import Amount, Money, Unknown
from gsn_dash.domain.checks.finding import Finding, Side, Verdict
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present import (
    finding_arithmetic,
    finding_ledger,
    finding_projects,
    finding_words,
)
from gsn_dash.present.names import name_quantity
from gsn_dash.present.numbers import (
    SPACE,
    format_kr,
    format_mkr_unit,
    format_number,
    format_percent,
)

VERDICTS = {
    Verdict.FAILS: "stämmer inte",
    Verdict.CANNOT_TELL: "går inte att avgöra",
    Verdict.HOLDS_ROUNDED: "stämmer efter avrundning",
    Verdict.HOLDS: "stämmer",
}

_RULES: dict[str, Callable[[Snapshot, Finding], tuple[str, str]]] = {
    "swapped": finding_words.swapped,
    "share": finding_words.share,
    "no_deviation": finding_words.no_deviation,
    "unexplained": finding_words.unexplained,
    "code_twice": finding_projects.code_twice,
    "lost_digit": finding_projects.lost_digit,
    "left": finding_projects.left,
    "balance": finding_projects.balance,
    "net": finding_arithmetic.net,
    "deviation": finding_arithmetic.deviation,
    "closing": finding_arithmetic.closing,
    "activities_sum": finding_arithmetic.activities_sum,
    "projects_sum": finding_arithmetic.projects_sum,
    "ledger": finding_ledger.ledger,
    "not_mapped": finding_ledger.not_mapped,
    "rest": finding_projects.rest,
    "key": finding_words.key,
    "unknown_in_sum": finding_words.unknown_in_sum,
    "years_mixed": finding_words.years_mixed,
    "other_year": finding_words.other_year,
    "table": finding_words.table,
    "registry": finding_words.registry,
    "contradiction": finding_words.contradiction,
    "appendix": finding_words.appendix,
    "broken_control": finding_words.broken_control,
}
_COMPARED = {
    "total": "Det tryckta mot sina delar",
    "claim": "Texten och siffran som gäller",
    "restated": "Samma uppgift på två ställen",
}
# What the two sides of a rule are called.
_SIDES = {
    "total": ("Det tryckta", "Delarna ger"),
    "claim": ("Texten säger", "Siffran som gäller"),
    "share": ("Texten säger", "Beloppen ger"),
    "swapped": ("Texten", "Tabellen"),
    "restated": ("Står också som", "Gäller"),
    "other_year": ("Står också som", "Gäller"),
    "no_deviation": ("Texten säger att inget avviker", "Det som avviker"),
    "unexplained": ("Hela avvikelsen", "Kvar utan förklaring"),
    "code_twice": ("Här används numret", ""),
    "lost_digit": ("Så står det", "Totalerna som avgör"),
    "left": ("Hela prognosen lämnar kvar", "De nämnda projekten lämnar kvar"),
    "key": ("Så står det", "Nyckeln"),
    "net": ("Nettot", "Intäkter och kostnader tillsammans"),
    "deviation": ("Avvikelsen", "Det som den räknas ur"),
    "closing": ("Året", "Perioden, som är hela året"),
    "activities_sum": ("Summan", "Verksamheterna tillsammans"),
    "projects_sum": ("Alla projekt", "Projekten tillsammans"),
    "ledger": ("Papperet", "Bokföringen, månaderna tillsammans"),
    "not_mapped": ("Papperets belopp", "Bokföringen"),
    "unknown_in_sum": ("Summan i papperet", "Det som saknas"),
    "years_mixed": ("Summan i papperet", "Det som ingår"),
    "table": ("Tabellen", ""),
    "registry": ("Kolumnen", ""),
    "contradiction": ("Ja, enligt", "Nej, enligt"),
    "appendix": ("Här hänvisar texten", "Här finns den"),
}
_USUAL = ("Det som står", "Det som siffrorna ger")
# Rules whose explanation says both values already, or that compare no values at all.
_PLACES_ONLY = {
    "swapped",
    "key",
    "code_twice",
    "table",
    "registry",
    "contradiction",
    "appendix",
    "years_mixed",
    "lost_digit",
}
_MISSING = {
    "total": "men delarna finns inte bland uppgifterna.",
    "claim": "men siffran som texten talar om finns inte bland uppgifterna.",
    "share": "men siffran som texten talar om finns inte bland uppgifterna.",
}


def describe_finding(snapshot: Snapshot, finding: Finding) -> tuple[str, str]:
    """A title and an explanation."""
    if finding.about.get("without_figure"):
        said = format_percent(finding.stated.ratio) if finding.rule == "share" else ""
        said = said or format_side(finding, finding.stated)
        who = "Papperet anger" if finding.rule == "total" else "Texten säger"
        return name_quantity(snapshot, finding.ref), f"{who} {said}, {_MISSING[finding.rule]}"
    if finding.rule in _RULES:
        return _RULES[finding.rule](snapshot, finding)
    name = name_quantity(snapshot, finding.ref)
    return name, f"{_COMPARED[finding.rule]}: {_compare(finding)}"


def describe_briefly(snapshot: Snapshot, finding: Finding) -> str:
    """What does not hold, on a line by itself: its title, and more where that is only a name."""
    title, explanation = describe_finding(snapshot, finding)
    if finding.rule == "share":
        return explanation.removesuffix(".")
    told = explanation[:1].lower() + explanation[1:].removesuffix(".")
    return f"{title}: {told}" if finding.rule in _COMPARED else title


def _compare(finding: Finding) -> str:
    stated, found = format_side(finding, finding.stated), format_side(finding, finding.found)
    if finding.verdict is Verdict.HOLDS:
        return f"båda är {stated}."
    if finding.verdict is Verdict.CANNOT_TELL:
        return f"{stated} mot {found}, så det går inte att jämföra."
    return f"{stated} mot {found}."


def format_side(finding: Finding, side: Side) -> str:
    """One side's value in the unit of its quantity, or what is printed; empty for words alone."""
    if finding.rule in _PLACES_ONLY:
        return ""
    if side.ratio is not None:
        return format_percent(side.ratio)
    if side.amount is None:
        return f"”{side.printed}”" if side.printed else ""
    if isinstance(side.amount, Unknown):
        return (
            f"”{side.printed}”" if side.printed else "tomt" if finding.rule == "total" else "okänt"
        )
    return format_amount(finding.ref, side.amount)


def name_sides(finding: Finding) -> tuple[str, str]:
    """Headings of the two sides: "Texten säger", "Siffran som gäller"; empty for no such side."""
    return _SIDES.get(finding.rule, _USUAL)


def format_amount(ref: str, amount: Amount) -> str:
    """Collaborations are spoken of in kr, the rest in Mkr."""
    return format_kr(amount) if ref.startswith("collaboration") else format_mkr_unit(amount)


def format_tolerance(finding: Finding) -> str:
    """How much the two sides may differ for the rounding of print; empty where nothing may."""
    if finding.tolerance is None or finding.rule == "unexplained":
        return ""
    if not finding.tolerance:
        return "ingen, båda är skrivna lika noga"
    if finding.stated.ratio is not None:
        return f"±{SPACE}{format_number(finding.tolerance * 100, 1)}{SPACE}procentenheter"
    if finding.ref.startswith("collaboration"):
        return f"±{SPACE}{format_kr(Money(finding.tolerance))}"
    return f"±{SPACE}{format_number(finding.tolerance / Decimal(1_000_000), 2)}{SPACE}Mkr"
