"""Which team member answers for which stakeholder, as a table of the team's page and of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.text.output import TableColumn, table
from api.text.people_table import tenths
from api.text.rows import shown, two_digits
from graph.model.words import text

if TYPE_CHECKING:
    from rich.table import Table

    from graph.analysis.ground.named import Names
    from graph.analysis.planning.assignment import Assignment


def assignment_table(assignment: Assignment, names: Names, lang: str, most: int) -> Table:
    """The first `most` people, by influence: the proposed owner, the owner today, and what the change is worth."""

    def member(identity: str | None, matching: str | None) -> str:
        if identity is None:
            return text("team.nobody", lang)
        how = "" if matching in (None, "fits") else f" ({text(f'matching.{matching}', lang)})"
        return shown(names.members.get(identity), identity, lang) + how

    return table(
        [{"person": person} for person in assignment.people[:most]],
        [
            TableColumn(
                "head.name", lambda row: shown(names.people.get(row["person"].person), row["person"].person, lang)
            ),
            TableColumn("head.influence", lambda row: tenths(row["person"].decision_influence), right=True),
            TableColumn("head.should_own", lambda row: member(row["person"].member, row["person"].matching)),
            TableColumn("head.fit", lambda row: _fit(row["person"].fit), right=True),
            TableColumn("head.owns", lambda row: member(row["person"].owner, row["person"].owner_matching)),
            TableColumn("head.fit", lambda row: _fit(row["person"].owner_fit), right=True),
            TableColumn("head.gain", lambda row: _points(row["person"].gain), right=True),
        ],
        lang,
        text("team.assignment", lang),
    )


def assignment_note(assignment: Assignment, lang: str) -> str:
    """How many people it is about, and what the assignment is worth."""
    worth = {"total": _points(assignment.total), "now": _points(assignment.present)}
    return text("team.assignment_note", lang, people=len(assignment.people), **worth)


def _fit(value: float | None) -> str:
    return "–" if value is None else two_digits(value)


def _points(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}".replace("-", "−")
