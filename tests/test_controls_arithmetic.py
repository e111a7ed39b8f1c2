"""Nets and deviations that came alone, and a year that is over, held against their parts."""

from dataclasses import replace

import pytest
from papers import SPRING, WHOLE_YEAR, mkr, read_papers, snapshot_with, stated

from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.refs import OperatingKey
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.findings import describe_finding

HOLDS = (Verdict.HOLDS, Verdict.HOLDS_ROUNDED)


@pytest.fixture(scope="module")
def papers(server_url: str, loaded_template: str) -> Snapshot:
    return read_papers(server_url, loaded_template)


def found(snapshot: Snapshot, rule: str) -> list[Finding]:
    """What a rule found that does not hold."""
    return [f for f in run_controls(snapshot) if f.rule == rule and f.verdict not in HOLDS]


def told(snapshot: Snapshot, rule: str) -> str:
    """The title and explanation of the first thing a rule found."""
    return " ".join(describe_finding(snapshot, found(snapshot, rule)[0])).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("ref", "right", "wrong", "rule"),
    [
        ("total:net:period:outcome", "-0.3", "0.3", "net"),
        ("total:net:year:budget", "0.0", "-1.0", "net"),
        ("total:net:year:forecast", "0.0", "3.7", "net"),
        ("total:cost:period:deviation", "3.2", "-3.2", "deviation"),
        ("total:net:year:deviation", "0.0", "-0.4", "deviation"),
    ],
)
def test_a_net_or_deviation_that_came_alone_is_held_against_its_parts(
    papers: Snapshot, ref: str, right: str, wrong: str, rule: str
) -> None:
    key = OperatingKey(*ref.split(":"))

    def loaded(amount: str) -> Snapshot:
        own = {**papers.operating, key: stated(key.ref, mkr(amount))}
        return replace(papers, operating=own)

    assert found(loaded(right), rule) == []
    assert key.ref in [f.ref for f in found(loaded(wrong), rule)]


def test_a_net_with_the_wrong_sign_is_told_to_be_so(papers: Snapshot) -> None:
    key = OperatingKey("total", "net", "period", "outcome")
    own = {**papers.operating, key: stated(key.ref, mkr("0.3"))}
    text = told(replace(papers, operating=own), "net")
    assert "Nettot är 0,3 Mkr, men intäkter och kostnader tillsammans ger −0,3 Mkr" in text
    assert text.endswith("Beloppen är lika men har motsatt tecken.")


def test_a_net_of_an_activity_is_held_where_its_parts_are_said(papers: Snapshot) -> None:
    keys = [OperatingKey("032", item, "year", "budget") for item in ("net", "revenue", "cost")]
    amounts = ("-2.0", "1.0", "-2.5")
    own = {k: stated(k.ref, mkr(a)) for k, a in zip(keys, amounts, strict=True)}
    snapshot = replace(papers, operating={**papers.operating, **own})
    assert [f.ref for f in found(snapshot, "net")] == [keys[0].ref]
    del own[keys[2]]
    assert found(replace(papers, operating={**papers.operating, **own}), "net") == []


@pytest.mark.parametrize(
    ("measures", "period", "year", "faults"),
    [
        (("budget", "budget"), "-74.1", "-74.1", 0),
        (("budget", "budget"), "-49.4", "-74.1", 1),
        (("outcome", "forecast"), "-73.9", "-74.1", 1),
    ],
)
def test_when_the_year_is_over_the_period_is_the_year(
    measures: tuple[str, str], period: str, year: str, faults: int
) -> None:
    keys = [
        OperatingKey("total", "cost", span, measure)
        for span, measure in zip(("period", "year"), measures, strict=True)
    ]
    own = {k: stated(k.ref, mkr(a)) for k, a in zip(keys, (period, year), strict=True)}
    closed = snapshot_with(occasion=WHOLE_YEAR, operating=own)
    assert len(found(closed, "closing")) == faults
    assert "closing" in {f.rule for f in run_controls(closed)}
    assert "closing" not in {f.rule for f in run_controls(replace(closed, occasion=SPRING))}
    if faults:
        assert "perioden och året säger olika" in told(closed, "closing")


def test_the_papers_own_nets_are_printed_totals_and_held_once(papers: Snapshot) -> None:
    rules = {"net", "deviation", "closing"}
    assert [f for f in run_controls(papers) if f.rule in rules] == []
