"""Two editors do the same thing at the same moment; make soak does it a hundred times."""

import pytest
from editors import CLASHES, Clash, clash


@pytest.mark.parametrize("what", [c for c in CLASHES if c.is_quick], ids=lambda what: what.name)
def test_one_is_first_and_the_other_is_told_who_and_nothing_is_half(loaded_engine, what: Clash):
    assert sum(clash(loaded_engine, what, turns=2)) == 2
