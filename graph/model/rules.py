"""Rules that the records of an account must keep together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from graph.model.columns import Column
from graph.model.customer import OrgUnit, Person, ReportsTo
from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Key, Kind
from graph.model.names import SEPARATOR
from graph.model.naming import folded_id, folded_name, names_of
from graph.model.opportunity import DecisionStep, Opportunity, Vote

SLACK = 1e-9
LOOP_SHOWN = 12
"""The most members of a loop that a message names."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a record breaks: its code, the record, the column, the value, and the places of the message."""

    code: str
    sheet: str
    key: Key
    column: str
    value: str
    places: Mapping[str, str] = field(default_factory=dict)


def violations(merged: Dataset, changed: Dataset, added: Dataset | None = None) -> list[Violation]:
    """The rules that the changed records break.

    `merged` holds every record of the accounts that the change touches, and the shared kinds, as they would be after
    it; `changed` the records that are new or different, `added` those that are new (all of them where it is left out).
    """
    return [
        *_ids_alike(merged, changed if added is None else added),
        *_dangling(merged, changed),
        *_self_ties(changed),
        *_across_accounts(merged, changed),
        *_loops("reports_to", "manager", _reporting(merged), changed),
        *_loops("units", "parent", _parents(merged), changed),
        *_quotas(merged, changed),
    ]


def _ids_alike(merged: Dataset, added: Dataset) -> Iterator[Violation]:
    """New ids that look the same as another one of their kind: only case, width or composition differ."""
    for kind in added.kinds():
        if kind.key != ("id",) or kind.record in added.exact_ids:
            continue
        ids = [record.id for record in merged.of(kind.record)]
        joined = "\n".join(ids)
        if joined.isascii() and joined == joined.lower():
            continue
        new = {record.id for record in added.of(kind.record)}
        seen: dict[str, str] = {}
        for identity in sorted(ids, key=new.__contains__):
            other = seen.setdefault(folded_id(identity), identity)
            if other != identity and identity in new:
                yield Violation("ids_alike", kind.sheet, (identity,), "id", identity, {"other": other})


def same_names(merged: Dataset, changed: Dataset) -> list[Violation]:
    """The changed people with the name of another person of their account, whom neither title nor unit tells apart.

    This breaks no rule, but they may be one person stored twice. Of two changed ones the later is named.
    """
    if not changed.of(Person):
        return []
    groups: dict[tuple[str, str], list[Person]] = {}
    for name, person in _twice_named(merged.of(Person)):
        groups.setdefault((person.account, name), []).append(person)
    new = {person.id for person in changed.of(Person)}
    namesakes: dict[str, str] = {}
    for people in groups.values():
        people.sort(key=lambda person: person.id in new)
        for place, person in enumerate(people):
            other = next((before for before in people[:place] if not _told_apart(before, person)), None)
            if other is not None and person.id in new:
                namesakes.setdefault(person.id, other.id)
    names = {person.id: person.name or "" for person in changed.of(Person)}
    return [
        Violation("same_name", "people", (identity,), "name", names[identity], {"other": other})
        for identity, other in namesakes.items()
    ]


def _twice_named(people: list[Person]) -> list[tuple[str, Person]]:
    """Each name that several people of any accounts have, with each of these people."""
    plain = _plain_names(people)
    if plain is not None and len(set(plain)) == len(plain):
        return []
    named = [(name, person) for person in people for name in names_of(person.name)]
    counts = Counter(name for name, _ in named)
    return [(name, person) for name, person in named if counts[name] > 1]


def _plain_names(people: list[Person]) -> list[str] | None:
    """The names in lower case, where comparing takes no more than that; None where it does. It saves time."""
    joined = "\n".join(person.name for person in people if person.name)
    simple = joined.isascii() and not any(odd in joined for odd in ("  ", "\t", "\n ", " \n", SEPARATOR))
    return joined.lower().split("\n") if simple else None


def _told_apart(first: Person, second: Person) -> bool:
    pairs = ((first.title, second.title), (first.unit, second.unit))
    return any(here and there and folded_name(here) != folded_name(there) for here, there in pairs)


def _dangling(merged: Dataset, changed: Dataset) -> Iterator[Violation]:
    known: dict[str, set[str]] = {}
    for kind in changed.kinds():
        for column in kind.references:
            assert column.ref is not None
            if column.ref not in known:
                known[column.ref] = {record.id for record in merged.of(KINDS[column.ref].record)}
            there = known[column.ref]
            records = changed.of(kind.record)
            named = _named(records, column.name, column.is_list)
            if named <= there:
                continue
            for record in records:
                for value in _values(getattr(record, column.name)):
                    if value not in there:
                        yield Violation(
                            "dangling", kind.sheet, kind.key_of(record), column.name, value, {"sheet": column.ref}
                        )


def moved_people(changed: Iterable[tuple[Any, Any]]) -> Iterator[Violation]:
    """The people who would move to another account, of records before and after a change.

    As a rule, a file that does this uses the id of one account's person for a person of another account.
    """
    for before, after in changed:
        if isinstance(after, Person) and isinstance(before, Person) and after.account != before.account:
            places = {"stored": before.account, "person": after.id}
            yield Violation("account_changed", "people", (after.id,), "account", after.account, places)


