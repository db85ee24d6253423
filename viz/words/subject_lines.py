"""The worst gap subjects as lines: reason, other gaps, next action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viz.words.bilingual import Both, both_texts, rendered

if TYPE_CHECKING:
    from graph.analysis.report.gap_subjects import Subject
    from graph.model.words import Message

WORST = 3
"""How many subjects the header shows: never more."""


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A subject's line: its worst gap in words, the kinds of its other gaps, what to do, also in short."""

    number: int
    person: str | None
    unit: str | None
    why: Both
    also: Both | None
    action: Both
    brief: Both


def subject_lines(subjects: tuple[Subject, ...]) -> list[SubjectLine]:
    """The lines of the worst subjects."""
    return [_line(subject) for subject in subjects[:WORST]]


def _line(subject: Subject) -> SubjectLine:
    worst, others = subject.gaps[0], subject.gaps[1:]
    why, action, brief = (_both(words) for words in (worst.reason, worst.action, worst.brief))
    also = [both_texts(f"gap.{gap.type}") for gap in others]
    joined = Both(", ".join(kind.en.lower() for kind in also), "、".join(kind.zh for kind in also)) if also else None
    return SubjectLine(subject.number, subject.person, subject.unit, why, joined, action, brief)


def _both(words: Message) -> Both:
    both = rendered(words)
    assert both is not None
    return both
