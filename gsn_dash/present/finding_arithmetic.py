"""The words of what the operating budget's figures say of each other: (title, explanation)."""

from __future__ import annotations

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.names import name_period, name_project, name_quantity, name_subject
from gsn_dash.present.numbers import format_mkr, format_mkr_unit

Words = tuple[str, str]


def net(snapshot: Snapshot, finding: Finding) -> Words:
    """A net against revenue plus cost."""
    return _against(snapshot, finding, "intäkter och kostnader tillsammans ger", "Nettot")


def deviation(snapshot: Snapshot, finding: Finding) -> Words:
    """A deviation against result less budget."""
    key = OperatingKey(*finding.ref.split(":")[1:])
    result = "utfallet" if key.span == "period" else "prognosen"
    return _against(snapshot, finding, f"{result} minus budget ger", "Avvikelsen")


def _against(snapshot: Snapshot, finding: Finding, rule: str, what: str) -> Words:
    name, found = name_quantity(snapshot, finding.ref), finding.found.amount
    said = f"{what} är {_say(finding, finding.stated.amount)}"
    if isinstance(found, Unknown):
        return name, f"{said}, men de belopp som det ska räknas ur är inte alla kända."
    if finding.verdict is not Verdict.FAILS:
        return name, f"{said}, och {rule} {_say(finding, found)}."
    stated = finding.stated.amount
    how = " Beloppen är lika men har motsatt tecken." if stated == -found else ""
    difference = format_mkr_unit(abs(stated - found))
    return (
        f"{name}: {what.lower()} stämmer inte med sina delar",
        f"{said}, men {rule} {_say(finding, found)}. Det skiljer {difference}.{how}",
    )


def _say(finding: Finding, amount: object) -> str:
    return format_mkr_unit(amount, finding.ref.endswith(":deviation"))


def activities_sum(snapshot: Snapshot, finding: Finding) -> Words:
    """A total of the operating budget against the activities together."""
    names = [name_subject(snapshot, p.ref.split(":")[1]) for p in finding.about["parts"]]
    return _summed(snapshot, finding, "verksamheterna", names)


def projects_sum(snapshot: Snapshot, finding: Finding) -> Words:
    """A total of the investment money against the projects together."""
    by_key = {project.key: project for project in snapshot.projects}
    names = [name_project(by_key[p.ref.split(":")[1]]) for p in finding.about["parts"]]
    return _summed(snapshot, finding, "projekten", names)


def _summed(snapshot: Snapshot, finding: Finding, who: str, names: list[str]) -> Words:
    name = f"{name_quantity(snapshot, finding.ref)}: {who} mot summan"
    stated, found = finding.stated.amount, finding.found.amount
    whole = f"Summan är {_say(finding, stated)}"
    together = f"{who} är tillsammans {_say(finding, found)}"
    if finding.verdict is not Verdict.FAILS:
        return name, f"{whole}, och {together}."
    signed = finding.ref.endswith(":deviation")
    each = ", ".join(
        f"{what} {format_mkr(part.amount, signed)}"
        for what, part in zip(names, finding.about["parts"], strict=True)
    )
    return (
        f"{name_quantity(snapshot, finding.ref)}: {who} är tillsammans inte summan",
        f"{whole}, men {together} ({each}). Det skiljer {format_mkr_unit(abs(stated - found))}.",
    )


def closing(snapshot: Snapshot, finding: Finding) -> Words:
    """What the period and the year say of the same twelve months."""
    name = name_quantity(snapshot, finding.ref)
    year, period = (format_mkr_unit(side.amount) for side in (finding.stated, finding.found))
    is_budget = finding.ref.endswith(":budget")
    of_period = "periodens budget" if is_budget else "utfallet"
    of_year = "årets budget" if is_budget else "prognosen"
    months = name_period(snapshot.occasion)
    if finding.verdict is not Verdict.FAILS:
        return name, f"Perioden är hela året: {of_period} är {period} och {of_year} {year}."
    difference = format_mkr_unit(abs(finding.stated.amount - finding.found.amount))
    return (
        f"{name}: perioden och året säger olika",
        f"Perioden, {months}, är hela året. Ändå är {of_period} {period} och {of_year} {year}."
        f" Det skiljer {difference}. Se efter om en kolumn står kvar från förra tillfället.",
    )
