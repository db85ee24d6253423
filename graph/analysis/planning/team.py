"""The iron triangle at work 铁三角: duties, reach, customer time, joint work, load (measures, 14 and 17)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from graph.analysis.ground.named import Names, names_of_both
from graph.analysis.measures.coverage import triangle
from graph.analysis.measures.measures import Measures
from graph.analysis.planning.assignment import Assignment, Matching, assignment, matching
from graph.analysis.planning.customer_time import Met, TimeSums, met, owned, working_days
from graph.model import Covers, Duty, TeamMember
from graph.model.scales import DUTIES_OF
from graph.model.team_work import TeamWork
from graph.model.words import Message


@dataclass(frozen=True, slots=True)
class DutyHeld:
    """A duty of a corner and its holder; `open` without an active member, `misplaced` if held by another corner."""

    corner: str
    duty: str
    member: str | None
    role: str | None
    open: bool
    misplaced: bool


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of the triangle: its members, the share of the decision it reaches, its open and misplaced duties."""

    corner: str
    members: tuple[str, ...]
    reach: float
    open_duties: int
    misplaced_duties: int


@dataclass(frozen=True, slots=True)
class MemberAtWork:
    """A team member's working days with a customer, and number of people owned, at this account and over all accounts.

    Times are shares of the working days; `overloaded` says that the people owned over all accounts are too many.
    """

    id: str
    name: str | None
    role: str | None
    customer_days: int
    customer_time: float
    customer_days_everywhere: int
    customer_time_everywhere: float
    owned: int
    owned_everywhere: int
    overloaded: bool


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A member who owns a person two or more levels above or below."""

    member: str
    person: str
    member_level: int
    person_level: int
    matching: Matching


@dataclass(frozen=True, slots=True)
class Team:
    """The iron triangle at work at an account, over the working days from `since` on.

    `joint_work` is the share of the contacts on those days with two or more corners of the team; None without contacts.
    """

    account: str
    opportunity: str | None
    as_of: datetime.date
    calibration: Message
    since: datetime.date
    working_days: int
    method_share: float
    most_owned: int
    joint_work: float | None
    joint_contacts: int
    contacts: int
    corners: tuple[Corner, ...]
    duties: tuple[DutyHeld, ...]
    members: tuple[MemberAtWork, ...]
    mismatches: tuple[Mismatch, ...]
    assignment: Assignment
    names: Names = field(repr=False)


def team(measures: Measures, elsewhere: TeamWork, capacity: int | None = None) -> Team:
    """Compute the team's work at an account; `capacity` as in `assignment`.

    `elsewhere` is the team's work at all other accounts over the same days; it counts only in the figures over all
    accounts.

    >>> from graph.model.team_work import TeamWork
    >>> work = team(measures, TeamWork())
    >>> work.working_days, [(member.id, member.customer_days) for member in work.members]
    (64, [('uma', 3), ('vic', 0)])
    """
    view, numbers = measures.view, measures.view.calibration.team
    days = working_days(view.as_of, numbers.window)
    active = {member.id for member in view.members}
    contacts = met(measures.dataset, view.account.id, view.as_of, view.calibration)
    here = [contact for contact in contacts if not active.isdisjoint(contact.members)]
    own = TimeSums.at(contacts, owned(measures.dataset, view.account.id))
    others = TimeSums.of(elsewhere, view.as_of, view.calibration)
    duties = _duties(measures)
    joint = sum(_corners(measures, contact) >= numbers.joint_corners for contact in here)
    return Team(
        account=view.account.id,
        opportunity=None if view.opportunity is None else view.opportunity.id,
        as_of=view.as_of,
        calibration=view.calibration.label,
        since=min(days),
        working_days=len(days),
        method_share=numbers.customer_time,
        most_owned=numbers.most_owned,
        joint_work=joint / len(here) if here else None,
        joint_contacts=joint,
        contacts=len(here),
        corners=_corner_reach(measures, duties),
        duties=duties,
        members=tuple(_at_work(member, own, others, len(days), numbers.most_owned) for member in view.members),
        mismatches=_mismatches(measures),
        assignment=assignment(measures, capacity),
        names=names_of_both(view.people, measures.dataset.of(TeamMember)),
    )


def _duties(measures: Measures) -> tuple[DutyHeld, ...]:
    roles = {member.id: member.role for member in measures.view.members}
    rows = measures.dataset.of(Duty)
    held = {row.duty: row.member for row in rows if row.account == measures.view.account.id and row.member in roles}
    return tuple(
        DutyHeld(
            corner=corner,
            duty=duty,
            member=(member := held.get(duty)),
            role=None if member is None else roles[member],
            open=member is None,
            misplaced=member is not None and roles[member] != corner,
        )
        for corner, duties in DUTIES_OF.items()
        for duty in duties
    )


def _corner_reach(measures: Measures, duties: tuple[DutyHeld, ...]) -> tuple[Corner, ...]:
    reach = triangle(measures.view.batch, measures.connected.by_role, measures.influence)
    return tuple(
        Corner(
            corner=corner,
            members=tuple(member.id for member in measures.view.members if member.role == corner),
            reach=float(share[0]),
            open_duties=sum(duty.open for duty in duties if duty.corner == corner),
            misplaced_duties=sum(duty.misplaced for duty in duties if duty.corner == corner),
        )
        for corner, share in reach.items()
    )


def _corners(measures: Measures, contact: Met) -> int:
    """The number of corners at a contact; members who have become inactive since count too."""
    roles = {member.id: member.role for member in measures.dataset.of(TeamMember)}
    return len({roles.get(member) for member in contact.members} & DUTIES_OF.keys())


def _at_work(member: TeamMember, own: TimeSums, elsewhere: TimeSums, days: int, most_owned: int) -> MemberAtWork:
    here = own.days.get(member.id, set())
    anywhere = here | elsewhere.days.get(member.id, set())
    owned = own.people.get(member.id, 0)
    everywhere = owned + elsewhere.people.get(member.id, 0)
    return MemberAtWork(
        id=member.id,
        name=member.name,
        role=member.role,
        customer_days=len(here),
        customer_time=len(here) / days,
        customer_days_everywhere=len(anywhere),
        customer_time_everywhere=len(anywhere) / days,
        owned=owned,
        owned_everywhere=everywhere,
        overloaded=everywhere > most_owned,
    )


def _mismatches(measures: Measures) -> tuple[Mismatch, ...]:
    """Owners who are too senior or too junior, by member, then person."""
    view, apart = measures.view, measures.view.calibration.assignment.levels_apart
    own = {(cover.member, cover.person) for cover in measures.dataset.of(Covers) if cover.owner}
    pairs = (
        (member, view.people[view.index[person]])
        for member in view.members
        for person in sorted(name for name in view.index if (member.id, name) in own)
    )
    return tuple(
        Mismatch(member.id, person.id, member.level, person.level, how)
        for member, person in pairs
        if member.level is not None
        and person.level is not None
        and (how := matching(member, person, apart)) not in (None, "fits")
    )
