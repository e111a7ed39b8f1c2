"""The words of each rule that finds something particular: (title, explanation)."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO, ratio_of
from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.investing import describe_lost_digit
from gsn_dash.present.names import (
    ITEMS,
    MEASURES,
    name_collaboration,
    name_municipality,
    name_project,
    name_quantity,
    name_subject,
    name_year,
)
from gsn_dash.present.numbers import (
    SPACE,
    format_kr,
    format_mkr,
    format_mkr_unit,
    format_number,
    format_percent,
    format_ratio,
    format_size_mkr,
    format_spread,
    format_total_kr,
)

Words = tuple[str, str]


def swapped(snapshot: Snapshot, finding: Finding) -> Words:
    """Two claims that have changed places."""
    about = finding.about
    first, second = (name_quantity(snapshot, ref) for ref in (finding.ref, about["other_ref"]))
    said, other = format_mkr(finding.stated.amount), format_mkr(about["other_stated"])
    right, right_other = format_mkr(finding.found.amount), format_mkr(about["other_found"])
    return (
        "Två siffror har bytt plats i texten",
        f"Texten säger {said} för ”{first}” och {other} Mkr för ”{second}”."
        f" Tabellen säger {right} och {right_other}: tvärtom.",
    )


def share(snapshot: Snapshot, finding: Finding) -> Words:
    """A percentage in the text against the two amounts it is of."""
    said = format_percent(finding.stated.ratio)
    if finding.verdict is Verdict.CANNOT_TELL:
        return f"Andelen {said} går inte att pröva", "Ett av beloppen är okänt."
    part, whole = finding.about["part"], finding.about["whole"]
    arithmetic = (
        f"{format_mkr(part.amount)} av {format_mkr_unit(whole.amount)}"
        f" är {format_percent(finding.found.ratio)}"
    )
    if finding.verdict is Verdict.FAILS:
        return f"Texten säger {said}, men det är {format_percent(finding.found.ratio)}", (
            f"{name_quantity(snapshot, finding.ref)}: texten säger {said}, men {arithmetic}."
        )
    return name_quantity(snapshot, finding.ref), f"Texten säger {said}, och {arithmetic}."


def no_deviation(snapshot: Snapshot, finding: Finding) -> Words:
    """A sentence that nothing deviates, against an activity that does."""
    who = name_subject(snapshot, finding.about["subject"])
    return (
        "Texten säger ”inga avvikelser”, men en verksamhet avviker",
        f"Texten säger att inget avviker mot årsprognosen. {who} väntas ändå få"
        f" {format_mkr_unit(finding.found.amount, True)} mot budget vid årets slut.",
    )


def unexplained(snapshot: Snapshot, finding: Finding) -> Words:
    """A deviation, or the rest of one, that the papers give no reason for."""
    item = ITEMS[finding.about["item"]].lower()
    whole = finding.about["whole"]
    rest = format_mkr_unit(finding.found.amount, True)
    steps = finding.about["explained"]
    if not steps:
        return (
            f"Avvikelsen för {item}, {rest}, förklaras inte",
            "Papperen säger inte vad den beror på.",
        )
    parts = ", ".join(
        f"{ITEMS[step.item].lower()} inom {name_subject(snapshot, step.subject)}"
        f" {format_mkr(step.figure.amount, True)}"
        for step in steps
    )
    spread = format_spread(finding.tolerance)
    return (
        f"Av avvikelsen för {item} är {rest} inte förklarad",
        f"Hela avvikelsen är {format_mkr_unit(whole.amount, True)}. Papperen förklarar {parts}."
        f" Resten är {rest} (±{SPACE}{spread}): alla övriga {item} är"
        f" {format_size_mkr(finding.found.amount)}"
        f" {'bättre' if finding.found.amount > ZERO else 'sämre'} än budget, och det står"
        " ingenstans.",
    )


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
    total = format_mkr(finding.stated.amount)
    parts = format_mkr_unit(finding.found.amount)
    note = " Då är den saknade siffran för ett projekt härledd." if finding.about["solved"] else ""
    return (
        "Det som de nämnda projekten lämnar kvar, mot hela anslaget",
        f"Hela prognosen lämnar {total} kvar, de nämnda projekten tillsammans {parts}.{note}",
    )


def key(snapshot: Snapshot, finding: Finding) -> Words:
    """A stated split against what its allocation key gives."""
    about = finding.about
    name = name_collaboration(snapshot, about["collaboration"])
    first, second = (name_municipality(snapshot, about[side]) for side in ("first", "second"))
    split = about["split"]
    stated = [split.stated[about[side]].amount for side in ("first", "second")]
    by_rule = [split.by_rule[about[side]].amount for side in ("first", "second")]
    if finding.verdict is not Verdict.FAILS:
        return f"Fördelningen av {name} följer nyckeln", f"{first} och {second} delar som avtalat."
    low, high = about["ratio_range"]
    return (
        f"Fördelningen av {name} följer inte nyckeln",
        f"Papperet anger {format_kr(stated[0])} för {first} och {format_kr(stated[1])} för"
        f" {second}: {format_number(ratio_of(*stated), 1)} gånger så mycket. Nyckeln ger"
        f" {format_kr(by_rule[0])} och {format_kr(by_rule[1])} (härlett):"
        f" {format_number(ratio_of(*by_rule), 1)} gånger. Oavsett hur delarna vägs ger nyckeln"
        f" mellan {format_ratio(low)} och {format_ratio(high)} gånger. Det angivna kan vara"
        " nämndens egen fördelning; det säger papperen inte.",
    )


def unknown_in_sum(snapshot: Snapshot, finding: Finding) -> Words:
    """A sum that lacks a part."""
    who = name_municipality(snapshot, finding.about["municipality"])
    total = finding.about["total"]
    lacking = ", ".join(
        name_collaboration(snapshot, row.key.collaboration) for row in finding.about["missing"]
    )
    printed = finding.stated.printed
    in_paper = f"Papperet anger ”{printed}”." if printed else "Summan är tom i papperet."
    return (
        f"Summan för {who} går inte att räkna ut",
        f"{who} betalar {format_total_kr(total)}: {lacking}. {in_paper} Okänt är inte noll.",
    )


def years_mixed(snapshot: Snapshot, finding: Finding) -> Words:
    """A sum over different years."""
    who = name_municipality(snapshot, finding.about["municipality"])
    rows = ", ".join(
        f"{name_collaboration(snapshot, row.key.collaboration)} ({name_year(row.year)})"
        for row in finding.about["rows"]
    )
    return (
        f"Summan för {who} blandar olika år",
        f"I summan ingår {rows}. Den är alltså inte kostnaden för ett visst år.",
    )


def table(_snapshot: Snapshot, finding: Finding) -> Words:
    """A printed table's headings and values."""
    name = f"Tabellen ”{finding.stated.places[0].section}”"
    headings, counts = finding.about["headings"], finding.about["counts"]
    if finding.verdict is Verdict.HOLDS:
        return f"{name} är hel", f"Varje rad har {headings} värden under {headings} rubriker."
    said = [f"Tabellen har {headings} rubriker men {sum(counts)} värden."]
    if finding.about["missing"]:
        missing = ", ".join(f"”{MEASURES[m]}”" for m in finding.about["missing"])
        said.append(f"Det finns ingen rubrik för {missing}.")
    if finding.about["slipped"]:
        texts = ", ".join(f"”{cell.text}”" for cell in finding.about["slipped"])
        said.append(f"Värdet {texts} har hamnat på en egen rad.")
    return f"{name} är trasig", " ".join(said)


