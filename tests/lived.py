"""A database that has been used for everything, by an app that may do no more than it should."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from drafted import draft
from imports_made import BOOKED, FINGERPRINT, SPRING, autumn, correction, kept, last_batch
from meeting_people import BO, EVA, TABLE, started
from sqlalchemy import Engine

from gsn_dash.domain.ledger import AccountRule, LedgerMap
from gsn_dash.store.acting import EDITOR, Actor, acting
from gsn_dash.store.agendas import read_agenda, read_decisions, save_agenda, save_decision
from gsn_dash.store.answers import EXPLAINED, answer, read_answers
from gsn_dash.store.app_places import leave_place, read_places, report_place
from gsn_dash.store.issued import IssuedDraft, keep_issued, list_issued
from gsn_dash.store.keys import keep_key, redeem_key
from gsn_dash.store.ledger_codes import read_sums, read_years
from gsn_dash.store.ledger_maps import read_map, save_map
from gsn_dash.store.logins import begin_login, end_logins, find_login, note_seen
from gsn_dash.store.meeting_ends import end_meeting, read_end, shown_of
from gsn_dash.store.meetings import (
    ask_to_present,
    asking,
    hand_over,
    list_meetings,
    move_meeting,
    take_over,
)
from gsn_dash.store.people import (
    find_person,
    grant_role,
    granted_role,
    list_people,
    record_refusal,
)
from gsn_dash.store.preview import preview
from gsn_dash.store.read import read_batches, read_snapshot, read_version
from gsn_dash.store.rights import LOGINS
from gsn_dash.store.roles import make_roles
from gsn_dash.store.scenarios import (
    create_scenario,
    delete_scenario,
    freeze_scenario,
    list_scenarios,
    rename_scenario,
    save_scenario,
    undo_delete,
)
from gsn_dash.store.ways import make_ways
from gsn_dash.store.withdrawing import preview_withdrawal, withdraw

KEY = "c" * 64


@contextmanager
def held(owner: Engine) -> Iterator[Engine]:
    """What an app on the owner's database reads and writes by."""
    make_roles(owner)
    address = owner.url.set(drivername="postgresql")
    engine = make_ways(
        {role: address.set(username=role).render_as_string(False) for role in LOGINS}
    )
    try:
        yield engine
    finally:
        engine.dispose()


def live(engine: Engine) -> Actor:
    """Do everything that is kept, once at least; returns who did some of it, logged in."""
    _import(engine)
    _assume(engine)
    _meet(engine)
    return _log_in(engine)


def _import(engine: Engine) -> None:
    assert preview(engine, autumn(), "Provaren").recorded.added
    for drafts in (autumn(), correction("-21000000"), BOOKED):
        kept(engine, drafts)
    assert preview_withdrawal(engine, last_batch(engine), "Eva").recorded
    withdraw(engine, last_batch(engine) - 1, "Eva", "Fel")
    save_map(engine, 0, LedgerMap((AccountRule("3", "3", "revenue"),), {}, {}), "Bo")
    answer(engine, SPRING, "k", 0, EXPLAINED, "Felskrivet", "Eva", FINGERPRINT)
    parts = (2023, 2, 1, "pdf", {}, "f", b"papper", "Eva")
    keep_issued(engine, IssuedDraft(*parts))
    assert [read_map(engine).version, *list_issued(engine), *read_answers(engine, SPRING)]
    assert read_snapshot(engine) and read_batches(engine) and read_version(engine)
    assert read_sums(engine) and read_years(engine)


def _assume(engine: Engine) -> None:
    made = create_scenario(engine, draft())
    save_scenario(engine, made.id, 1, draft(document={"used_up": "1"}))
    rename_scenario(engine, made.id, 2, "Vår", "Bo")
    delete_scenario(engine, made.id, 3, "Bo")
    undo_delete(engine, made.id, 4, "Bo")
    freeze_scenario(engine, made.id, 5, "Bo", "f", 1)
    assert list_scenarios(engine)


def _meet(engine: Engine) -> None:
    save_agenda(engine, 2023, 2, 0, {"views": []}, "Eva")
    save_decision(engine, 2023, 2, "3", 0, "Nämnden beslutar", True, "Eva")
    code = started(engine, shown=("opening", 1)).code
    move_meeting(engine, code, EVA, TABLE, shown=("operating:table", 1))
    ask_to_present(engine, code, BO, "Bo")
    hand_over(engine, code, EVA, asking(engine, code)[0].id)
    take_over(engine, code, EVA, "Eva")
    assert end_meeting(engine, code, EVA, lambda last: {"presenter": last.presenter})
    assert read_end(engine, code) and shown_of(engine, code) and list_meetings(engine)
    assert read_agenda(engine, 2023, 2) and read_decisions(engine, 2023, 2)
    report_place(engine, "here:1", "t", {code: [BO]})
    assert read_places(engine)
    leave_place(engine, "here:1", "t")


def _log_in(engine: Engine) -> Actor:
    keep_key(engine, KEY, EDITOR)
    assert redeem_key(engine, KEY, EVA)
    actor = Actor(find_person(engine, "iss cia", "Cia"), "Cia", EDITOR)
    began_at = read_batches(engine)[0].recorded_at
    begin_login(engine, BO, actor, began_at, longest=timedelta(hours=12))
    record_refusal(engine, actor, "issue")
    note_seen(engine, BO)
    grant_role(engine, actor.pseudonym, EDITOR, actor)
    assert granted_role(engine, actor.pseudonym) == EDITOR
    assert [person.name for person in list_people(engine)] == ["Cia"]
    with acting(actor):
        kept(engine, correction("-22000000"), by="Cia")
    assert find_login(engine, BO) and end_logins(engine, actor.pseudonym) == 1
    return actor
