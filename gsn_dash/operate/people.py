"""The operator's side of who may do what: see who has logged in, give a role, log somebody out."""

from __future__ import annotations

from sqlalchemy import Engine

from gsn_dash.access.roles import role_of
from gsn_dash.access.visitors import COMMAND, NAMELESS
from gsn_dash.settings_access import ROLE_NAMES
from gsn_dash.store.acting import ADMINISTRATOR, Actor
from gsn_dash.store.logins import end_logins
from gsn_dash.store.people import find_person, grant_role, list_people

_NOBODY = "Ingen har loggat in än; den som ska få en roll loggar in en gång först."
_UNKNOWN = (
    "Det finns ingen med id {id}; python -m gsn_dash people visar dem som har loggat in, och var"
    " och en ser sitt id på webbplatsens sida Inloggning."
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
    if role:
        by = Actor(find_person(engine, "kommando", COMMAND), COMMAND, ADMINISTRATOR)
        grant_role(engine, person, ROLE_NAMES[role], by)
        print(f"{known[person].name} är nu {role}. Det gäller genast, också i sidor som är öppna.")
    if logs_out:
        ended = end_logins(engine, person)
        print(f"{known[person].name} är utloggad överallt ({ended} inloggningar).")
    return 0
