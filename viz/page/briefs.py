"""The essence of the visit briefs, as the scripts take it: what to go for, what to ask, and which commitment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from viz.page.bilingual import rendered, said
from viz.page.people import shared

if TYPE_CHECKING:
    from graph.analysis.briefing.brief import Brief
    from graph.analysis.map import MapContent
    from graph.model.words import Message

GOALS, QUESTIONS = 3, 3
"""How many of each a page tells; the brief itself has all."""


def briefs_data(content: MapContent) -> dict[str, dict[str, Any]]:
    """By person, as data.js declares it."""
    return {person: _essence(one) for person, one in content.briefs.items()}


def _essence(one: Brief) -> dict[str, Any]:
    goals = [goal for goal in one.goals if goal.here][:GOALS]
    questions = sorted(one.questions, key=lambda question: not question.heart)[:QUESTIONS]
    return {
        "member": one.member.id,
        "goals": [[shared(said(f"goal.kind.{goal.kind}")), _text(goal.text)] for goal in goals],
        "questions": [_text(question.text) for question in questions],
        "ask": _text(one.ask.text),
        "missing": [_text(each) for each in one.ask.missing],
    }


def _text(message: Message) -> Any:
    return shared(rendered(message))
