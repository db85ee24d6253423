"""The facts behind a visit brief: stakeholder, team member, the relation between them, and the background 背景."""

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
    """The measures of an account with its report, unknowns and best touches, shared by all briefs of the account."""

    measures: Measures

    @cached_property
    def report(self) -> CoverageReport:
        """The coverage report."""
        return report_of(self.measures)

    @cached_property
    def unknowns(self) -> tuple[FindOut, ...]:
        """The unknowns, by the width that each gives the forecast."""
        return to_find_out(self.measures)

    @cached_property
    def best_touch(self) -> Mapping[str, NextAction]:
        """The touch of the highest priority for each person, by id."""
        best: dict[str, NextAction] = {}
        for action in ranked_actions(self.measures, self.report.gaps, self.measures.view.calibration.moves.horizon):
            best.setdefault(action.person, action)
        return best


PAIN_STATES = tuple(PAIN_STATE.by_code)


@dataclass(frozen=True)
class Facts:
    """The facts about one visit; `at` is the index of the stakeholder, `by` that of the team member."""

    account: AccountFacts
    at: int
    by: int

    @property
    def measures(self) -> Measures:
        """The measures of the account."""
        return self.account.measures

    @property
    def person(self) -> Person:
        """The stakeholder who is visited."""
        return self.measures.view.people[self.at]

    @property
    def member(self) -> TeamMember:
        """The team member who visits."""
        return self.measures.view.members[self.by]

    @property
    def part(self) -> Participation | None:
        """The person's part in the opportunity."""
        return self.measures.view.participation[self.at]

    @property
    def stance(self) -> int | None:
        """The person's stance; None is unknown."""
        return self.measures.view.stances[self.at]

    @property
    def roles(self) -> tuple[str, ...]:
        """The person's roles."""
        return self.measures.view.roles[self.at]

    @property
    def strength(self) -> float:
        """The connection strength C between the two."""
        return float(self.measures.connected.strength[self.by, self.at])

    @property
    def trust(self) -> float:
        """The trust T between the two."""
        return float(self.measures.trust[self.by, self.at])

    @property
    def report(self) -> CoverageReport:
        """The coverage report."""
        return self.account.report

    @cached_property
    def result(self) -> PersonResult:
        """The person in the report."""
        return self.report.person(self.person.id)

    @cached_property
    def pains(self) -> tuple[Pain, ...]:
        """The person's pains about this or no opportunity, by state (most advanced first), then severity."""
        chosen = self.measures.view.opportunity
        about = (None,) if chosen is None else (None, chosen.id)
        own = [
            pain
            for pain in self.measures.dataset.of(Pain)
            if pain.person == self.person.id and pain.opportunity in about
        ]
        return tuple(
            sorted(own, key=lambda item: (-PAIN_STATES.index(item.state or "seen"), -(item.severity or 0.0), item.id))
        )

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """The commitments between the person and any member, by due date."""
        own = [commitment for commitment in self.measures.dataset.of(Commitment) if commitment.person == self.person.id]
        return tuple(sorted(own, key=lambda item: (item.due is None, item.due or self.measures.view.as_of, item.id)))

    @cached_property
    def covers(self) -> Covers | None:
        """The member's covers row of the person, if any."""
        pair = (self.member.id, self.person.id)
        return next((cover for cover in self.measures.dataset.of(Covers) if (cover.member, cover.person) == pair), None)

    @cached_property
    def introduction_to(self) -> str | None:
        """The most influential person (ties by id) whom the person influences and no member has a tie to."""
        view, measures = self.measures.view, self.measures
        influenced = {path.nodes[-1].id for path in strongest_paths_from(influence_network(measures), self.person.id)}
        unreached = view.known & (measures.connected.together < view.calibration.tie - SLACK)
        candidates = [
            (-round(float(measures.influence[i]), DIGITS), view.people[i].id)
            for i in np.flatnonzero(unreached).tolist()
            if view.people[i].id in influenced
        ]
        return min(candidates)[1] if candidates else None

    def name_of(self, person: str) -> Name:
        """A stakeholder's name, or the id."""
        view = self.measures.view
        place = view.index.get(person)
        return Name((None if place is None else view.people[place].name) or person)

    def rival_name(self, rival: str) -> Name:
        """A rival's name, or the id."""
        names = {competitor.id: competitor.name for competitor in self.measures.view.competitors}
        return Name(names.get(rival) or rival)

    def last_touch(self, by_anybody: bool = False) -> Message:
        """The date of the last touch of the member, or of any member, with the person."""
        days = self.measures.connected.last_touch[:, self.at]
        day = day_of(int(days.max(initial=NEVER) if by_anybody else days[self.by]))
        if day is None:
            return message("brief.never")
        return message("brief.on_day", date=day.isoformat(), days=(self.measures.view.as_of - day).days)


