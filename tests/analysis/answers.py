"""Every answer to a strategist about an account, as JSON in both languages."""

from __future__ import annotations

import datetime
from typing import Any

from graph.analysis.briefing.brief import brief
from graph.analysis.ground.as_json import as_json
from graph.analysis.history.compare import compare
from graph.analysis.measures.measures import compute_measures
from graph.analysis.network.introductions import introductions
from graph.analysis.network.paths import influenced_by
from graph.analysis.persons.explain import explain
from graph.analysis.persons.weak_points import weak_points
from graph.analysis.planning.plan import plan
from graph.analysis.planning.team import team
from graph.analysis.qualification.leads import leads
from graph.analysis.scenarios.single_changes import everybody_leaving
from graph.model.dataset import Dataset
from graph.model.team_work import TeamWork
from graph.model.words import LANGUAGES

EARLIER = datetime.timedelta(days=45)
MOST = 3
"""So many people are explained and visited."""


def answers(dataset: Dataset, account: str, as_of: datetime.date) -> dict[str, Any]:
    """The plan, the team, the lead, two days compared, the weak points, departures, and some people."""
    found = compute_measures(dataset, account, as_of)
    people = [person.id for person in found.view.people][:MOST]
    told: dict[str, Any] = {
        "plan": plan(found, 30, 20),
        "team": team(found, TeamWork(), 12),
        "leads": leads(found),
        "compare": compare(dataset, dataset, account, as_of - EARLIER, as_of, None, found.view.calibration),
        "weak_points": weak_points(found),
        "departures": everybody_leaving(found),
        "explained": [explain(found, person) for person in people],
        "sways": [influenced_by(found, person) for person in people],
        "introductions": [introductions(found, person) for person in people],
        "briefs": [brief(found, item.id) for item in _visited(found)] if found.view.members else [],
    }
    return {lang: as_json(told, lang) for lang in LANGUAGES}


def _visited(found: Any) -> list[Any]:
    return [person for person, known in zip(found.view.people, found.view.known, strict=True) if known][:MOST]
