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


def assignment_rows(found: Team) -> list[dict[str, Any]]:
    """A row a person below the required strength: who should answer for them, and who does."""
    return [as_json(person) for person in found.assignment.people]


def team_text(found: Team, lang: str) -> str:
    """Corners, duties, people of ours at work, mismatches, who for whom."""
    blocks = [
        printed(_corners(found, lang)),
        lines(_duties(found, lang)),
        printed(_members(found, lang)),
        line(text("team.members_note", lang, days=found.working_days, share=whole_percent(found.method_share),
                  most=found.most_owned)),
        line(text("team.joint.none" if found.joint_work is None else "team.joint", lang,
                  share=whole_percent(found.joint_work), joint=found.joint_contacts, contacts=found.contacts,
                  days=found.working_days)),
        *([lines(_mismatches(found, lang))] if found.mismatches else []),
        printed(assignment_table(found.assignment, found.names, lang, PEOPLE)),
        line(assignment_note(found.assignment, lang)),
        line(text("line.paths_note", lang, date=found.as_of.isoformat(), calibration=found.calibration)),
    ]  # fmt: skip
    return "\n".join(blocks)


def _corners(found: Team, lang: str) -> Table:
    return table(
        [{"one": corner} for corner in found.corners],
        [
            TableColumn("head.corner", lambda row: f"{row['one'].corner} {TEAM_ROLE.word(row['one'].corner, lang)}"),
            TableColumn("head.reaches", lambda row: whole_percent(row["one"].reach), right=True),
            TableColumn("head.open_duties", lambda row: str(row["one"].open_duties), right=True),
            TableColumn("head.misplaced", lambda row: str(row["one"].misplaced_duties), right=True),
            TableColumn("head.member", lambda row: _named(found, row["one"].members, lang), most=60),
        ],
        lang,
        text("team.corners", lang),
    )


def _named(found: Team, members: tuple[str, ...], lang: str) -> str:
    return ", ".join(shown(found.names.members.get(member), member, lang) for member in members) or "–"


def _duties(found: Team, lang: str) -> Iterator[str]:
    wrong = [duty for duty in found.duties if duty.open or duty.misplaced]
    if not wrong:
        yield text("team.duties_held", lang)
        return
    yield text("team.duties", lang)
    for one in wrong:
        duty = DUTY.word(one.duty, lang)
        if one.member is None:
            yield text("team.duty_open", lang, corner=one.corner, duty=duty)
        else:
            who = shown(found.names.members.get(one.member), one.member, lang)
            yield text("team.duty_misplaced", lang, corner=one.corner, duty=duty, member=who, role=one.role or "–")


def _members(found: Team, lang: str) -> Table:
    def load(row: Any) -> str:
        one = row["one"]
        mark = text("team.overloaded", lang) if one.overloaded else ""
        return f"{one.owned} / {one.owned_everywhere}{mark}"

    return table(
        [{"one": member} for member in found.members],
        [
            TableColumn("head.member", lambda row: shown(row["one"].name, row["one"].id, lang)),
            TableColumn("head.role", lambda row: row["one"].role or "–"),
            TableColumn("head.time_here", lambda row: whole_percent(row["one"].customer_time), right=True),
            TableColumn("head.time_all", lambda row: whole_percent(row["one"].customer_time_everywhere), right=True),
            TableColumn("head.owned", load, right=True),
        ],
        lang,
        text("team.members", lang, since=found.since.isoformat()),
    )


def _mismatches(found: Team, lang: str) -> Iterator[str]:
    yield text("team.mismatches", lang)
    for mismatch in found.mismatches:
        yield text(
            f"team.mismatch.{mismatch.matching}",
            lang,
            member=shown(found.names.members.get(mismatch.member), mismatch.member, lang),
            person=shown(found.names.people.get(mismatch.person), mismatch.person, lang),
            ours=mismatch.member_level,
            theirs=mismatch.person_level,
        )
