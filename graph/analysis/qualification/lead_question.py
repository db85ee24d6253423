"""The one question to the one person that would move a lead most (measures, section 10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.rounding import DIGITS, PATH_DIGITS
from graph.analysis.measures.measures import Measures
from graph.analysis.network.reach import reach_matrix
from graph.analysis.qualification.claims import Position, Topic, weighed
from graph.analysis.qualification.lead_grade import GRADES, Requirement, TopicOf
from graph.model import Claim


@dataclass(frozen=True, slots=True)
class LeadQuestion:
    """What to ask whom, by which of ours, for which grade.

    `after` is the likelihood when the person says yes, with the reliability of a claim that nobody rated; `reach` the
    strength of our best way to the person; `worth` = (after - probability) x reach, where a firm tie is reach enough.
    """

    topic: str
    person: str
    member: str
    grade: str
    probability: float
    after: float
    reach: float
    worth: float


def best_question(
    measures: Measures,
    asked: Sequence[Requirement],
    topic: TopicOf,
    claims: Iterable[Claim],
    positions: dict[str, Position],
) -> LeadQuestion | None:
    """The question that is worth most for the next grade; None where that is reached, or nobody can be asked.

    By worth (9 decimals) falling, then influence, person and topic. Who spoke to a topic is not asked it again; where
    only another position is missing, nobody in a position that supports it is asked.
    """
    lacking = [one for one in asked if not one.met]
    if not lacking:
        return None
    grade = min((one.grade for one in lacking), key=GRADES.index)
    told = list(claims)
    questions = [
        question
        for one in lacking
        if one.grade == grade
        for name in one.topics
        for question in _questions(measures, one, topic(name), told, positions)
    ]
    influence = dict(zip((person.id for person in measures.view.people), measures.influence.tolist(), strict=True))
    return min(
        questions,
        key=lambda one: (-round(one.worth, DIGITS), -round(influence[one.person], DIGITS), one.person, one.topic),
        default=None,
    )


def _questions(
    measures: Measures, requirement: Requirement, topic: Topic, claims: list[Claim], positions: dict[str, Position]
) -> Iterator[LeadQuestion]:
    own = [claim for claim in claims if claim.topic == topic.topic]
    spoke = {one.source_person for one in own}
    likely = requirement.needed is not None and topic.probability >= requirement.needed
    taken = topic.groups() if likely else frozenset()
    moved: dict[Position, float] = {}
    numbers = measures.view.calibration
    for person, (reach, member) in _reach(measures).items():
        position = positions[person]
        if person in spoke or position in taken:
            continue
        if position not in moved:
            yes = Claim(id="", opportunity="", topic=topic.topic, source_person=person)
            moved[position] = weighed(topic.topic, [*own, yes], positions, numbers.leads).probability
        after = moved[position]
        worth = (after - topic.probability) * min(1.0, reach / numbers.firm_tie)
        yield LeadQuestion(topic.topic, person, member, requirement.grade, topic.probability, after, reach, worth)


def _reach(measures: Measures) -> dict[str, tuple[float, str]]:
    """Everybody known whom we reach: the strength of the best way, and who of ours it starts from (ties by id)."""
    view, reach = measures.view, reach_matrix(measures)
    if not view.members:
        return {}
    first = reach.round(PATH_DIGITS).argmax(axis=0)
    return {
        view.people[i].id: (float(reach[first[i], i]), view.members[first[i]].id)
        for i in np.flatnonzero(view.known & (reach.max(axis=0) > 0)).tolist()
    }
