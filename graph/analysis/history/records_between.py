"""Differences between two states of an account's records, and the records with some of them reverted."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from graph.analysis.qualification.claims import claims_until
from graph.model import Claim, Interaction, Person
from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Key, Kind

Target = tuple[str, Key]
"""A record by its sheet and key."""


def existing(dataset: Dataset, day: datetime.date) -> Dataset:
    """The records without interactions and claims of later days; undated claims stay."""
    earlier = [interaction for interaction in dataset.of(Interaction) if interaction.date <= day]
    return dataset.replaced(Interaction, earlier).replaced(Claim, claims_until(dataset, day))


@dataclass(frozen=True, slots=True)
class Different:
    """A record that differs, None on a side without it; `people` are the stakeholders it is about."""

    target: Target
    before: Any
    after: Any
    people: tuple[str, ...]


def differences(before: Dataset, after: Dataset) -> list[Different]:
    """Every record that differs, by sheet in the order of the declarations, then key."""
    return [change for kind in KINDS.values() for change in _of_kind(kind, before, after)]


def taken_back(before: Dataset, after: Dataset, different: Iterable[Different]) -> Dataset:
    """The records `after` with these changes reverted, and without references to records that are then missing."""
    back: dict[str, dict[Key, Any]] = {}
    for change in different:
        sheet, key = change.target
        back.setdefault(sheet, {})[key] = change.before
    records = {kind.record: after.of(kind.record) for kind in KINDS.values()}
    for sheet, changed in back.items():
        kind = KINDS[sheet]
        kept = [record for record in records[kind.record] if kind.key_of(record) not in changed]
        records[kind.record] = [*kept, *(record for record in changed.values() if record is not None)]
    return _without_loose_ends(records, before, after)


def _of_kind(kind: Kind, before: Dataset, after: Dataset) -> Iterator[Different]:
    then, now = ({kind.key_of(record): record for record in side.of(kind.record)} for side in (before, after))
    for key in sorted(then.keys() | now.keys()):
        was, is_ = then.get(key), now.get(key)
        if was != is_:
            yield Different((kind.sheet, key), was, is_, tuple(sorted(_people(kind, was) | _people(kind, is_))))


def _people(kind: Kind, record: Any) -> set[str]:
    if record is None:
        return set()
    if isinstance(record, Person):
        return {record.id}
    named = (getattr(record, column.name) for column in kind.references if column.ref == "people")
    listed = (value if isinstance(value, tuple) else (value,) for value in named)
    return {person for people in listed for person in people if person is not None}


def _without_loose_ends(records: dict[type, list[Any]], before: Dataset, after: Dataset) -> Dataset:
    """Remove records that refer to a missing record, and missing ids from lists, until no reference dangles."""
    while gone := _gone(records, before, after):
        left = {
            kind.record: [kept for record in records[kind.record] if (kept := _kept(kind, record, gone)) is not None]
            for kind in KINDS.values()
        }
        if all(len(left[record]) == len(records[record]) for record in records):
            return Dataset(left)
        records = left
    return Dataset(records)


def _gone(records: dict[type, list[Any]], before: Dataset, after: Dataset) -> dict[str, Collection[str]]:
    """The ids, by sheet, that either side has and the records lack."""
    gone: dict[str, Collection[str]] = {}
    for kind in KINDS.values():
        if kind.key == ("id",):
            here = {record.id for record in records[kind.record]}
            missing = {record.id for side in (before, after) for record in side.of(kind.record)} - here
            if missing:
                gone[kind.sheet] = missing
    return gone


def _kept(kind: Kind, record: Any, gone: dict[str, Collection[str]]) -> Any:
    for column in kind.references:
        missing = gone.get(column.ref or "")
        if not missing:
            continue
        value = getattr(record, column.name)
        if isinstance(value, tuple):
            if any(identity in missing for identity in value):
                kept = tuple(identity for identity in value if identity not in missing)
                record = replace(record, **{column.name: kept})
        elif value in missing:
            return None
    return record
