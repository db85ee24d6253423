"""Influence lines between people: recorded ones, and those assumed from reporting lines (measures, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from graph.analysis.ground.arrays import Flags, Floats, Ints
from graph.analysis.ground.batch import DOTTED, Batch
from graph.analysis.ground.rounding import SLACK


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


def influence_lines(batch: Batch) -> InfluenceLines:
    """The lines between people of a graph who are not vacant seats.

    Lines are assumed from reporting lines (manager to person .6; person to manager .25, shared among the manager's
    reports; half of each for dotted lines). The assumed lines to a person are multiplied by what the recorded ones
    leave to 1: in full with nothing recorded, none with a recorded sum of 1 or more. A recorded pair is not assumed.

    >>> lines = influence_lines(measures.view.batch)
    >>> lines.matrix(4).tolist()  # rows and columns: Ann, Ben, Cho, Dev
    [[0.0, 0.4, 0.3, 0.0], [0.0, 0.0, 0.6, 0.0], [0.0, 0.2, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]
    """
    people = max(1, batch.people)
    recorded, weight = _recorded(batch)
    assumed, share = _assumed(batch)
    left = np.maximum(0.0, 1.0 - np.bincount(recorded % people, weight, people))[assumed % people]
    new = (left > SLACK) & (np.searchsorted(recorded, assumed, "right") == np.searchsorted(recorded, assumed))
    pair = np.concatenate([recorded, assumed[new]])
    order = np.argsort(pair, kind="stable")
    return InfluenceLines(
        source=pair[order] // people,
        target=pair[order] % people,
        weight=np.concatenate([weight, (share * left)[new]])[order],
        assumed=order >= len(recorded),
    )


def _recorded(batch: Batch) -> tuple[Ints, Floats]:
    """The recorded lines: each pair as `source * people + target`, sorted, and its weight."""
    source, target = (batch.people_at("influences", end, meeting=True) for end in ("source", "target"))
    counted = np.flatnonzero((source >= 0) & (target >= 0))
    return source[counted] * batch.people + target[counted], batch.columns.tables["influences"]["weight"][counted]


def _assumed(batch: Batch) -> tuple[Ints, Floats]:
    """The lines from reporting lines before recorded ones reduce them: each pair, sorted, and its larger weight."""
    reporting = reporting_influence(batch)
    pair = reporting.source * batch.people + reporting.target
    order = np.lexsort((reporting.weight, pair))
    pair, weight = pair[order], reporting.weight[order]
    last = np.append(pair[1:] != pair[:-1], True)[: len(pair)]
    return pair[last], weight[last]


class ReportingInfluence(NamedTuple):
    """The influence that reporting lines imply, one entry per direction of each line.

    `team` is the number of reports who share the influence on the manager, 0 for the direction from the manager.
    """

    source: Ints
    target: Ints
    weight: Floats
    team: Ints


def reporting_influence(batch: Batch) -> ReportingInfluence:
    """Both directions of every reporting line between people who are not vacant; reports share the upward influence."""
    numbers = batch.calibration
    person, manager = batch.people_at("reports_to", "person"), batch.people_at("reports_to", "manager")
    team = np.bincount(manager[(person >= 0) & (manager >= 0)], minlength=batch.people)
    there = [batch.people_at("reports_to", end, meeting=True) >= 0 for end in ("person", "manager")]
    counted = np.flatnonzero(there[0] & there[1])
    dotted = batch.columns.tables["reports_to"]["kind"][counted] == DOTTED
    share = np.where(dotted, numbers.dotted_share, 1.0)
    person, manager = person[counted], manager[counted]
    together = team[manager]
    return ReportingInfluence(
        source=np.concatenate([manager, person]),
        target=np.concatenate([person, manager]),
        weight=np.concatenate([share * numbers.assumed_down, share * numbers.assumed_up / together]),
        team=np.concatenate([np.zeros_like(together), together]),
    )