def facts_of(account: AccountFacts, person: str, member: str | None) -> Facts:
    """The facts about a visit to a person by a member, both by id or name; by default the owner, else the closest.

    Raises UnknownRecord for people who are not there, AmbiguousName for a name of several, Refused for a vacant or
    unidentified seat and for an empty team.
    """
    view = account.measures.view
    person = called("people", person, view.people)
    at = view.index[person]
    if not view.known[at]:
        raise Refused("nobody_there", message("brief.nobody_there", id=person))
    if not view.members:
        raise Refused("no_team", message("brief.no_team"))
    if member is None:
        return Facts(account, at, _closest(account.measures, at))
    return Facts(account, at, view.member_index[called("team", member, view.members)])


def _closest(measures: Measures, at: int) -> int:
    own = {(cover.member, cover.person) for cover in measures.dataset.of(Covers) if cover.owner}
    person = measures.view.people[at].id
    owns = np.array([(member.id, person) in own for member in measures.view.members], dtype=np.float64)
    return int((owns * 2.0 + measures.connected.strength[:, at].round(DIGITS)).argmax())


def background(facts: Facts) -> tuple[Message, ...]:
    """The lines of the background: position, part in the decision, character, aims, tie with us, rival."""
    parts = (_position, _decision, _character, _aims, _tie, _rival)
    return tuple(line for part in parts for line in part(facts))


def connection_points(facts: Facts) -> tuple[Message, ...]:
    """Backgrounds and interests that the two share, and stakeholders whom both know well."""
    return tuple(_shared(facts))


def _position(facts: Facts) -> Iterator[Message]:
    person = facts.person
    unit = next((unit for unit in facts.measures.dataset.of(OrgUnit) if unit.id == person.unit), None)
    title = Name(person.title) if person.title else message("brief.no_title")
    where = message("brief.outside") if unit is None else Name(unit.name or unit.id)
    yield message("brief.who", title=title, unit=where)


def _decision(facts: Facts) -> Iterator[Message]:
    rank = list(facts.report.people_by_id).index(facts.person.id) + 1
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
    """The people who influence the person, and whom the person influences, the strongest lines first."""
    lines, view = facts.measures.lines, facts.measures.view
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


def _aims(facts: Facts) -> Iterator[Message]:
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
    ties = [tie for tie in facts.measures.dataset.of(CompetitorTie) if tie.person == facts.person.id]
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
    """The people who influence the person and to whom the member has a firm tie."""
    measures, lines = facts.measures, facts.measures.lines
    firm = measures.connected.strength[facts.by] >= measures.view.calibration.firm_tie
    near = {int(lines.source[k]) for k in np.flatnonzero(lines.target == facts.at)}
    both = sorted(
        (-float(measures.connected.strength[facts.by, i]), measures.view.people[i].id) for i in near if firm[i]
    )
    if both:
        yield message("brief.both_know", people=tuple(facts.name_of(person) for _, person in both[:BRIEF_NEIGHBOURS]))
