"""Causes of changed measures: time alone, and groups of records, each reverted in turn (measures, section 11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.ground.limits import CAUSE_PEOPLE, CAUSE_RECORDS, CAUSES
from graph.analysis.ground.rounding import DIGITS
from graph.analysis.history.records_between import Different, Target, differences, taken_back
from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.report.coverage_report import report_of
from graph.analysis.scenarios.what_if import Figure, differ, headline_figures
from graph.model import Opportunity


@dataclass(frozen=True, slots=True)
class Cause:
    """A group of records that changed a measure: of a kind (`sheet`), about a `person`, or one (`sheet` and `key`).

    `instead` is the measure's value with these records as they were before; `move` is the measure less that value (None
    for words).
    """

    sheet: str | None
    person: str | None
    key: tuple[str, ...] | None
    move: float | None
    instead: Figure


@dataclass(frozen=True, slots=True)
class MeasureMoved:
    """A measure on both days, with the causes of its change: `change = time + Σ moves of the kinds + together`.

    `time` is the change between the days with the records of the earlier one, `together` the interaction of the kinds.
    All three are None for words, and where a side is unknown. Causes are kinds, then people, then records, the largest
    first in each.
    """

    measure: str
    before: Figure
    after: Figure
    change: float | None
    time: float | None
    together: float | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class _Switched:
    """The figures with a group of records reverted."""

    sheet: str | None
    person: str | None
    key: tuple[str, ...] | None
    figures: Mapping[str, Figure]


def moves(then: Measures, now: Measures) -> tuple[MeasureMoved, ...]:
    """Every figure that changed, in the order of the report, with its causes."""
    before, after = (headline_figures(report_of(side)) for side in (then, now))
    changed = [name for name in before if differ(before[name], after[name])]
    if not changed:
        return ()
    later = headline_figures(report_of(_at(then, now)))
    switched = _switched(then, now)
    return tuple(_moved(name, before[name], later[name], after[name], switched) for name in changed)


def _at(then: Measures, now: Measures) -> Measures:
    """The earlier records on the later day."""
    view = then.view
    opportunity = None if view.opportunity is None else view.opportunity.id
    return compute_measures(then.dataset, view.account.id, now.view.as_of, opportunity, view.calibration)


def _switched(then: Measures, now: Measures) -> list[_Switched]:
    different = differences(then.dataset, now.dataset)
    kinds = _grouped((change.target[0], change) for change in different)
    people = _grouped((person, change) for change in different for person in change.people)
    most = sorted(people, key=lambda person: (-len(people[person]), person))[:CAUSE_PEOPLE]
    switched = [_Switched(sheet, None, None, _figures(then, now, group)) for sheet, group in kinds.items()]
    switched += [_Switched(None, person, None, _figures(then, now, people[person])) for person in most]
    if len(different) <= CAUSE_RECORDS:
        switched += [_Switched(*_record(change.target), _figures(then, now, [change])) for change in different]
    return switched


def _record(target: Target) -> tuple[str, None, tuple[str, ...]]:
    return target[0], None, target[1]


def _grouped(pairs: Iterable[tuple[str, Different]]) -> dict[str, list[Different]]:
    groups: dict[str, list[Different]] = {}
    for name, change in pairs:
        groups.setdefault(name, []).append(change)
    return groups


def _figures(then: Measures, now: Measures, group: Sequence[Different]) -> dict[str, Figure]:
    view = now.view
    records = taken_back(then.dataset, now.dataset, group)
    chosen = None if view.opportunity is None else view.opportunity.id
    if all(opportunity.id != chosen for opportunity in records.of(Opportunity)):
        chosen = None
    measures = compute_measures(records, view.account.id, view.as_of, chosen, view.calibration)
    return headline_figures(report_of(measures))


def _moved(name: str, before: Figure, later: Figure, after: Figure, switched: Sequence[_Switched]) -> MeasureMoved:
    causes = [
        Cause(group.sheet, group.person, group.key, _less(after, group.figures[name]), group.figures[name])
        for group in switched
        if differ(group.figures[name], after)
    ]
    kinds = _largest(cause for cause in causes if cause.key is None and cause.person is None)
    people = _largest(cause for cause in causes if cause.person is not None)[:CAUSES]
    records = _largest(cause for cause in causes if cause.key is not None)[:CAUSES]
    change, time = _less(after, before), _less(later, before)
    together = None
    if change is not None and time is not None and all(kind.move is not None for kind in kinds):
        together = change - time - sum(kind.move or 0.0 for kind in kinds)
    return MeasureMoved(name, before, after, change, time, together, (*kinds, *people, *records))


def _largest(causes: Iterable[Cause]) -> list[Cause]:
    return sorted(
        causes,
        key=lambda cause: (
            -round(abs(cause.move or 0.0), DIGITS),
            cause.sheet or "",
            cause.person or "",
            cause.key or (),
        ),
    )


def _less(after: Figure, before: Figure) -> float | None:
    numbers = isinstance(after, (int, float)) and isinstance(before, (int, float))
    return after - before if numbers else None  # type: ignore[operator]
