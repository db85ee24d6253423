"""The question that would advance a lead most, and the person to ask (measures, section 10)."""

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
    """A question on a topic to a person, to be asked by a member, towards a grade.

    `after` is the topic's probability if the person confirms it, with the reliability of an unrated claim; `reach` is
    the strength of our best path to the person; `worth = (after - probability) · min(1, reach/firm tie)`.
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
    required: Sequence[Requirement],
    topic: TopicOf,
    claims: Iterable[Claim],
    positions: dict[str, Position],
) -> LeadQuestion | None:
    """The question of the highest worth towards the next grade; None at the last grade, or if nobody can be asked.

    Equal worth (9 decimals) is ordered by influence, person and topic. People who made a claim about a topic are not
    asked about it again; where only another position is missing, people in a supporting position are not asked.

    >>> from graph.analysis.qualification.leads import leads
    >>> question = leads(measures).question
    >>> question.topic, question.person, question.member, question.grade
    ('customer_defined', 'ann', 'vic', 'credible')
    """
    lacking = [requirement for requirement in required if not requirement.met]
    if not lacking:
        return None
    grade = min((requirement.grade for requirement in lacking), key=GRADES.index)
    known = list(claims)
    questions = [
        question
        for requirement in lacking
        if requirement.grade == grade
        for name in requirement.topics
        for question in _questions(measures, requirement, topic(name), known, positions)
    ]
    influence = dict(zip((person.id for person in measures.view.people), measures.influence.tolist(), strict=True))
    return min(
        questions,
        key=lambda question: (
            -round(question.worth, DIGITS),
            -round(influence[question.person], DIGITS),
            question.person,
            question.topic,
        ),
        default=None,
    )


def _questions(
    measures: Measures, requirement: Requirement, topic: Topic, claims: list[Claim], positions: dict[str, Position]
) -> Iterator[LeadQuestion]:
    own = [claim for claim in claims if claim.topic == topic.topic]
    sources = {claim.source_person for claim in own}
    likely = requirement.needed is not None and topic.probability >= requirement.needed
    taken = topic.groups() if likely else frozenset()
    confirmed: dict[Position, float] = {}  # the probability depends on the position alone
    numbers = measures.view.calibration
    for person, (reach, member) in _reach(measures).items():
        position = positions[person]
        if person in sources or position in taken:
            continue
        if position not in confirmed:
            yes = Claim(id="", opportunity="", topic=topic.topic, source_person=person)
            confirmed[position] = weighed(topic.topic, [*own, yes], positions, numbers.leads).probability
        after = confirmed[position]
        worth = (after - topic.probability) * min(1.0, reach / numbers.firm_tie)
        yield LeadQuestion(topic.topic, person, member, requirement.grade, topic.probability, after, reach, worth)


def _reach(measures: Measures) -> dict[str, tuple[float, str]]:
    """For each known person with a path from us: the strength of the best one, and its first member (ties by id)."""
    view, reach = measures.view, reach_matrix(measures)
    if not view.members:
        return {}
    first = reach.round(PATH_DIGITS).argmax(axis=0)
    return {
        view.people[i].id: (float(reach[first[i], i]), view.members[first[i]].id)
        for i in np.flatnonzero(view.known & (reach.max(axis=0) > 0)).tolist()
    }
