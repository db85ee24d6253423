"""Who listens to whom: the recorded lines, and those assumed from reporting lines (measures, section 4)."""

from __future__ import annotations

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


def _recorded(view: AccountView, dataset: Dataset) -> tuple[Ints, Floats]:
    """The recorded lines: each pair (source x people + target), in order, and its weight."""
    sources, targets, weights = dataset.columns(Influence, "source", "target", "weight")
    source, target = view.places(sources), view.places(targets)
    heard = _heard(view, source) & _heard(view, target)
    pair = (source * len(view.people) + target)[heard]
    order = np.argsort(pair)
    return pair[order], np.fromiter(weights, np.float64, len(weights))[heard][order]


def _assumed(view: AccountView, dataset: Dataset) -> tuple[Ints, Floats]:
    """What reporting lines say before anything recorded is taken off: each pair, in order, and the larger weight."""
    ears = reporting_ears(view, dataset)
    pair = ears.source * len(view.people) + ears.target
    order = np.lexsort((ears.weight, pair))
    pair, weight = pair[order], ears.weight[order]
    largest = np.append(pair[1:] != pair[:-1], True)[: len(pair)]
    return pair[largest], weight[largest]


class ReportingEars(NamedTuple):
    """What reporting lines say of who sways whom, an entry an ear; `team` is how many share a manager's ear, 0 on the
    way down.
    """

    source: Ints
    target: Ints
    weight: Floats
    team: Ints


def reporting_ears(view: AccountView, dataset: Dataset) -> ReportingEars:
    """Down and up of every reporting line between those who are heard. All who report share their manager's ear."""
    numbers = view.calibration
    persons, managers, kinds = dataset.columns(ReportsTo, "person", "manager", "kind")
    person, manager = view.places(persons), view.places(managers)
    team = np.bincount(manager[(person >= 0) & (manager >= 0)], minlength=len(view.people))
    heard = _heard(view, person) & _heard(view, manager)
    share = np.where([kind == "dotted" for kind in kinds], numbers.dotted_share, 1.0)[heard]
    person, manager = person[heard], manager[heard]
    together = team[manager]
    return ReportingEars(
        source=np.concatenate([manager, person]),
        target=np.concatenate([person, manager]),
        weight=np.concatenate([share * numbers.assumed_down, share * numbers.assumed_up / together]),
        team=np.concatenate([np.zeros_like(together), together]),
    )


def _heard(view: AccountView, place: Ints) -> Flags:
    """Who is in the graph and no vacant seat."""
    heard: Flags = place >= 0
    if view.vacant.any():
        heard &= ~view.vacant[place]
    return heard
