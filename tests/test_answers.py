"""A finding that somebody has answered is met with its answer, and with whether it still fits."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from imports_made import SPRING, autumn, correction, kept
from papers import read_papers
from sqlalchemy import insert

from gsn_dash.domain.amounts import MKR, Money
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.store import schema
from gsn_dash.store.answers import EXPLAINED, REOPENED, Answer, AnswerConflict, answer, read_answers
from gsn_dash.store.read import read_snapshot, read_version
from gsn_dash.store.written import NotKept

KEY = "claim|operating:total:net:period:deviation|arende-3/Driftkostnader/"
PRINT = "a" * 64


def say(engine, words: str, based_on: int = 0, **other: str) -> Answer | AnswerConflict:
    parts = {"key": KEY, "state": EXPLAINED, "by": "Eva", "fingerprint": PRINT, **other}
    return answer(engine, SPRING, based_on_version=based_on, words=words, **parts)


def test_an_answer_is_read_back_and_pages_are_told(loaded_engine):
    assert read_answers(loaded_engine, SPRING) == {}
    version = read_version(loaded_engine)
    given = say(loaded_engine, "  Talen är omkastade.\nRättas nästa gång.  ")
    assert (given.version, given.state, given.author, given.fingerprint) == (
        1, EXPLAINED, "Eva", PRINT,
    )  # fmt: skip
    assert given.words == "Talen är omkastade.\nRättas nästa gång."
    assert read_answers(loaded_engine, SPRING) == {KEY: given}
    assert read_version(loaded_engine) != version
    assert read_answers(loaded_engine, (2022, 1)) == {}


def test_the_newest_answer_counts_and_the_same_again_is_none(loaded_engine):
    first = say(loaded_engine, "Ett")
    assert say(loaded_engine, "Ett") == first
    second = say(loaded_engine, "", 1, state=REOPENED)
    assert (second.version, second.words) == (2, "")
    other = say(loaded_engine, "Annat fynd", key="another")
    assert read_answers(loaded_engine, SPRING) == {KEY: second, "another": other}


def test_an_answer_that_is_committed_after_a_later_one_is_told_of_too(loaded_engine):
    kept(loaded_engine, autumn())
    versions = [read_version(loaded_engine)]
    with loaded_engine.begin() as slow:
        slow.execute(
            insert(schema.finding_answer).values(
                year=2023, number=3, key=KEY, version=1, state=EXPLAINED, words="Ett",
                author="Bo", fingerprint=PRINT,
            )
        )  # fmt: skip
        say(loaded_engine, "Två")
        versions.append(read_version(loaded_engine))
    versions.append(read_version(loaded_engine))
    assert len(set(versions)) == 3


def test_who_comes_second_is_told_of_the_first(loaded_engine):
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda words: say(loaded_engine, words), ("Ett", "Två")))
    (kept_one,) = [each for each in told if isinstance(each, Answer)]
    (conflict,) = [each for each in told if isinstance(each, AnswerConflict)]
    assert conflict.newest == kept_one
    assert read_answers(loaded_engine, SPRING) == {KEY: kept_one}


@pytest.mark.parametrize(
    ("words", "other", "said"),
    [
        ("", {}, "Förklaringen är tom"),
        ("x" * 2001, {}, "Förklaringen har 2001 tecken"),
        ("Ett\x00", {}, "Förklaringen har ett styrtecken"),
        ("Ett", {"by": ""}, "Skriv ditt namn."),
    ],
)
def test_words_that_cannot_be_kept_are_refused_with_a_sentence(loaded_engine, words, other, said):
    with pytest.raises(NotKept) as refused:
        say(loaded_engine, words, **other)
    assert refused.value.sentence.startswith(said)
    assert read_answers(loaded_engine, SPRING) == {}


def test_an_occasion_that_is_not_there_takes_no_answer(loaded_engine):
    with pytest.raises(NotKept, match="Tillfället finns inte"):
        answer(loaded_engine, (2031, 1), KEY, 0, EXPLAINED, "Ett", "Eva", PRINT)


def test_a_finding_that_says_something_else_has_another_fingerprint(loaded_engine):
    """And one whose figures have not moved keeps its own, so that its answer still fits."""
    before = {each.key: each for each in run_controls(read_snapshot(loaded_engine))}
    again = {each.key: each.fingerprint for each in run_controls(read_snapshot(loaded_engine))}
    assert {key: each.fingerprint for key, each in before.items()} == again
    kept(loaded_engine, correction("-21000000"))
    after = {each.key: each for each in run_controls(read_snapshot(loaded_engine))}
    moved = {key for key in before if before[key].fingerprint != after[key].fingerprint}
    said_otherwise = {
        key
        for key in before
        if (before[key].verdict, before[key].stated.amount, before[key].found.amount)
        != (after[key].verdict, after[key].stated.amount, after[key].found.amount)
    }
    assert said_otherwise
    assert said_otherwise <= moved < set(before)


def test_zeros_and_pages_do_not_change_what_a_finding_says(server_url, loaded_template):
    finding = next(
        each
        for each in run_controls(read_papers(server_url, loaded_template))
        if isinstance(each.stated.amount, Money) and each.stated.places
    )
    place = finding.stated.places[0]
    amount = Money(finding.stated.amount.kr + Decimal("0.00"))
    moved = replace(finding.stated, amount=amount, places=(replace(place, page=99),))
    assert replace(finding, stated=moved).fingerprint == finding.fingerprint
    other = replace(finding.stated, amount=Money(finding.stated.amount.kr + MKR))
    assert replace(finding, stated=other).fingerprint != finding.fingerprint
