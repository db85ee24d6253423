"""Results that are made once of an account's measures."""

from __future__ import annotations

import gc

from graph.analysis.measures.measures import Measures
from tests.analysis.records import seen


def test_no_cycles_are_searched_for_while_a_result_is_made() -> None:
    """The results of thousands of people are so many objects that the search takes as long as the work."""

    def searches(measures: Measures) -> bool:
        return gc.isenabled()

    assert not seen(people="a b").once(searches)
    assert gc.isenabled()
