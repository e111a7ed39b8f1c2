"""Möte in words: what the meeting shows, and where two editors differ."""

from papers import SPRING

from gsn_dash.domain.meeting.agenda import (
    Agenda,
    AgendaChoice,
    AgendaItem,
    AgendaView,
    arrange,
    choice_of,
)
from gsn_dash.present.agenda import Difference, describe_meeting, list_differences

ITEM = AgendaItem("4", "Redovisning", "9 - 14", ("collaborations",))
KINDS = ("message", "picture", "table")
VIEWS = tuple(AgendaView(f"collaborations:{k}", "4", "collaborations", k) for k in KINDS)
AGENDA = Agenda(
    (ITEM,),
    (
        AgendaView("opening", "", "", "opening"),
        *VIEWS,
        AgendaView("4:decision", "4", "", "decision"),
    ),
)


def test_one_of_a_kind_is_said_as_one():
    both = describe_meeting(SPRING, AGENDA).replace("\u00a0", " ")
    assert both == "Mötet 8 maj 2023 om tillfälle 2, 2023 har ett ärende, och 4 vyer visas."
    one = arrange(AGENDA, AgendaChoice(hidden=frozenset(view.key for view in VIEWS)))
    assert describe_meeting(SPRING, one).replace("\u00a0", " ").endswith("och 1 vy visas.")


def test_only_what_differs_is_told_and_of_an_order_the_part_that_does():
    assert list_differences(AGENDA, AGENDA, str) == ()
    order = (*(VIEWS[place].key for place in (0, 2, 1)), "4:decision")
    theirs = arrange(AGENDA, AgendaChoice(order, frozenset({"4:decision"})))
    assert choice_of(theirs) != choice_of(AGENDA)
    told = list_differences(AGENDA, theirs, str)
    assert [Difference(*(x.replace("\u00a0", " ") for x in vars(d).values())) for d in told] == [
        Difference("Ärende 4: Förslag till beslut", "visas", "visas inte"),
        Difference(
            "Ordningen i ärende 4",
            "Samarbeten: bild; Samarbeten: tabell",
            "Samarbeten: tabell; Samarbeten: bild",
        ),
    ]
