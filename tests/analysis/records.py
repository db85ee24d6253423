"""Small accounts for tests, built by hand."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np

from graph.analysis.measures.influence_lines import InfluenceLines
from graph.analysis.measures.measures import Measures, compute_measures
from graph.model import (
    Account,
    Covers,
    DecisionStep,
    Interaction,
    Opportunity,
    Participation,
    Person,
    TeamMember,
    Vote,
)
from graph.model.dataset import Dataset

AS_OF = datetime.date(2026, 11, 23)


def account(*records: Any, people: str = "", opportunity: bool = True) -> Dataset:
    """An account `q` with these people (ids separated by blanks), an opportunity `o`, and the records given."""
    made = [Account("q"), *(Person(person, "q") for person in people.split()), *records]
    if opportunity:
        made.append(Opportunity("o", "q", bid_date=AS_OF + datetime.timedelta(days=22)))
    return Dataset.collect(made)


def seen(*records: Any, people: str = "", opportunity: bool = True) -> Measures:
    """The measures of such an account."""
    return compute_measures(account(*records, people=people, opportunity=opportunity), "q", AS_OF)


def touches(
    *rows: tuple[str, int, str, int], person: str = "a", members: tuple[str, ...] = ("u",)
) -> list[Interaction]:
    """Interactions as (method, age in days, response, customers there)."""
    return [
        Interaction(
            f"i{number}", AS_OF - datetime.timedelta(days=age), method, None, (person,), members, response, there
        )
        for number, (method, age, response, there) in enumerate(rows)
    ]


def tie(*rows: tuple[str, int, str, int], role: str, level: int | None) -> Measures:
    """A team member and person `a` in a role, with an assessed relationship level and these touches."""
    return seen(
        TeamMember("u", role="AR"),
        Participation("o", "a", (role,) if role else ()),
        *([Covers("u", "a", current_level=level)] if level is not None else []),
        *touches(*rows),
        people="a",
    )


def game(*steps: tuple[str, float | None, list[tuple[str, float, bool]]], vetoes: str = "") -> Measures:
    """An account that only votes: (rule, quota, [(person, weight, veto)])."""
    people = sorted({person for _, _, votes in steps for person, _, _ in votes} | set(vetoes.split()))
    records: list[Any] = [Participation("o", person, veto=True) for person in vetoes.split()]
    for number, (rule, quota, votes) in enumerate(steps):
        records.append(DecisionStep(f"s{number}", "o", number + 1, rule=rule, quota=quota))
        records += [Vote(f"s{number}", person, weight, veto) for person, weight, veto in votes]
    return seen(*records, people=" ".join(people))


def lines_of(rows: list[list[float]]) -> InfluenceLines:
    """Recorded lines from W's rows: entry j of row i is how much i listens to j."""
    matrix = np.array(rows)
    source, target = np.nonzero(matrix.T)
    return InfluenceLines(source, target, matrix[target, source], np.zeros(len(source), dtype=bool))
