"""What to find out next: which unknown the forecast hangs on most, and whom to send (measures, section 15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph.analysis.ground.account_view import Flags, Floats
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.measures import Measures
from graph.analysis.network.reach import reach_matrix
from graph.analysis.qualification.claims import Position, claims_until, positions
from graph.model import Person, ReportsTo

Unknown = Literal["stance", "unidentified", "confidence", "listens_to"]
"""No stance; a seat without a name; a stance without confidence; a voter of whom no line says whom they listen to."""


@dataclass(frozen=True, slots=True)
class FindOut:
    """An unknown, how far the support forecast runs over it, and how to find out.

    `member` is the one of ours best placed; `ask` somebody of theirs in another position than whom the last word about
    the person came from (`last_position`: unit or manager), None where nobody of ours reaches such a one.
    """

    person: str
    unknown: Unknown
    width: float
    member: str | None
    ask: str | None
    last_position: str | None


def to_find_out(measures: Measures) -> tuple[FindOut, ...]:
    """Every unknown, the widest first (9 decimals), then by person and kind; nothing without an opportunity."""
    if measures.view.opportunity is None:
        return ()
    asked = _Askers(measures)
    ids = [person.id for person in measures.view.people]
    unknowns = [
        FindOut(ids[i], kind, float(width[i]), *asked.about(i))
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
    told = np.bincount(measures.lines.target[~measures.lines.assumed], minlength=len(view.people)) > 0
    yield "stance", view.known & ~view.stated, of_stance
    yield "unidentified", view.unidentified, of_stance
    yield "confidence", view.known & view.stated & (confidence < view.calibration.unsure_below - SLACK), of_stance
    yield "listens_to", ~view.vacant & voters & ~told, of_line


def _widths(measures: Measures) -> tuple[Floats, Floats]:
    """How far the forecast runs while one stance, or what one voter hears at large, goes from one end to the other."""
    system, swing = measures.support_system.opinions, measures.view.calibration.unknown_stance_swing
    theta, weight = system.susceptibility, system.solve_transposed(measures.power.formal_power)
    echo = system.spread @ system.solve(np.eye(system.people)) if system.people else np.zeros(0)
    at_large = theta * system.rest
    of_stance: Floats = 2.0 * swing * weight * (1.0 - theta)
    of_line: Floats = 2.0 * swing * weight * at_large / (1.0 + at_large * echo)
    return of_stance, of_line


class _Askers:
    """Who of ours asks, and whom."""

    def __init__(self, measures: Measures) -> None:
        self._found = measures
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
        """The one of ours, the one of theirs, and the position that the last word came from."""
        member = self._member(person)
        last = self._last.get(self._found.view.people[person].id)
        return member, self._elsewhere(person, last), None if last is None else last[1]

    def _member(self, person: int) -> str | None:
        """The strongest connection, else the nearest way; ties by id."""
        view = self._found.view
        known = [
            (-round(float(c), DIGITS), one.id) for c, one in zip(self._strength[:, person], view.members, strict=True)
        ]
        if known and min(known)[0] < 0:
            return min(known)[1]
        ways = zip(self._reach[:, person].tolist(), view.members, strict=True)
        return min(((-strength, one.id) for strength, one in ways if strength > 0), default=(0.0, None))[1]

    def _elsewhere(self, person: int, last: Position | None) -> str | None:
        """The known person closest to us who stands elsewhere than the person and the last source."""
        view, together = self._found.view, self._found.connected.together
        taken = {last, self._position[view.people[person].id]}
        others = [
            (-round(float(together[i]), DIGITS), view.people[i].id)
            for i in np.flatnonzero(view.known & (together >= view.calibration.tie - SLACK)).tolist()
            if i != person and self._position[view.people[i].id] not in taken
        ]
        return min(others)[1] if others else None
