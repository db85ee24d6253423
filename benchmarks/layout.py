"""Layout time of 60, 500 and 5,000 random people against set limits, and the cost of each doubling."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from statistics import median

from benchmarks.measuring import Result, seconds, side_by_side
from graph.analysis.map import MapContent
from tests.browser.maps import crowd_content
from viz.scene.power import power_scene

DOUBLINGS = (500, 1000, 2000, 4000)
SEEDS = (1, 2, 3)
RUNS = 5


def layout_60() -> Result:
    """The power map of 60 people, 150 lines: seconds, against 30 milliseconds."""
    return _against(60, 0.03)


def layout_500() -> Result:
    """The power map of 500 people: seconds, against half a second."""
    return _against(500, 0.5)


def layout_5000() -> Result:
    """The power map of 5,000 people: seconds, against five."""
    return _against(5000, 5.0)


def layout_growth() -> Result:
    """The worst of the doublings from 500 to 4,000 people, three accounts of each size: times slower, against two."""
    contents = {people: [_crowd(people, seed) for seed in SEEDS] for people in DOUBLINGS}

    def worst() -> float:
        runs = [{people: _all(contents[people]) for people in DOUBLINGS} for _ in range(RUNS)]
        taken = [median(run[people] for run in runs) for people in DOUBLINGS]
        return max(after / before for before, after in pairwise(taken))

    return side_by_side(worst, lambda: 2.0, unit="times", runs=3)


def _against(people: int, limit: float) -> Result:
    contents = [_crowd(people, seed) for seed in SEEDS]
    return side_by_side(lambda: _all(contents) / len(SEEDS), lambda: limit, unit="s", runs=9)


def _all(contents: list[MapContent]) -> float:
    return sum(seconds(lambda content=content: power_scene(content, "en")) for content in contents)


@cache
def _crowd(people: int, seed: int) -> MapContent:
    return crowd_content(people, seed)
