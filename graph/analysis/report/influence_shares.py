"""The parts of a person's decision influence, computed when read (measures, section 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

from graph.analysis.ground.arrays import Floats
from graph.analysis.ground.limits import DIRECT_SOLVE_PEOPLE
from graph.analysis.ground.rounding import DIGITS, RESIDUE, SLACK
from graph.analysis.measures.decision_influence import InfluenceSystem
from graph.analysis.report.results import InfluenceShare, PersonResult


class InfluenceShares(Sequence[InfluenceShare]):
    """The terms of `influence_j = Σ_i formal_power_i · V_ij`, largest first.

    They are computed when read, since a report of thousands of people has millions of them.
    """

    def __init__(self, system: InfluenceSystem, ids: Sequence[str], person: int) -> None:
        self._system = system
        self._ids = ids
        self.person = person

    @property
    def is_large(self) -> bool:
        """Whether the account is so large that each person's parts take a solve of their own."""
        return self._system.opinions.people > DIRECT_SOLVE_PEOPLE

    def largest_of_everybody(self, most: int) -> Sequence[Largest]:
        """`largest` of every person, by index, computed together."""
        from graph.analysis.report.shares_of_everybody import shares_of_everybody

        found = shares_of_everybody(self._system, self._ids, most)
        return [
            (own, tuple(InfluenceShare(self._ids[other], share) for other, share in largest), rest)
            for own, largest, rest in zip(found.own.tolist(), found.largest, found.rest.tolist(), strict=True)
        ]

    def largest(self, most: int) -> Largest:
        """The person's own part, the `most` largest of the others, and the sum of the rest."""
        shares = self._system.made_of(self.person)
        own = float(shares[self.person])
        shares[self.person] = 0.0
        least = float(np.partition(shares, -most)[-most]) if len(shares) > most else 0.0
        largest = self._ordered(shares, np.flatnonzero(shares >= max(round(least, DIGITS) - SLACK, RESIDUE)))[:most]
        return own, largest, max(0.0, float(shares.sum()) - sum(part.share for part in largest))

    @cached_property
    def _parts(self) -> tuple[InfluenceShare, ...]:
        shares = self._system.made_of(self.person)
        return self._ordered(shares, np.flatnonzero(shares > RESIDUE))

    def _ordered(self, shares: Floats, of: NDArray[np.int64]) -> tuple[InfluenceShare, ...]:
        order = sorted(of.tolist(), key=lambda i: (-round(float(shares[i]), DIGITS), self._ids[i]))
        return tuple(InfluenceShare(self._ids[i], float(shares[i])) for i in order)

    def __len__(self) -> int:
        return len(self._parts)

    @overload
    def __getitem__(self, at: int) -> InfluenceShare: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[InfluenceShare, ...]: ...
    def __getitem__(self, at: int | slice) -> InfluenceShare | tuple[InfluenceShare, ...]:
        return self._parts[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._parts == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._parts)


Largest = tuple[float, tuple[InfluenceShare, ...], float]
"""A person's own part of their influence, the largest of the others, and the sum of the rest."""


def largest_shares_of_all(people: Sequence[PersonResult], most: int) -> Mapping[str, Largest]:
    """`largest_shares` of all people of a report, by id; of a large account all are computed together.

    >>> own, largest, rest = largest_shares_of_all(report.people, 1)["cho"]
    >>> own, largest[0].person, round(rest, 3)
    (0.0, 'ann', 0.041)
    """
    large = {
        person.id: person.made_of
        for person in people
        if isinstance(person.made_of, InfluenceShares) and person.made_of.is_large
    }
    found = next(iter(large.values())).largest_of_everybody(most) if large else ()
    return {
        person.id: found[large[person.id].person] if person.id in large else largest_shares(person, most)
        for person in people
    }


def largest_shares(person: PersonResult, most: int) -> Largest:
    """The person's own part of their influence, the `most` largest of the others, and the sum of the rest.

    >>> own, largest, rest = largest_shares(report.person("cho"), 1)
    >>> own, largest[0].person, round(largest[0].share, 3), round(rest, 3)
    (0.0, 'ann', 0.098, 0.041)
    """
    if isinstance(person.made_of, InfluenceShares):
        return person.made_of.largest(most)
    others = tuple(part for part in person.made_of if part.person != person.id)
    own = sum(part.share for part in person.made_of if part.person == person.id)
    return own, others[:most], sum(part.share for part in others[most:])
