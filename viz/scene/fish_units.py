"""The bones of the fishbone: units by share of the decision; and the unit in its head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult, UnitResult
from graph.model.words import text
from viz.scene import plan
from viz.scene.fish_parts import BoneKind
from viz.scene.fish_words import coverage_of, share_of
from viz.words.names import record_name

BONES = 8
"""The smallest of more units share the last bone."""


@dataclass(frozen=True)
class Group:
    """The people of a bone in the order in which they are drawn in full: of a unit, several units, none, or outside."""

    kind: BoneKind
    unit: str | None
    units: int
    name: str
    people: Sequence[PersonResult]

    @cached_property
    def share(self) -> float:
        """The share of the decision that they hold together."""
        return share_of(self.people)

    @cached_property
    def coverage(self) -> float | None:
        """Their coverage weighted by influence, None without influence."""
        return coverage_of(self.people)


def root_unit(content: MapContent) -> str | None:
    """The unit that goes into the head: at the top with the most units under it, else where the only chief is.

    None where neither is known, or where the head would hold everybody.
    """
    units = content.report.units
    people = content.report.people
    held = {person.unit for person in people if not person.external}
    children = _children(units)
    under = {unit.id: _under(unit.id, children) for unit in units if unit.parent is None}
    most = min(under, key=lambda unit: (-under[unit], unit), default=None)
    if most is None or under[most] == 0:
        recorded = [person for person in people if not person.level_inferred and not person.external]
        top = max((person.level for person in recorded), default=0.0)
        chiefs = {person.unit for person in recorded if person.level == top}
        most = next(iter(chiefs)) if len(chiefs) == 1 and top > 1 else None
    return most if most in held and len(held) > 1 else None


def _children(units: Sequence[UnitResult]) -> dict[str | None, list[str]]:
    """The units directly below each unit."""
    children: dict[str | None, list[str]] = {}
    for unit in units:
        children.setdefault(unit.parent, []).append(unit.id)
    return children


def _under(unit: str, children: Mapping[str | None, Sequence[str]]) -> int:
    """How many units are below a unit, at any depth."""
    descendants: set[str] = set()
    open_ = [unit]
    while open_:
        below = [child for child in children.get(open_.pop(), []) if child not in descendants]
        descendants.update(below)
        open_ += below
    return len(descendants - {unit})


def groups_of(content: MapContent, root: str | None, lang: str) -> list[Group]:
    """The bones from the head on: units by share, the smallest of too many merged into the last."""
    column = plan.column_of(content)
    members: dict[str, list[PersonResult]] = {}
    for person in plan.first_in_full(content):
        if column[person.id] != root:
            members.setdefault(column[person.id], []).append(person)
    names = content.report.unit_names
    groups = [_group(name, people, names, lang) for name, people in members.items()]
    groups.sort(key=lambda group: (-round(group.share, 9), group.unit or group.kind))
    if len(groups) <= BONES:
        return groups
    kept, merged = groups[: BONES - 1], groups[BONES - 1 :]
    ids = {person.id for group in merged for person in group.people}
    rest = [person for person in plan.first_in_full(content) if person.id in ids]
    return [*kept, Group("others", None, len(merged), text("fish.others", lang, count=len(merged)), rest)]


def _group(name: str, people: Sequence[PersonResult], names: Mapping[str, str | None], lang: str) -> Group:
    if name == plan.OUTSIDE:
        return Group("outside", None, 1, text("map.outside", lang), people)
    if name == plan.NOWHERE:
        return Group("nowhere", None, 1, text("map.nowhere", lang), people)
    return Group("unit", name, 1, record_name(names[name], name, lang), people)
