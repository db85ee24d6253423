"""A user's calibration file: read, checked against the declaration, and completed from the defaults."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from rapidfuzz import fuzz

from graph.model.calibration_declared import Group, Leaf, Tree, leaves, tree_of
from graph.model.calibration_types import Numbers
from graph.model.problem import InputError
from graph.model.words import Message, message

MOST_BYTES = 1_000_000
TYPED_SHOWN = 40
DIGEST_SHOWN = 8
NAMES = ("name", "version")
"""Entries that describe the file; they are no numbers of the method."""

Values = dict[str, Any]
Declared = TypeVar("Declared", bound=Numbers)


@dataclass(frozen=True, slots=True)
class Own:
    """A user's file by its name, a digest of all numbers in effect, and how many of them differ from the defaults.

    Equal digests mean equal numbers. `named` says that the file gives itself a name or version.
    """

    file: str
    digest: str
    count: int
    named: bool


def read_calibration(path: Path, default: Declared) -> tuple[Declared, Own]:
    """The numbers of a file, completed from the defaults. Raises InputError for a file that is wrong in any way."""
    given = _parsed(path)
    tree = tree_of(type(default))
    if not isinstance(given, dict):
        raise _wrong(path, "-", given, message("calibration.right.object"))
    _check_keys(path, given, tree)
    usual: Values = default.model_dump(mode="json")
    merged = _merged(usual, given)
    try:
        numbers = type(default).model_validate_json(json.dumps(merged))
    except ValidationError as wrong:
        raise _refused(path, merged, tree, wrong) from None
    return numbers, _own(path, usual, numbers.model_dump(mode="json"))


def _parsed(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as wrong:
        why = getattr(wrong, "strerror", None) or str(wrong)
        raise InputError("bad_calibration", message("calibration.unreadable", path=str(path), why=why)) from wrong
    if len(raw) > MOST_BYTES:
        raise InputError("bad_calibration", message("calibration.too_large", path=str(path), most=MOST_BYTES))
    try:
        parsed = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
        json.dumps(parsed, ensure_ascii=False).encode()  # refuses lone surrogates
        return parsed
    except _Twice as wrong:
        raise InputError("bad_calibration", message("calibration.twice", path=str(path), place=wrong.key)) from None
    except json.JSONDecodeError as wrong:
        explanation = message("calibration.not_json", path=str(path), line=wrong.lineno, column=wrong.colno)
        raise InputError("bad_calibration", explanation) from None
    except (ValueError, RecursionError):  # not UTF-8, a number of thousands of digits, thousands of brackets
        raise InputError("bad_calibration", message("calibration.no_text", path=str(path))) from None


class _Twice(Exception):
    """A key that stands twice in one object."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _once(pairs: list[tuple[str, Any]]) -> Values:
    values: Values = {}
    for key, value in pairs:
        if key in values:
            raise _Twice(key[:TYPED_SHOWN])
        values[key] = value
    return values


def _check_keys(path: Path, given: Mapping[str, Any], whole: Tree, place: tuple[str, ...] = ()) -> None:
    """Refuse the first key that is not declared, and the first value that stands where a group should."""
    tree = _at(whole, place)
    for key, value in given.items():
        here = (*place, key)
        part = tree.get(key)
        if part is None:
            typed, near = ".".join(here)[: 2 * TYPED_SHOWN], _nearest(here, whole)
            raise InputError("bad_calibration", message("calibration.unknown", path=str(path), place=typed, near=near))
        if isinstance(part, Group):
            if not isinstance(value, dict):
                raise _wrong(path, ".".join(here), value, message("calibration.right.object"))
            _check_keys(path, value, whole, here)


def _at(tree: Tree, place: tuple[str, ...]) -> Tree:
    for name in place:
        part = tree[name]
        assert isinstance(part, Group)
        tree = part.tree
    return tree


def _nearest(typed: tuple[str, ...], tree: Tree) -> str:
    """The declared name nearest to an unknown one, by its last part, then as a whole; of equals the first declared."""

    def likeness(name: str) -> tuple[float, float]:
        whole = fuzz.ratio(".".join(typed).casefold(), name.casefold())
        return max(fuzz.ratio(typed[-1].casefold(), name.rpartition(".")[2].casefold()), whole), whole

    return max((".".join(place) for place in _names(tree)), key=likeness)


def _names(tree: Tree, place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every group and value."""
    for name, part in tree.items():
        yield (*place, name)
        if isinstance(part, Group):
            yield from _names(part.tree, (*place, name))


def _merged(usual: Values, given: Values) -> Values:
    """The values given, with defaults for all others."""
    return {
        **usual,
        **{
            key: _merged(usual[key], value) if isinstance(value, dict) and isinstance(usual.get(key), dict) else value
            for key, value in given.items()
        },
    }


def _refused(path: Path, merged: Values, tree: Tree, wrong: ValidationError) -> InputError:
    """The first error: its place, the typed value, and what would be right."""
    first = wrong.errors()[0]
    if first["type"] == "disagree":
        names, values = first["ctx"]["names"], first["ctx"]["values"]
        typed = ", ".join(f"{value:g}" for value in values)
        return _problem(path, ", ".join(names), typed, message(first["ctx"]["right"]))
    place = _declared(first["loc"], tree)
    value: Any = merged
    for name in place:
        value = value[name]
    leaf = dict(leaves(tree))[place]
    return _wrong(path, ".".join(place), value, leaf.right)


def _declared(loc: tuple[int | str, ...], tree: Tree) -> tuple[str, ...]:
    """The place of the value in which something is wrong, without places inside a list."""
    place: list[str] = []
    part: Group | Leaf = Group(tree)
    for name in loc:
        if isinstance(part, Leaf):
            break
        place.append(str(name))
        part = part.tree[str(name)]
    return tuple(place)


def _wrong(path: Path, place: str, value: Any, right: Message) -> InputError:
    typed = json.dumps(value, ensure_ascii=False)
    return _problem(path, place, typed if len(typed) <= TYPED_SHOWN else f"{typed[:TYPED_SHOWN]}…", right)


def _problem(path: Path, place: str, typed: str, right: Message) -> InputError:
    explanation = message("calibration.wrong", path=str(path), place=place, value=typed, right=right)
    return InputError("bad_calibration", explanation)


def _own(path: Path, usual: Values, now: Values) -> Own:
    before, after = dict(_flat(usual)), dict(_flat(now))
    numbers = {".".join(place): value for place, value in sorted(after.items()) if place[0] not in NAMES}
    return Own(
        file=path.name.encode("utf-8", "replace").decode(),
        digest=hashlib.sha256(json.dumps(numbers).encode()).hexdigest()[:DIGEST_SHOWN],
        count=sum(value != before.get(place) for place, value in after.items() if place[0] not in NAMES),
        named=any(usual[name] != now[name] for name in NAMES),
    )


def _flat(values: Values, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, (*place, name))
        else:
            yield (*place, name), value
