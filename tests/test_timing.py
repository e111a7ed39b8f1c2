"""Timing or permanent: the parts, their sums, and the year-end that the same scenario gives."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import WHOLE_YEAR, claim, mkr, not_known, read_papers, snapshot_with, stated

from gsn_dash.domain.amounts import ZERO, Money, Unknown, deviation_of
from gsn_dash.domain.operating import line
from gsn_dash.domain.refs import TOTAL, OperatingKey
from gsn_dash.domain.scenario.apply import apply
from gsn_dash.domain.scenario.overlays import Lump, RestChange, Scenario, UsedUp
from gsn_dash.domain.timing import timing

PARTS = ("total:revenue", "032+033:other_cost", "total:rest_cost")
COSTS = PARTS[1:]
shares = st.integers(0, 150).map(lambda percent: Decimal(percent) / 100)
used_up = st.lists(
    st.builds(UsedUp, shares, st.sampled_from(["", *PARTS])), unique_by=lambda overlay: overlay.part
)
lumps = st.lists(
    st.builds(
        Lump,
        st.sampled_from(["Licenser", "Projekt", "Hyra"]),
        st.sampled_from(COSTS),
        st.integers(0, 20_000).map(lambda thousands: Money(Decimal(thousands * 1000))),
        st.integers(1, 12),
        st.just(True),
    ),
    unique_by=lambda lump: lump.name,
)
scenarios = st.builds(lambda *chosen: Scenario(tuple(sum(chosen, []))), used_up, lumps)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


@given(scenarios)
def test_timing_and_permanent_are_the_part_and_the_parts_the_whole(papers, scenario):
    found = timing(papers, scenario)
    for part in found.parts:
        assert part.timing + part.permanent == part.part.figure.money
        assert part.known + part.behind == part.part.figure.money
    assert sum((part.timing for part in found.parts), ZERO) == found.timing
    assert sum((part.permanent for part in found.parts), ZERO) == found.permanent
    assert found.timing + found.permanent + found.gap == found.whole.money == mkr("4.0")
    assert found.gap == ZERO


@given(scenarios)
def test_what_is_permanent_is_what_the_year_ends_with(papers, scenario):
    before, after = (line(s, "net", "year").deviation for s in (papers, apply(papers, scenario)))
    assert timing(papers, scenario).permanent == after.money - before.money


def by_key(found):
    return {part.part.key: part for part in found.parts}


def test_the_forecast_takes_all_of_it_for_timing(papers):
    found = timing(papers, Scenario())
    assert (found.timing, found.permanent) == (mkr("4.0"), ZERO)
    assert not found.is_assumed
    assert {key: part.timing for key, part in by_key(found).items()} == dict(
        zip(PARTS, map(mkr, ("0.8", "4.4", "-1.2")), strict=True)
    )


def test_the_reason_is_the_papers_own_and_only_where_there_is_one(papers):
    found = by_key(timing(papers, Scenario()))
    reasons = {key: part.reason and part.reason.ref for key, part in found.items()}
    assert reasons == dict.fromkeys(PARTS) | {COSTS[0]: f"operating:{COSTS[0]}:period:why"}
    assert [found[key].is_even for key in PARTS] == [False, True, True]


def test_an_invoice_that_is_still_to_come_is_timing_whatever_else_is_assumed(papers):
    invoice = Lump("Licenser", COSTS[0], mkr("3"), 10)
    found = by_key(timing(papers, Scenario((UsedUp(Decimal(0)), invoice))))
    part = found[COSTS[0]]
    assert (part.timing, part.permanent) == (mkr("1"), mkr("3.4"))
    assert part.invoices == ((invoice, mkr("1")),)
    assert found[COSTS[1]].invoices == ()


@pytest.mark.parametrize(
    "lump",
    [
        Lump("Licenser", COSTS[0], mkr("3"), 4),
        Lump("Licenser", COSTS[0], mkr("3"), 10, budgeted=False),
    ],
    ids=["has come", "no budget has it"],
)
def test_an_invoice_that_no_budget_waits_for_tells_nothing(papers, lump):
    part = by_key(timing(papers, Scenario((UsedUp(Decimal(0)), lump))))[COSTS[0]]
    assert (part.timing, part.known, part.invoices) == (ZERO, ZERO, ())


def test_an_invoice_larger_than_the_surplus_leaves_a_deficit_behind_it(papers):
    invoice = Lump("Licenser", COSTS[0], mkr("15"), 10)
    part = by_key(timing(papers, Scenario((UsedUp(Decimal(0)), invoice))))[COSTS[0]]
    assert (part.timing, part.permanent) == (mkr("5"), mkr("-0.6"))
    assert part.behind == mkr("-0.6")


def test_what_has_nothing_to_do_with_the_period_divides_nothing(papers):
    moved = timing(papers, Scenario((RestChange("cost", Decimal("0.1")),)))
    assert moved == timing(papers, Scenario())


CELLS = {
    ("revenue", "budget"): "20.4",
    ("revenue", "outcome"): "21.2",
    ("cost", "budget"): "-24.7",
    ("cost", "outcome"): "-21.5",
}


def made(cells=CELLS, claims=(), **parts):
    keys = {OperatingKey(TOTAL, i, "period", m): text for (i, m), text in cells.items()}
    figures = {
        key: stated(key.ref, mkr(text)) if text else not_known(key.ref)
        for key, text in keys.items()
    }
    return snapshot_with(operating=figures, claims=claims, **parts)


def test_a_period_of_the_whole_year_is_all_permanent():
    found = timing(made(occasion=WHOLE_YEAR), Scenario())
    assert (found.timing, found.permanent) == (ZERO, mkr("4.0"))
    assert not found.is_assumed


def test_what_is_unknown_of_an_item_is_unknown_of_the_whole():
    found = timing(made(CELLS | {("revenue", "outcome"): ""}), Scenario())
    assert found.unknown == ("revenue",)
    assert [part.part.key for part in found.parts] == ["total:cost"]
    for amount in (found.timing, found.permanent, found.gap, found.whole.amount):
        assert isinstance(amount, Unknown)
    assert found.parts[0].timing == mkr("3.2")


def test_what_the_rounding_of_print_leaves_is_told_apart():
    net = OperatingKey(TOTAL, "net", "period", "deviation")
    snapshot = made()
    beside = replace(snapshot, operating={**snapshot.operating, net: stated(net.ref, mkr("4.1"))})
    found = timing(beside, Scenario((UsedUp(Decimal("0.5")),)))
    assert (found.timing, found.permanent, found.gap) == (mkr("2.0"), mkr("2.0"), mkr("0.1"))
    assert deviation_of(found.whole.amount, found.gap) == mkr("4.0")


def test_a_reason_for_a_whole_item_is_found():
    said = claim("operating:total:cost:period:why", "text", "Sena fakturor")
    found = by_key(timing(made(claims=(said,)), Scenario()))
    assert found["total:cost"].reason == said
    assert found["total:revenue"].reason is None
