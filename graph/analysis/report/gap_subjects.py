"""Gap subjects: the gaps of a report grouped by person, unit or account, numbered by the worst of each group."""

from __future__ import annotations

from dataclasses import dataclass

from graph.analysis.report.results import CoverageReport, Gap


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, a unit, or (where both are None) the account, with its gaps, worst first; `number` counts from 1."""

    number: int
    person: str | None
    unit: str | None
    gaps: tuple[Gap, ...]


def first_subjects(report: CoverageReport, most: int) -> tuple[tuple[str | None, str | None], ...]:
    """Person and unit of the first `most` subjects, without the gaps of each: only the worst gaps are read.

    >>> first_subjects(report, 2)
    (('ann', None), ('dev', None))
    """
    found: dict[tuple[str | None, str | None], None] = {}
    for gap in report.gaps:
        if len(found) >= most:
            break
        found[gap.person, gap.unit] = None
    return tuple(found)


def subjects(report: CoverageReport) -> tuple[Subject, ...]:
    """The subjects of a report, in the order of their worst gaps.

    >>> [(subject.number, subject.person, subject.gaps[0].type) for subject in subjects(report)][:2]
    [(1, 'ann', 'stance_unknown'), (2, 'dev', 'no_contact')]
    """
    merged: dict[tuple[str | None, str | None], list[Gap]] = {}
    for gap in report.gaps:
        merged.setdefault((gap.person, gap.unit), []).append(gap)
    return tuple(
        Subject(number, person, unit, tuple(gaps)) for number, ((person, unit), gaps) in enumerate(merged.items(), 1)
    )
