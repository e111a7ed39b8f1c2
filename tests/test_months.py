"""The months of a year, and a proposal that must have been better than the budget to be made."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from drawn import text_boxes
from hypothesis import given
from hypothesis import strategies as st
from ledgers_made import ledger, ledger_of, row, spring_2023, year_that_goes
from papers import SPRING, WHOLE_YEAR, mkr, read_papers, snapshot_with

from gsn_dash.domain.amounts import MKR, Money, Unknown
from gsn_dash.domain.ledger import BUDGET, COST, REVENUE
from gsn_dash.domain.ledger_rules import first_days
from gsn_dash.domain.months import months_of, proposal, running, year_of
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.overlays import RestChange, Scenario, UsedUp
from gsn_dash.domain.scenario.proposed import set_all, settings_for
from gsn_dash.pictures.months import months_chart, months_picture
from gsn_dash.present.months import (
    describe_item,
    describe_other_outcome,
    describe_proposal,
    describe_settings,
    describe_trials,
    months_table,
)

SPACE = "\u00a0"
# A year whose invoices come late: its first four months are a quarter and not a third of it.
LATE = ("0.75",) * 4 + ("1.125",) * 8


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def test_a_year_has_its_booked_months_and_no_others():
    found = months_of(snapshot_with(ledger=spring_2023()), COST)
    assert [month.outcome for month in found.months[:4]] == [
        mkr("-5.2"), mkr("-5.3"), mkr("-5.4"), mkr("-5.6"),
    ]  # fmt: skip
    assert all(isinstance(month.outcome, Unknown) for month in found.months[4:])
    assert found.budget == mkr("-74.1")
    assert isinstance(found.outcome, Unknown)
    net = months_of(snapshot_with(ledger=spring_2023()), "net")
    assert (net.months[0].outcome, net.months[0].budget) == (mkr("0.1"), mkr("-1.075"))
    assert months_of(snapshot_with(), COST) is None


def test_a_running_sum_stops_where_the_books_do():
    months = running(months_of(snapshot_with(ledger=spring_2023()), COST))
    assert months[3].outcome == mkr("-21.5")
    assert months[3].budget == mkr("-24.7")
    assert isinstance(months[4].outcome, Unknown)
    assert months[11].budget == mkr("-74.1")


def test_a_calendar_year_is_put_together_of_two_broken_ones():
    halves = []
    for start in (date(2021, 7, 1), date(2022, 7, 1)):
        months = first_days(start, date(start.year + 1, 6, 1))
        rows = [row(month, COST, mkr("-1")) for month in months]
        rows += [row(month, COST, mkr("-2"), BUDGET) for month in months]
        halves.append(ledger(rows, start, date(start.year + 1, 6, 30), months))
    whole = year_of(halves, 2022, COST)
    assert whole.is_complete
    assert (whole.outcome, whole.budget) == (mkr("-12"), mkr("-24"))
    assert not year_of(halves, 2023, COST).is_complete


def late_years(*levels: str):
    """Earlier years that all went late, the latest first, and this one so far, also late."""
    own = ledger_of(2023, ("-4.5",) * 4, (), ("-6.175",) * 12)
    years = [year_that_goes(2022 - n, level, LATE) for n, level in enumerate(levels)]
    return {"ledger": own, "earlier_ledgers": tuple(years)}


def test_a_proposal_is_between_the_budgets_share_and_that_of_earlier_years(papers):
    # Budgets 12 in even months, outcomes 12 as well: the budget is right, and nothing is proposed.
    assert proposal(replace(papers, **late_years("6", "6", "6", "6"))) is None
    # Outcomes a fifth below their budget: now the months know more than the budget.
    years = tuple(
        ledger_of(2022 - n, tuple(f"-{4.8 * float(part):.2f}" for part in LATE), (), ("-6",) * 12)
        for n in range(4)
    )
    snapshot = replace(papers, **{**late_years(), "earlier_ledgers": years})
    (found,) = proposal(snapshot).items
    assert found.item == COST
    assert found.so_far == mkr("-18")
    # Halfway between a third and a quarter of the year.
    assert abs(found.share - (Decimal(1) / 3 + Decimal(1) / 4) / 2) < Decimal("1e-9")
    assert abs(found.year.kr - Decimal(-18) * MKR / found.share) < 1
    assert [trial.year for trial in found.trials] == [2019, 2020, 2021, 2022]
    assert found.budget_error == mkr("14.4")
    assert found.error < found.budget_error


def test_a_held_out_year_is_not_known_to_its_own_proposal():
    """With an odd year among others, its own trial is by the others' share alone."""
    levels = [("0.75",) * 4 + ("1.125",) * 8] * 3 + [("1.2",) * 4 + ("0.9",) * 8]
    years = tuple(
        ledger_of(2022 - n, tuple(str(-Decimal(4) * Decimal(p)) for p in part), (), ("-6",) * 12)
        for n, part in enumerate(levels)
    )
    own = ledger_of(2023, ("-3",) * 4, (), ("-6",) * 12)
    found = proposal(snapshot_with(ledger=own, earlier_ledgers=years))
    odd = next(trial for trial in found.items[0].trials if trial.year == 2019)
    share = (Decimal(4) / 12 + Decimal("0.25")) / 2
    assert abs(odd.proposed.kr - Decimal("-19.2") * MKR / share) < 1


