"""The columns of the power map: a unit each, small units merged, and how many people stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult
from viz.scene import plan
from viz.scene.lane import HEXAGON_ROOM
from viz.scene.metrics import width_of, wrap
from viz.scene.scene import Column
from viz.scene.setting import Setting, column_word
from viz.words.names import record_name

MOST_UNITS = 12
"""The most units with a column of their own, by influence."""
HEAD = 12.0
HALVINGS = 40


@dataclass(frozen=True)
class Columns:
    """The columns in their order by name, and how many people stand side by side in each."""

    by_name: Mapping[str, Column]
    across: Mapping[str, int]


def merged(content: MapContent) -> Mapping[str, str]:
    """The column of each person, with the units beyond the weightiest as one."""
    return content.once(_merged)


def _merged(content: MapContent) -> Mapping[str, str]:
    column = plan.column_of(content)
    weight: dict[str, float] = {}
    for person in content.report.people:
        weight[column[person.id]] = weight.get(column[person.id], 0.0) + person.decision_influence
    units = [unit.id for unit in content.report.units if unit.id in weight]
    if len(units) <= MOST_UNITS + 1:
        return column
    kept = set(sorted(units, key=lambda unit: (-round(weight[unit], 9), unit))[:MOST_UNITS])
    least = {unit for unit in units if unit not in kept}
    return {person: plan.OTHERS if name in least else name for person, name in column.items()}


def columns_of(setting: Setting, first: Sequence[PersonResult]) -> Columns:
    """Columns wide enough for the people first in line to be drawn in full, scaled to the width of the picture."""
    if not setting.order:
        return Columns({}, {})
    whole = _whole_names(setting)
    needs = dict.fromkeys(setting.order, 0.0)
    placed = [person for person in first if setting.is_placed(person)]
    for person in placed:
        name = setting.column[person.id]
        needs[name] = max(needs[name], setting.need(person))
    least = {name: _least(name, whole[name], setting) for name in setting.order}
    room = setting.frame.width - setting.frame.gutter
    across = _across(placed, needs, least, room, setting)
    wanted = {name: max(needs[name] * across[name], least[name]) for name in setting.order}
    widths = _scaled(wanted, least, room)
    made, x = {}, setting.frame.gutter
    for name in setting.order:
        made[name] = _column(name, x, widths[name], whole[name], setting)
        x += widths[name]
    return Columns(made, across)


def _across(
    placed: Sequence[PersonResult],
    needs: Mapping[str, float],
    least: Mapping[str, float],
    room: float,
    setting: Setting,
) -> dict[str, int]:
    """How many people stand side by side in each column: added one by one where most stand under each other."""
    cells = Counter((setting.column[person.id], setting.level[person.id]) for person in placed)
    most = dict.fromkeys(setting.order, 0)
    for (name, _), count in cells.items():
        most[name] = max(most[name], count)
    across = dict.fromkeys(setting.order, 1)

    def taken() -> float:
        return sum(max(needs[name] * across[name], least[name]) for name in setting.order)

    open_ = [name for name in setting.order if most[name] > 1]
    while open_:
        name = max(open_, key=lambda item: (most[item] / across[item], item))
        across[name] += 1
        if taken() > room:
            across[name] -= 1
            open_.remove(name)
        elif across[name] >= most[name]:
            open_.remove(name)
    return across


def _scaled(wanted: Mapping[str, float], least: Mapping[str, float], room: float) -> dict[str, float]:
    """Widths that fill the room; where it is too narrow the widest give way first, none below its head's width."""
    total, floor = sum(wanted.values()), sum(least.values())
    if total <= room:
        return {name: width * room / total for name, width in wanted.items()}
    if floor >= room:
        return {name: width * room / floor for name, width in least.items()}
    low, high = 0.0, max(wanted.values())
    for _ in range(HALVINGS):
        cap = (low + high) / 2
        taken = sum(max(least[name], min(width, cap)) for name, width in wanted.items())
        low, high = (cap, high) if taken <= room else (low, cap)
    return {name: max(least[name], min(width, low)) for name, width in wanted.items()}


def _least(name: str, whole: str, setting: Setting) -> float:
    """The room of the column's head; where competitors stand, that of their hexagon with a name."""
    many = len(setting.content.report.people) > 80
    least, most = (66.0, 96.0) if many or not setting.sizes.titles else (90.0, 132.0)
    width = max(min(width_of(whole, HEAD, bold=True) + 14.0, most), least)
    rivals = name == plan.OUTSIDE and any(rival.ties for rival in setting.content.rivals)
    return max(width, HEXAGON_ROOM) if rivals else width


def _column(name: str, x: float, width: float, whole: str, setting: Setting) -> Column:
    units = {unit.id: unit.coverage for unit in setting.content.report.units}
    lines, _ = wrap(whole, HEAD, width - 12.0, 2, bold=True)
    covered = units[name] if name in units else _coverage_in(name, setting)
    return Column(name if name in units else None, x, width, lines, whole, covered, outside=name == plan.OUTSIDE)


def _coverage_in(name: str, setting: Setting) -> float | None:
    people = [person for person in setting.content.report.people if setting.column[person.id] == name]
    total = sum(person.decision_influence for person in people)
    return sum(person.decision_influence * person.coverage for person in people) / total if total > 0 else None


def _whole_names(setting: Setting) -> dict[str, str]:
    units = {unit.id: record_name(unit.name, unit.id, setting.lang) for unit in setting.content.report.units}
    alone = plan.column_of(setting.content)
    rest = {alone[person] for person, name in setting.column.items() if name == plan.OTHERS}
    return {
        name: units[name] if name in units else column_word(name, len(rest), setting.lang) for name in setting.order
    }
