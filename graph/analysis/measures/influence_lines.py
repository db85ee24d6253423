"""Influence lines between people: recorded ones, and those assumed from reporting lines (measures, section 4)."""

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
    """All lines, in the order of source and target (indices of people): `source` influences `target` by `weight`."""

    source: Ints
    target: Ints
    weight: Floats
    assumed: Flags

    @property
    def any_assumed(self) -> bool:
        """Whether any line is assumed."""
        return bool(self.assumed.any())

    def matrix(self, people: int) -> Floats:
        """The weights as a matrix, targets x sources: row i holds the influences on person i."""
        weights = np.zeros((people, people))
        weights[self.target, self.source] = self.weight
        return weights

    def turned_to_by(self, people: int) -> Ints:
        """The number of people whom each of `people` persons influences."""
        return np.bincount(self.source, minlength=people)


def influence_lines(view: AccountView, dataset: Dataset) -> InfluenceLines:
    """The lines between people of the graph who are not vacant seats.

    Lines are assumed from reporting lines (manager to person .6; person to manager .25, shared among the manager's
    reports; half of each for dotted lines). The assumed lines to a person are multiplied by what the recorded ones
    leave to 1: in full with nothing recorded, none with a recorded sum of 1 or more. A recorded pair is not assumed.

    >>> lines = influence_lines(measures.view, data)
    >>> lines.matrix(4).tolist()  # rows and columns: Ann, Ben, Cho, Dev
    [[0.0, 0.4, 0.3, 0.0], [0.0, 0.0, 0.6, 0.0], [0.0, 0.2, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]
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
    """Lines between people by id, whether they are in the graph or not; `value` is a number of each line."""

    source: Coded[str]
    target: Coded[str]
    value: Floats


def _recorded_pairs(dataset: Dataset) -> _Pairs:
    sources, targets, weights = dataset.columns(Influence, "source", "target", "weight")
    return _Pairs(coded(sources), coded(targets), np.array(weights, dtype=np.float64))


def _recorded(view: AccountView, dataset: Dataset) -> tuple[Ints, Floats]:
    """The recorded lines: each pair as `source * people + target`, sorted, and its weight."""
    lines = dataset.once(Influence, _recorded_pairs)
    source, target = (view.without_vacant(view.places(end.names))[end.code] for end in (lines.source, lines.target))
    counted = (source >= 0) & (target >= 0)
    pair = (source * len(view.people) + target)[counted]
    order = np.argsort(pair)
    return pair[order], lines.value[counted][order]


def _assumed(view: AccountView, dataset: Dataset) -> tuple[Ints, Floats]:
    """The lines from reporting lines before recorded ones reduce them: each pair, sorted, and its larger weight."""
    reporting = reporting_influence(view, dataset)
    pair = reporting.source * len(view.people) + reporting.target
    order = np.lexsort((reporting.weight, pair))
    pair, weight = pair[order], reporting.weight[order]
    largest = np.append(pair[1:] != pair[:-1], True)[: len(pair)]
    return pair[largest], weight[largest]


class ReportingInfluence(NamedTuple):
    """The influence that reporting lines imply, one entry per direction of each line.

    `team` is the number of reports who share the influence on the manager, 0 for the direction from the manager.
    """

    source: Ints
    target: Ints
    weight: Floats
    team: Ints


def reporting_influence(view: AccountView, dataset: Dataset) -> ReportingInfluence:
    """Both directions of every reporting line between people who are not vacant; reports share the upward influence."""
    numbers, lines = view.calibration, dataset.once(ReportsTo, _reporting_pairs)
    person, manager = (view.places(end.names)[end.code] for end in (lines.source, lines.target))
    team = np.bincount(manager[(person >= 0) & (manager >= 0)], minlength=len(view.people))
    counted = (view.without_vacant(person) >= 0) & (view.without_vacant(manager) >= 0)
    share = np.where(lines.value > 0, numbers.dotted_share, 1.0)[counted]
    person, manager = person[counted], manager[counted]
    together = team[manager]
    return ReportingInfluence(
        source=np.concatenate([manager, person]),
        target=np.concatenate([person, manager]),
        weight=np.concatenate([share * numbers.assumed_down, share * numbers.assumed_up / together]),
        team=np.concatenate([np.zeros_like(together), together]),
    )


def _reporting_pairs(dataset: Dataset) -> _Pairs:
    """The reporting lines, from person to manager; the value is 1 for a dotted line, else 0."""
    persons, managers, kinds = dataset.columns(ReportsTo, "person", "manager", "kind")
    return _Pairs(coded(persons), coded(managers), np.array([kind == "dotted" for kind in kinds], dtype=np.float64))
