"""Find a record by id or name, or raise the problem that lists the nearest ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Literal

from graph.model.echo import cut
from graph.model.naming import OFFERED, NameIndex, index_of
from graph.model.problem import InputError, UnknownRecord
from graph.model.words import message

_ONE_OF = {
    "accounts": "account",
    "opportunities": "opportunity",
    "people": "person",
    "team": "member",
    "anybody": "anybody",
}

Side = Literal["person", "member"]

_SIDES: tuple[tuple[Side, str], ...] = (("person", "people"), ("member", "team"))


class AmbiguousName(InputError):
    """A name that several records have."""


def called(sheet: str, asked: str, records: Collection[Any]) -> str:
    """The id of the one of these records of a sheet that has this id, else this name.

    Raises UnknownRecord with the nearest, AmbiguousName with all that are called so, each by id, name and title.

    >>> from graph.model import Person
    >>> called("people", "lin qiuyue", [Person("p1", "a", name="Lin Qiuyue / 林秋月"), Person("p2", "a", name="Wu")])
    'p1'
    """
    if any(record.id == asked for record in records):
        return asked
    index = index_of(records)
    found = index.called(sheet, asked)
    if len(found) == 1:
        return found[0]
    if found:
        raise _ambiguous(sheet, asked, index.described(sheet, sorted(found)))
    raise unknown_record(sheet, asked, records)


def unknown_record(sheet: str, asked: str, records: Iterable[Any]) -> UnknownRecord:
    """The problem of an id or name that none of these records has, naming up to three near ones."""
    index = index_of(records)
    return _unknown(sheet, asked, index.described(sheet, index.near(sheet, asked)))


def somebody_called(
    asked: str, people: Collection[Any], team: Collection[Any], side: Side | None = None
) -> tuple[Side, str]:
    """Which side somebody is on and their id: a stakeholder or a team member of this id, else of this name.

    The side may be said, here or by `person:ID` and `member:ID`. Raises UnknownRecord, and AmbiguousName where both
    sides have one.
    """
    records = {"people": people, "team": team}
    if side is not None:
        return side, called(dict(_SIDES)[side], asked, records[dict(_SIDES)[side]])
    index = index_of((*people, *team))
    prefix, _, rest = asked.partition(":")
    rest = rest.strip()
    said = next(((side, sheet) for side, sheet in _SIDES if prefix == side and rest), None)
    found = [(side, sheet, asked) for side, sheet in _SIDES if asked in index.of(sheet)]
    # The side wins over an id that happens to begin like one: `person:person:ID` names such a record.
    if said is not None and (not found or rest in index.of(said[1]) or index.called(said[1], rest)):
        return said[0], called(said[1], rest, records[said[1]])
    if not found:
        found = [(side, sheet, one) for side, sheet in _SIDES for one in index.called(sheet, asked)]
    if len(found) == 1:
        return found[0][0], found[0][2]
    if found:
        raise _ambiguous("anybody", asked, _with_sides(index, found))
    raise _unknown(
        "anybody", asked, [told for _, sheet in _SIDES for told in index.described(sheet, index.near(sheet, asked))]
    )


def _with_sides(index: NameIndex, found: Iterable[tuple[Side, str, str]]) -> list[str]:
    """Candidates of both sides as they may be asked for."""
    return [f"{side}:{told}" for side, sheet, one in found for told in index.described(sheet, [one])]


def _unknown(sheet: str, asked: str, near: Iterable[str]) -> UnknownRecord:
    code, told = f"unknown_{_ONE_OF[sheet]}", tuple(near)
    if told:
        return UnknownRecord(code, message(f"{code}.near", id=cut(asked), near=told))
    return UnknownRecord(code, message(code, id=cut(asked)))


def _ambiguous(sheet: str, asked: str, candidates: Iterable[str]) -> AmbiguousName:
    code, told = f"ambiguous_{_ONE_OF[sheet]}", list(candidates)
    shown = (*told[:OFFERED], "…") if len(told) > OFFERED else tuple(told)
    return AmbiguousName(code, message(code, id=cut(asked), near=shown))
