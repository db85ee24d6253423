"""What a visit brief is made from: the stakeholder, the team member, the relation between them, the background 背景."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.analysis.ground.limits import BRIEF_NEIGHBOURS
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.ground.unknown import called
from graph.analysis.measures.connection import NEVER, day_of
from graph.analysis.measures.measures import Measures
from graph.analysis.network.influence_network import influence_network
from graph.analysis.network.paths import strongest_paths_from
from graph.analysis.planning.find_out import FindOut, to_find_out
from graph.analysis.planning.next_actions import NextAction, ranked_actions
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.results import CoverageReport, PersonResult
from graph.model import Commitment, CompetitorTie, Covers, OrgUnit, Pain, Participation, Person, TeamMember
from graph.model.problem import Refused
from graph.model.scales import (
    ADAPTABILITY,
    PAIN_STATE,
    POLITICAL_STATUS,
    PROFILE,
    RELATIONSHIP_LEVEL,
    RESPONSE_MODE,
    ROLE,
    STANCE,
)
from graph.model.words import Message, Name, ScaleWord, message


@dataclass(frozen=True)
class AccountFacts:
    """The measures of an account, and what follows from them."""

    found: Measures

    @cached_property
    def report(self) -> CoverageReport:
        """The coverage report."""
        return report_of(self.found)

    @cached_property
    def unknowns(self) -> tuple[FindOut, ...]:
        """What the forecast hangs on, the widest first."""
        return to_find_out(self.found)

    @cached_property
    def best_touch(self) -> Mapping[str, NextAction]:
        """By person, the touch that is worth most."""
        best: dict[str, NextAction] = {}
        for action in ranked_actions(self.found, self.report.gaps, self.found.view.calibration.moves.horizon):
            best.setdefault(action.person, action)
        return best


PAIN_STATES = tuple(PAIN_STATE.by_code)


@dataclass(frozen=True)
class Facts:
    """What is known of the account, and the places of the two in it."""

    account: AccountFacts
    at: int
    by: int

    @property
    def found(self) -> Measures:
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
        return next(person for person in self.report.people if person.id == self.person.id)

    @cached_property
    def pains(self) -> tuple[Pain, ...]:
        """The person's pains about this or no opportunity: the farthest on first, then the worst."""
        chosen = self.found.view.opportunity
        about = (None,) if chosen is None else (None, chosen.id)
        own = [
            pain for pain in self.found.dataset.of(Pain) if pain.person == self.person.id and pain.opportunity in about
        ]
        return tuple(
            sorted(own, key=lambda item: (-PAIN_STATES.index(item.state or "seen"), -(item.severity or 0.0), item.id))
        )

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """What the person and any of ours promised one another, by the day due."""
        own = [commitment for commitment in self.found.dataset.of(Commitment) if commitment.person == self.person.id]
        return tuple(sorted(own, key=lambda item: (item.due is None, item.due or self.found.view.as_of, item.id)))

    @cached_property
    def covers(self) -> Covers | None:
        """How the member looks after the person."""
        pair = (self.member.id, self.person.id)
        return next((cover for cover in self.found.dataset.of(Covers) if (cover.member, cover.person) == pair), None)

    @cached_property
    def introduction_to(self) -> str | None:
        """Of those whom the person sways and none of ours is tied to, the one with most influence (ties by id)."""
        view, found = self.found.view, self.found
        swayed = {path.nodes[-1].id for path in strongest_paths_from(influence_network(found), self.person.id)}
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

    Raises UnknownRecord for people who are not there, AmbiguousName for a name of several, Refused for a seat without
    a person and for a team of nobody.
    """
    view = account.found.view
    person = called("people", person, view.people)
    at = view.index[person]
    if not view.known[at]:
        raise Refused("nobody_there", message("brief.nobody_there", id=person))
    if not view.members:
        raise Refused("no_team", message("brief.no_team"))
    if member is None:
        return Facts(account, at, _closest(account.found, at))
    return Facts(account, at, view.member_index[called("team", member, view.members)])


def _closest(measures: Measures, at: int) -> int:
    own = {(cover.member, cover.person) for cover in measures.dataset.of(Covers) if cover.owner}
    person = measures.view.people[at].id
    owns = np.array([(member.id, person) in own for member in measures.view.members], dtype=np.float64)
    return int((owns * 2.0 + measures.connected.strength[:, at].round(DIGITS)).argmax())


def background(facts: Facts) -> tuple[Message, ...]:
    """The lines of the background, from who they are to what the rival has."""
    parts = (_who, _decision, _character, _wants, _tie, _rival)
    return tuple(line for part in parts for line in part(facts))


def connection_points(facts: Facts) -> tuple[Message, ...]:
    """What the two have in common, and who of theirs both know well."""
    return tuple(_shared(facts))


def _who(facts: Facts) -> Iterator[Message]:
    person = facts.person
    unit = next((one for one in facts.found.dataset.of(OrgUnit) if one.id == person.unit), None)
    title = Name(person.title) if person.title else message("brief.no_title")
    where = message("brief.outside") if unit is None else Name(unit.name or unit.id)
    yield message("brief.who", title=title, unit=where)


def _decision(facts: Facts) -> Iterator[Message]:
    rank = [person.id for person in facts.report.people].index(facts.person.id) + 1
    yield message(
        "brief.rank", rank=rank, people=len(facts.report.people), share=f"{100 * facts.result.decision_influence:.1f}"
    )
    if facts.roles:
        roles = tuple(ScaleWord(ROLE, role) for role in facts.roles)
        yield message("brief.roles.veto" if facts.result.veto else "brief.roles", roles=roles)
    if facts.stance is None:
        yield message("brief.stance_unknown")
    else:
        yield message("brief.stance", stance=ScaleWord(STANCE, str(facts.stance)))
    if facts.part is not None and facts.part.political_status:
        yield message("brief.political", status=ScaleWord(POLITICAL_STATUS, facts.part.political_status))
    yield from _neighbours(facts)


def _neighbours(facts: Facts) -> Iterator[Message]:
    """Whom they listen to, and who listens to them, the strongest lines first."""
    lines, view = facts.found.lines, facts.found.view
    for key, here, there in (
        ("brief.listens_to", lines.target, lines.source),
        ("brief.listened_to_by", lines.source, lines.target),
    ):
        own = np.flatnonzero(here == facts.at).tolist()
        own.sort(key=lambda k: (-float(lines.weight[k]), view.people[there[k]].id))
        if own:
            yield message(key, people=tuple(facts.name_of(view.people[there[k]].id) for k in own[:BRIEF_NEIGHBOURS]))


def _character(facts: Facts) -> Iterator[Message]:
    person, part = facts.person, facts.part
    traits: list[ScaleWord | Name] = []
    if person.profile:
        traits.append(ScaleWord(PROFILE, person.profile))
    if person.adaptability:
        traits.append(ScaleWord(ADAPTABILITY, person.adaptability))
    if part is not None and part.response_mode:
        traits.append(ScaleWord(RESPONSE_MODE, part.response_mode))
    if person.orientation:
        traits.append(Name(person.orientation))
    if traits:
        yield message("brief.traits", traits=tuple(traits))
    if person.notes:
        yield message("brief.notes", notes=Name(person.notes))


def _wants(facts: Facts) -> Iterator[Message]:
    if facts.person.kpis:
        yield message("brief.kpis", kpis=tuple(map(Name, facts.person.kpis)))
    if facts.part is not None and facts.part.win:
        yield message("brief.win", win=Name(facts.part.win))


def _tie(facts: Facts) -> Iterator[Message]:
    yield message(
        "brief.tie",
        member=Name(facts.member.name or facts.member.id),
        strength=f"{facts.strength:.2f}",
        required=f"{facts.result.required_strength:.2f}",
        together=f"{facts.result.connection_strength:.2f}",
        trust=f"{facts.trust:.2f}",
        last=facts.last_touch(),
    )
    covers = facts.covers
    if covers is not None and covers.current_level is not None and covers.target_level is not None:
        yield message(
            "brief.relationship",
            now=ScaleWord(RELATIONSHIP_LEVEL, str(covers.current_level)),
            target=ScaleWord(RELATIONSHIP_LEVEL, str(covers.target_level)),
        )


def _rival(facts: Facts) -> Iterator[Message]:
    ties = [tie for tie in facts.found.dataset.of(CompetitorTie) if tie.person == facts.person.id]
    for tie in sorted(ties, key=lambda tie: (-tie.strength, tie.competitor))[:1]:
        yield message("brief.rival", rival=facts.rival_name(tie.competitor), strength=f"{tie.strength:.2f}")


def _shared(facts: Facts) -> Iterator[Message]:
    person, member = facts.person, facts.member
    for key, ours, theirs in (
        ("brief.same_background", member.background, person.background),
        ("brief.same_interest", member.interests, person.interests),
    ):
        mine = {our.strip().casefold() for our in ours}
        if common := tuple(Name(their) for their in theirs if their.strip().casefold() in mine):
            yield message(key, shared=common)
    yield from _both_know(facts)


def _both_know(facts: Facts) -> Iterator[Message]:
    """Those to whom the person listens and the member is firmly tied."""
    found, lines = facts.found, facts.found.lines
    firm = found.connected.strength[facts.by] >= found.view.calibration.firm_tie
    near = {int(lines.source[k]) for k in np.flatnonzero(lines.target == facts.at)}
    both = sorted((-float(found.connected.strength[facts.by, i]), found.view.people[i].id) for i in near if firm[i])
    if both:
        yield message("brief.both_know", people=tuple(facts.name_of(person) for _, person in both[:BRIEF_NEIGHBOURS]))
