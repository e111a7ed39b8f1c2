"""Controls meet what they cannot read or place: they say so, and the others still run."""

import logging
from dataclasses import replace
from decimal import Decimal

import pytest
from papers import PLACE, claim, mkr, read_papers, snapshot_with, stated

from gsn_dash.domain.amounts import ZERO
from gsn_dash.domain.checks.finding import Verdict
from gsn_dash.domain.checks.published import ratio_spread
from gsn_dash.domain.checks.run import CONTROLS, run_controls
from gsn_dash.domain.refs import TOTAL, OperatingKey
from gsn_dash.domain.snapshot import Claim, Snapshot
from gsn_dash.present import finding_words
from gsn_dash.present.findings import describe_finding

NO_DEVIATION = "forecast:no_deviation"
MISSPELT = (
    "operating:total:net:yr:deviation",
    "operating:total:income:year:budget",
    "investment:total:spent",
    "investment",
    "nonsense",
)


@pytest.fixture(scope="module")
def papers(server_url: str, loaded_template: str) -> Snapshot:
    return read_papers(server_url, loaded_template)


def money(ref: str, amount=None) -> Claim:
    return Claim(ref, "money", amount or mkr("1.0"), "1,0", Decimal(100_000), PLACE)


def with_claims(snapshot: Snapshot, *claims: Claim) -> Snapshot:
    return replace(snapshot, claims=(*snapshot.claims, *claims))


def rules(snapshot: Snapshot) -> list[str]:
    return [finding.rule for finding in run_controls(snapshot)]


@pytest.mark.parametrize("ref", MISSPELT)
def test_a_misspelt_name_in_the_store_breaks_no_control(papers, ref):
    wrong = with_claims(papers, money(ref))
    totals = replace(papers, totals={**papers.totals, ref: stated(ref, mkr("1.0"), "1,0")})
    for snapshot, rule in ((wrong, "claim"), (totals, "total")):
        (finding,) = [f for f in run_controls(snapshot) if f.ref == ref]
        assert (finding.rule, finding.verdict) == (rule, Verdict.CANNOT_TELL)
        title, explanation = describe_finding(snapshot, finding)
        assert title == "En uppgift som programmet inte känner"
        assert "1,0" in explanation
        assert "finns inte bland uppgifterna" in explanation
        assert "broken_control" not in rules(snapshot)


def test_a_share_of_something_unheard_of_does_not_vanish(papers):
    odd = Claim("investment:molnet:forecast_utilisation", "percent", Decimal("0.5"), "50",
                Decimal("0.01"), PLACE)  # fmt: skip
    snapshot = with_claims(papers, odd)
    (finding,) = [f for f in run_controls(snapshot) if f.ref == odd.ref]
    assert (finding.rule, finding.verdict) == ("share", Verdict.CANNOT_TELL)
    title, explanation = describe_finding(snapshot, finding)
    assert "molnet" not in title
    assert explanation.startswith("Texten säger 50\u00a0%, men siffran som texten talar om finns")


def test_a_share_of_one_project_is_checked_against_that_project(papers):
    half = Claim("investment:sakerhet:forecast_utilisation", "percent", Decimal("0.2"), "20",
                 Decimal("0.01"), PLACE)  # fmt: skip
    (finding,) = [f for f in run_controls(with_claims(papers, half)) if f.ref == half.ref]
    assert finding.verdict is Verdict.HOLDS


def test_a_claim_about_a_figure_that_no_paper_gives_does_not_vanish():
    ref = OperatingKey(TOTAL, "revenue", "year", "forecast").ref
    (finding,) = run_controls(snapshot_with(claims=(money(ref),)))
    assert (finding.rule, finding.verdict) == ("claim", Verdict.CANNOT_TELL)
    words = describe_finding(snapshot_with(), finding)[1]
    assert "siffran som texten talar om finns inte bland uppgifterna" in words