def registry(_snapshot: Snapshot, finding: Finding) -> Words:
    """A column of page ranges under the heading of registry numbers."""
    heading, values = finding.about["heading"], ", ".join(finding.about["values"])
    return (
        f"Kolumnen ”{heading}” innehåller sidnummer",
        f"Under rubriken ”{heading}” (diarienummer) står {values.replace(' - ', '–')}: det är"
        " sidorna i kallelsen. Inget diarienummer finns i papperen.",
    )


def contradiction(snapshot: Snapshot, finding: Finding) -> Words:
    """A yes-or-no that is answered both ways."""
    name = name_quantity(snapshot, finding.ref)
    yes, no = len(finding.stated.places), len(finding.found.places)
    return (
        f"Papperen säger både ja och nej: {name.lower()}",
        f"Ja på {yes}{SPACE}{_places(yes)}, nej på {no}{SPACE}{_places(no)}.",
    )


def _places(count: int) -> str:
    return "ställe" if count == 1 else "ställen"


def appendix(_snapshot: Snapshot, finding: Finding) -> Words:
    """An appendix that is referred to."""
    name = finding.about["name"]
    title = f"{name[:1].upper()}{name[1:]}"
    if finding.about["attached"]:
        return f"{title} finns med", "Texten hänvisar till den, och den är bifogad."
    listed = (
        "finns i listan över bilagor men"
        if finding.about["listed"]
        else ("finns varken i listan över bilagor eller")
    )
    return (
        f"{title} saknas",
        f"Texten hänvisar till den, men den {listed} bland papperen. Vad den säger går inte att"
        " pröva.",
    )
