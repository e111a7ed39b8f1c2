"""Two editors who do the same thing at the same moment: one is first, and the other is told so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from at_once import own_engine, together
from drafted import draft
from import_files import filled_template
from imports_made import COST_OUTCOME, FINGERPRINT, SPRING, correction, last_batch
from papers import kr
from sqlalchemy import Engine

from gsn_dash.domain.amounts import MKR, Money
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.importing import flow
from gsn_dash.ingest.opened import Choices
from gsn_dash.present.importing import describe_overtaken
from gsn_dash.store.answers import EXPLAINED, Answer, AnswerConflict, answer, read_answers
from gsn_dash.store.keep import Overtaken, keep
from gsn_dash.store.read import read_batches, read_snapshot
from gsn_dash.store.record import Recorded
from gsn_dash.store.scenario_drafts import Conflict, ScenarioVersion
from gsn_dash.store.scenarios import create_scenario, history_of, save_scenario

NAMES = ("Eva Ek", "Bo Berg")
FINDING = "claim|operating:total:net:period:deviation|arende-3/Driftkostnader/"
REVENUE = OperatingKey("total", "revenue", "period", "outcome")
BUDGET = OperatingKey("total", "revenue", "period", "budget")
# A file says both, the other one the first alone: they overlap, and neither holds the other.
_CELLS = ({"E4": 1, "D4": 1}, {"E4": 1})

# Each gets ready, and then does it: what came of it.
Deed = Callable[[], object]


@dataclass(frozen=True)
class Clash:
    """`name` is what both do, in Swedish. `ready(engine, who, turn)` gives the deed of one of
    them, `won` what was done, and `check(engine, turn, won, told, who)` fails where the other one
    was not told who was first, or where what is there is not the first one's alone."""

    name: str
    ready: Callable[[Engine, int, int], Deed]
    won: type
    check: Callable[[Engine, int, object, object, int], None]
    is_quick: bool = True


def clash(engine: Engine, what: Clash, turns: int) -> tuple[int, int]:
    """Let both do it at once, so many times; how often each was first."""
    firsts = [0, 0]
    with own_engine(engine) as one, own_engine(engine) as other:
        for turn in range(1, turns + 1):
            deeds = [what.ready(way, who, turn) for who, way in enumerate((one, other))]
            done = together(2, lambda who, deeds=deeds: deeds[who]())
            (first,) = [who for who in (0, 1) if isinstance(done[who], what.won)]
            what.check(engine, turn, done[first], done[1 - first], first)
            firsts[first] += 1
    return firsts[0], firsts[1]


def _check_overtaken(engine: Engine, won: object, told: object, first: int) -> None:
    assert isinstance(told, Overtaken) and isinstance(won, Recorded)
    assert (told.batch, told.by) == (won.batch, NAMES[first])
    assert NAMES[first] in describe_overtaken(told.batch, told.by, told.at)
    assert isinstance(told.at, datetime)
    newest = read_batches(engine)[-1]
    assert (newest.id, newest.recorded_by) == (won.batch, NAMES[first])


# ---- The same figure


def _amount(who: int, turn: int) -> str:
    return str(-(20_000_000 + turn * 10 + who))


def _correct(engine: Engine, who: int, turn: int) -> Deed:
    seen = last_batch(engine)
    drafts = correction(_amount(who, turn))
    return lambda: keep(engine, drafts, NAMES[who], f"omgång {turn}", seen)


def _corrected(engine: Engine, turn: int, won: object, told: object, first: int) -> None:
    _check_overtaken(engine, won, told, first)
    found = read_snapshot(engine)
    assert found.operating[COST_OUTCOME].amount == kr(_amount(first, turn))
    assert {each.ref: each.by for each in found.put_right}[COST_OUTCOME.ref] == NAMES[first]


# ---- Files that overlap


def _value(who: int, turn: int) -> int:
    return 100 + 2 * turn + who


def _import(engine: Engine, who: int, turn: int) -> Deed:
    values = {("Driftbudget", cell): _value(who, turn) for cell in _CELLS[who]}
    content = filled_template(read_snapshot(engine), values)
    seen = flow.look(engine, flow.begin(f"mall-{who}.xlsx", content), Choices())
    assert seen.can_keep
    return lambda: flow.keep_look(engine, seen, NAMES[who], "")


def _imported(engine: Engine, turn: int, won: object, told: object, first: int) -> None:
    _check_overtaken(engine, won, told, first)
    found = read_snapshot(engine).operating
    mine, theirs = (Money(_value(who, turn) * MKR) for who in (first, 1 - first))
    assert found[REVENUE].amount == mine
    assert (found[BUDGET].amount == mine) is (first == 0)
    assert theirs not in (found[REVENUE].amount, found[BUDGET].amount)


# ---- The same finding


def _answer(engine: Engine, who: int, turn: int) -> Deed:
    held = read_answers(engine, SPRING).get(FINDING)
    seen, words = held.version if held else 0, f"{NAMES[who]}, omgång {turn}"
    given = (EXPLAINED, words, NAMES[who], FINGERPRINT)
    return lambda: answer(engine, SPRING, FINDING, seen, *given)


def _answered(engine: Engine, turn: int, won: object, told: object, first: int) -> None:
    assert isinstance(told, AnswerConflict) and told.newest == won
    assert (told.newest.author, told.newest.version) == (NAMES[first], turn)
    assert read_answers(engine, SPRING)[FINDING] == won


# ---- The same scenario

_SCENARIO = draft(name="Deras")


def _save(engine: Engine, who: int, turn: int) -> Deed:
    newest = history_of(engine, create_scenario(engine, _SCENARIO).id)[-1]
    said = draft(name="Deras", author=NAMES[who], note=f"omgång {turn}")
    return lambda: save_scenario(engine, newest.id, newest.version, said)


def _saved(engine: Engine, turn: int, won: object, told: object, first: int) -> None:
    assert isinstance(told, Conflict) and told.newest == won
    versions = sorted(history_of(engine, won.id), key=lambda each: each.version)
    assert (versions[-1], len(versions)) == (won, turn + 1)
    assert (won.author, won.note) == (NAMES[first], f"omgång {turn}")


CLASHES = (
    Clash("Rättar samma uppgift", _correct, Recorded, _corrected),
    Clash("Läser in filer som överlappar", _import, Recorded, _imported, is_quick=False),
    Clash("Svarar på samma fynd", _answer, Answer, _answered),
    Clash("Sparar samma scenario", _save, ScenarioVersion, _saved),
)
