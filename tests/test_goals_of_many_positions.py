"""A lever of millions of positions is answered for as one of few, and as soon."""

from bisect import bisect_left
from fractions import Fraction
from time import thread_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from papers import kr, mkr, read_papers

from gsn_dash.domain.scenario.goals import BillAtMost, NetAtLeast, answer
from gsn_dash.domain.scenario.levers import Lever
from gsn_dash.domain.scenario.overlays import Action, AssumedAmount, Scenario
from gsn_dash.domain.scenario.reaching import (
    BEYOND,
    FREE,
    MOST,
    NEEDED,
    ROOM,
    WORSE,
    Aim,
    answer_of,
    in_kronor,
)

HUGE = 10**12
SECONDS = 0.5
places = st.integers(-HUGE, HUGE)


@pytest.fixture(scope="module")
def papers(server_url, loaded_template):
    return read_papers(server_url, loaded_template)


class Line:
    """A quantity that follows a lever, held between two bounds; counts how often it is asked."""

    def __init__(self, slope: int, start: int, low: int = -(10**30), high: int = 10**30) -> None:
        self._of = lambda position: min(max(slope * position + start, low), high)
        self.asked = 0

    def __call__(self, position: int) -> int:
        self.asked += 1
        return self._of(position)


@given(
    slope=st.integers(-5, 5).filter(bool),
    start=st.integers(-HUGE, HUGE),
    target=st.integers(-6 * HUGE, 6 * HUGE),
    at=places,
    step=st.integers(1, 1000),
    is_floor=st.booleans(),
)
def test_the_border_is_found_whatever_the_range(slope, start, target, at, step, is_floor):
    at -= at % step
    positions = range(-HUGE + HUGE % step, HUGE + 1, step)
    assume(at in positions)
    aim, line = Aim(in_kronor(target), is_floor), Line(slope, start)
    before = thread_time()
    found = answer_of(aim, Lever("lump", "x", positions, None), at, line)
    assert thread_time() - before < SECONDS
    assert line.asked < MOST

    rises = (slope > 0) == is_floor
    order = positions if rises else positions[::-1]
    # Along the order the quantity comes ever nearer to the goal, so the border is one place.
    border = bisect_left(order, True, key=lambda p: aim.gain(line(p)) >= 0)
    here = order.index(at)
    if here < border:
        if border == len(order):
            assert (found.verdict, found.step) == (BEYOND if here < border - 1 else WORSE, None)
        else:
            assert (found.verdict, found.step) == (NEEDED, order[border])
            assert min(order[border - 1 : border + 1]) <= found.limit
            assert found.limit <= max(order[border - 1 : border + 1])
            assert found.limit == Fraction(target - start, slope)
    elif border == 0:
        assert (found.verdict, found.step, found.breaks) == (FREE, None, None)
    else:
        said = (found.verdict, found.step, found.breaks)
        assert said == (ROOM, order[border], order[border - 1])
    assert found.value_at(at) == in_kronor(line(at))


@given(low=places, high=places, target=places, at=places)
def test_a_line_that_is_held_up_has_its_border_and_no_limit(low, high, target, at):
    low, high = sorted((low, high))
    assume(low < target <= high and low > -HUGE and high < HUGE)
    line = Line(1, 0, low, high)
    lever = Lever("lump", "x", range(-HUGE, HUGE + 1), None)
    found = answer_of(Aim(in_kronor(target), is_floor=True), lever, at, line)
    assert found.step == target
    assert found.verdict == (NEEDED if at < target else ROOM)
    assert line.asked < MOST


def test_a_rest_that_is_off_the_line_is_not_passed_over():
    def value_at(position: int) -> int:
        return 10**9 if position == 12_345 else position

    lever = Lever("rest", "x", range(0, 1_000_000), 12_345)
    found = answer_of(Aim(in_kronor(999_000), is_floor=True), lever, 20_000, value_at)
    assert (found.verdict, found.step) == (NEEDED, 12_345)


@pytest.mark.parametrize("goal", [NetAtLeast(), BillAtMost("2061", kr("200000"))])
def test_crooked_amounts_are_answered_for_at_once(papers, goal):
    scenario = Scenario(
        (
            Action("Stor", "cost", mkr("98.765"), 9),
            AssumedAmount("e-arkiv", "2061", kr("123456")),
        )
    )
    before = thread_time()
    found = answer(papers, scenario, goal)
    assert thread_time() - before < SECONDS
    told = {told.lever.key: told for told in found.answers}
    assert (("action", "Stor") in told) == isinstance(goal, NetAtLeast)
    if isinstance(goal, BillAtMost):
        assert told["assumed", "e-arkiv:2061"].limit == 80_000
