"""The words of what the monthly ledger and the papers say of each other: (title, explanation)."""

from __future__ import annotations

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import join_words
from gsn_dash.present.names import name_quantity, name_subject
from gsn_dash.present.numbers import format_mkr_unit, name_month


def ledger(snapshot: Snapshot, finding: Finding) -> tuple[str, str]:
    """A paper's outcome or budget against the sum of the ledger's months."""
    name = name_quantity(snapshot, finding.ref)
    said = f"Papperet har {format_mkr_unit(finding.stated.amount)}"
    if isinstance(finding.found.amount, Unknown):
        last = finding.about["covered"]
        until = f"till och med {name_month(last.month)} {last.year}" if last else "inga månader"
        return (
            f"{name}: bokföringen räcker inte",
            f"{said}. Den bokföring som är inläst har {until}, så det går inte att jämföra.",
        )
    summed = format_mkr_unit(finding.found.amount)
    if finding.verdict is Verdict.FAILS:
        difference = format_mkr_unit(abs(finding.stated.amount - finding.found.amount))
        return (
            f"{name}: papperet och bokföringen säger olika",
            f"{said}, men bokföringens månader ger {summed}. Det skiljer {difference}. Kontrollera"
            " vilka konton som räknas till intäkter och kostnader, och när filen togs ut.",
        )
    return f"{name}: papperet och bokföringen stämmer", f"{said}, och månaderna ger {summed}."


def not_mapped(snapshot: Snapshot, finding: Finding) -> tuple[str, str]:
    """Activities that nothing in the ledger is known to be of."""
    names = join_words([name_subject(snapshot, key) for key in finding.about["subjects"]])
    return (
        f"Bokföringen har inga belopp för {names}",
        "Papperet har utfall per verksamhet, men inget kostnadsställe som bokföringen har belopp på"
        f" är kopplat till {names}, så det går inte att jämföra. Koppla dem i kontotabellen på"
        " sidan Inläsning.",
    )
