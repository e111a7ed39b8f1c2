"""Who may do what in the database: each log-in role's privileges, table by table.

The one place where it is said; `roles` grants it, and a test tries all of it. A table or a
function that does not stand here is nobody's but the owner's.
"""

from __future__ import annotations

from collections.abc import Mapping

# Each is a log-in role of its own, a member of no other: whoever gets in through one connection
# stays with what its role may do. The owner migrates, and is no part of the serving app.
OWNER = "gsn_owner"
READER, SCENARIOS, MEETING = "gsn_reader", "gsn_scenarios", "gsn_meeting"
IMPORTS, PEOPLE = "gsn_import", "gsn_people"
WRITERS = (SCENARIOS, MEETING, IMPORTS, PEOPLE)
LOGINS = (READER, *WRITERS)

Rights = Mapping[str, tuple[str, ...]]
_READ, _ADD = ("SELECT",), ("SELECT", "INSERT")
_FIGURES: Rights = {READER: _READ, IMPORTS: _ADD}
# Each change of these is kept with the import that made it, and without one it is refused.
_PARTS: Rights = {READER: _READ, IMPORTS: (*_ADD, "DELETE")}
_OF_SCENARIOS: Rights = {READER: _READ, SCENARIOS: _ADD}
_OF_MEETINGS: Rights = {READER: _READ, MEETING: _ADD}


def _put_right(*columns: str) -> Rights:
    return {READER: _READ, IMPORTS: (*_ADD, f"UPDATE ({', '.join(columns)})")}


def _told(role: str, *columns: str) -> Rights:
    """Of rows whose other columns (times, the transaction, a batch's number) the database sets."""
    return {READER: _READ, role: ("SELECT", f"INSERT ({', '.join(columns)})")}


TABLES: Mapping[str, Rights] = {
    "alembic_version": dict.fromkeys(LOGINS, _READ),
    "import_batch": _told(IMPORTS, "recorded_by", "note", "kind", "withdraws_id"),
    "import_file": _FIGURES,
    "place": _FIGURES,
    "occasion": _FIGURES,
    "occasion_days": _FIGURES,
    "operating_line": _FIGURES,
    "appropriation": _FIGURES,
    "project_result": _FIGURES,
    "contribution": _FIGURES,
    "allocation_key": _FIGURES,
    "allocation_key_member": _FIGURES,
    "population": _FIGURES,
    "published_total": _FIGURES,
    "published_claim": _FIGURES,
    "printed_cell": _FIGURES,
    "ledger": _FIGURES,
    "ledger_entry": _FIGURES,
    "ledger_month": _FIGURES,
    "ledger_map_version": _told(IMPORTS, "version", "document", "author", "batch_id"),
    "finding_answer": _FIGURES,
    "issued_report": _told(
        IMPORTS,
        "id",
        "year",
        "number",
        "batch",
        "format",
        "options",
        "fingerprint",
        "sha256",
        "content",
        "issued_by",
    ),
    "subject_version": {READER: _READ},
    "document": _put_right("title", "kind", "dated", "pages", "item"),
    "activity": _put_right("name"),
    "project": _put_right("name", "kind", "position"),
    "municipality": _put_right("name"),
    "collaboration": _put_right("name", "position"),
    "activity_member": _PARTS,
    "project_code": _PARTS,
    "scenario": _OF_SCENARIOS,
    "scenario_version": _OF_SCENARIOS,
    "agenda_version": _OF_MEETINGS,
    "decision_version": _OF_MEETINGS,
    "meeting": _told(MEETING, "code", "year", "number", "started_by"),
    "meeting_shown": _told(MEETING, "code", "sequence", "view", "batch"),
    "meeting_end": _OF_MEETINGS,
    "meeting_now": {
        READER: _READ,
        MEETING: (
            *_ADD,
            "UPDATE (sequence, place, presenter, presenter_mark, turn, moved_at, ended_at)",
        ),
    },
    "meeting_ask": {READER: _READ, MEETING: (*_ADD, "UPDATE (name)", "DELETE")},
    "meeting_guest": _told(MEETING, "code", "mark"),
    # A key is short: who reads its mark could try all keys there are against it.
    "presenter_key": {PEOPLE: ("SELECT", "INSERT (mark, role)", "UPDATE (used_by, used_at)")},
    # Who reads asks for one log-in, with `login_of`: all of them would tell who has been here.
    "login": {
        PEOPLE: (
            "SELECT",
            "INSERT (mark, person, role, began_at, ended_at)",
            "UPDATE (seen_at, ended_at)",
        )
    },
    "app_process": {READER: _READ, MEETING: (*_ADD, "UPDATE", "DELETE")},
    # Names are asked for one by one, with `shown_name`; only the page over people lists them.
    "person": {PEOPLE: _READ},
    "role_grant": {PEOPLE: ("SELECT", "INSERT (pseudonym, role, granted_by)")},
    "audit": {PEOPLE: _READ},
    # Who could lock a row of it could keep all others waiting.
    "turn": {},
}

# Who may call what, as PostgreSQL writes it. Triggers call theirs whoever writes.
FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "shown_name(text)": LOGINS,
    "login_of(text)": (READER, PEOPLE),
    "erasures()": (READER,),
    "hold_imports()": (IMPORTS,),
    "hold_occasion(integer,integer)": (MEETING, IMPORTS),
    "hold_scenario(uuid)": (SCENARIOS,),
    "person_of(text,text)": (PEOPLE,),
    "record_deed(text,text,text)": (PEOPLE,),
    "record_refusal(text,text,text)": (PEOPLE,),
    "next_batch()": (IMPORTS,),
}