def _named(records: list[Any], name: str, is_list: bool) -> set[str]:
    if is_list:
        return {identity for record in records for identity in getattr(record, name)}
    return {getattr(record, name) for record in records} - {None}


def _values(value: Any) -> Iterable[str]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _self_ties(changed: Dataset) -> Iterator[Violation]:
    for kind in changed.kinds():
        edge = kind.edge
        if edge is None or kind.by_name[edge.source].ref != kind.by_name[edge.target].ref:
            continue
        for record in changed.of(kind.record):
            if getattr(record, edge.source) == getattr(record, edge.target):
                yield Violation("self_tie", kind.sheet, kind.key_of(record), edge.target, getattr(record, edge.target))


_SEVERAL_ACCOUNTS = frozenset({"interactions"})
"""Kinds whose records may name people of several accounts, such as a forum."""

_TELLS = frozenset({"source_person"})
"""Columns for the source of a statement, who may be of another account."""


@cache
def crossing_columns(sheet: str) -> tuple[Column, ...]:
    """The columns of a kind that may name people of another account than the record's own."""
    references = (column for column in KINDS[sheet].references if column.ref == "people")
    return tuple(column for column in references if sheet in _SEVERAL_ACCOUNTS or column.name in _TELLS)


def _across_accounts(merged: Dataset, changed: Dataset) -> Iterator[Violation]:
    accounts = _account_of(merged)
    for kind in changed.kinds():
        columns = [
            column
            for column in kind.references
            if (column.ref in accounts or column.ref == "accounts") and column.name not in _TELLS
        ]
        if len(columns) < 2 and not any(column.is_list for column in columns):
            continue
        if kind.sheet in _SEVERAL_ACCOUNTS:
            continue
        for record in changed.of(kind.record):
            home = None
            for column in columns:
                for value in _values(getattr(record, column.name)):
                    account = value if column.ref == "accounts" else accounts[column.ref or ""].get(value)
                    if account is None:
                        continue
                    if home is not None and account != home:
                        yield Violation(
                            "other_account",
                            kind.sheet,
                            kind.key_of(record),
                            column.name,
                            value,
                            {"account": account, "home": home},
                        )
                    home = home or account


def _account_of(merged: Dataset) -> dict[str, dict[str, str]]:
    opportunities = {opportunity.id: opportunity.account for opportunity in merged.of(Opportunity)}
    return {
        "units": {unit.id: unit.account for unit in merged.of(OrgUnit)},
        "people": {person.id: person.account for person in merged.of(Person)},
        "opportunities": opportunities,
        "steps": {
            step.id: opportunities[step.opportunity]
            for step in merged.of(DecisionStep)
            if step.opportunity in opportunities
        },
    }


def _reporting(merged: Dataset) -> dict[str, set[str]]:
    managers: dict[str, set[str]] = {}
    for line in merged.of(ReportsTo):
        if line.person != line.manager:
            managers.setdefault(line.person, set()).add(line.manager)
    return managers


def _parents(merged: Dataset) -> dict[str, set[str]]:
    return {unit.id: {unit.parent} for unit in merged.of(OrgUnit) if unit.parent is not None}


def _loops(sheet: str, column: str, above: dict[str, set[str]], changed: Dataset) -> Iterator[Violation]:
    """The loops of a hierarchy that a changed line is part of; one for every line that closes a loop."""
    kind: Kind = KINDS[sheet]
    new = set(map(kind.key_of, changed.of(kind.record)))
    if not new:
        return
    for loop in loops_in(above):
        keys = [(below, over) if len(kind.key) == 2 else (below,) for below, over in pairwise(loop)]
        at = next((place for place, key in enumerate(keys) if key in new), 0)
        yield Violation("loop", sheet, keys[at], column, loop[at + 1], {"loop": _shown(loop)})


def loops_in(above: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Loops of a hierarchy as `a, b, c, a`, upwards from the least member; one for every line that closes a loop.

    Depth first, without recursion: a chain of command may be longer than Python's stack.
    """
    done: set[str] = set()
    for start in sorted(above):
        if start in done:
            continue
        path = {start: iter(sorted(above[start]))}
        while path:
            here = next(reversed(path))
            over = next(path[here], None)
            if over is None:
                path.popitem()
                done.add(here)
            elif over in path:
                way = list(path)
                yield _from_least(way[way.index(over) :])
            elif over not in done:
                path[over] = iter(sorted(above.get(over, ())))


def _from_least(loop: list[str]) -> list[str]:
    start = loop.index(min(loop))
    return [*loop[start:], *loop[: start + 1]]


def _shown(loop: list[str]) -> str:
    return " → ".join(loop if len(loop) <= LOOP_SHOWN else [*loop[: LOOP_SHOWN - 2], "…", *loop[-2:]])


def _quotas(merged: Dataset, changed: Dataset) -> Iterator[Violation]:
    if not changed.of(DecisionStep) and not changed.of(Vote):
        return
    weights: dict[str, float] = {}
    for vote in merged.of(Vote):
        weights[vote.step] = weights.get(vote.step, 0.0) + (1.0 if vote.weight is None else vote.weight)
    for step in merged.of(DecisionStep):
        total = weights.get(step.id)
        if step.rule == "quota" and step.quota is not None and total is not None and step.quota > total + SLACK:
            yield Violation("quota_too_high", "steps", (step.id,), "quota", f"{step.quota:g}", {"total": f"{total:g}"})
