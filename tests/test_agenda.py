"""The agenda follows the papers, and what somebody has chosen of it outlives new figures."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import WHOLE_YEAR, mkr, read_papers, snapshot_with, stated

from gsn_dash.domain.figures import Document, SourceRef
from gsn_dash.domain.meeting.agenda import (
    Agenda,
    AgendaChoice,
    AgendaItem,
    arrange,
    choice_of,
    make_agenda,
)
from gsn_dash.domain.refs import InvestmentKey, OperatingKey

PARTS = ("message", "picture", "table", "demand", "what_if")
ITEM_3 = [
    *(f"operating:{kind}" for kind in ("message", "picture", "bridge", "table", "demand")),
    "operating:what_if",
    *(f"investments:{kind}" for kind in PARTS),
    "3:controls",
    "3:decision",
]
ITEM_4 = [*(f"collaborations:{kind}" for kind in PARTS), "4:controls", "4:decision"]
COSTS = OperatingKey("total", "cost", "period", "outcome")
MONEY = InvestmentKey("total", "outcome")
PAPER = Document("paper", "Ärende 12, tjänsteskrivelse: Drift", "tjänsteskrivelse", None, "4", "12")
APPENDIX = Document("appendix", "Bilaga 1: Investeringar", "bilaga", None, "9", "4")


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


@pytest.fixture(scope="module")
def agenda(papers):
    return make_agenda(papers)


def _keys(agenda: Agenda, item: str) -> list[str]:
    return [view.key for view in agenda.views if view.item == item and view.kind != "opening"]


def test_a_closing_asks_nothing_of_the_rest_of_the_year(papers):
    keys = _keys(make_agenda(replace(papers, occasion=WHOLE_YEAR)), "3")
    assert keys == [key for key in ITEM_3 if not key.endswith((":demand", ":what_if"))]


def _standing(operating: Document | None, investments: Document | None):
    """A snapshot with one figure of each subject, in these papers; None: no figure."""
    cost, money = stated(COSTS.ref, mkr("-1")), stated(MONEY.ref, mkr("1"))
    found = {paper.key: paper for paper in (operating, investments) if paper}
    return snapshot_with(
        documents=found,
        operating={COSTS: replace(cost, origin=SourceRef(operating, "x"))} if operating else {},
        investments={MONEY: replace(money, origin=SourceRef(investments, "x"))}
        if investments
        else {},
    )


def test_the_papers_of_may_2023_give_two_items_and_their_views_in_running_order(agenda):
    assert agenda.items == (
        AgendaItem(
            "3",
            "Rapportering av driftkostnader och investeringar, tillfälle 2",
            "4 - 8",
            ("operating", "investments"),
        ),
        AgendaItem("4", "Redovisning av dalagemensamma samarbeten", "9 - 14", ("collaborations",)),
    )
    assert [view.key for view in agenda.views] == ["opening", *ITEM_3, *ITEM_4]
    assert all(view.shown for view in agenda.views)
    assert agenda.scenario == ""


def test_a_subject_belongs_to_the_item_whose_papers_its_figures_stand_in():
    agenda = make_agenda(_standing(PAPER, APPENDIX))
    assert [(item.number, item.title, item.pages, item.subjects) for item in agenda.items] == [
        ("4", "Investeringar", "9", ("investments",)),
        ("12", "Drift", "4", ("operating",)),
    ]
    assert agenda.views[1].key == "investments:message"
    assert _keys(agenda, "12")[-2:] == ["12:controls", "12:decision"]


def test_where_a_subject_stands_in_papers_of_several_items_the_most_figures_decide():
    plain = replace(PAPER, key="plain", item="")
    origins = [plain, plain, plain, APPENDIX, PAPER, PAPER]
    measures = ("budget", "outcome", "deviation")
    cells = [OperatingKey("total", item, "period", m) for item in ("cost", "net") for m in measures]
    figures = {
        key: replace(stated(key.ref, mkr("-1")), origin=SourceRef(paper, "x"))
        for key, paper in zip(cells, origins, strict=True)
    }
    papers = {paper.key: paper for paper in origins}
    (item,) = make_agenda(snapshot_with(documents=papers, operating=figures)).items
    assert (item.number, item.subjects) == ("12", ("operating",))


def test_an_item_is_called_what_its_own_paper_is_called_and_not_an_appendix():
    appendix = replace(APPENDIX, item=PAPER.item)
    (item,) = make_agenda(_standing(appendix, PAPER)).items
    assert item == AgendaItem("12", "Drift", "4", ("operating", "investments"))
    (item,) = make_agenda(_standing(appendix, None)).items
    assert item == AgendaItem("12", "Investeringar", "9", ("operating",))


def test_papers_that_name_no_item_share_one_last_without_a_number():
    plain = replace(APPENDIX, item="")
    agenda = make_agenda(_standing(replace(PAPER, item=""), plain))
    (item,) = agenda.items
    assert item == AgendaItem("", "Drift; Investeringar", "", ("operating", "investments"))
    keys = [view.key for view in agenda.views]
    assert keys[0] == "opening"
    assert keys[-2:] == [":controls", ":decision"]
    numbered = make_agenda(_standing(replace(PAPER, item=""), APPENDIX))
    assert [item.number for item in numbered.items] == ["4", ""]


def test_a_subject_without_figures_is_on_no_agenda():
    assert [item.subjects for item in make_agenda(_standing(PAPER, None)).items] == [("operating",)]
    empty = make_agenda(snapshot_with())
    assert empty.items == ()
    assert [view.key for view in empty.views] == ["opening"]


def test_what_is_left_out_keeps_its_place_and_the_opening_is_always_shown(agenda):
    less = arrange(agenda, AgendaChoice(hidden=frozenset({"operating:table"})))
    assert [view.key for view in less.views] == [view.key for view in agenda.views]
    assert [view.key for view in less.views if not view.shown] == ["operating:table"]
    assert arrange(agenda, AgendaChoice(hidden=frozenset({"opening"}))) == agenda


def test_a_choice_made_for_other_figures_still_says_what_it_can(agenda):
    choice = AgendaChoice(
        ("4:decision", "gone:table", "investments:demand", "operating:message"),
        frozenset({"gone:table", "4:controls"}),
        "ett",
    )
    chosen = arrange(agenda, choice)
    # What the choice does not name follows what it followed before.
    assert _keys(chosen, "3") == [
        "investments:demand", "investments:what_if", "3:controls", "3:decision",
        "operating:message", "operating:picture", "operating:bridge", "operating:table",
        "operating:demand", "operating:what_if",
        "investments:message", "investments:picture", "investments:table",
    ]  # fmt: skip
    assert _keys(chosen, "4") == [
        *(f"collaborations:{kind}" for kind in PARTS), "4:controls", "4:decision",
    ]  # fmt: skip
    assert [view.key for view in chosen.views if not view.shown] == ["4:controls"]
    assert chosen.scenario == "ett"


keys = st.sampled_from([*ITEM_3, *ITEM_4, "opening", "gone:table", "x"])
choices = st.builds(
    AgendaChoice,
    st.lists(keys, unique=True).map(tuple),
    st.frozensets(keys),
    st.text(max_size=200),
)


@given(choices)
def test_whatever_is_chosen_is_kept_and_shown_again_the_same(agenda, choice):
    chosen = arrange(agenda, choice)
    sent = json.loads(json.dumps(choice_of(chosen).to_json()))
    assert arrange(agenda, AgendaChoice.from_json(sent)) == chosen
    assert sorted(view.key for view in chosen.views) == sorted(v.key for v in agenda.views)
    items = [view.item for view in chosen.views]
    assert items == ["", *["3"] * len(ITEM_3), *["4"] * len(ITEM_4)]


@given(choices)
def test_a_choice_survives_json(choice):
    assert AgendaChoice.from_json(json.loads(json.dumps(choice.to_json()))) == choice


@given(choices)
def test_the_chosen_views_come_in_the_chosen_order(agenda, choice):
    chosen = arrange(agenda, choice)
    for item in ("3", "4"):
        theirs = _keys(chosen, item)
        wanted = [key for key in choice.order if key in theirs]
        assert [key for key in theirs if key in wanted] == wanted


GOOD = {"order": ["3:controls"], "hidden": [], "scenario": ""}


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "order",
        {},
        {"order": [], "hidden": []},
        {**GOOD, "more": 1},
        {**GOOD, "order": "3:controls"},
        {**GOOD, "order": [1]},
        {**GOOD, "order": [""]},
        {**GOOD, "order": ["a", "a"]},
        {**GOOD, "order": ["a" * 81]},
        {**GOOD, "order": [str(number) for number in range(201)]},
        {**GOOD, "hidden": {"a": 1}},
        {**GOOD, "hidden": [None]},
        {**GOOD, "scenario": None},
        {**GOOD, "scenario": "s" * 201},
    ],
)
def test_what_is_no_choice_is_refused(document):
    assert AgendaChoice.from_json(GOOD).order == ("3:controls",)
    with pytest.raises(ValueError):
        AgendaChoice.from_json(document)
