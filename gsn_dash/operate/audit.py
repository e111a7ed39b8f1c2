"""python -m gsn_dash audit: prove who did what, list it, and erase a name."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from gsn_dash.store.audit import (
    ADDED,
    ALTERED,
    CHANGED,
    GONE,
    MISSING,
    UNCHAINED,
    Break,
    Deed,
    erase,
    find_people,
    list_deeds,
    verify,
)
from gsn_dash.store.columns import ERASED
from gsn_dash.store.trouble import NotConfirmed

_ZONE = ZoneInfo("Europe/Stockholm")
_DONE, _FAILED = 0, 1
# More than this is no help on a screen.
_MOST_BREAKS = 20
_CHAIN = {
    CHANGED: "den är ändrad sedan den skrevs",
    UNCHAINED: "den hör inte ihop med händelsen före",
    MISSING: "den är borttagen, och kanske fler efter den",
}
_KEPT = {
    ALTERED: "ändrat sedan det skrevs upp",
    ADDED: "tillkommet vid sidan av programmet",
    GONE: "borttaget",
}
_THINGS = {
    "import_batch": "inläsning",
    "scenario_version": "scenario",
    "agenda_version": "dagordning",
    "decision_version": "beslutsförslag",
    "meeting": "möte",
    "meeting_end": "möte",
    "finding_answer": "svar på fynd",
    "issued_report": "bilaga",
    "presenter_key": "nyckel",
    "role_grant": "roll",
    "person": "person",
    "occasion": "tillfälle",
    "subject_version": "namnen som fanns från början",
    "document": "papper",
    "activity": "verksamhet",
    "activity_member": "medlem i verksamhet",
    "project": "projekt",
    "project_code": "projektkod",
    "municipality": "kommun",
    "collaboration": "samverkan",
    "database": "databasen",
}
# Who it was where nobody is known: what the program does by itself is nobody's.
_SOMEBODY, _PROGRAM, _OWN = "någon utan inloggning", "programmet", ("find", "rename", "erase")
_REFUSED = {
    "save_scenario": "spara scenario",
    "arrange": "ordna dagordning och beslut",
    "present": "hålla möte",
    "answer": "svara på fynd",
    "change_figures": "läsa in eller ändra siffror",
    "issue": "utfärda bilaga",
}
_ACTIONS = {
    "find": "fanns när loggen började",
    "add": "lade till",
    "import": "läste in",
    "correct": "rättade",
    "choose": "valde uppgift",
    "withdraw": "drog tillbaka",
    "map": "ändrade kontotabellen",
    "create": "sparade nytt",
    "save": "sparade",
    "rename": "bytte namn",
    "delete": "tog bort",
    "restore": "återställde",
    "freeze": "frös",
    "change": "ändrade",
    "decide": "skrev",
    "start": "började",
    "end": "avslutade",
    "answer": "skrev",
    "issue": "utfärdade",
    "redeem": "använde",
    "grant": "gav",
    "erase": "tog bort namnet på",
    "log_in": "loggade in",
    "log_out": "loggade ut",
    "refuse": "nekades att",
}


def run_verify(engine: Engine, head: str) -> int:
    """Prove the chain and say how it went; `head` is a hash that must be in it, or empty."""
    verdict = verify(engine, head.strip().lower())
    if verdict.breaks:
        print("\n".join(_say_breaks(verdict.breaks)), file=sys.stderr)
    if not verdict.has_head:
        print(
            f"Slutet är avklippt, eller så är det en annan databas: kontrollsumman {head} finns"
            " inte i loggen.",
            file=sys.stderr,
        )
    if verdict.breaks or not verdict.has_head:
        return _FAILED
    print(
        f"Loggen över vem som gjort vad är hel: {verdict.count} händelser, och det som de handlar"
        f" om är oförändrat. Den senastes kontrollsumma är\n{verdict.head}\nSpara den på annat"
        " håll: med --head visar den sedan om slutet har klippts av."
    )
    return _DONE


def _say_breaks(breaks: Sequence[Break]) -> Iterator[str]:
    if breaks[0].what in _CHAIN:
        yield "Loggen över vem som gjort vad är bruten:"
    else:
        yield "Loggen över vem som gjort vad är hel, men inte det som den handlar om:"
    yield from map(_say_break, breaks[:_MOST_BREAKS])
    if len(breaks) > _MOST_BREAKS:
        yield f"- och {len(breaks) - _MOST_BREAKS} till"
    yield "Jämför med en säkerhetskopia."


def _say_break(broken: Break) -> str:
    if broken.what in _CHAIN:
        return f"- händelse {broken.number}: {_CHAIN[broken.what]}"
    about = f"{_THINGS[broken.object]} {broken.object_id}".strip()
    return f"- {about}: {_KEPT[broken.what]}"


def run_list(engine: Engine, most: int) -> int:
    """Print the last deeds, the oldest of them first."""
    for deed in reversed(list_deeds(engine, most)):
        print(_say_deed(deed))
    return _DONE


def _say_deed(deed: Deed) -> str:
    at = deed.at.astimezone(_ZONE).strftime("%Y-%m-%d %H:%M:%S")
    who = deed.name or (_PROGRAM if deed.action in _OWN else _SOMEBODY)
    done = _ACTIONS.get(deed.action, deed.action)
    if deed.object == "deed":
        return f"{deed.number:>6}  {at}  {who}: {done} {_REFUSED.get(deed.object_id, '')}".rstrip()
    about = f"{_THINGS.get(deed.object, deed.object)} {deed.object_id}".strip()
    return f"{deed.number:>6}  {at}  {who}: {done} {about}"


def run_erase(engine: Engine, name: str, is_sure: bool, by: str) -> int:
    """Erase everybody with a name, or with a pseudonym, as the operator `by`."""
    found = find_people(engine, name)
    if not found:
        print(f"Ingen heter ”{name}” här; skriv namnet precis som det visas.", file=sys.stderr)
        return _FAILED
    if not is_sure:
        print(
            f"Namnet ”{name}” står för {len(found)} i databasen och går inte att få tillbaka; kör"
            " igen med --yes för att ta bort det.",
            file=sys.stderr,
        )
        return _FAILED
    try:
        erase(engine, found, by)
    except NotConfirmed:
        print(
            "Namnet är borttaget, men bara på den första databasservern: reserven svarar inte. Tar"
            " reserven över kan namnet finnas igen; kör då kommandot en gång till.",
            file=sys.stderr,
        )
        return _FAILED
    print(
        f"Namnet är borttaget och visas som ”{ERASED}”. Det som redan är utfärdat (bilagor, mötens"
        " protokoll) och äldre säkerhetskopior har det kvar."
    )
    return _DONE
