"""The grid of the coverage map, level by unit: people as marks, empty cells, seats without a name."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult
from graph.model.words import text
from viz.scene import plan
from viz.scene.coverage_parts import Box, Grid, GridCell, GridHead, GridLevel, GridMark
from viz.scene.fish_words import share_of
from viz.scene.metrics import cut, width_of, wrap
from viz.scene.scene import TextLine
from viz.words.names import record_name

SMALL = 11.0
MOST_COLUMNS, FEWER_COLUMNS = 7, 6
CROWD = 12
"""Where more than so many are in one cell their number has two digits, and columns must be wider."""
GUTTER, ROW = 62.0, 39.0
WIDEST_CELL = 46.0
SLANT = 42.0
"""Degrees by which unit names lean, so that they need no more room than they are high."""
LONGEST_HEAD = 104.0
SHOWN, SHOWN_OF_MORE = 4, 3
ONE, FEW, FULL_CELL = 10.0, 5.4, 38.0
"""Radius of a single mark, of each of several, and how wide a cell must be for that."""
OTHERS = "others"


def grid_of(content: MapContent, x: float, y: float, width: float, lang: str) -> tuple[Grid, float]:
    """The grid from its top left corner on, and where it ends."""
    column = plan.column_of(content)
    bands = plan.band_of(content)
    levels = _levels(content, bands)
    shown, names = _columns(content, column, _most_columns(content, column, bands), lang)
    place = {unit: min(number, len(names) - 1) for number, unit in enumerate(shown)}
    heads, top = _heads(names, shown, x + GUTTER, y, width - GUTTER, lang)
    cell = min(WIDEST_CELL, (width - GUTTER) / max(1, len(names)))
    inside: dict[tuple[int, int], list[PersonResult]] = {}
    for person in content.report.people:
        inside.setdefault((place[column[person.id]], levels.index(bands[person.id])), []).append(person)
    cells = tuple(
        _cell(i, j, (x + GUTTER + i * cell, top + j * ROW, cell, ROW), inside.get((i, j), []))
        for j in range(len(levels))
        for i in range(len(names))
    )
    sides = tuple(_level(level, content, x, top + j * ROW, lang) for j, level in enumerate(levels))
    return Grid(heads, sides, cells, SLANT), top + len(levels) * ROW


def _most_columns(content: MapContent, column: Mapping[str, str], bands: Mapping[str, int | None]) -> int:
    """The number of columns: fewer where cells are crowded or the merged column would be."""
    groups = Counter((column[person.id], bands[person.id]) for person in content.report.people)
    few = len(set(column.values())) <= MOST_COLUMNS
    return MOST_COLUMNS if few and max(groups.values(), default=0) <= CROWD else FEWER_COLUMNS


def _columns(content: MapContent, column: Mapping[str, str], most: int, lang: str) -> tuple[list[str], list[str]]:
    """The columns with people by share of the decision, and their names; columns beyond `most` share the last."""
    members: dict[str, list[PersonResult]] = {}
    for person in content.report.people:
        members.setdefault(column[person.id], []).append(person)

    def order(unit: str) -> tuple[bool, float, str]:
        return unit in (plan.OUTSIDE, plan.NOWHERE), -round(share_of(members[unit]), 9), unit

    shown = sorted(members, key=order)
    stored = content.report.unit_names
    names = [
        text(f"map.{unit}", lang) if unit in (plan.OUTSIDE, plan.NOWHERE) else record_name(stored[unit], unit, lang)
        for unit in shown
    ]
    if len(shown) > most:
        rest = len(shown) - most + 1
        names = [*names[: most - 1], text("cover.other_units", lang, count=rest)]
    return shown, names


def _levels(content: MapContent, bands: Mapping[str, int | None]) -> list[int | None]:
    """The rows: every level between the highest and the lowest that occur, then those without one."""
    known = [level for level in bands.values() if level is not None]
    rows: list[int | None] = list(range(max(known), min(known) - 1, -1)) if known else []
    return [*rows, None] if None in bands.values() else rows


def _heads(
    names: Sequence[str], shown: Sequence[str], x: float, y: float, width: float, lang: str
) -> tuple[tuple[GridHead, ...], float]:
    """Names end at the middle of their column and lean to the left; the height is that of the longest."""
    cell = min(WIDEST_CELL, width / max(1, len(names)))
    fitted = [cut(name, SMALL, LONGEST_HEAD) for name in names]
    longest = max((width_of(name, SMALL) for name in fitted), default=0.0)
    top = y + longest * math.sin(math.radians(SLANT)) + 8.0
    heads = [
        GridHead(
            shown[i] if i < len(names) - 1 or len(names) == len(shown) else None,
            (x + (i + 0.5) * cell + 3.0, top - 5.0),
            fitted[i],
            name,
        )
        for i, name in enumerate(names)
    ]
    return tuple(heads), top


def _level(level: int | None, content: MapContent, x: float, y: float, lang: str) -> GridLevel:
    if level is None:
        names, _ = wrap(text("map.not_placed", lang), SMALL, GUTTER - 6.0, 2)
        return GridLevel(None, tuple(TextLine(x, y + 16.0 + 13.0 * i, line) for i, line in enumerate(names)))
    tiers = plan.by_tiers(content)
    indent = 0.0 if tiers else 11.0
    name = plan.band_name(level, lang, tiers=tiers)
    names = wrap(name, SMALL, GUTTER - 6.0 - indent, 2)[0] if name else ()
    return GridLevel(
        None if tiers else TextLine(x, y + 16.0, str(level)),
        tuple(TextLine(x + indent, y + 16.0 + 13.0 * i, line) for i, line in enumerate(names)),
    )


def _cell(column: int, row: int, box: Box, people: Sequence[PersonResult]) -> GridCell:
    x, y, width, height = box
    seat = any(person.status == "unidentified" for person in people)
    ids = tuple(person.id for person in people)
    if len(people) <= 1:
        marks = [GridMark(person.id, x + width / 2.0, y + height / 2.0, ONE) for person in people]
        return GridCell(column, row, box, ids, tuple(marks), None, seat)
    several = people if len(people) <= SHOWN else people[:SHOWN_OF_MORE]
    spots = [
        (x + width * (0.5 + 0.245 * across), y + height * (0.5 + 0.245 * down))
        for down in (-1, 1)
        for across in (-1, 1)
    ]
    if len(people) == 2:
        spots = [(x + width * (0.5 + 0.245 * across), y + height / 2.0) for across in (-1, 1)]
    radius = FEW * min(1.0, width / FULL_CELL)
    marks = [GridMark(person.id, *spot, radius) for person, spot in zip(several, spots, strict=False)]
    more = None
    if len(people) > SHOWN:
        at_x, at_y = spots[3]
        words = f"+{len(people) - SHOWN_OF_MORE}"
        more = TextLine(min(at_x, x + width - 0.5 - width_of(words, SMALL) / 2.0), at_y + 4.0, words)
    return GridCell(column, row, box, ids, tuple(marks), more, seat)
