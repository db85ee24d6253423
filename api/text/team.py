"""The iron triangle at work, as a page of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from api.terminal import line, lines
from api.text.assignment import assignment_note, assignment_table
from api.text.output import TableColumn, printed, table
from api.text.rows import shown
from graph.analysis.ground.as_json import as_json
from graph.model.scales import DUTY, TEAM_ROLE
from graph.model.words import text
from viz.words.numbers import whole_percent

if TYPE_CHECKING:
    from rich.table import Table

    from graph.analysis.planning.team import Team

PEOPLE = 12
"""How many people are shown with who should own them; the JSON has all."""


def assignment_rows(team: Team) -> list[dict[str, Any]]:
    """A row per person below the required strength: the member who should own the relationship, and the owner today."""
    return [as_json(person) for person in team.assignment.people]


def team_text(team: Team, lang: str) -> str:
    """Corners, duties, team members at work, mismatches and the assignment of members to people."""
    blocks = [
        printed(_corners(team, lang)),
        lines(_duties(team, lang)),
        printed(_members(team, lang)),
        line(text("team.members_note", lang, days=team.working_days, share=whole_percent(team.method_share),
                  most=team.most_owned)),
        line(text("team.joint.none" if team.joint_work is None else "team.joint", lang,
                  share=whole_percent(team.joint_work), joint=team.joint_contacts, contacts=team.contacts,
                  days=team.working_days)),
        *([lines(_mismatches(team, lang))] if team.mismatches else []),
        printed(assignment_table(team.assignment, team.names, lang, PEOPLE)),
        line(assignment_note(team.assignment, lang)),
        line(text("line.paths_note", lang, date=team.as_of.isoformat(), calibration=team.calibration)),
    ]  # fmt: skip
    return "\n".join(blocks)


def _corners(team: Team, lang: str) -> Table:
    return table(
        [{"corner": corner} for corner in team.corners],
        [
            TableColumn(
                "head.corner", lambda row: f"{row['corner'].corner} {TEAM_ROLE.word(row['corner'].corner, lang)}"
            ),
            TableColumn("head.reaches", lambda row: whole_percent(row["corner"].reach), right=True),
            TableColumn("head.open_duties", lambda row: str(row["corner"].open_duties), right=True),
            TableColumn("head.misplaced", lambda row: str(row["corner"].misplaced_duties), right=True),
            TableColumn("head.member", lambda row: _named(team, row["corner"].members, lang), most=60),
        ],
        lang,
        text("team.corners", lang),
    )


def _named(team: Team, members: tuple[str, ...], lang: str) -> str:
    return ", ".join(shown(team.names.members.get(member), member, lang) for member in members) or "–"


def _duties(team: Team, lang: str) -> Iterator[str]:
    wrong = [duty for duty in team.duties if duty.open or duty.misplaced]
    if not wrong:
        yield text("team.duties_held", lang)
        return
    yield text("team.duties", lang)
    for duty in wrong:
        word = DUTY.word(duty.duty, lang)
        if duty.member is None:
            yield text("team.duty_open", lang, corner=duty.corner, duty=word)
        else:
            who = shown(team.names.members.get(duty.member), duty.member, lang)
            yield text("team.duty_misplaced", lang, corner=duty.corner, duty=word, member=who, role=duty.role or "–")


def _members(team: Team, lang: str) -> Table:
    def load(row: Any) -> str:
        member = row["member"]
        mark = text("team.overloaded", lang) if member.overloaded else ""
        return f"{member.owned} / {member.owned_everywhere}{mark}"

    return table(
        [{"member": member} for member in team.members],
        [
            TableColumn("head.member", lambda row: shown(row["member"].name, row["member"].id, lang)),
            TableColumn("head.role", lambda row: row["member"].role or "–"),
            TableColumn("head.time_here", lambda row: whole_percent(row["member"].customer_time), right=True),
            TableColumn("head.time_all", lambda row: whole_percent(row["member"].customer_time_everywhere), right=True),
            TableColumn("head.owned", load, right=True),
        ],
        lang,
        text("team.members", lang, since=team.since.isoformat()),
    )


def _mismatches(team: Team, lang: str) -> Iterator[str]:
    yield text("team.mismatches", lang)
    for mismatch in team.mismatches:
        yield text(
            f"team.mismatch.{mismatch.matching}",
            lang,
            member=shown(team.names.members.get(mismatch.member), mismatch.member, lang),
            person=shown(team.names.people.get(mismatch.person), mismatch.person, lang),
            ours=mismatch.member_level,
            theirs=mismatch.person_level,
        )
