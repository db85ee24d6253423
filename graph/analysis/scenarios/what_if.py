"""What-if: an account's report before and after hypothetical changes, and the differences (measures, section 7)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.measures import compute_measures
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.results import CoverageReport, Gap, PersonResult
from graph.analysis.scenarios.changes import Change, changed
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset

Figure = float | int | str | None

FIGURES = (
    "decision_chain_coverage",
    "supportive_coverage",
    "identified",
    "redundancy",
    "independent_routes",
    "concentration",
    "status",
    "triangle.AR",
    "triangle.SR",
    "triangle.FR",
    "support.index",
    "support.forecast",
    "support.low",
    "support.high",
    "support.bottleneck",
    "race.ahead",
    "gaps",
)
"""The figures of the account as a whole, by their path in the report's JSON."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure before and after; `change` is after less before, None where either is unknown or a word."""

    measure: str
    before: Figure
    after: Figure
    change: float | None


@dataclass(frozen=True, slots=True)
class PersonMoved:
    """A person whose numbers changed; None on the side on which they are not in the graph."""

    person: str
    before: Mapping[str, float] | None
    after: Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """All figures before and after; `moved` and `people` hold only those that differ by more than 1e-9.

    People are in order of their largest change, then id. Gaps are the same if type, person and unit are.
    """

    before: Mapping[str, Figure]
    after: Mapping[str, Figure]
    moved: tuple[Moved, ...]
    people: tuple[PersonMoved, ...]
    gaps_opened: tuple[Gap, ...]
    gaps_closed: tuple[Gap, ...]
    names: Mapping[str, str | None] = field(repr=False)


def what_if(
    dataset: Dataset,
    account: str,
    as_of: datetime.date,
    changes: Sequence[Change],
    opportunity: str | None = None,
    calibration: Calibration | None = None,
) -> WhatIf:
    """Compute the effect of all the changes together, on the opportunity by id or name (else of the nearest bid).

    Raises UnknownRecord, AmbiguousName or ImpossibleChange as `changed` does.

    >>> from graph.analysis.scenarios.changes import Stance
    >>> effect = what_if(data, "harbour", today, [Stance("ann", 2)])
    >>> effect.before["status"], effect.after["status"]
    ('red', 'green')
    """
    measures = compute_measures(dataset, account, as_of, opportunity, calibration)
    chosen = measures.view.opportunity
    then = changed(dataset, account, as_of, chosen, changes)
    before = report_of(measures)
    after = report_of(
        compute_measures(then, account, as_of, None if chosen is None else chosen.id, measures.view.calibration)
    )
    return difference(before, after)


def difference(before: CoverageReport, after: CoverageReport) -> WhatIf:
    """The differences between two reports of one account."""
    then, now = headline_figures(before), headline_figures(after)
    opened, closed = _gaps_only_in(after, before), _gaps_only_in(before, after)
    return WhatIf(
        before=then,
        after=now,
        moved=tuple(moved(name, then[name], now[name]) for name in then if differ(then[name], now[name])),
        people=_people(before, after),
        gaps_opened=opened,
        gaps_closed=closed,
        names={person.id: person.name for person in (*after.people, *before.people)},
    )


def headline_figures(report: CoverageReport) -> dict[str, Figure]:
    """The figures of a report, in the order of `FIGURES`."""
    support = report.support
    return {
        "decision_chain_coverage": report.decision_chain_coverage,
        "supportive_coverage": report.supportive_coverage,
        "identified": report.identified,
        "redundancy": report.redundancy,
        "independent_routes": report.independent_routes,
        "concentration": report.concentration,
        "status": report.status,
        **{f"triangle.{corner}": share for corner, share in report.triangle.items()},
        "support.index": None if support is None else support.index,
        "support.forecast": None if support is None else support.forecast,
        "support.low": None if support is None else support.low,
        "support.high": None if support is None else support.high,
        "support.bottleneck": None if support is None or support.bottleneck is None else support.bottleneck.value,
        "race.ahead": report.race.ahead,
        "gaps": len(report.gaps),
    }


def moved(name: str, before: Figure, after: Figure) -> Moved:
    """A figure before and after, with its change."""
    if isinstance(before, (int, float)) and isinstance(after, (int, float)):
        return Moved(name, before, after, after - before)
    return Moved(name, before, after, None)


def differ(before: Figure, after: Figure) -> bool:
    """Whether two figures differ, numbers by more than 1e-9."""
    if isinstance(before, (int, float)) and isinstance(after, (int, float)):
        return abs(after - before) > SLACK
    return before != after


def _people(before: CoverageReport, after: CoverageReport) -> tuple[PersonMoved, ...]:
    then, now = ({person.id: _figures(person) for person in report.people} for report in (before, after))
    moved = [
        PersonMoved(person, then.get(person), now.get(person))
        for person in sorted({*then, *now})
        if _distance(then.get(person), now.get(person)) > SLACK
    ]
    return tuple(sorted(moved, key=lambda item: (-round(_distance(item.before, item.after), DIGITS), item.person)))


def _figures(person: PersonResult) -> dict[str, float]:
    return {
        "decision_influence": person.decision_influence,
        "coverage": person.coverage,
        "final_stance": person.final_stance,
    }


def _distance(before: Mapping[str, float] | None, after: Mapping[str, float] | None) -> float:
    if before is None or after is None:
        return max((before or after or {}).values(), default=0.0)
    return max(abs(after[name] - before[name]) for name in before)


def _gaps_only_in(report: CoverageReport, other: CoverageReport) -> tuple[Gap, ...]:
    there = {(gap.type, gap.person, gap.unit) for gap in other.gaps}
    return tuple(gap for gap in report.gaps if (gap.type, gap.person, gap.unit) not in there)
