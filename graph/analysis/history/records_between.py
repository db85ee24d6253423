"""What is different between two states of an account's records, and the records with a part of it taken back."""

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
    """The records without the interactions and claims of later days; what has no date counts."""
    earlier = [interaction for interaction in dataset.of(Interaction) if interaction.date <= day]
    return dataset.replaced(Interaction, earlier).replaced(Claim, claims_until(dataset, day))


@dataclass(frozen=True, slots=True)
class Different:
    """A record that is not the same: None on the side on which there is none; the people of theirs that it is about."""

    target: Target
    before: Any
    after: Any
    people: tuple[str, ...]


def differences(before: Dataset, after: Dataset) -> list[Different]:
    """Every record that differs, by sheet in the order of the declarations, then key."""
    return [one for kind in KINDS.values() for one in _of_kind(kind, before, after)]


def taken_back(before: Dataset, after: Dataset, different: Iterable[Different]) -> Dataset:
    """The records after, but these as they were before, without what then names nobody."""
    back: dict[str, dict[Key, Any]] = {}
    for one in different:
        sheet, key = one.target
        back.setdefault(sheet, {})[key] = one.before
    records = {kind.record: after.of(kind.record) for kind in KINDS.values()}
    for sheet, changed in back.items():
        kind = KINDS[sheet]
        kept = [record for record in records[kind.record] if kind.key_of(record) not in changed]
        records[kind.record] = [*kept, *(one for one in changed.values() if one is not None)]
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
    return {one for value in named for one in (value if isinstance(value, tuple) else (value,)) if one is not None}


def _without_loose_ends(records: dict[type, list[Any]], before: Dataset, after: Dataset) -> Dataset:
    """Records that name one of those that are only on the other side go too; lists lose the name."""
    while gone := _gone(records, before, after):
        left = {
            kind.record: [kept for one in records[kind.record] if (kept := _kept(kind, one, gone)) is not None]
            for kind in KINDS.values()
        }
        if all(len(left[record]) == len(records[record]) for record in records):
            return Dataset(left)
        records = left
    return Dataset(records)


def _gone(records: dict[type, list[Any]], before: Dataset, after: Dataset) -> dict[str, Collection[str]]:
    """By sheet, the ids that either side has and the records have not."""
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
            if any(one in missing for one in value):
                record = replace(record, **{column.name: tuple(one for one in value if one not in missing)})
        elif value in missing:
            return None
    return record
