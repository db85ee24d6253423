"""The largest parts of everybody's decision influence, computed together (measures, section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from graph.analysis.ground.arrays import Floats, Ints
from graph.analysis.ground.limits import SHARE_BATCH
from graph.analysis.ground.rounding import DIGITS, PART_CONVERGED, RESIDUE, SLACK
from graph.analysis.measures.decision_influence import InfluenceSystem
from graph.analysis.measures.influence_system import neumann_series


@dataclass(frozen=True, slots=True)
class LargestShares:
    """Of each person j: the own part, the largest others as (person i, part), and the sum of the rest."""

    own: Floats
    largest: Sequence[Sequence[tuple[int, float]]]
    rest: Floats


def shares_of_everybody(system: InfluenceSystem, ids: Sequence[str], most: int) -> LargestShares:
    """The `most` largest parts of `influence_j = Σ_i formal_power_i · V_ij` for every person j, ties in order of ids.

    The power of all i of a batch is passed on together along the sparse lines, instead of one solve for every j. What
    W spreads where influences are not recorded has rank one and is added at the end (Sherman & Morrison 1950). No part
    that is below the largest ones of those before it is kept, so memory does not grow with the pairs of people.

    >>> people = [person.id for person in measures.view.people]
    >>> found = shares_of_everybody(measures.system, people, 1)
    >>> [(people[other], round(part, 3)) for other, part in found.largest[people.index("cho")]]
    [('ann', 0.098)]
    """
    people = len(ids)
    own, least = np.zeros(people), np.zeros((people, most))
    found: list[tuple[Ints, Ints, Floats]] = []
    for holders, parts in _parts(system):
        place = np.arange(len(holders))
        own[holders] = parts[holders, place]
        parts[holders, place] = 0.0
        least = np.partition(np.concatenate([least, parts], axis=1), -most, axis=1)[:, -most:]
        of, holder = np.nonzero(parts >= _floor(least)[:, None])
        found.append((of, holders[holder], parts[of, holder]))
    largest = _ordered(found, _floor(least), ids, most)
    listed = np.array([sum(part for _, part in parts) for parts in largest])
    return LargestShares(own, largest, np.maximum(0.0, system.influence - own - listed))


def _floor(least: Floats) -> Floats:
    """The least that a part must have to be, to the digits compared, among the largest of each person."""
    floor: Floats = np.maximum(least.min(axis=1).round(DIGITS) - SLACK, RESIDUE)
    return floor


def _parts(system: InfluenceSystem) -> Iterator[tuple[Ints, Floats]]:
    """Batches of people i who hold formal power, and their parts of everybody's influence, people j x batch."""
    opinions, power = system.opinions, system.formal_power
    lines, theta = opinions.lines, opinions.susceptibility
    shape = (opinions.people, opinions.people)
    weights = opinions.weight * theta[lines.target]
    backward = csr_array((weights, (lines.source, lines.target)), shape)
    gathered = neumann_series(backward.T.tocsr(), theta * opinions.rest, PART_CONVERGED)
    scattered = neumann_series(backward, opinions.spread, PART_CONVERGED) / (1.0 - float(opinions.spread @ gathered))
    holders = np.flatnonzero(power > 0)
    for at in range(0, len(holders), SHARE_BATCH):
        batch = holders[at : at + SHARE_BATCH]
        start = np.zeros((opinions.people, len(batch)))
        start[batch, np.arange(len(batch))] = power[batch]
        parts = neumann_series(backward, start, PART_CONVERGED) + np.outer(scattered, power[batch] * gathered[batch])
        yield batch, parts * (1.0 - theta)[:, None]


def _ordered(
    found: Sequence[tuple[Ints, Ints, Floats]], floor: Floats, ids: Sequence[str], most: int
) -> Sequence[Sequence[tuple[int, float]]]:
    """The largest parts of each person, in the order of share (9 decimals) and id."""
    largest: list[list[tuple[int, float]]] = [[] for _ in floor]
    if not found:
        return largest
    of, holder, part = (np.concatenate(columns) for columns in zip(*found, strict=True))
    kept = part >= floor[of]
    of, holder, part = of[kept], holder[kept], part[kept]
    by_id = np.argsort(np.argsort(np.array(ids, dtype=object)))
    order = np.lexsort((by_id[holder], -part.round(DIGITS), of))
    for person, other, share in zip(of[order].tolist(), holder[order].tolist(), part[order].tolist(), strict=True):
        if len(largest[person]) < most:
            largest[person].append((other, share))
    return largest
