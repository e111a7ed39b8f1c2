"""Tests of many cases that are alike: `make test` runs some of them, `make soak` all.

`@pytest.mark.sampled(3)` runs three of a test's cases, drawn by --sample-seed. A test that counts
by itself is marked `@pytest.mark.sampled` and asks `is_whole` how far to go. How many examples a
test of hypothesis has is conftest's. With --whole nothing is left out.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable

import pytest

MARK = "sampled(count): so many of the test's cases are run, drawn by --sample-seed"


def choose(names: Iterable[str], count: int, seed: int) -> set[str]:
    """`count` of the names, or all if they are fewer: the same in every process and any order."""
    ordered = sorted(set(names))
    return set(random.Random(f"{seed} {ordered}").sample(ordered, min(count, len(ordered))))


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("sampling")
    group.addoption("--whole", action="store_true", help="run every case of every test")
    group.addoption("--sample-seed", type=int, default=1, help="draws the cases of sampled tests")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARK)


def pytest_report_header(config: pytest.Config) -> str:
    if config.getoption("--whole"):
        return "whole: every case of every test"
    return f"sampled tests: --sample-seed={config.getoption('--sample-seed')}, all with --whole"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not drawn, of the cases that somebody has asked for."""
    if config.getoption("--whole"):
        return
    cases: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        mark = item.get_closest_marker("sampled")
        if mark and mark.args:
            cases[item.nodeid.partition("[")[0]].append(item)
    left_out = set()
    for alike in cases.values():
        [count] = alike[0].get_closest_marker("sampled").args
        names = [item.nodeid for item in alike]
        left_out |= set(names) - choose(names, count, config.getoption("--sample-seed"))
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
        items[:] = [item for item in items if item.nodeid not in left_out]


@pytest.fixture(scope="session")
def is_whole(pytestconfig: pytest.Config) -> bool:
    """Whether a test is to go through all that it can, rather than some of it."""
    return pytestconfig.getoption("--whole")
