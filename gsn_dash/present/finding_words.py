"""The words of each rule that finds something particular: (title, explanation)."""

from __future__ import annotations

from gsn_dash.domain.amounts import ZERO
from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.quantities import in_force
from gsn_dash.domain.refs import TOTAL
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.collaborating import join_words
from gsn_dash.present.names import (
    ITEMS,
    MEASURES,
    name_collaboration,
    name_municipality,
    name_quantity,
    name_subject,
    name_year,
)
from gsn_dash.present.numbers import (
    SPACE,
    format_kr,
    format_mkr,
    format_mkr_unit,
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
    part, whole = finding.about["part"], finding.about["whole"]
    if finding.verdict is Verdict.CANNOT_TELL:
        is_unknown = part.is_unknown or whole.is_unknown
        why = "Ett av beloppen är okänt." if is_unknown else "Anslaget är för litet eller osäkert."
        return f"Andelen {said} går inte att pröva", why
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
    """A sentence that nothing deviates, against an activity or a total that does."""
    amount = format_mkr_unit(finding.found.amount, True)
    count = len(finding.stated.places)
    said = f"Texten säger på {count}{SPACE}{_places(count)} att inget avviker mot årsprognosen."
    if finding.about["subject"] == TOTAL:
        what = ITEMS[finding.about["item"]]
        return (
            f"Texten säger ”inga avvikelser”, men prognosen avviker: {what.lower()}",
            f"{said} {what} väntas ändå avvika med {amount} från budget vid årets slut.",
        )
    who = name_subject(snapshot, finding.about["subject"])
    figure = in_force(snapshot, finding.ref)
    about = "cirka " if figure and figure.approximate else ""
    return (
        "Texten säger ”inga avvikelser”, men en verksamhet avviker",
        f"{said} {who} väntas ändå få {about}{amount} mot budget vid årets slut.",
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


def key(snapshot: Snapshot, finding: Finding) -> Words:
    """A stated split against what its allocation key gives."""
    about, split = finding.about, finding.about["split"]
    name = name_collaboration(snapshot, about["collaboration"])
    names = [name_municipality(snapshot, code) for code in about["payers"]]
    if finding.verdict is not Verdict.FAILS:
        return f"Fördelningen av {name} följer nyckeln", f"{join_words(names)} delar som avtalat."
    stated = [format_kr(split.stated[code].amount) for code in about["payers"]]
    by_rule = [format_kr(split.by_rule[code].amount) for code in about["payers"]]
    each = [f"{amount} för {who}" for amount, who in zip(stated, names, strict=True)]
    return (
        f"Fördelningen av {name} följer inte nyckeln",
        f"Papperet anger {join_words(each)}. Nyckeln ger {join_words(by_rule)} (härlett)."
        f"{_relation(finding, *names[:2])} Det angivna kan vara nämndens egen fördelning; det"
        " säger papperen inte.",
    )


def _relation(finding: Finding, first: str, second: str) -> str:
    """How the two largest payers stand to each other, stated and by every weight of the key."""
    stated, by_rule = finding.about["stated_ratio"], finding.about["rule_ratio"]
    if stated is None:
        return ""
    low, high = finding.about["ratio_range"]
    return (
        f" {first} betalar {format_ratio(stated)} gånger så mycket som {second}, nyckeln ger"
        f" {format_ratio(by_rule)} gånger. Oavsett hur delarna vägs ger nyckeln mellan"
        f" {format_ratio(low)} och {format_ratio(high)} gånger."
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
        f"Under rubriken ”{heading}” (diarienummer) står {values.replace(' - ', '–')}: stigande"
        " sidnummer, inte diarienummer.",
    )


def other_year(snapshot: Snapshot, finding: Finding) -> Words:
    """Two amounts for one contribution that are of different years."""
    earlier, later = finding.about["years"]
    stated, found = format_kr(finding.stated.amount), format_kr(finding.found.amount)
    return (
        f"{name_quantity(snapshot, finding.ref)}, annat år",
        f"Papperen anger {stated} för {earlier} och {found} för {later}. Det är olika uppgifter, så"
        f" de går inte att jämföra. Den för {later} gäller här.",
    )


def broken_control(_snapshot: Snapshot, finding: Finding) -> Words:
    """A control that could not be run: a fault in the program, not in the papers."""
    name = finding.ref.partition(":")[2]
    return (
        f"Kontrollen gick inte att köra: {CONTROL_NAMES.get(name, 'en av kontrollerna')}",
        "Det är ett fel i programmet eller i det som matats in, inte ett svar om papperen. Felet"
        " står i programmets logg.",
    )


CONTROL_NAMES = {
    "check_swapped": "siffror som bytt plats",
    "check_claims": "texten mot siffrorna",
    "check_totals": "summorna mot sina delar",
    "check_restated": "samma uppgift på två ställen",
    "check_no_deviation": "inga avvikelser",
    "check_unexplained": "avvikelser utan förklaring",
    "check_nets": "netto mot intäkter och kostnader",
    "check_deviations": "avvikelser mot budget",
    "check_activities": "verksamheterna mot totalen",
    "check_projects": "projekten mot totalen",
    "check_closing": "perioden mot året när året är slut",
    "check_ledger": "bokföringen månad för månad",
    "check_codes": "projektnummer",
    "check_lost_digits": "siffror som saknas",
    "check_left": "det som projekten lämnar kvar",
    "check_balances": "anslag mot prognos och kvar",
    "check_rest": "projekt som inte nämns",
    "check_keys": "fördelningsnycklar",
    "check_sums_with_unknown": "summor där något är okänt",
    "check_years": "summor över olika år",
    "check_tables": "tabellernas rubriker",
    "check_registry_numbers": "diarienummer",
    "check_flags": "både ja och nej",
    "check_appendices": "bilagor",
}


def contradiction(snapshot: Snapshot, finding: Finding) -> Words:
    """A yes-or-no that is answered both ways."""
    name = name_quantity(snapshot, finding.ref)
    yes, no = len(finding.stated.places), len(finding.found.places)
    return (
        f"Papperen säger både ja och nej: {name.lower()}",
        f"Det sägs på {yes}{SPACE}{_places(yes)}, och motsatsen på {no}{SPACE}{_places(no)}.",
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
