"""Order by digits: the same as numpy's own, only sooner."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twinlens.matching.ordering import order_of, surest_first

HIGHEST = st.sampled_from([3, 2**16 - 1, 2**16, 2**32, 2**62])


@given(HIGHEST.flatmap(lambda highest: st.lists(st.integers(0, highest), max_size=60)))
def test_whole_numbers_are_put_in_order_and_equals_stay_as_they_were(keys):
    array = np.array(keys, np.int64)
    wanted = np.argsort(array, kind="stable").tolist()
    assert order_of(array).tolist() == wanted
    assert order_of(array, max(keys, default=0) + 70_000).tolist() == wanted


@given(st.lists(st.floats(0, 1, width=32) | st.sampled_from([0.0, -0.0, 0.75, 1.0]), max_size=60))
def test_the_surest_comes_first_and_equals_stay_as_they_were(scores):
    array = np.array(scores, np.float32)
    assert surest_first(array).tolist() == np.argsort(-array, kind="stable").tolist()
