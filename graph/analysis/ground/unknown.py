"""Lookup of a record by id or name; the error for an unknown one lists the nearest."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Literal

from graph.model.echo import cut
from graph.model.file_problems import unknown_choice
from graph.model.naming import OFFERED, NameIndex, index_of
from graph.model.problem import InputError, UnknownRecord
from graph.model.words import message

_SINGULAR = {
    "accounts": "account",
    "units": "unit",
    "opportunities": "opportunity",
    "people": "person",
    "team": "member",
    "anybody": "anybody",
}

Side = Literal["person", "member"]

_SIDES: tuple[tuple[Side, str], ...] = (("person", "people"), ("member", "team"))


class AmbiguousName(InputError):
    """The name that was asked for belongs to several records.

    >>> from graph.analysis.ground.unknown import called
    >>> from graph.model import Person
    >>> try:
    ...     called("people", "wu", [Person("p1", "a", name="Wu"), Person("p2", "a", name="Wu")])
    ... except AmbiguousName as error:
    ...     error.code
    'ambiguous_person'
    """


def called(sheet: str, asked: str, records: Collection[Any]) -> str:
    """The id of the record, among these of a sheet, that has this id, else this name.

    Raises UnknownRecord with the nearest, AmbiguousName with all that are called so, each by id, name and title,
    InputError where it is no text.

    >>> from graph.model import Person
    >>> called("people", "lin qiuyue", [Person("p1", "a", name="Lin Qiuyue / 林秋月"), Person("p2", "a", name="Wu")])
    'p1'
    """
    check_reference(asked)
    if any(record.id == asked for record in records):
        return asked
    index = index_of(records)
    matches = index.called(sheet, asked)
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise _ambiguous(sheet, asked, index.described(sheet, sorted(matches)))
    raise unknown_record(sheet, asked, records)


def check_reference(asked: object) -> None:
    """Raise InputError for an id or name that is no text, such as a missing value of a DataFrame.

    >>> check_reference("qinglan")
    """
    if not isinstance(asked, str):
        shown = message("problem.not_a_reference", value=cut(str(asked)), type=type(asked).__name__)
        raise InputError("not_a_reference", shown)


def unknown_record(sheet: str, asked: str, records: Iterable[Any]) -> UnknownRecord:
    """The problem of an id or name that none of these records has, naming up to three near ones."""
    index = index_of(records)
    return _unknown(sheet, asked, index.described(sheet, index.near(sheet, asked)))


def somebody_called(
    asked: str, people: Collection[Any], team: Collection[Any], side: Side | None = None
) -> tuple[Side, str]:
    """The side and id of a stakeholder or team member of this id, else of this name.

    The side may be given, as an argument or as in `person:ID` and `member:ID`. Raises UnknownRecord where there is
    none, AmbiguousName where both sides have one, InputError for another side.
    """
    check_reference(asked)
    records = {"people": people, "team": team}
    if side is not None:
        if side not in dict(_SIDES):
            raise unknown_choice("side", side, tuple(dict(_SIDES)))
        return side, called(dict(_SIDES)[side], asked, records[dict(_SIDES)[side]])
    index = index_of((*people, *team))
    prefix, _, rest = asked.partition(":")
    rest = rest.strip()
    prefixed = next(((side, sheet) for side, sheet in _SIDES if prefix == side and rest), None)
    matches = [(side, sheet, asked) for side, sheet in _SIDES if asked in index.of(sheet)]
    # The side wins over an id that happens to begin like one: `person:person:ID` names such a record.
    if prefixed is not None and (not matches or rest in index.of(prefixed[1]) or index.called(prefixed[1], rest)):
        return prefixed[0], called(prefixed[1], rest, records[prefixed[1]])
    if not matches:
        matches = [(side, sheet, identity) for side, sheet in _SIDES for identity in index.called(sheet, asked)]
    if len(matches) == 1:
        return matches[0][0], matches[0][2]
    if matches:
        raise _ambiguous("anybody", asked, _with_sides(index, matches))
    raise _unknown(
        "anybody", asked, [near for _, sheet in _SIDES for near in index.described(sheet, index.near(sheet, asked))]
    )


def _with_sides(index: NameIndex, matches: Iterable[tuple[Side, str, str]]) -> list[str]:
    """Candidates of both sides as they may be asked for."""
    return [f"{side}:{text}" for side, sheet, identity in matches for text in index.described(sheet, [identity])]


def _unknown(sheet: str, asked: str, near: Iterable[str]) -> UnknownRecord:
    code, nearest = f"unknown_{_SINGULAR[sheet]}", tuple(near)
    if nearest:
        return UnknownRecord(code, message(f"{code}.near", id=cut(asked), near=nearest))
    return UnknownRecord(code, message(code, id=cut(asked)))


def _ambiguous(sheet: str, asked: str, candidates: Iterable[str]) -> AmbiguousName:
    code, listed = f"ambiguous_{_SINGULAR[sheet]}", list(candidates)
    shown = (*listed[:OFFERED], "…") if len(listed) > OFFERED else tuple(listed)
    return AmbiguousName(code, message(code, id=cut(asked), near=shown))
