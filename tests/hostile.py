"""A database where every text of people's and of files is one that would do harm as markup."""

from __future__ import annotations

from meeting_people import EVA
from scenario_board import draft_of
from sqlalchemy import Engine, text

from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.meeting.agenda import OPENING
from gsn_dash.domain.meeting.place import Place, as_json
from gsn_dash.store.agendas import save_decision
from gsn_dash.store.answers import EXPLAINED, answer
from gsn_dash.store.meetings import Meeting, start_meeting
from gsn_dash.store.read import read_snapshot
from gsn_dash.store.scenarios import create_scenario

# None of them is to be found as anything but these very signs.
HARMS = (
    "<script>window.hurt=1</script>",
    "<img src=x onerror=window.hurt=1>",
    "[tryck](javascript:window.hurt=1)",
    "![bild](http://evil.example/b.png)",
    ":material/home: :red[röd] **fet**",
    "$x^2$ &lt;b&gt; `kod` ~~struken~~",
    "</script></style><b>fet</b>",
    '<a href="javascript:window.hurt=1">l</a>',
    "=cmd|'/c calc'!A0",
    "http://evil.example/ www.evil.example e@evil.example",
    "\u202egnirts\u202c",
)
_NAMED = {
    "activity": "name",
    "project": "name",
    "collaboration": "name",
    "municipality": "name",
    "document": "title",
    "person": "name",
}
# Append-only tables are changed for this drill alone, as what a file of such texts would give.
_WRITTEN = {"import_batch": "note", "import_file": "name", "place": "section"}


def do_harm(engine: Engine) -> Meeting:
    """Write them wherever there is a text; a meeting that goes on, with such names."""
    snapshot = read_snapshot(engine)
    finding = next(iter(run_controls(snapshot)))
    place = (snapshot.occasion.year, snapshot.occasion.number)
    for at, harm in enumerate(HARMS):
        create_scenario(engine, draft_of(harm, at, harm, harm))
    answer(engine, place, finding.key, 0, EXPLAINED, " ".join(HARMS), HARMS[1], finding.fingerprint)
    save_decision(engine, *place, "3", 0, " ".join(HARMS), True, HARMS[0])
    start, shown = as_json(Place(OPENING)), (OPENING, snapshot.batch)
    meeting = start_meeting(engine, *place, HARMS[1], EVA, start, shown)
    with engine.begin() as connection:
        for table, column in {**_NAMED, **_WRITTEN}.items():
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            keys = connection.execute(text(f"SELECT ctid::text, {column} FROM {table}")).all()
            for at, (where, said) in enumerate(keys):
                harm = HARMS[at % len(HARMS)]
                given = {"where": where, "said": f"{harm} {said or ''}".strip()[:60]}
                connection.execute(
                    text(f"UPDATE {table} SET {column} = :said WHERE ctid = CAST(:where AS tid)"),
                    given,
                )
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
    return meeting