@pytest.mark.parametrize("years", [0, 1, 2])
def test_too_few_earlier_years_propose_nothing(papers, years):
    assert proposal(replace(papers, **late_years(*("6",) * years))) is None


def test_no_ledger_a_short_one_and_a_year_that_is_over_propose_nothing(papers):
    years = late_years("6", "7", "6")["earlier_ledgers"]
    assert proposal(papers) is None
    short = ledger_of(2023, ("-4.5",) * 3, (), ("-6",) * 12)
    assert proposal(replace(papers, ledger=short, earlier_ledgers=years)) is None
    over = snapshot_with(occasion=WHOLE_YEAR, ledger=years[0], earlier_ledgers=years)
    assert proposal(over) is None


def proposing(papers):
    """The papers with months that propose costs of some 62 Mkr, a good deal below the forecast."""
    years = tuple(
        ledger_of(2022 - n, tuple(str(-Decimal("4.8") * Decimal(p)) for p in LATE), (),
                  ("-6",) * 12)
        for n in range(3)
    )  # fmt: skip
    own = ledger_of(2023, ("-5.2", "-5.3", "-5.4", "-5.6"), (), ("-6.175",) * 12)
    return replace(papers, ledger=own, earlier_ledgers=years)


@pytest.mark.parametrize("before", [Scenario(), Scenario((UsedUp(Decimal(0)),))])
def test_the_levers_are_set_so_that_the_year_ends_as_proposed(papers, before):
    snapshot = proposing(papers)
    found = proposal(snapshot)
    settings_ = settings_for(snapshot, before, found)
    (setting,) = settings_
    assert setting.lever.key == ("rest", COST)
    after = set_all(before, settings_)
    year = apply(snapshot, after).operating
    ended = next(f.money for k, f in year.items() if k.ref == "operating:total:cost:year:forecast")
    # A step of the lever is one percent of the 49.4 Mkr that the budget has for the rest.
    assert abs((ended - found.items[0].year).kr) <= Decimal("0.5") * Decimal("0.494") * MKR * 2
    assert [o for o in after.overlays if not isinstance(o, RestChange)] == list(before.overlays)
    assert set_all(after, settings_for(snapshot, after, found)) == after


def test_a_lever_that_does_not_reach_goes_as_far_as_it_can_and_says_so(papers):
    far = replace(proposing(papers), ledger=ledger_of(2023, ("-2",) * 4, (), ("-6.175",) * 12))
    found = proposal(far)
    (setting,) = settings_for(far, Scenario(), found)
    assert (setting.position in setting.lever.positions, setting.is_whole) == (True, False)
    assert "Längre än så går inte reglaget" in describe_settings(far, (setting,))


def test_the_sentences_say_how_far_and_how_sure(papers):
    snapshot = proposing(papers)
    found = proposal(snapshot)
    said = describe_proposal(snapshot, found)
    assert said.startswith("Av månaderna att döma blir årets kostnader 73,")
    assert f"(prognosen säger 74,1{SPACE}Mkr)" in said
    trials = describe_trials(found)
    assert "Prövat på 2020, 2021 och 2022, ett år i taget" in trials
    assert f"där budgeten var 14,4{SPACE}Mkr fel" in trials


def test_the_sentence_and_the_table_of_the_months():
    snapshot = snapshot_with(ledger=spring_2023())
    assert describe_item(snapshot, COST) == (
        f"Kostnader till och med april 2023: 21,5{SPACE}Mkr,"
        f" 3,2{SPACE}Mkr mindre än månadernas budget."
    )
    assert f"0,8{SPACE}Mkr mer än månadernas budget" in describe_item(snapshot, REVENUE)
    table = months_table(snapshot)
    texts = [[row.heading.text, *(cell.text for cell in row.cells)] for row in table.rows]
    assert texts[3] == ["April", "5,1", "5,3", "−6,2", "−5,6", "−1,1", "−0,3"]
    assert texts[4] == ["Maj", "6,7", "inte bokfört", "−6,2", "inte bokfört", "0,5", "inte bokfört"]
    assert texts[12][2::2] == ["21,2", "−21,5", "−0,3"]
    assert months_table(snapshot_with()) is None
    assert "0" not in [text for row in texts for text in row]


