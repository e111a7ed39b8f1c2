"""The agenda of a meeting in words: what is shown, who has kept it, where two editors differ.

Names and texts are what people wrote: text, which whoever shows it escapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from gsn_dash.domain.meeting.agenda import OPENING, Agenda
from gsn_dash.domain.snapshot import Occasion
from gsn_dash.present.meeting import name_number, name_view
from gsn_dash.present.names import name_occasion
from gsn_dash.present.numbers import SPACE, format_day, format_moment
from gsn_dash.present.scenarios import apart

AWAY = (
    "Databasen svarar inte, så det går inte att spara just nu; det du har skrivit står kvar."
    " Försök igen om en stund."
)
AWAY_READING = (
    "Databasen svarar inte. Dagordningen visas som papperen har den, och möten som pågår eller är"
    " avslutade visas inte."
)
PAPERS_OWN = "Ingen har ändrat dagordningen. Den följer papperen."
CHANGED = "Du har ändringar som inte är sparade."
SAVED = "Dagordningen är sparad."
OPENING_FIRST = "Först visas alltid en bild med mötets ärenden."
NO_SCENARIO = "Inget: papperens siffror som de är"
GONE_SCENARIO = "Ett scenario som inte längre finns"
# The page does not hear what is typed before it is sent.
KEPT_UNTIL_SAVED = "Det du ändrar i rutan gäller först när du har sparat det."
UNSAVED_DRAFT = "Utkast ur siffrorna. Ingen har sparat någon text än."
FIGURES_MOVED = "Siffrorna har ändrats sedan texten skrevs."
READ_AGAIN = f"{FIGURES_MOVED} Läs igenom den, eller gör om utkastet ur siffrorna."
DRAFT_SAVED, TEXT_ACCEPTED = "Texten är sparad som utkast.", "Texten är godtagen."
# What the list where views are put in order says; {name}, {place} and {of} are filled in there.
ORDER_WORDS: Mapping[str, str] = {
    "up": "Flytta upp: {name}",
    "down": "Flytta ned: {name}",
    "moved": "{name} är nu nummer {place} av {of}.",
    "restore": "Återställ ordningen",
    "restored": "Vyerna står åter i papperens ordning.",
}
_COUNTS = ("inga", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")


@dataclass(frozen=True)
class Difference:
    """Something that two editors have put differently: what, yours, theirs."""

    what: str
    yours: str
    theirs: str


def describe_meeting(occasion: Occasion, agenda: Agenda) -> str:
    """The page's one sentence: which meeting, how many items, how many views are shown."""
    count = len(agenda.items)
    items = f"{_COUNTS[count] if count < len(_COUNTS) else count} ärenden"
    shown = count_shown(agenda)
    return (
        f"Mötet {format_day(occasion.meeting_on)} om {name_occasion(occasion)}"
        f" har {items.replace('ett ärenden', 'ett ärende')}, och"
        f" {shown}{SPACE}{'vy' if shown == 1 else 'vyer'} visas."
    )


def count_shown(agenda: Agenda) -> int:
    """How many views are shown, but for the opening, which always is."""
    return sum(view.shown for view in agenda.views if view.kind != OPENING)


def describe_kept_agenda(author: str, moment: datetime) -> str:
    """Who saved the agenda, and when."""
    return f"Dagordningen är sparad av {apart(author)} {format_moment(moment)}."


def describe_kept_text(author: str, moment: datetime, is_accepted: bool) -> str:
    """What a proposed decision is: a draft, or accepted; by whom and when."""
    kind = "Godtagen av" if is_accepted else "Utkast, sparat av"
    return f"{kind} {apart(author)} {format_moment(moment)}."


def describe_conflict(what: str, author: str, moment: datetime) -> str:
    """That somebody else was first; `what` is what they saved: "dagordningen"."""
    return (
        f"{apart(author)} sparade {what} {format_moment(moment)}, efter att du öppnade sidan."
        " Inget är skrivet över: välj vad som ska gälla."
    )


def list_differences(
    yours: Agenda, theirs: Agenda, name_scenario: Callable[[str], str]
) -> tuple[Difference, ...]:
    """Where two agendas of the same papers differ: what is shown, in what order, which scenario."""
    found = [*_shown_differently(yours, theirs), *_ordered_differently(yours, theirs)]
    if yours.scenario != theirs.scenario:
        names = (name_scenario(agenda.scenario) for agenda in (yours, theirs))
        found.append(Difference("Scenario", *names))
    return tuple(found)


def _shown_differently(yours: Agenda, theirs: Agenda) -> Iterator[Difference]:
    other = {view.key: view.shown for view in theirs.views}
    numbers = {item.number: name_number(item) for item in yours.items}
    for view in yours.views:
        if other.get(view.key, view.shown) != view.shown:
            said = ("visas", "visas inte")
            # What each item has one of is told apart by its item.
            of = "" if view.subject else numbers.get(view.item, "")
            name = f"{of}: {name_view(view)}" if of else name_view(view)
            yield Difference(name, *(said if view.shown else reversed(said)))


def _ordered_differently(yours: Agenda, theirs: Agenda) -> Iterator[Difference]:
    for item in yours.items:
        orders = [[v for v in a.views if v.item == item.number] for a in (yours, theirs)]
        mine, other = ([name_view(view) for view in order] for order in orders)
        pairs = enumerate(zip(mine, other, strict=True))
        differing = [place for place, (one, two) in pairs if one != two]
        if differing:
            name = f"Ordningen i {name_number(item).lower()}" if item.number else "Ordningen"
            # From the first that differs to the last: the others stand as they stood.
            part = slice(differing[0], differing[-1] + 1)
            yield Difference(name, *("; ".join(names[part]) for names in (mine, other)))


def describe_live(code: str, presenter: str, moment: datetime) -> str:
    """A meeting that goes on."""
    return f"Koden är {code}. {apart(presenter)} visar. Mötet började {format_moment(moment)}."
