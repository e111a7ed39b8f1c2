"""The operator's side of who may do what: see who has logged in, give a role, log somebody out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from sqlalchemy import Engine

from gsn_dash.access.roles import role_of
from gsn_dash.access.visitors import COMMAND, NAMELESS
from gsn_dash.settings_access import ROLE_NAMES
from gsn_dash.store.acting import ADMINISTRATOR, Actor
from gsn_dash.store.logins import end_logins
from gsn_dash.store.people import Person, find_person, grant_role, list_people
from gsn_dash.store.trouble import NotConfirmed

_NOBODY = "Ingen har loggat in än; den som ska få en roll loggar in en gång först."
_UNKNOWN = (
    "Det finns ingen med id {id}; python -m gsn_dash people visar dem som har loggat in, och var"
    " och en ser sitt id på webbplatsens sida Inloggning."
)
_NOT_CONFIRMED = (
    "Det är gjort, men bara på den första databasservern: reserven svarar inte. Tar reserven över"
    " kan det vara ogjort; kör samma kommando igen när reserven är tillbaka, så är det säkert."
)
_NO_ROLE = "Rollen {role} finns inte; de som finns är {roles}."


def run_people(engine: Engine, person: str, role: str, logs_out: bool) -> int:
    """List them, or do something with one; prints in Swedish and returns the exit code.

    `person` is a pseudonym, or empty for the list; `role` is empty where none is given.
    """
    known = {e.pseudonym: e for e in list_people(engine) if e.name not in NAMELESS}
    if not person:
        for each in known.values():
            given = role_of(each.role).title if each.role else "rollen från inloggningen"
            print(f"{each.pseudonym}  {each.name}, {given}")
        if not known:
            print(_NOBODY)
        return 0
    if person not in known:
        print(_UNKNOWN.format(id=person))
        return 1
    if role and role not in ROLE_NAMES:
        print(_NO_ROLE.format(role=role, roles=", ".join(ROLE_NAMES)))
        return 1
    deeds = []
    if role:
        deeds.append(partial(_grant, engine, known[person], role))
    if logs_out:
        deeds.append(partial(_log_out, engine, known[person]))
    return max(map(_try_to, deeds), default=0)


def _try_to(deed: Callable[[], str]) -> int:
    """Do it and print what came of it. One that no standby confirms does not keep the next from
    being done."""
    try:
        print(deed())
    except NotConfirmed:
        print(_NOT_CONFIRMED, file=sys.stderr)
        return 1
    return 0


def _grant(engine: Engine, person: Person, role: str) -> str:
    by = Actor(find_person(engine, "kommando", COMMAND), COMMAND, ADMINISTRATOR)
    grant_role(engine, person.pseudonym, ROLE_NAMES[role], by)
    return f"{person.name} är nu {role}. Det gäller genast, också i sidor som är öppna."


def _log_out(engine: Engine, person: Person) -> str:
    ended = end_logins(engine, person.pseudonym)
    return f"{person.name} är utloggad överallt ({ended} inloggningar)."
