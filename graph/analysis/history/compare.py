"""Comparison of an account on two days: people, stances, ties, gaps, causes of changed measures (measures, 11)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.analysis.ground.named import Names, names_of_both
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.history.move_causes import MeasureMoved, moves
from graph.analysis.history.records_between import existing
from graph.analysis.history.snapshot import GapSeen, Snapshot, snapshot_of
from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.decay import FallsBelow, falls_below
from graph.analysis.scenarios.what_if import differ, moved
from graph.model import Opportunity, Person, TeamMember
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset
from graph.model.kind import KINDS
from graph.model.problem import InputError
from graph.model.scales import GONE
from graph.model.words import Message, message


@dataclass(frozen=True, slots=True)
class Came:
    """A person present on the later day only; `was` is unidentified, left or moved, or None for somebody new."""

    person: str
    was: str | None


@dataclass(frozen=True, slots=True)
class Went:
    """A person present on the earlier day only; `how` is left, moved, or removed (from the records)."""

    person: str
    how: str


@dataclass(frozen=True, slots=True)
class MovedUnit:
    """A person in another unit than before; None is no unit."""

    person: str
    from_unit: str | None
    to_unit: str | None


@dataclass(frozen=True, slots=True)
class StanceMoved:
    """A person with another stance than before; None is unknown."""

    person: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class TieMoved:
    """A tie (strength ≥ .05) won or lost; None where one of the two people was not there."""

    member: str
    person: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class PersonMoved:
    """A person present on both days whose numbers changed."""

    person: str
    before: Mapping[str, float]
    after: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between two days of an account.

    Without the records, as between two saved maps, `measures` has no causes and `falls_below` is None. `calibration` is
    that of the later day.
    """

    account: str
    opportunity: str | None
    from_date: str
    to_date: str
    calibration: Message | str
    came: tuple[Came, ...]
    went: tuple[Went, ...]
    moved: tuple[MovedUnit, ...]
    stances: tuple[StanceMoved, ...]
    ties_won: tuple[TieMoved, ...]
    ties_lost: tuple[TieMoved, ...]
    measures: tuple[MeasureMoved, ...]
    people: tuple[PersonMoved, ...]
    gaps_opened: tuple[GapSeen, ...]
    gaps_closed: tuple[GapSeen, ...]
    falls_below: tuple[FallsBelow, ...] | None
    names: Names = field(repr=False)


def compare(
    before: Dataset,
    after: Dataset,
    account: str,
    from_date: datetime.date,
    to_date: datetime.date,
    opportunity: str | None,
    calibration: Calibration,
) -> Comparison:
    """Compare two days, given the records as they were stored on each; the opportunity is chosen on the later day.

    Raises InputError if the days are out of order, UnknownRecord for an account or opportunity that is not there.

    >>> month = compare(data, data, "harbour", today - timedelta(days=30), today, None, measures.view.calibration)
    >>> [change.measure for change in month.measures][:2], [(fall.person, fall.days) for fall in month.falls_below]
    (['decision_chain_coverage', 'independent_routes'], [('cho', 133)])
    """
    return comparison_of(*two_days(before, after, account, from_date, to_date, opportunity, calibration))


def two_days(
    before: Dataset,
    after: Dataset,
    account: str,
    from_date: datetime.date,
    to_date: datetime.date,
    opportunity: str | None,
    calibration: Calibration,
) -> tuple[Measures, Measures]:
    """The measures of both days, both for the opportunity chosen on the later one. Raises as `compare` does."""
    if from_date > to_date:
        reason = message("compare.out_of_order", from_date=from_date.isoformat(), to_date=to_date.isoformat())
        raise InputError("out_of_order", reason)
    before, after = existing(before, from_date), existing(after, to_date)
    now = compute_measures(after, account, to_date, opportunity, calibration)
    then = compute_measures(
        _without_others(before, account, now.view.opportunity), account, from_date, None, calibration
    )
    return then, now


def comparison_of(then: Measures, now: Measures) -> Comparison:
    """The comparison of the measures of two days."""
    both = (then.dataset, now.dataset)
    names = names_of_both(
        (person for side in both for person in side.of(Person)),
        (member for side in both for member in side.of(TeamMember)),
    )
    return _comparison(
        snapshot_of(report_of(then), _gone(then)),
        snapshot_of(report_of(now), _gone(now)),
        names,
        now.view.calibration.tie,
        moves(then, now),
        falls_below(now),
    )


