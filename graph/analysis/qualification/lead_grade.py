"""The grade of a lead that its claims support, by the requirements of each grade (measures, section 10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile

from graph.analysis.ground.rounding import SLACK
from graph.analysis.qualification.claims import Topic
from graph.model import Pain
from graph.model.calibration_groups import Leads
from graph.model.scales import GRADE

GRADES = tuple(GRADE.by_code)
FELT = ("admitted", "painful", "worth_paying")

TopicOf = Callable[[str], Topic]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement of a grade: the probability of the likeliest of its topics, against the one needed.

    `groups` is the number of supporting positions, against `groups_needed`. The requirement of a felt pain has neither,
    since a pain is recorded or not.
    """

    grade: str
    topics: tuple[str, ...]
    met: bool
    probability: float | None
    needed: float | None
    groups: int | None
    groups_needed: int | None


def requirements(topic: TopicOf, pains: Iterable[Pain], numbers: Leads) -> tuple[Requirement, ...]:
    """The requirements of each grade beyond the one below it, in the order of the grades; `pains` are the lead's.

    credible: customer defined, intent and fit ≥ .7, each supported from two positions; opportunity_lead: a pain
    admitted or stronger, and budget or start date ≥ .5; opportunity: budget and start date ≥ .7.
    """
    credible = [_credible(topic(name), numbers) for name in ("customer_defined", "intent", "fit")]
    budget, start = topic("budget"), topic("start_date")
    either = max(budget.probability, start.probability)
    felt = any(pain.state in FELT for pain in pains)
    return (
        *credible,
        Requirement("opportunity_lead", ("pain",), felt, None, None, None, None),
        _likely("opportunity_lead", ("budget", "start_date"), either, numbers.likely),
        _likely("opportunity", ("budget",), budget.probability, numbers.sure),
        _likely("opportunity", ("start_date",), start.probability, numbers.sure),
    )


def supported_grade(required: Iterable[Requirement]) -> str:
    """The highest grade whose requirements, and those of all grades below it, are met.

    >>> supported_grade([Requirement("credible", ("fit",), True, 0.8, 0.7, 2, 2),
    ...                  Requirement("opportunity_lead", ("pain",), False, None, None, None, None)])
    'credible'
    """
    failed = {requirement.grade for requirement in required if not requirement.met}
    return list(takewhile(lambda grade: grade not in failed, GRADES))[-1]


def _credible(topic: Topic, numbers: Leads) -> Requirement:
    sure, positions = numbers.sure, numbers.positions
    met = topic.probability >= sure - SLACK and topic.supporting_groups >= positions
    return Requirement("credible", (topic.topic,), met, topic.probability, sure, topic.supporting_groups, positions)


def _likely(grade: str, topics: tuple[str, ...], probability: float, needed: float) -> Requirement:
    return Requirement(grade, topics, probability >= needed - SLACK, probability, needed, None, None)