def test_a_sum_for_someone_who_pays_nothing_is_not_zero(papers):
    ref = "collaboration:total:2080"
    snapshot = replace(papers, totals={**papers.totals, ref: stated(ref, mkr("1.0"), "1,0")})
    (finding,) = [f for f in run_controls(snapshot) if f.ref == ref]
    assert finding.verdict is Verdict.CANNOT_TELL


def test_a_value_that_is_not_read_says_nothing_of_its_table(papers):
    table = "Intäkter och kostnader, miljoner kronor"
    cells = tuple(
        replace(cell, ref="") if (cell.table, cell.text) == (table, "21,2") else cell
        for cell in papers.cells
    )
    unread = replace(papers, cells=cells)
    assert unread.cells != papers.cells
    assert rules(unread) == rules(papers)


def test_an_appendix_with_a_colon_in_its_name_is_an_appendix(papers):
    referred = claim("appendix:bilaga 2: planen:referred", "flag", True)
    snapshot = with_claims(papers, referred)
    finding = next(f for f in run_controls(snapshot) if f.stated.places == (PLACE,))
    assert describe_finding(snapshot, finding)[0] == "Bilaga 2: planen saknas"


def test_a_control_that_breaks_takes_nothing_else_with_it(papers, caplog):
    broken = claim("investment:total:forecast_utilisation", "percent", "en halv")
    with caplog.at_level(logging.ERROR):
        found = run_controls(with_claims(papers, broken))
    (finding,) = [f for f in found if f.rule == "broken_control"]
    assert (finding.ref, finding.verdict) == ("control:check_claims", Verdict.CANNOT_TELL)
    others = [f for f in run_controls(papers) if f.rule not in ("claim", "share")]
    assert [f for f in found if f is not finding] == others
    assert "check_claims" in caplog.text and "TypeError" in caplog.text
    title, explanation = describe_finding(papers, finding)
    assert title == "Kontrollen gick inte att köra: texten mot siffrorna"
    assert explanation


def test_every_control_has_a_name_to_break_under():
    assert {control.__name__ for control in CONTROLS} == set(finding_words.CONTROL_NAMES)


@pytest.mark.parametrize("item", ["net", "revenue", "cost"])
def test_a_total_that_deviates_at_year_end_refutes_every_sentence_that_nothing_does(papers, item):
    ref = OperatingKey(TOTAL, item, "year", "deviation").ref
    snapshot = replace(papers, totals={**papers.totals, ref: stated(ref, mkr("-1.0"), "-1,0")})
    (finding,) = [f for f in run_controls(snapshot) if (f.rule, f.ref) == ("no_deviation", ref)]
    assert finding.verdict is Verdict.FAILS
    assert finding.stated.places == tuple(c.source for c in papers.claims_about(NO_DEVIATION))
    assert len(finding.stated.places) == 2
    assert "−1,0 Mkr" in describe_finding(snapshot, finding)[1].replace("\u00a0", " ")


def test_a_derived_deviation_within_its_rounding_refutes_nothing():
    cells = {
        OperatingKey(TOTAL, "cost", "year", "budget"): mkr("-74.1"),
        OperatingKey(TOTAL, "cost", "year", "forecast"): mkr("-74.2"),
    }
    snapshot = snapshot_with(
        operating={key: stated(key.ref, amount) for key, amount in cells.items()},
        claims=(claim(NO_DEVIATION, "flag", True),),
    )
    assert run_controls(snapshot) == ()


def test_the_spread_of_a_ratio_is_its_longer_end():
    part, whole = stated("part", mkr("0.5")), stated("whole", mkr("0.2"))
    assert ratio_spread(part, whole) == Decimal("0.55") / Decimal("0.15") - Decimal("2.5")


@pytest.mark.parametrize("amount", [ZERO, mkr("-1.0"), mkr("0.5")])
def test_a_whole_that_may_be_nothing_gives_no_ratio(amount):
    whole = stated("whole", amount, step="1000000")
    assert ratio_spread(stated("part", mkr("0.5")), whole) is None