def compare_saved(before: Snapshot, after: Snapshot, tie: float) -> Comparison:
    """Compare two saved maps, without causes; `tie` is the connection strength from which a tie counts.

    Raises InputError for maps of different accounts, and where they are out of order.
    """
    if before.account != after.account:
        reason = message("compare.other_account", before=before.account, after=after.account)
        raise InputError("other_account", reason)
    if before.as_of > after.as_of:
        raise InputError("out_of_order", message("compare.out_of_order", from_date=before.as_of, to_date=after.as_of))
    measures = tuple(
        MeasureMoved(figure.measure, figure.before, figure.after, figure.change, None, None, ())
        for name, was in before.figures.items()
        if differ(was, after.figures[name])
        for figure in [moved(name, was, after.figures[name])]
    )
    names = Names({person: seen.name for side in (before, after) for person, seen in side.people.items()}, {})
    return _comparison(before, after, names, tie, measures, None)


def _without_others(dataset: Dataset, account: str, chosen: Opportunity | None) -> Dataset:
    """The records with the chosen opportunity as the account's only one.

    An opportunity that was not recorded yet on the earlier day is then none, not replaced by another.
    """
    records = {kind.record: dataset.of(kind.record) for kind in KINDS.values()}
    records[Opportunity] = [
        opportunity
        for opportunity in dataset.of(Opportunity)
        if opportunity.account != account or (chosen is not None and opportunity.id == chosen.id)
    ]
    return Dataset(records)


def _gone(measures: Measures) -> dict[str, str]:
    people = measures.dataset.of(Person)
    return {
        person.id: person.status
        for person in people
        if person.account == measures.view.account.id and person.status in GONE
    }


def _comparison(
    before: Snapshot,
    after: Snapshot,
    names: Names,
    tie: float,
    measures: tuple[MeasureMoved, ...],
    falling: tuple[FallsBelow, ...] | None,
) -> Comparison:
    stay = sorted(_there(before) & _there(after))
    return Comparison(
        account=after.account,
        opportunity=after.opportunity,
        from_date=before.as_of,
        to_date=after.as_of,
        calibration=after.calibration,
        came=tuple(_came(before, after)),
        went=tuple(Went(person, _how(person, after)) for person in sorted(_there(before) - _there(after))),
        moved=tuple(
            MovedUnit(person, was, now)
            for person in stay
            if (was := before.people[person].unit) != (now := after.people[person].unit)
        ),
        stances=tuple(
            StanceMoved(person, held, holds)
            for person in stay
            if (held := before.people[person].stance) != (holds := after.people[person].stance)
        ),
        ties_won=tuple(_ties(before, after, tie, won=True)),
        ties_lost=tuple(_ties(before, after, tie, won=False)),
        measures=measures,
        people=_people(before, after, stay),
        gaps_opened=tuple(gap for key, gap in after.gaps.items() if key not in before.gaps),
        gaps_closed=tuple(gap for key, gap in before.gaps.items() if key not in after.gaps),
        falls_below=falling,
        names=names,
    )


def _there(side: Snapshot) -> set[str]:
    """The people present on the day: those who have not left and are identified."""
    return {person for person, seen in side.people.items() if seen.status not in (*GONE, "unidentified")}


def _came(before: Snapshot, after: Snapshot) -> list[Came]:
    def was(person: str) -> str | None:
        seen = before.people.get(person)
        return before.gone.get(person) if seen is None else seen.status

    return [Came(person, was(person)) for person in sorted(_there(after) - _there(before))]


def _how(person: str, after: Snapshot) -> str:
    seen = after.people.get(person)
    return after.gone.get(person, "removed") if seen is None else seen.status


def _ties(before: Snapshot, after: Snapshot, tie: float, won: bool) -> list[TieMoved]:
    """The ties of the later day only (`won`) or of the earlier day only, the strongest first, then by id."""
    had, lacked = (after, before) if won else (before, after)
    pairs = [
        pair
        for pair, strength in had.ties.items()
        if strength >= tie - SLACK and lacked.ties.get(pair, 0.0) < tie - SLACK
    ]
    pairs.sort(key=lambda pair: (-round(had.ties[pair], DIGITS), pair))
    return [TieMoved(*pair, before.ties.get(pair), after.ties.get(pair)) for pair in pairs]


def _people(before: Snapshot, after: Snapshot, stay: list[str]) -> tuple[PersonMoved, ...]:
    """The people of both days whose numbers changed, by the largest change of influence or coverage, then id."""

    def distance(person: str, *numbers: str) -> float:
        was, now = before.people[person].numbers, after.people[person].numbers
        return max(abs(now[name] - was[name]) for name in numbers or was)

    changed = [person for person in stay if distance(person) > SLACK]
    changed.sort(key=lambda person: (-round(distance(person, "decision_influence", "coverage"), DIGITS), person))
    return tuple(PersonMoved(person, before.people[person].numbers, after.people[person].numbers) for person in changed)