@pytest.mark.parametrize(
    ("occasion", "booked", "said"),
    [
        # What is booked after the period is not of the occasion.
        (SPRING, 8, "Kostnader till och med april 2023: 24,0 Mkr, 0,7 Mkr mindre"),
        (WHOLE_YEAR, 12, "Kostnader hela året 2023: 72,0 Mkr, 2,1 Mkr mindre"),
        (
            WHOLE_YEAR,
            8,
            "Kostnader: bokföringen räcker bara till och med augusti 2023, men tillfället gäller"
            " januari–december 2023. Så långt: 48,0 Mkr, 1,4 Mkr mindre",
        ),
    ],
)
def test_the_sentence_is_about_the_occasions_months_whatever_is_booked(occasion, booked, said):
    books = ledger_of(2023, ("-6",) * booked, (), ("-6.175",) * 12)
    told = describe_item(snapshot_with(occasion=occasion, ledger=books), COST)
    assert told.replace(SPACE, " ") == f"{said} än månadernas budget."


def test_months_that_sum_to_something_else_than_the_paper_says_are_told(papers):
    same, other = ledger_of(2023, ("-5.375",) * 4), ledger_of(2023, ("-5.7",) * 4, ("5.3",) * 4)
    assert "Kostnader" not in describe_other_outcome(replace(papers, ledger=same))
    assert describe_other_outcome(replace(papers, ledger=other)).replace(SPACE, " ") == (
        "Kostnader är i bokföringen 22,8 Mkr för samma månader, 1,3 Mkr mer än papperets 21,5 Mkr."
    )
    short = ledger_of(2023, ("-5.7",) * 3)
    assert describe_other_outcome(replace(papers, ledger=short)) == ""


def test_the_picture_draws_each_month_and_the_outcome_of_those_that_are_booked():
    snapshot = snapshot_with(ledger=spring_2023())
    chart = months_chart(snapshot, COST)
    assert [pair.result.label for pair in chart.pairs if pair.result] == [
        "5,2",
        "5,3",
        "5,4",
        "5,6",
    ]
    assert [pair.plan.label for pair in chart.pairs] == ["6,2"] * 12
    picture = months_picture(snapshot, COST)
    assert picture.alt == describe_item(snapshot, COST)
    assert months_picture(snapshot_with(), COST) is None


@pytest.mark.parametrize("costs", [("-5.2", "-5.3", "-6.2", "-16.4"), ("-5.2", "1.1", "-0.0")])
def test_no_number_or_column_of_the_picture_lies_on_another(costs):
    """A month with a credit too: its column hangs from zero."""
    books = ledger_of(2023, costs, (), ("-6.175",) * 12)
    picture = months_picture(snapshot_with(ledger=books), COST)
    for drawing in (picture.wide, picture.narrow):
        boxes = text_boxes(drawing, drawing.min_width)
        assert [(a.text, b.text) for a, b in combinations(boxes, 2) if a.overlaps(b)] == []
    columns = [(bar["x"][0], bar["width"]) for bar in picture.wide.figure["data"]]
    ends = sorted((x - width / 2, x + width / 2) for x, width in columns)
    assert all(before[1] < after[0] for before, after in pairwise(ends))
    # The wide one has room at 1280 pixels, the narrow one on a phone.
    assert (picture.wide.min_width < 1200, picture.narrow.min_width < 340) == (True, True)
    texts = {box.text for box in text_boxes(picture.wide, 1200)}
    assert {"Budget", "Utfall"} <= texts


amounts = st.lists(st.integers(-900, 900), min_size=12, max_size=12)


@given(amounts, amounts, st.integers(0, 12))
def test_the_months_and_their_running_sum_hold_together(costs, budgets, count):
    texts = [[str(Decimal(kr) / 100) for kr in each] for each in (costs, budgets)]
    books = ledger_of(2023, texts[0][:count], (), texts[1])
    found = months_of(snapshot_with(ledger=books), COST)
    months = running(found)
    known = [month for month in months if isinstance(month.outcome, Money)]
    assert len(known) == count
    if known:
        assert known[-1].outcome.kr == sum(costs[:count]) * MKR / 100
    assert found.is_complete == (count == 12)
