"""The controls of the collaborations: every payer against the key, and every year by itself."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from papers import kr, read_papers, stated

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.collaborating import by_amount, key_split, restatements
from gsn_dash.domain.drafts import (
    IN_FORCE,
    RESTATED,
    ContributionDraft,
    Place,
    Reading,
    choose_in_force,
)
from gsn_dash.domain.refs import ContributionKey
from gsn_dash.domain.snapshot import Contribution, Snapshot
from gsn_dash.present.findings import describe_finding
from gsn_dash.present.sharing import describe_comparison

LUDVIKA, SMEDJEBACKEN, MORA = "2085", "2061", "2062"


@pytest.fixture(scope="module")
def papers(server_url: str, loaded_template: str) -> Snapshot:
    return read_papers(server_url, loaded_template)


def paying(snapshot: Snapshot, amounts: dict[str, Money]) -> Snapshot:
    """The snapshot with these payers of E-dala and no others, to the krona."""
    kept = {k: c for k, c in snapshot.contributions.items() if k.collaboration != "e-dala"}
    for code, amount in amounts.items():
        key = ContributionKey("e-dala", code)
        kept[key] = Contribution(key, stated(key.ref, amount, step="1"), None)
    return replace(snapshot, contributions=kept)


def key_finding(snapshot: Snapshot) -> Finding:
    (found,) = [f for f in run_controls(snapshot) if f.rule == "key"]
    return found


def told(snapshot: Snapshot, finding: Finding) -> str:
    return " ".join(describe_finding(snapshot, finding)).replace("\u00a0", " ")


def by_the_key(snapshot: Snapshot) -> dict[str, Money]:
    """What the key gives three payers of 300 000 kr together."""
    thirds = dict.fromkeys((LUDVIKA, SMEDJEBACKEN, MORA), kr("100000"))
    split = key_split(paying(snapshot, thirds), "e-dala")
    return {code: figure.money for code, figure in split.by_rule.items()}


def test_a_split_of_three_that_follows_the_key_holds(papers):
    finding = key_finding(paying(papers, by_the_key(papers)))
    assert finding.verdict in (Verdict.HOLDS, Verdict.HOLDS_ROUNDED)
    assert "Ludvika, Mora och Smedjebacken delar som avtalat" in told(papers, finding)


def test_a_third_payer_who_is_not_among_the_largest_is_held_to_the_key_too(papers):
    right = by_the_key(papers)
    shifted = {
        **right,
        MORA: right[MORA] + kr("9000"),
        SMEDJEBACKEN: right[SMEDJEBACKEN] - kr("9000"),
    }
    snapshot = paying(papers, shifted)
    finding = key_finding(snapshot)
    assert finding.verdict is Verdict.FAILS
    assert finding.ref in (f"collaboration:e-dala:{code}" for code in (MORA, SMEDJEBACKEN))
    text = told(snapshot, finding)
    assert all(f"kr för {name}" in text for name in ("Ludvika", "Mora", "Smedjebacken"))
    assert finding.about["payers"] == (LUDVIKA, MORA, SMEDJEBACKEN)
    assert "gånger så mycket som Mora" in text


def test_the_relation_is_between_those_who_pay_the_most_and_not_the_highest_codes(papers):
    snapshot = paying(papers, {LUDVIKA: kr("10000"), SMEDJEBACKEN: kr("90000"), MORA: kr("30000")})
    assert by_amount(key_split(snapshot, "e-dala")) == (SMEDJEBACKEN, MORA, LUDVIKA)
    finding = key_finding(snapshot)
    assert finding.about["stated_ratio"] == Fraction(3)
    assert "Smedjebacken betalar 3,0 gånger så mycket som Mora" in told(snapshot, finding)
    sentence = describe_comparison(snapshot, key_split(snapshot, "e-dala"))
    assert sentence.replace("\u00a0", " ").startswith(
        "Enligt rapporten betalar Smedjebacken 3,0 gånger så mycket som Mora."
    )


def test_a_payer_of_nothing_has_no_relation_and_is_still_held_to_the_key(papers):
    snapshot = paying(papers, {LUDVIKA: kr("10000"), SMEDJEBACKEN: kr("0")})
    finding = key_finding(snapshot)
    assert finding.verdict is Verdict.FAILS
    assert finding.about["stated_ratio"] is None
    assert "gånger" not in told(snapshot, finding)


def draft(amount: str, year: int | None, step: str = "1", place: str = "tabell"):
    reading = Reading(amount, kr(amount), Decimal(step), False, Place("paper", place))
    return ContributionDraft((2023, 2), ContributionKey("telefoni", LUDVIKA), year, reading)


@pytest.mark.parametrize(
    ("drafts", "standings"),
    [
        ([("60000", 2022), ("66000", 2023)], [RESTATED, IN_FORCE]),
        ([("66000", 2023), ("60000", 2022)], [IN_FORCE, RESTATED]),
        ([("66000", 2023, "1000"), ("60000", 2022, "1")], [IN_FORCE, RESTATED]),
        ([("66000", 2023, "1000"), ("66100", 2023, "1")], [RESTATED, IN_FORCE]),
        ([("66000", 2023, "1000"), ("66100", None, "1")], [RESTATED, IN_FORCE]),
    ],
)
def test_the_latest_named_year_is_in_force_and_within_it_the_finest(drafts, standings):
    chosen = choose_in_force(tuple(draft(*each) for each in drafts))
    assert [each.standing for each in chosen] == standings


def _with_earlier(snapshot: Snapshot, year: int | None, amount: str) -> Snapshot:
    """Ludvika's telephony (120 000 kr in 2022) with another amount in another place."""
    key = ContributionKey("telefoni", LUDVIKA)
    other = Contribution(key, stated(key.ref, kr(amount), amount, step="1"), year)
    return replace(snapshot, restated=(*snapshot.restated, other))


def test_amounts_of_different_years_do_not_contradict_each_other(papers):
    snapshot = _with_earlier(papers, 2021, "100000")
    (finding,) = [f for f in run_controls(snapshot) if f.rule == "other_year"]
    assert finding.verdict is Verdict.CANNOT_TELL
    assert told(snapshot, finding).startswith("Telefoni: Ludvika, annat år")
    assert "100 000 kr för 2021 och 120 000 kr för 2022" in told(snapshot, finding)
    failing = [f for f in run_controls(snapshot) if f.rule == "restated"]
    assert not [f for f in failing if f.verdict is Verdict.FAILS]
    assert restatements(snapshot) == restatements(papers)


@pytest.mark.parametrize("year", [2022, None])
def test_amounts_of_one_year_or_of_none_named_still_do(papers, year):
    snapshot = _with_earlier(papers, year, "100000")
    failing = [f for f in run_controls(snapshot) if f.rule == "restated"]
    assert [f.verdict for f in failing].count(Verdict.FAILS) == 1
