"""Who listens to whom: the recorded lines, and those assumed from reporting lines (measures, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.account import AccountView, Floats
from graph.model import Influence, ReportsTo
from graph.model.dataset import Dataset

SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class InfluenceLine:
    """`source` sways `target` (indices of people) with this weight in (0, 1]."""

    source: int
    target: int
    weight: float
    assumed: bool


def influence_lines(view: AccountView, dataset: Dataset) -> tuple[InfluenceLine, ...]:
    """Every line between people of the graph who are not vacant seats, by source and target.

    What is assumed of a person shrinks by what is recorded of them: with nothing recorded it counts in full, with a
    recorded sum of 1 or more not at all.
    """
    recorded = _recorded(view, dataset)
    told = np.zeros(len(view.people))
    for (_, target), weight in sorted(recorded.items()):
        told[target] += weight
    lines = [InfluenceLine(source, target, weight, False) for (source, target), weight in recorded.items()]
    for (source, target), weight in _assumed(view, dataset).items():
        left = weight * max(0.0, 1.0 - float(told[target]))
        if (source, target) not in recorded and left > SLACK:
            lines.append(InfluenceLine(source, target, left, True))
    return tuple(sorted(lines, key=lambda line: (line.source, line.target)))


def weights(view: AccountView, lines: tuple[InfluenceLine, ...]) -> Floats:
    """The lines as a matrix: row i holds the weights of those that person i listens to."""
    matrix = np.zeros((len(view.people), len(view.people)))
    for line in lines:
        matrix[line.target, line.source] = line.weight
    return matrix


def _recorded(view: AccountView, dataset: Dataset) -> dict[tuple[int, int], float]:
    found = {}
    for line in dataset.of(Influence):
        source, target = view.index.get(line.source), view.index.get(line.target)
        if source is not None and target is not None and not (view.vacant[source] or view.vacant[target]):
            found[source, target] = line.weight
    return found


def _assumed(view: AccountView, dataset: Dataset) -> dict[tuple[int, int], float]:
    numbers = view.calibration
    reports = [
        (view.index[one.person], view.index[one.manager], one.kind == "dotted")
        for one in dataset.of(ReportsTo)
        if one.person in view.index and one.manager in view.index
    ]
    team_size = np.zeros(len(view.people))
    for _, manager, _ in reports:
        team_size[manager] += 1
    found: dict[tuple[int, int], float] = {}
    for person, manager, dotted in reports:
        if view.vacant[person] or view.vacant[manager]:
            continue
        share = numbers.dotted_share if dotted else 1.0
        down, up = share * numbers.assumed_down, share * numbers.assumed_up / float(team_size[manager])
        found[manager, person] = max(found.get((manager, person), 0.0), down)
        found[person, manager] = max(found.get((person, manager), 0.0), up)
    return found
