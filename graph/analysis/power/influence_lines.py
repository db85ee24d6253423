"""Who listens to whom: the recorded lines, and those assumed from reporting lines (measures, section 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from graph.analysis.account import AccountView, Flags, Floats, Ints
from graph.model import Influence, ReportsTo
from graph.model.dataset import Dataset

SLACK = 1e-9


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

    def matrix(self, people: int) -> Floats:
        """The weights, targets x sources: row i is whom person i listens to."""
        weights = np.zeros((people, people))
        weights[self.target, self.source] = self.weight
        return weights

    def turned_to_by(self, people: int) -> Ints:
        """How many people each of so many people sways."""
        return np.bincount(self.source, minlength=people)


def influence_lines(view: AccountView, dataset: Dataset) -> InfluenceLines:
    """Every line between people of the graph who are not vacant seats.

    What is assumed of a person shrinks by what is recorded of them: with nothing recorded it counts in full, with a
    recorded sum of 1 or more not at all.
    """
    people, vacant = len(view.people), view.vacant.tolist()
    heard = {name: i for name, i in view.index.items() if not vacant[i]}
    recorded = {
        heard[line.source] * people + heard[line.target]: line.weight
        for line in dataset.of(Influence)
        if line.source in heard and line.target in heard
    }
    pair, weight = _sorted(recorded)
    told = np.bincount(pair % people, weight, people).tolist() if people else []
    assumed = {
        pair: weight * left
        for pair, weight in _assumed(view, dataset, heard).items()
        if pair not in recorded and (left := max(0.0, 1.0 - told[pair % people])) > SLACK
    }
    if assumed:
        more = np.array(list(assumed), dtype=np.int64), np.array(list(assumed.values()), dtype=np.float64)
        order = np.argsort(joined := np.concatenate([pair, more[0]]))
        is_assumed = order >= len(pair)
        pair, weight = joined[order], np.concatenate([weight, more[1]])[order]
    else:
        is_assumed = np.zeros(len(pair), dtype=bool)
    return InfluenceLines(
        source=pair // people if people else pair,
        target=pair % people if people else pair,
        weight=weight,
        assumed=is_assumed,
    )


def _sorted(lines: dict[int, float]) -> tuple[Ints, Floats]:
    pair = np.array(list(lines), dtype=np.int64)
    order = np.argsort(pair)
    return pair[order], np.array(list(lines.values()), dtype=np.float64)[order]


def _assumed(view: AccountView, dataset: Dataset, heard: dict[str, int]) -> dict[int, float]:
    """What reporting lines say before anything recorded is taken off, by pair (source x people + target)."""
    people = len(view.people)
    found: dict[int, float] = {}
    for ear in reporting_ears(view, dataset, heard):
        pair = ear.source * people + ear.target
        if ear.weight > found.get(pair, 0.0):
            found[pair] = ear.weight
    return found


class ReportingEar(NamedTuple):
    """What one reporting line says of who sways whom; `team` is how many share a manager's ear, 0 on the way down."""

    source: int
    target: int
    weight: float
    team: int


def reporting_ears(view: AccountView, dataset: Dataset, heard: dict[str, int]) -> Iterator[ReportingEar]:
    """Down and up of every reporting line between those who are `heard`. All who report share their manager's ear."""
    numbers = view.calibration
    reports = [one for one in dataset.of(ReportsTo) if one.person in view.index and one.manager in view.index]
    team = Counter(one.manager for one in reports)
    for one in reports:
        if one.person in heard and one.manager in heard:
            person, manager = heard[one.person], heard[one.manager]
            share, together = (numbers.dotted_share if one.kind == "dotted" else 1.0), team[one.manager]
            yield ReportingEar(manager, person, share * numbers.assumed_down, 0)
            yield ReportingEar(person, manager, share * numbers.assumed_up / together, together)
