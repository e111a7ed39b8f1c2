"""The words of the board paper's appendix that no page says."""

from __future__ import annotations

from datetime import date

from gsn_dash.domain.checks.finding import Verdict
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.present.collaborating import join_words
from gsn_dash.present.names import name_occasion, name_period
from gsn_dash.present.numbers import SPACE, format_day
from gsn_dash.present.scenarios import apart, group_fingerprint

BOARD = "Gemensamma servicenämnden"
KIND = "Bilaga"
CONTENTS = "Innehåll"
DRAFT = "Utkast"
_ORDINALS = ("första", "andra", "tredje", "fjärde", "femte", "sjätte")
SUMMARY = "Sammanfattning"
OPERATING = "Driftbudget"
BRIDGE = "Vad avvikelsen består av"
REST_OF_YEAR = "Vad krävs av resten av året?"
ACTIVITIES = "Enskilda verksamheter"
MONTHS = "Månad för månad"
INVESTMENTS = "Investeringar"
PROJECTS = "Projekten"
LOST_DIGIT = "En siffra som saknas i papperet"
COLLABORATIONS = "Samarbeten"
UNCHANGED_BILLS = "Vad krävs för att ingen kommun ska betala mer?"
CONTROLS = "Kontroller av siffrorna"
HOLDING_CAPTIONS = {
    Verdict.HOLDS_ROUNDED: "Kontroller som stämmer efter avrundning",
    Verdict.HOLDS: "Kontroller som stämmer",
}
CONTRADICTIONS = "Det här stämmer inte i papperen:"
SCENARIOS = "Tänk om: scenarier som är frysta"
SOURCES = "Källor"
STATED = "Uppgifter ur papperen"
DERIVED = "Uppgifter som är härledda"
PAPERS = "Papper och statistik"
HOW_TO_READ = "Så läser du bilagan"
SIGNS = (
    "Kostnader skrivs med minus. Avvikelse är utfall eller prognos minus budget: plus är bättre"
    " än budget, minus är sämre. För investeringar är avvikelse utfall eller prognos minus"
    " anslag, och den är varken bra eller dålig i sig.",
    "Okänt betyder att papperen inte säger beloppet. Det räknas aldrig som noll: en summa där"
    " något saknas står som ”minst”.",
    "Härlett betyder att inget papper säger beloppet, men att det följer av andra belopp. Hur"
    " det följer står under Källor.",
)
CALCULATED = (
    "Scenarierna är antaganden, inte rapporterade siffror. De är frysta: ingen kan ändra dem i"
    " efterhand."
)
OTHER_FIGURES = (
    "Scenariot frystes på andra siffror än bilagans. Här är det räknat på bilagans siffror."
)
NOTHING_ASSUMED = "Scenariot antar inget annat än papperen."
# What each thing would need for the goal, or how far it may go without losing it: no levers here.
GOAL_HEADINGS = {
    False: ("Vad", "Står nu", "Behövs", "I klartext"),
    True: ("Vad", "Står nu", "Får vara", "I klartext"),
}
GOAL_CAPTIONS = {
    False: "Vad som skulle behövas för att nå målet, en sak i taget",
    True: "Så långt får varje sak ändras, en i taget, utan att målet missas",
}
LEAD = (
    "Bilagan till nämndens papper görs ur siffrorna som gäller: tabellerna, bilderna, vad som"
    " krävs, kontrollerna med sina förklaringar och källorna."
)
HOLDS = "Det här innehåller bilagan"
MAKE = "Gör bilagan"
ISSUE = "Utfärda"
ISSUED = "Utfärdade bilagor"
DRAFT_NOTE = (
    "Ett utkast är märkt så på varje sida. När bilagan är färdig utfärdas den: då sparas den precis"
    " som den är, med vem som utfärdade den, och kan hämtas igen så länge programmet finns."
)
NO_FROZEN = (
    "Inget scenario är fryst, så bilagan innehåller inga."
    " Ett scenario fryses på sidan Tänk om …?, under Mer."
)
NOT_ISSUED = "Ingen bilaga är utfärdad för det här tillfället än."
AWAY = "Databasen svarar inte just nu, så bilagan utfärdades inte; försök igen om en stund."
ISSUED_HEADINGS = ("Utfärdad", "Av", "Daterad", "Scenarier", "Siffrornas fingeravtryck", "Hämta")


