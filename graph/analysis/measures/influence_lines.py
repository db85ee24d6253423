"""Who listens to whom: the recorded lines, and those assumed from reporting lines (measures, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from graph.analysis.ground.account_view import AccountView, Flags, Floats, Ints
from graph.analysis.ground.coded import Coded, coded
from graph.analysis.ground.rounding import SLACK
from graph.model import Influence, ReportsTo
from graph.model.dataset import Dataset


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
    people = len(view.people)
    recorded, weight = _recorded(view, dataset)
    assumed, share = _assumed(view, dataset)
    left = np.maximum(0.0, 1.0 - np.bincount(recorded % max(1, people), weight, people))[assumed % max(1, people)]
    new = (left > SLACK) & (np.searchsorted(recorded, assumed, "right") == np.searchsorted(recorded, assumed))
    pair = np.concatenate([recorded, assumed[new]])
    order = np.argsort(pair)
    return InfluenceLines(
        source=pair[order] // max(1, people),
        target=pair[order] % max(1, people),
        weight=np.concatenate([weight, (share * left)[new]])[order],
        assumed=order >= len(recorded),
    )


@dataclass(frozen=True)
class _Pairs:
    """Lines between named people, an entry each, whoever is in the graph; `value` is the weight of a recorded line."""

    source: Coded[str]
    target: Coded[str]
    value: Floats


def _recorded_pairs(dataset: Dataset) -> _Pairs:
    sources, targets, weights = dataset.columns(Influence, "source", "target", "weight")
    return _Pairs(coded(sources), coded(targets), np.array(weights, dtype=np.float64))


def _recorded(view: AccountView, dataset: Dataset) -> tuple[Ints, Floats]:
    """The recorded lines: each pair (source x people + target), in order, and its weight."""
    lines = dataset.once(Influence, _recorded_pairs)
    source, target = (view.without_vacant(view.places(end.names))[end.code] for end in (lines.source, lines.target))
    heard = (source >= 0) & (target >= 0)
    pair = (source * len(view.people) + target)[heard]
    order = np.argsort(pair)
    return pair[order], lines.value[heard][order]


def _assumed(view: AccountView, dataset: Dataset) -> tuple[Ints, Floats]:
    """What reporting lines say before anything recorded is taken off: each pair, in order, and the larger weight."""
    ears = reporting_influence(view, dataset)
    pair = ears.source * len(view.people) + ears.target
    order = np.lexsort((ears.weight, pair))
    pair, weight = pair[order], ears.weight[order]
    largest = np.append(pair[1:] != pair[:-1], True)[: len(pair)]
    return pair[largest], weight[largest]


class ReportingInfluence(NamedTuple):
    """What reporting lines say of who sways whom, an entry an ear; `team` is how many share a manager's ear, 0 on the
    way down.
    """

    source: Ints
    target: Ints
    weight: Floats
    team: Ints


def reporting_influence(view: AccountView, dataset: Dataset) -> ReportingInfluence:
    """Down and up of every reporting line between those who are heard. All who report share their manager's ear."""
    numbers, lines = view.calibration, dataset.once(ReportsTo, _reporting_pairs)
    person, manager = (view.places(end.names)[end.code] for end in (lines.source, lines.target))
    team = np.bincount(manager[(person >= 0) & (manager >= 0)], minlength=len(view.people))
    heard = (view.without_vacant(person) >= 0) & (view.without_vacant(manager) >= 0)
    share = np.where(lines.value > 0, numbers.dotted_share, 1.0)[heard]
    person, manager = person[heard], manager[heard]
    together = team[manager]
    return ReportingInfluence(
        source=np.concatenate([manager, person]),
        target=np.concatenate([person, manager]),
        weight=np.concatenate([share * numbers.assumed_down, share * numbers.assumed_up / together]),
        team=np.concatenate([np.zeros_like(together), together]),
    )


def _reporting_pairs(dataset: Dataset) -> _Pairs:
    """Who reports to whom; the value is 1 for a dotted line."""
    persons, managers, kinds = dataset.columns(ReportsTo, "person", "manager", "kind")
    return _Pairs(coded(persons), coded(managers), np.array([kind == "dotted" for kind in kinds], dtype=np.float64))
