"""Unknowns to find out next, by the width that each gives the support forecast (measures, section 15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph.analysis.ground.arrays import Flags, Floats
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.measures import Measures
from graph.analysis.network.reach import reach_matrix
from graph.analysis.qualification.claims import Position, claims_until, positions
from graph.model import Person, ReportsTo

Unknown = Literal["stance", "unidentified", "confidence", "listens_to"]
"""No stance; a seat without a name; a stance of low confidence; a voter without a recorded influence on them."""


@dataclass(frozen=True, slots=True)
class FindOut:
    """An unknown, the width of the support forecast over its range, and how to find it out.

    `member` is the team member best placed to ask; `ask` is a stakeholder in another position than the source of the
    last claim about the person (`last_position`: a unit or manager), None if no member has a tie to one.
    """

    person: str
    unknown: Unknown
    width: float
    member: str | None
    ask: str | None
    last_position: str | None


def to_find_out(measures: Measures) -> tuple[FindOut, ...]:
    """All unknowns, the widest first (9 decimals), then by person and kind; none without an opportunity.

    The width is how far the support forecast runs while one unknown alone runs over ±.35 around its stance (for a
    missing line: while what fills the person's row runs from -.35 to +.35).

    >>> [(unknown.person, unknown.unknown, round(unknown.width, 3)) for unknown in to_find_out(measures)][:2]
    [('ann', 'stance', 0.229), ('cho', 'stance', 0.08)]
    """
    if measures.view.opportunity is None:
        return ()
    askers = _Askers(measures)
    ids = [person.id for person in measures.view.people]
    unknowns = [
        FindOut(ids[i], kind, float(width[i]), *askers.about(i))
        for kind, which, width in _unknowns(measures)
        for i in np.flatnonzero(which).tolist()
    ]
    return tuple(sorted(unknowns, key=lambda unknown: (-round(unknown.width, DIGITS), unknown.person, unknown.unknown)))


def _unknowns(measures: Measures) -> Iterator[tuple[Unknown, Flags, Floats]]:
    view = measures.view
    of_stance, of_line = _widths(measures)
    confidence = np.array(
        [np.nan if part is None or part.confidence is None else part.confidence for part in view.participation]
    )
    voters = view.flags(view.index[vote.person] for step in view.steps for vote in step.votes)
    influenced = np.bincount(measures.lines.target[~measures.lines.assumed], minlength=len(view.people)) > 0
    yield "stance", view.known & ~view.stated, of_stance
    yield "unidentified", view.unidentified, of_stance
    yield "confidence", view.known & view.stated & (confidence < view.calibration.unsure_below - SLACK), of_stance
    yield "listens_to", ~view.vacant & voters & ~influenced, of_line


def _widths(measures: Measures) -> tuple[Floats, Floats]:
    """The forecast's width over each person's stance, and over what fills each person's row; closed forms."""
    system, swing = measures.support_system.opinions, measures.view.calibration.unknown_stance_swing
    theta, weight = system.susceptibility, system.solve_transposed(measures.power.formal_power)
    echo = system.spread @ system.solve(np.eye(system.people)) if system.people else np.zeros(0)
    at_large = theta * system.rest
    of_stance: Floats = 2.0 * swing * weight * (1.0 - theta)
    of_line: Floats = 2.0 * swing * weight * at_large / (1.0 + at_large * echo)
    return of_stance, of_line


class _Askers:
    """Finds the member who should ask about a person, and the stakeholder to ask."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        view = measures.view
        self._strength = measures.connected.strength
        self._reach = reach_matrix(measures)
        self._position = positions(measures.dataset.of(Person), measures.dataset.of(ReportsTo))
        self._last: dict[str, Position] = {}
        claims = claims_until(measures.dataset, view.as_of)
        for claim in sorted(claims, key=lambda claim: (claim.date is not None, claim.date or view.as_of, claim.id)):
            if claim.topic.startswith("stance:") and claim.source_person in self._position:
                self._last[claim.topic.removeprefix("stance:")] = self._position[claim.source_person]

    def about(self, person: int) -> tuple[str | None, str | None, str | None]:
        """The member, the stakeholder to ask, and the position that the last claim came from."""
        member = self._member(person)
        last = self._last.get(self._measures.view.people[person].id)
        return member, self._elsewhere(person, last), None if last is None else last[1]

    def _member(self, person: int) -> str | None:
        """The member with the strongest tie to the person, else with the strongest path; ties by id."""
        view = self._measures.view
        ties = [
            (-round(float(strength), DIGITS), member.id)
            for strength, member in zip(self._strength[:, person], view.members, strict=True)
        ]
        if ties and min(ties)[0] < 0:
            return min(ties)[1]
        paths = zip(self._reach[:, person].tolist(), view.members, strict=True)
        return min(((-strength, member.id) for strength, member in paths if strength > 0), default=(0.0, None))[1]

    def _elsewhere(self, person: int, last: Position | None) -> str | None:
        """The known person closest to us whose position differs from the person's and the last source's."""
        view, together = self._measures.view, self._measures.connected.together
        taken = {last, self._position[view.people[person].id]}
        others = [
            (-round(float(together[i]), DIGITS), view.people[i].id)
            for i in np.flatnonzero(view.known & (together >= view.calibration.tie - SLACK)).tolist()
            if i != person and self._position[view.people[i].id] not in taken
        ]
        return min(others)[1] if others else None
