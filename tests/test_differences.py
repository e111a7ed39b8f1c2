"""What differs between two snapshots: figure by figure, and nothing that does not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from papers import PLACE, claim, kr, mkr, not_known, read_papers, snapshot_with, stated

from gsn_dash.domain.amounts import Unknown
from gsn_dash.domain.differences import CHANGED, GONE, NEW, PARTS, SAME, Difference, differences
from gsn_dash.domain.ledger import Ledger, LedgerMonth
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.domain.snapshot import AllocationKey, Population

COST = OperatingKey("total", "cost", "period", "outcome")
REVENUE = OperatingKey("total", "revenue", "period", "outcome")


def operating(**cells) -> dict:
    keys = {"cost": COST, "revenue": REVENUE}
    return {keys[name]: stated(keys[name].ref, amount) for name, amount in cells.items()}


def only(found: tuple[Difference, ...]) -> Difference:
    (one,) = [each for each in found if each.kind != SAME]
    return one


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


def test_the_papers_do_not_differ_from_themselves(papers):
    found = differences(papers, papers)
    assert {each.kind for each in found} == {SAME}
    assert {each.part for each in found} == set(PARTS) - {"ledger"}
    facts = (papers.operating, papers.investments, papers.contributions, papers.totals)
    assert len(found) > sum(map(len, facts)) + len(papers.populations) > 100


def test_against_nothing_all_is_new_or_gone(papers):
    new, gone = differences(None, papers), differences(papers, None)
    assert {(each.kind, each.before) for each in new} == {(NEW, None)}
    assert {(each.kind, each.after) for each in gone} == {(GONE, None)}
    assert [each.ref for each in new] == [each.ref for each in gone]
    assert differences(None, None) == ()


def test_they_come_as_the_papers_have_them_whatever_was_corrected(papers):
    """A correction's row is recorded last, but stands where it stood."""
    turned = replace(papers, operating=dict(reversed(papers.operating.items())))
    names = [(each.part, each.ref) for each in differences(None, papers)]
    assert [(each.part, each.ref) for each in differences(papers, turned)] == names
    parts = [part for part, _ in names]
    assert parts == sorted(parts, key=PARTS.index)
    assert names[0] == ("operating", "operating:total:revenue:period:budget")


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (mkr("-21.5"), mkr("-21.6"), CHANGED),
        (mkr("-21.5"), mkr("-21.50"), SAME),
        (Unknown("rutan är tom"), kr("0"), CHANGED),
        (kr("0"), Unknown("rutan är tom"), CHANGED),
        (Unknown("rutan är tom"), Unknown("oläslig"), SAME),
    ],
)
def test_an_amount_is_changed_or_not_and_unknown_is_not_zero(before, after, kind):
    old, new = (snapshot_with(operating=operating(cost=amount)) for amount in (before, after))
    (found,) = differences(old, new)
    assert found.kind == kind


def test_a_finer_figure_of_the_same_amount_is_a_change_and_another_place_is_none():
    old = snapshot_with(operating=operating(cost=mkr("-21.5")))
    figure = old.operating[COST]
    finer = snapshot_with(operating={COST: replace(figure, precision=Decimal(1))})
    assert only(differences(old, finer)).kind == CHANGED
    moved = replace(figure, origin=replace(PLACE, page=7), printed="21,5-")
    assert {e.kind for e in differences(old, snapshot_with(operating={COST: moved}))} == {SAME}


def test_two_claims_on_one_quantity_are_told_apart():
    old = snapshot_with(claims=(claim(COST.ref, "money", mkr("1")), claim("x", "flag", True)))
    new = snapshot_with(claims=(*old.claims, claim(COST.ref, "money", mkr("2"))))
    found = only(differences(old, new))
    assert (found.kind, found.part, found.after.money) == (NEW, "claim", mkr("2"))


def test_inhabitants_and_keys_are_told_as_what_they_are():
    people = Population("2085", date(2022, 12, 31), 26_000, PLACE)
    key = AllocationKey("e-dala", Decimal("0.5"), ("2085", "2061"), "1 november", PLACE)
    old = snapshot_with(populations=(people,), allocation_keys={"e-dala": key})
    more = snapshot_with(
        populations=(replace(people, count=26_001),), allocation_keys={"e-dala": key}
    )
    found = only(differences(old, more))
    assert (found.part, found.before.count, found.after.count) == ("population", 26_000, 26_001)
    turned = replace(key, members=("2061", "2085"))
    fewer = replace(key, members=("2085",))
    for other, kind in ((turned, SAME), (fewer, CHANGED)):
        new = snapshot_with(populations=(people,), allocation_keys={"e-dala": other})
        assert differences(old, new)[0].kind == kind


def test_a_ledger_is_told_by_its_months_sums():
    rows = [
        LedgerMonth(date(2023, 1, 1), "cost", activity, "", "outcome", kr("-5"))
        for activity in ("031", "032")
    ]
    rows.append(LedgerMonth(date(2023, 1, 1), "balance", "", "", "outcome", kr("99")))
    year = Ledger(date(2023, 1, 1), date(2023, 12, 31), tuple(rows), PLACE, 1)
    found = only(differences(snapshot_with(), snapshot_with(ledger=year)))
    assert (found.ref, found.after.money) == ("ledger:2023-01:cost:outcome", kr("-10"))
    assert found.part == "ledger"


def test_what_nobody_knew_and_nobody_knows_is_not_changed():
    old = snapshot_with(totals={"x": not_known("x", "?")})
    assert {each.kind for each in differences(old, old)} == {SAME}
