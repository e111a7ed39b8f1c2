"""The agenda and the proposed decisions are kept as versions: who was second is told."""

from datetime import timedelta

import pytest
from at_once import together
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gsn_dash.store.agendas import (
    AgendaConflict,
    AgendaVersion,
    DecisionConflict,
    DecisionVersion,
    agenda_mark,
    read_agenda,
    read_decisions,
    save_agenda,
    save_decision,
)
from gsn_dash.store.meeting_drafts import MeetingRefused

SPRING = (2023, 2)
CHOICE = {"order": ["3:decision"], "hidden": [], "scenario": ""}
OTHER = {**CHOICE, "scenario": "ett"}


@pytest.fixture
def store(loaded_engine):
    return loaded_engine


def _decide(store, based_on=0, text="Nämnden beslutar", accepted=False, author="Eva", item="3"):
    return save_decision(store, *SPRING, item, based_on, text, accepted, author)


def test_an_agenda_is_read_as_it_was_chosen(store):
    assert read_agenda(store, *SPRING) is None
    first = save_agenda(store, *SPRING, 0, CHOICE, " Eva ")
    assert (first.version, first.document, first.author) == (1, CHOICE, "Eva")
    assert first.saved_at.utcoffset() == timedelta(0)
    second = save_agenda(store, *SPRING, 1, OTHER, "Bo")
    assert (second.version, second.document, second.author) == (2, OTHER, "Bo")
    assert read_agenda(store, *SPRING) == second
    assert read_agenda(store, 2023, 1) is None


def test_who_saves_an_agenda_second_is_told_what_the_first_chose(store):
    first = save_agenda(store, *SPRING, 0, CHOICE, "Eva")
    assert save_agenda(store, *SPRING, 0, OTHER, "Bo") == AgendaConflict(first)
    assert read_agenda(store, *SPRING) == first
    assert save_agenda(store, *SPRING, 1, OTHER, "Bo").version == 2


def test_what_is_so_already_writes_nothing(store):
    first = save_agenda(store, *SPRING, 0, CHOICE, "Eva")
    assert save_agenda(store, *SPRING, 0, CHOICE, "Bo") == first
    decision = _decide(store)
    assert _decide(store, author="Bo") == decision
    assert read_decisions(store, *SPRING) == {"3": decision}


def test_a_decision_is_a_draft_until_somebody_has_accepted_it(store):
    assert read_decisions(store, *SPRING) == {}
    draft = _decide(store, text=" Nämnden\r\n\tbeslutar ")
    assert (draft.item, draft.version, draft.text) == ("3", 1, "Nämnden\r\n\tbeslutar")
    assert (draft.accepted, draft.author) == (False, "Eva")
    accepted = _decide(store, 1, draft.text, True, "Bo")
    assert (accepted.version, accepted.text, accepted.accepted) == (2, draft.text, True)
    other = _decide(store, item="4", text="Nämnden noterar")
    assert other.version == 1
    assert read_decisions(store, *SPRING) == {"3": accepted, "4": other}
    changed = _decide(store, 2, "Annat", False)
    assert read_decisions(store, *SPRING) == {"3": changed, "4": other}


def test_who_writes_a_decision_second_is_told_what_the_first_wrote(store):
    first = _decide(store)
    assert _decide(store, text="Annat") == DecisionConflict(first)
    assert _decide(store, accepted=True) == DecisionConflict(first)
    assert read_decisions(store, *SPRING) == {"3": first}


def test_of_those_who_save_at_once_one_is_first_and_the_others_are_told(store):
    agendas = together(8, lambda n: save_agenda(store, *SPRING, 0, {"by": n}, f"Nr {n}"))
    (first,) = [each for each in agendas if isinstance(each, AgendaVersion)]
    assert agendas.count(AgendaConflict(first)) == 7
    decisions = together(8, lambda n: _decide(store, text=f"Nr {n}"))
    (first,) = [each for each in decisions if isinstance(each, DecisionVersion)]
    assert decisions.count(DecisionConflict(first)) == 7


def test_the_mark_is_another_whenever_what_is_kept_is_another(store):
    seen = [agenda_mark(store, *SPRING)]
    for change in (
        lambda: save_agenda(store, *SPRING, 0, CHOICE, "Eva"),
        lambda: _decide(store),
        lambda: _decide(store, item="4"),
        lambda: _decide(store, 1, accepted=True),
        lambda: save_agenda(store, *SPRING, 1, OTHER, "Eva"),
    ):
        change()
        assert agenda_mark(store, *SPRING) not in seen
        assert agenda_mark(store, *SPRING) == agenda_mark(store, *SPRING)
        seen.append(agenda_mark(store, *SPRING))
    save_agenda(store, *SPRING, 2, OTHER, "Bo")
    assert agenda_mark(store, *SPRING) == seen[-1]
    assert agenda_mark(store, 2024, 1) == seen[0]


def test_what_cannot_be_kept_is_refused_in_a_sentence(store):
    for refused in (
        lambda: save_agenda(store, *SPRING, 0, CHOICE, "\u200b"),
        lambda: save_agenda(store, *SPRING, 0, [1], "Eva"),
        lambda: save_agenda(store, *SPRING, 0, {"order": "x" * 65_536}, "Eva"),
        lambda: save_agenda(store, 2023, 9, 0, CHOICE, "Eva"),
        lambda: save_decision(store, 2023, 9, "3", 0, "Nämnden", False, "Eva"),
        lambda: _decide(store, text=" \n "),
        lambda: _decide(store, text="b" * 20_001),
        lambda: _decide(store, text="rad\0rad"),
        lambda: _decide(store, author=""),
        lambda: _decide(store, item="3" * 21),
    ):
        with pytest.raises(MeetingRefused) as said:
            refused()
        assert said.value.sentence.endswith(".")
    assert agenda_mark(store, *SPRING) == agenda_mark(store, 2024, 1)
    assert _decide(store, text="b" * 20_000).version == 1


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO agenda_version (year, number, version, document, author)"
        " VALUES (2023, 2, {version}, '{{}}', 'Eva')",
        "INSERT INTO decision_version (year, number, item, version, text, accepted, author)"
        " VALUES (2023, 2, '3', {version}, 'text', true, 'Eva')",
    ],
)
def test_the_database_itself_takes_versions_without_a_gap(store, statement):
    for version in (0, 2):
        with pytest.raises(DBAPIError) as said, store.begin() as connection:
            connection.execute(text(statement.format(version=version)))
        assert said.value.orig.sqlstate == "23001"
    with store.begin() as connection:
        connection.execute(text(statement.format(version=1)))
