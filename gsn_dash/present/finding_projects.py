"""The words of the controls of the investment money: (title, explanation) for each rule."""

from __future__ import annotations

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.investing import describe_lost_digit
from gsn_dash.present.names import name_project, name_quantity
from gsn_dash.present.numbers import format_mkr, format_mkr_unit

Words = tuple[str, str]


def code_twice(_snapshot: Snapshot, finding: Finding) -> Words:
    """One project code for several projects."""
    names = " och ".join(f"”{name_project(p)}”" for p in finding.about["projects"])
    return (
        f"Projektnummer {finding.about['code']} står för flera projekt",
        f"Numret används för {names}. Numret räcker inte för att veta vilket som menas.",
    )


def lost_digit(_snapshot: Snapshot, finding: Finding) -> Words:
    """A printed amount without its first digit."""
    lost = finding.about["lost"]
    title = f"En siffra saknas i anslaget för {name_project(lost.project)}"
    return title, " ".join(describe_lost_digit(lost))


def left(_snapshot: Snapshot, finding: Finding) -> Words:
    """What the named projects leave, against what the whole forecast leaves."""
    total, parts = format_mkr_unit(finding.stated.amount), format_mkr_unit(finding.found.amount)
    unnamed = finding.about["unnamed"]
    if isinstance(finding.found.amount, Unknown):
        said = (
            f"Hela prognosen lämnar {total} kvar. Vad de nämnda projekten lämnar går inte att räkna"
            " ut, för en uppgift saknas."
        )
    elif finding.verdict is Verdict.FAILS:
        said = (
            f"Hela prognosen lämnar {total} kvar, men de nämnda projekten lämnar tillsammans"
            f" {parts}."
        )
    else:
        said = f"Hela prognosen lämnar {total} kvar, de nämnda projekten tillsammans {parts}."
    if unnamed is not None:
        said += f" De projekt som inte nämns lämnar alltså {format_mkr_unit(unnamed)} (härlett)."
    if finding.about["solved"]:
        said += " Då är den saknade siffran för ett projekt härledd."
    return "Det som de nämnda projekten lämnar kvar, mot hela anslaget", said


def balance(snapshot: Snapshot, finding: Finding) -> Words:
    """An appropriation against the forecast and what is left, all three printed."""
    plan = format_mkr_unit(finding.stated.amount)
    forecast, rest = (format_mkr(finding.about[part].amount) for part in ("forecast", "left"))
    return (
        f"{name_quantity(snapshot, finding.ref)} mot prognos och kvar",
        f"Papperet anger anslaget {plan}. Prognosen {forecast} och det som blir kvar, {rest}, är"
        f" tillsammans {format_mkr_unit(finding.found.amount)}.",
    )


def rest(_snapshot: Snapshot, finding: Finding) -> Words:
    """What the totals leave for the projects that no paper names."""
    row = finding.about["row"]
    plan, forecast = (format_mkr_unit(f.amount) for f in (row.appropriation, row.forecast))
    both = f"{name_project(row.project)}: {plan} i anslag och {forecast} i prognos (härlett)."
    if finding.verdict is Verdict.HOLDS:
        return "Det som totalerna lämnar för projekt som inte nämns är möjligt", both
    if finding.verdict is Verdict.HOLDS_ROUNDED:
        return (
            "Det som totalerna lämnar för projekt som inte nämns är möjligt efter avrundning",
            f"{both} Avrundningen förklarar skillnaden.",
        )
    whole = {"appropriation": "det totala anslaget", "forecast": "hela prognosen"}
    fault = finding.about["fault"]
    why = (
        "Det är mer i prognos än i anslag."
        if fault == "overrun"
        else f"De nämnda projekten har alltså mer än {whole[fault]}."
    )
    return "Det som totalerna lämnar för projekt som inte nämns är inte möjligt", f"{both} {why}"
