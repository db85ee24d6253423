"""What a brief is made from: one of theirs, one of ours, and what is between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.analysis.briefing.account_facts import AccountFacts
from graph.analysis.contact.connection import NEVER, day_of
from graph.analysis.measured import Measured
from graph.analysis.reach.network import network_of
from graph.analysis.reach.ways import swayed_by
from graph.analysis.results import CoverageReport, PersonResult
from graph.analysis.rounding import DIGITS, SLACK
from graph.analysis.unknown import called
from graph.model import Commitment, Covers, Pain, Participation, Person, TeamMember
from graph.model.problem import Conflict
from graph.model.scales import PAIN_STATE
from graph.model.words import Message, Name, message

PAIN_STATES = tuple(PAIN_STATE.by_code)


@dataclass(frozen=True)
class Facts:
    """What is known of the account, and the places of the two in it."""

    account: AccountFacts
    at: int
    by: int

    @property
    def found(self) -> Measured:
        """The measures of the account."""
        return self.account.found

    @property
    def person(self) -> Person:
        """Whom the visit is to."""
        return self.found.view.people[self.at]

    @property
    def member(self) -> TeamMember:
        """Who of ours goes."""
        return self.found.view.members[self.by]

    @property
    def part(self) -> Participation | None:
        """The person's part in the opportunity."""
        return self.found.view.participation[self.at]

    @property
    def stance(self) -> int | None:
        """The person's stance; None is unknown."""
        return self.found.view.stances[self.at]

    @property
    def roles(self) -> tuple[str, ...]:
        """The person's roles."""
        return self.found.view.roles[self.at]

    @property
    def strength(self) -> float:
        """C between the two."""
        return float(self.found.connected.strength[self.by, self.at])

    @property
    def trust(self) -> float:
        """T between the two."""
        return float(self.found.trust[self.by, self.at])

    @property
    def report(self) -> CoverageReport:
        """The coverage report."""
        return self.account.report

    @cached_property
    def result(self) -> PersonResult:
        """The person in the report."""
        return next(one for one in self.report.people if one.id == self.person.id)

    @cached_property
    def pains(self) -> tuple[Pain, ...]:
        """The person's pains about this or no opportunity: the farthest on first, then the worst."""
        chosen = self.found.view.opportunity
        about = (None,) if chosen is None else (None, chosen.id)
        own = [one for one in self.found.dataset.of(Pain) if one.person == self.person.id and one.opportunity in about]
        return tuple(
            sorted(own, key=lambda one: (-PAIN_STATES.index(one.state or "seen"), -(one.severity or 0.0), one.id))
        )

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """What the person and any of ours promised one another, by the day due."""
        own = [one for one in self.found.dataset.of(Commitment) if one.person == self.person.id]
        return tuple(sorted(own, key=lambda one: (one.due is None, one.due or self.found.view.as_of, one.id)))

    @cached_property
    def covers(self) -> Covers | None:
        """How the member looks after the person."""
        pair = (self.member.id, self.person.id)
        return next((one for one in self.found.dataset.of(Covers) if (one.member, one.person) == pair), None)

    @cached_property
    def introduction_to(self) -> str | None:
        """Of those whom the person sways and none of ours is tied to, the one with most influence (ties by id)."""
        view, found = self.found.view, self.found
        swayed = {path.nodes[-1].id for path in swayed_by(network_of(found), self.person.id)}
        unreached = view.known & (found.connected.together < view.calibration.tie - SLACK)
        candidates = [
            (-round(float(found.influence[i]), DIGITS), view.people[i].id)
            for i in np.flatnonzero(unreached).tolist()
            if view.people[i].id in swayed
        ]
        return min(candidates)[1] if candidates else None

    def name_of(self, person: str) -> Name:
        """A stakeholder's name, or the id."""
        view = self.found.view
        place = view.index.get(person)
        return Name((None if place is None else view.people[place].name) or person)

    def rival_name(self, rival: str) -> Name:
        """A rival's name, or the id."""
        return Name(next((one.name for one in self.found.view.competitors if one.id == rival), None) or rival)

    def last_touch(self, by_anybody: bool = False) -> Message:
        """When the member, or anybody of ours, last met the person."""
        days = self.found.connected.last_touch[:, self.at]
        day = day_of(int(days.max(initial=NEVER) if by_anybody else days[self.by]))
        if day is None:
            return message("brief.never")
        return message("brief.on_day", date=day.isoformat(), days=(self.found.view.as_of - day).days)


def facts_of(account: AccountFacts, person: str, member: str | None) -> Facts:
    """The two by id or name; without a member the owner, else whoever is closest, ties by id.

    Raises UnknownRecord for people who are not there, AmbiguousName for a name of several, Conflict for a seat without
    a person and for a team of nobody.
    """
    view = account.found.view
    person = called("people", person, view.people)
    at = view.index[person]
    if not view.known[at]:
        raise Conflict("nobody_there", message("brief.nobody_there", id=person))
    if not view.members:
        raise Conflict("no_team", message("brief.no_team"))
    if member is None:
        return Facts(account, at, _closest(account.found, at))
    return Facts(account, at, view.member_index[called("team", member, view.members)])


def _closest(found: Measured, at: int) -> int:
    own = {(one.member, one.person) for one in found.dataset.of(Covers) if one.owner}
    person = found.view.people[at].id
    owns = np.array([(one.id, person) in own for one in found.view.members], dtype=np.float64)
    return int((owns * 2.0 + found.connected.strength[:, at].round(DIGITS)).argmax())
