"""The plan as a page of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from api.terminal import line
from api.text.assignment import assignment_note, assignment_table
from api.text.output import TableColumn, printed, table
from api.text.rows import shown, two_digits
from graph.analysis.ground.as_json import as_json
from graph.model.words import text

if TYPE_CHECKING:
    from rich.table import Table

    from graph.analysis.planning.plan import Plan

PEOPLE = 8
"""How many people are shown with who should own them; the JSON has all."""

UNKNOWNS = 8
"""How many things to find out are shown; the JSON has all."""


def action_rows(plan: Plan, lang: str) -> list[dict[str, Any]]:
    """A row an action."""
    return [
        {**as_json(action, lang), "alternates": [other.member for other in action.alternates]}
        for action in plan.actions
    ]


def plan_text(plan: Plan, lang: str) -> str:
    """The actions, which team member answers for whom, then what to find out."""
    parts = [printed(_actions(plan, lang))] if plan.actions else [line(text("plan.nothing", lang))]
    if plan.assignment.people:
        parts.append(printed(assignment_table(plan.assignment, plan.names, lang, PEOPLE)))
        parts.append(line(assignment_note(plan.assignment, lang)))
    if plan.find_out:
        parts.append(printed(_find_out(plan, lang)))
    parts.append(line(text("line.paths_note", lang, date=plan.as_of.isoformat(), calibration=plan.calibration)))
    return "\n".join(parts)


def _actions(plan: Plan, lang: str) -> Table:
    return table(
        [{"rank": rank, "action": action} for rank, action in enumerate(plan.actions, 1)],
        [
            TableColumn("head.rank", lambda row: str(row["rank"]), right=True),
            TableColumn("head.worth", lambda row: f"{100 * row['action'].priority:.1f}", right=True),
            TableColumn("head.days", lambda row: f"{row['action'].effort:g}", right=True),
            TableColumn("head.reason", lambda row: row["action"].reason.render(lang), most=88),
            TableColumn("head.closes", lambda row: _closes(row["action"].closes, lang), most=24),
            TableColumn("head.ready", lambda row: text(f"word.{'yes' if row['action'].ask else 'not_yet'}", lang)),
        ],
        lang,
        text("plan.actions", lang, days=plan.days),
    )


def _closes(gap: str | None, lang: str) -> str:
    return "–" if gap is None else text(f"gap.{gap}", lang)


def _find_out(plan: Plan, lang: str) -> Table:
    return table(
        [{"unknown": unknown} for unknown in plan.find_out[:UNKNOWNS]],
        [
            TableColumn("head.width", lambda row: two_digits(row["unknown"].width), right=True),
            TableColumn("head.name", lambda row: _named(plan.names.people, row["unknown"].person, lang)),
            TableColumn("head.unknown", lambda row: text(f"unknown.{row['unknown'].unknown}", lang)),
            TableColumn("head.member", lambda row: _named(plan.names.members, row["unknown"].member, lang)),
            TableColumn("head.ask", lambda row: _named(plan.names.people, row["unknown"].ask, lang)),
        ],
        lang,
        text("plan.find_out", lang),
    )


def _named(names: Mapping[str, str | None], identity: str | None, lang: str) -> str:
    return "–" if identity is None else shown(names.get(identity), identity, lang)
