"""The declaration of a calibration: every value by its name, with kind, range, codes and purpose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt, MaxLen

from graph.model.calibration_types import About, Codes, Numbers
from graph.model.words import Message, message


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value of the calibration. `codes` are the texts allowed in it; a bound that does not exist is None."""

    kind: Literal["number", "whole", "text", "list"]
    about: About
    codes: tuple[str, ...] = ()
    above: float | None = None
    least: float | None = None
    most: float | None = None
    below: float | None = None

    @property
    def bounds(self) -> str:
        """The range in signs: `≥ 0, ≤ 1`."""
        signs = ((">", self.above), ("≥", self.least), ("<", self.below), ("≤", self.most))
        return ", ".join(f"{sign} {_plain(bound)}" for sign, bound in signs if bound is not None)

    @property
    def right(self) -> Message:
        """The kind and range of a value, in words."""
        if self.kind == "list":
            return message("calibration.right.codes", codes=self.codes)
        if self.codes:
            return message("calibration.right.code", codes=self.codes)
        if self.kind == "text":
            return message("calibration.right.text", bounds=_plain(self.most or 0))
        return message(f"calibration.right.{self.kind}", bounds=self.bounds)


@dataclass(frozen=True, slots=True)
class Group:
    """Values under a common name."""

    tree: Tree


Tree = Mapping[str, Leaf | Group]
"""Values and groups by name."""


@cache
def tree_of(declared: type[Numbers]) -> Tree:
    """The values and groups of a declaration by name, in its order."""
    hints = get_type_hints(declared, include_extras=True)
    return {name: _part(hints[name]) for name in declared.model_fields}


def leaves(tree: Tree, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Leaf]]:
    """Every value with its place, in the order of the declaration."""
    for name, part in tree.items():
        if isinstance(part, Leaf):
            yield (*place, name), part
        else:
            yield from leaves(part.tree, (*place, name))


def _part(annotation: Any) -> Leaf | Group:
    plain, marks = _unwrapped(annotation)
    if isinstance(plain, type) and issubclass(plain, Numbers):
        return Group(tree_of(plain))
    if get_origin(plain) is dict:
        key, value = get_args(plain)
        about = [mark for mark in marks if isinstance(mark, About)]
        return Group({code: _part(Annotated[(value, *about)] if about else value) for code in _codes(key)})
    if get_origin(plain) is tuple:
        return Leaf("list", _about(marks), _codes(get_args(plain)[0]))
    if plain is str:
        longest = next((float(mark.max_length) for mark in marks if isinstance(mark, MaxLen)), None)
        return Leaf(
            "text", _about(marks), next((mark.codes for mark in marks if isinstance(mark, Codes)), ()), most=longest
        )
    return Leaf(
        kind="whole" if plain is int else "number",
        about=_about(marks),
        above=next((float(str(mark.gt)) for mark in marks if isinstance(mark, Gt)), None),
        least=next((float(str(mark.ge)) for mark in marks if isinstance(mark, Ge)), None),
        most=next((float(str(mark.le)) for mark in marks if isinstance(mark, Le)), None),
        below=next((float(str(mark.lt)) for mark in marks if isinstance(mark, Lt)), None),
    )


def _unwrapped(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    if get_origin(annotation) is Annotated:
        return annotation.__origin__, annotation.__metadata__
    return annotation, ()


def _about(marks: tuple[Any, ...]) -> About:
    """The purpose of a value. Raises TypeError where none is declared, so that a value cannot be added by halves."""
    about = next((mark for mark in marks if isinstance(mark, About)), None)
    if about is None:
        raise TypeError("a value of the calibration without About(...)")
    return about


def _codes(annotation: Any) -> tuple[str, ...]:
    return next(mark.codes for mark in _unwrapped(annotation)[1] if isinstance(mark, Codes))


def _plain(bound: float) -> str:
    return f"{bound:.0f}" if bound == int(bound) else f"{bound:g}"