def name_appendix(occasion: Occasion) -> str:
    """ "Driftkostnader och investeringar, andra uppföljningstillfället år 2023"."""
    return f"Driftkostnader och investeringar, {name_follow_up(occasion)}"


def name_follow_up(occasion: Occasion) -> str:
    """ "andra uppföljningstillfället år 2023", "bokslut 2023"; a number without a word is one."""
    if occasion.is_closing:
        return name_occasion(occasion)
    if 0 < occasion.number <= len(_ORDINALS):
        return f"{_ORDINALS[occasion.number - 1]} uppföljningstillfället år {occasion.year}"
    return f"uppföljningstillfälle {occasion.number} år {occasion.year}"


def describe_scope(occasion: Occasion) -> str:
    """What the figures are of, under the title."""
    text = f"Avser {name_period(occasion)}"
    return f"{text} och prognos för helåret" if occasion.months_left else text


def appendix_facts(
    snapshot: Snapshot, made_on: date, fingerprint: str
) -> tuple[tuple[str, str], ...]:
    """What identifies the appendix: its day, the meeting, its figures."""
    occasion = snapshot.occasion
    return (
        ("Daterad", format_day(made_on)),
        ("Till nämndens möte", format_day(occasion.meeting_on)),
        *_papers_date(occasion.appendix_dated, made_on),
        ("Siffrornas inläsning", f"nummer {snapshot.read_in}"),
        ("Siffrornas fingeravtryck", group_fingerprint(fingerprint)),
    )


def _papers_date(dated: date, made_on: date) -> tuple[tuple[str, str], ...]:
    """The day of the papers' own appendix, where this one has another."""
    return () if dated == made_on else (("Papperens bilaga daterad", format_day(dated)),)


def say_other_date(made_on: date, dated: date) -> str:
    """That another day than the occasion's own has been chosen; empty where it has not."""
    if made_on == dated:
        return ""
    return (
        f"Tillfällets uppgifter, Översikt och utkastet till beslut säger {format_day(dated)}."
        " Ändra texten i beslutet om bilagan ska ha ett annat datum."
    )


def name_file(occasion: Occasion, extension: str, is_draft: bool, again: bool = False) -> str:
    """ "bilaga-2023-2.pdf"; a draft, and an issued one made again, have names of their own, so
    that neither is put in the place of what was issued."""
    first = "utkast-" if is_draft else "omgjord-" if again else ""
    return f"{first}{name_issued(occasion.year, occasion.number, extension)}"


def name_issued(year: int, number: int, extension: str) -> str:
    """The name of an issued one, wherever it is fetched: "bilaga-2023-2.pdf"."""
    return f"bilaga-{year}-{number}.{extension}"


def describe_answer(words: str, author: str, given_on: date, is_current: bool) -> str:
    """An answer to a finding, by whom and when, and whether the figures are still the same."""
    text = f"{apart(words)} ({apart(author)}, {format_day(given_on)})"
    return f"{text}." if is_current else f"{text}. Svaret gavs när siffrorna var andra."


def say_times(text: str, count: int) -> str:
    """What several controls say alike, with how many places they looked at."""
    return text if count == 1 else f"{text} Prövat på {count} ställen."


def describe_frozen(author: str, frozen_on: date, fingerprint: str) -> str:
    """Who froze a scenario when, and the fingerprint of the figures that it was frozen on."""
    return (
        f"Fryst av {apart(author)} {format_day(frozen_on)}."
        f" Siffrornas fingeravtryck: {group_fingerprint(fingerprint)}."
    )


def describe_size(pictures: int, tables: int, scenarios: int) -> str:
    """ "10 bilder, 19 tabeller och 1 fryst scenario"."""
    parts = [_count(pictures, "bild", "bilder"), _count(tables, "tabell", "tabeller")]
    if scenarios:
        parts.append(_count(scenarios, "fryst scenario", "frysta scenarier"))
    return f"Bilagan har {join_words(parts)}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number}{SPACE}{one if number == 1 else many}"


def describe_issued(format_name: str, issued_by: str) -> str:
    """That an appendix has been issued."""
    return f"Bilagan är utfärdad som {format_name} av {apart(issued_by)}. Den står i listan nedan."
