"""Who listens to whom: the recorded lines, and those assumed from reporting lines (measures, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.account import AccountView, Flags, Floats, Ints
from graph.model import Influence, ReportsTo
from graph.model.dataset import Dataset

SLACK = 1e-9

Pair = tuple[int, int]


@dataclass(frozen=True)
class InfluenceLines:
    """Every line, an entry each, by source and target (indices of people): `source` sways `target` with this weight."""

    source: Ints
    target: Ints
    weight: Floats
    assumed: Flags

    @property
    def any_assumed(self) -> bool:
        """Whether a line is assumed."""
        return bool(self.assumed.any())

    def turned_to_by(self, people: int) -> Ints:
        """How many people each of so many people sways."""
        return np.bincount(self.source, minlength=people)


def influence_lines(view: AccountView, dataset: Dataset) -> InfluenceLines:
    """Every line between people of the graph who are not vacant seats.

    What is assumed of a person shrinks by what is recorded of them: with nothing recorded it counts in full, with a
    recorded sum of 1 or more not at all.
    """
    vacant = view.vacant.tolist()
    heard = {name: i for name, i in view.index.items() if not vacant[i]}
    recorded = {
        (heard[line.source], heard[line.target]): line.weight
        for line in dataset.of(Influence)
        if line.source in heard and line.target in heard
    }
    told = [0.0] * len(view.people)
    for (_, target), weight in sorted(recorded.items()):
        told[target] += weight
    assumed = {
        pair: weight * left
        for pair, weight in _assumed(view, dataset, heard).items()
        if pair not in recorded and (left := max(0.0, 1.0 - told[pair[1]])) > SLACK
    }
    return _as_arrays(recorded, assumed)


def _as_arrays(recorded: dict[Pair, float], assumed: dict[Pair, float]) -> InfluenceLines:
    lines = sorted([*recorded.items(), *assumed.items()])
    pairs = np.array([pair for pair, _ in lines], dtype=np.int64).reshape(-1, 2)
    return InfluenceLines(
        source=pairs[:, 0],
        target=pairs[:, 1],
        weight=np.array([weight for _, weight in lines], dtype=np.float64),
        assumed=np.array([pair in assumed for pair, _ in lines], dtype=bool),
    )


def _assumed(view: AccountView, dataset: Dataset, heard: dict[str, int]) -> dict[Pair, float]:
    """What reporting lines say before anything recorded is taken off; a manager's ear is shared by all who report."""
    numbers = view.calibration
    reports = [one for one in dataset.of(ReportsTo) if one.person in view.index and one.manager in view.index]
    team: dict[str, int] = {}
    for one in reports:
        team[one.manager] = team.get(one.manager, 0) + 1
    found: dict[Pair, float] = {}
    for one in reports:
        if one.person not in heard or one.manager not in heard:
            continue
        person, manager = heard[one.person], heard[one.manager]
        share = numbers.dotted_share if one.kind == "dotted" else 1.0
        down, up = share * numbers.assumed_down, share * numbers.assumed_up / team[one.manager]
        found[manager, person] = max(found.get((manager, person), 0.0), down)
        found[person, manager] = max(found.get((person, manager), 0.0), up)
    return found
