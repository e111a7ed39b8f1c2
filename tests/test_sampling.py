"""The cases that `make test` runs of tests of many: which they are, and that all are there."""

import pytest
from sampling import choose

CASES = [f"test_many[{number}]" for number in range(20)]
FILE = """
import pytest

@pytest.mark.sampled(2)
@pytest.mark.parametrize("number", range(9))
def test_many(number): pass

@pytest.mark.parametrize("number", range(3))
def test_few(number): pass
"""

pytest_plugins = ["pytester"]


def test_the_same_cases_are_chosen_in_any_order_and_others_by_another_seed():
    chosen = choose(CASES, 3, seed=1)
    assert len(chosen) == 3 and chosen < set(CASES)
    assert choose(reversed(CASES), 3, seed=1) == chosen
    assert any(choose(CASES, 3, seed) != chosen for seed in range(2, 5))
    assert set().union(*(choose(CASES, 3, seed) for seed in range(60))) == set(CASES)


def test_all_are_chosen_when_there_are_no_more_than_are_asked_for():
    assert choose(CASES[:2], 3, seed=1) == set(CASES[:2]) and choose([], 3, seed=1) == set()


@pytest.mark.parametrize(
    "asked, passed",
    [
        ((), 5),
        (("--whole",), 12),
        (("--whole", "-m", "sampled"), 9),
        (("-k", "few"), 3),
        (("test_it.py::test_many[7]",), 1),
    ],
)
def test_only_what_is_sampled_and_was_asked_for_is_left_out(
    pytester: pytest.Pytester, asked: tuple[str, ...], passed: int
):
    pytester.makepyfile(test_it=FILE)
    done = pytester.inline_run("-q", "-p", "sampling", "-p", "no:cacheprovider", *asked)
    done.assertoutcome(passed=passed)
