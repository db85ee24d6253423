"""Brokers: people who stand between others, and structural holes (measures, section 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.arrays import Floats, Ints
from graph.analysis.measures.influence_lines import InfluenceLines

KINDS = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")


@dataclass(frozen=True, slots=True)
class Brokerage:
    """How often a person b stands between two others, a→b→c without a→c, by the groups of a, b and c.

    coordinator: all one group. itinerant: a and c one group, b another. representative: a and b one group, c another.
    gatekeeper: b and c one group, a another. liaison: three groups.
    """

    coordinator: int
    itinerant: int
    representative: int
    gatekeeper: int
    liaison: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.coordinator + self.itinerant + self.representative + self.gatekeeper + self.liaison


def groups(view: AccountView) -> Ints:
    """The group of each person: the unit; without one, a group alone."""
    numbers: dict[str, int] = {}
    return np.array(
        [
            numbers.setdefault(person.id if person.unit is None else f"\0{person.unit}", len(numbers))
            for person in view.people
        ],
        dtype=np.int64,
    )


def brokerage(lines: InfluenceLines, group: Ints) -> tuple[Brokerage, ...]:
    """The brokerage of each person, in the order of `group`.

    Counts the open triads a→b→c (a influences b, b influences c, a does not influence c) by the groups of the three.

    Parameters: `group`, one number a person, as from `groups`.

    >>> from graph.analysis.measures.influence_lines import InfluenceLines
    >>> chain = InfluenceLines(np.array([0, 1]), np.array([1, 2]), np.array([0.5, 0.5]), np.array([False, False]))
    >>> brokerage(chain, np.array([7, 7, 8]))[1]
    Brokerage(coordinator=0, itinerant=0, representative=1, gatekeeper=0, liaison=0)

    Reference: Gould & Fernandez 1989, "Structures of mediation: a formal approach to brokerage in transaction
    networks", Sociological Methodology 19, 89.
    """
    people = len(group)
    tied = lines.matrix(people).T > 0
    np.fill_diagonal(tied, val=False)
    apart = ~tied
    np.fill_diagonal(apart, val=False)
    same = group[:, None] == group[None, :]
    counts = []
    for b in range(people):
        into, out = np.flatnonzero(tied[:, b]), np.flatnonzero(tied[b])
        open_ = apart[np.ix_(into, out)]
        ends, first, last = same[np.ix_(into, out)], same[into, b][:, None], same[b, out][None, :]
        counts.append(
            Brokerage(
                coordinator=int((open_ & first & last).sum()),
                itinerant=int((open_ & ends & ~first).sum()),
                representative=int((open_ & first & ~last).sum()),
                gatekeeper=int((open_ & ~first & last).sum()),
                liaison=int((open_ & ~first & ~last & ~ends).sum()),
            )
        )
    return tuple(counts)


def bridged_units(view: AccountView, lines: InfluenceLines, person: int) -> tuple[tuple[str, str, int], ...]:
    """The pairs of units between which a person (an index) stands: from, to, how often; most often first.

    Pairs of one unit, and people without a unit, do not count.
    """
    into, out = lines.source[lines.target == person].tolist(), lines.target[lines.source == person].tolist()
    tied = set(zip(lines.source.tolist(), lines.target.tolist(), strict=True))
    counted: dict[tuple[str, str], int] = {}
    for a in into:
        for c in out:
            ends = view.people[a].unit, view.people[c].unit
            if a != c and (a, c) not in tied and ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
                counted[ends[0], ends[1]] = counted.get((ends[0], ends[1]), 0) + 1
    return tuple((*units, times) for units, times in sorted(counted.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class StructuralHoles:
    """Burt's constraint (high: all contacts know each other) and effective size of each person; NaN without lines."""

    constraint: Floats
    effective_size: Floats


def structural_holes(lines: InfluenceLines, people: int) -> StructuralHoles:
    """Constraint and effective size of each person, on the lines without direction, the weight the larger of the two.

    With `p_ij` = w_ij / Σ_k w_ik and `m_ij` = w_ij / max_k w_ik:
    constraint `Σ_j (p_ij + Σ_q p_iq·p_qj)²` over the contacts j of i; effective size
    `Σ_j (1 - Σ_q p_iq·m_jq)`.

    Parameters: `people`, how many there are. Returns: one value a person, NaN for a person without lines.

    Reference: Burt 1992, "Structural Holes: The Social Structure of Competition", Harvard University Press, chapter 2.
    """
    weight = lines.matrix(people)
    weight = np.maximum(weight, weight.T)
    np.fill_diagonal(weight, 0.0)
    alone = ~weight.any(axis=1)
    share = weight / np.where(alone, 1.0, weight.sum(axis=1))[:, None]
    against = weight / np.where(alone, 1.0, weight.max(axis=1, initial=0.0))[:, None]
    tied = weight > 0
    constraint = (np.where(tied, share + share @ share, 0.0) ** 2).sum(axis=1)
    # Of each contact j, what i could have through others whom j is close to.
    redundant = np.where(tied, share @ against.T, 0.0).sum(axis=1)
    effective = tied.sum(axis=1) - redundant
    constraint[alone], effective[alone] = np.nan, np.nan
    return StructuralHoles(constraint, effective)


def ranked_brokers(counts: Sequence[Brokerage], ids: Sequence[str]) -> list[int]:
    """The indices of the people who stand between others, most often first, then by id."""
    between = [i for i, count in enumerate(counts) if count.total]
    return sorted(between, key=lambda i: (-counts[i].total, ids[i]))
