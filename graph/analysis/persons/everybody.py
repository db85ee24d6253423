"""Everybody's place in the decision in one table: ranks, brokerage, structural holes, camp (measures, 5 and 12)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graph.analysis.ground.arrays import Floats
from graph.analysis.measures.measures import Measures
from graph.analysis.network.brokers import Brokerage, brokerage, groups, structural_holes
from graph.analysis.report.camps import Camp
from graph.analysis.report.ranks import RankContrast, ranks
from graph.analysis.report.results import CoverageReport


class Place(NamedTuple):
    """A person's place. Ranks are mid-ranks, 1 the highest; `brokerage` counts the person's roles between two others.

    `standing` marks hidden influencers and figureheads. Constraint and effective size (Burt) are None without lines;
    camp and cross-pressure are None without an opportunity.
    """

    formal_rank: float
    influence_rank: float
    standing: RankContrast | None
    brokerage: Brokerage
    constraint: float | None
    effective_size: float | None
    camp: Camp | None
    cross_pressure: float | None


def places(measures: Measures, report: CoverageReport) -> dict[str, Place]:
    """The place of everyone in the graph, by id.

    >>> cho = places(measures, report)["cho"]
    >>> cho.formal_rank, cho.influence_rank, cho.camp
    (4.0, 4.0, 'for')
    """
    view = measures.view
    placed = ranks(measures.power.formal_power, measures.influence, view.calibration.key_people)
    between = brokerage(measures.lines, groups(view))
    holes = structural_holes(measures.lines, len(view.people))
    people = [person.id for person in view.people]
    sides = {} if report.camps is None else {person.person: person for person in report.camps.people}
    columns = zip(
        placed.formal.tolist(),
        placed.influence.tolist(),
        placed.standing,
        between,
        _or_none(holes.constraint),
        _or_none(holes.effective_size),
        [sides[person].camp if person in sides else None for person in people],
        [sides[person].cross_pressure if person in sides else None for person in people],
        strict=True,
    )
    return dict(zip(people, map(Place._make, columns), strict=True))


def _or_none(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values.tolist()]
