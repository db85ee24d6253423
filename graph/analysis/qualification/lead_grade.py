"""The grade that claims support, against the grade that somebody typed (measures, section 10)."""

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
    """Something that a grade asks for: of these topics, the likelihood that is there, and the one needed.

    `groups` are the positions that support it, of `groups_needed`. A felt pain is recorded or not: no likelihood.
    """

    grade: str
    topics: tuple[str, ...]
    met: bool
    probability: float | None
    needed: float | None
    groups: int | None
    groups_needed: int | None


def requirements(topic: TopicOf, pains: Iterable[Pain], numbers: Leads) -> tuple[Requirement, ...]:
    """What each grade asks for beyond the one below it, in the order of the grades; `pains` are those of the lead."""
    told = [_credible(topic(name), numbers) for name in ("customer_defined", "intent", "fit")]
    budget, start = topic("budget"), topic("start_date")
    either = max(budget.probability, start.probability)
    felt = any(pain.state in FELT for pain in pains)
    return (
        *told,
        Requirement("opportunity_lead", ("pain",), felt, None, None, None, None),
        _likely("opportunity_lead", ("budget", "start_date"), either, numbers.likely),
        _likely("opportunity", ("budget",), budget.probability, numbers.sure),
        _likely("opportunity", ("start_date",), start.probability, numbers.sure),
    )


def supported_grade(asked: Iterable[Requirement]) -> str:
    """The highest grade of which, as of all below it, every requirement is met."""
    failed = {one.grade for one in asked if not one.met}
    return list(takewhile(lambda grade: grade not in failed, GRADES))[-1]


def _credible(topic: Topic, numbers: Leads) -> Requirement:
    sure, positions = numbers.sure, numbers.positions
    met = topic.probability >= sure - SLACK and topic.supporting_groups >= positions
    return Requirement("credible", (topic.topic,), met, topic.probability, sure, topic.supporting_groups, positions)


def _likely(grade: str, topics: tuple[str, ...], probability: float, needed: float) -> Requirement:
    return Requirement(grade, topics, probability >= needed - SLACK, probability, needed, None, None)
