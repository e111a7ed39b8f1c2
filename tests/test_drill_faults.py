"""The database is hurt in the ways that are quick to try; make soak tries all, see faults."""

from collections.abc import Iterator

import pytest
from faults import FAULTS, Fault, Ground, endure, ground


@pytest.fixture(scope="module")
def hurt() -> Iterator[Ground]:
    with ground() as made:
        yield made


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.is_quick], ids=lambda fault: fault.name)
def test_the_last_figures_stay_a_sentence_is_said_and_all_goes_on(hurt: Ground, fault: Fault):
    found = endure(hurt, fault)
    assert found.told is None or found.told < 12
    assert found.answered < 7 and found.back < 15
