"""The grid of the power map: columns by unit, bands by level, and the place of everybody in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.results import MapContent, PersonResult, UnitResult
from graph.model.names import in_script
from graph.model.words import text
from viz.scene import plan
from viz.scene.labels import CHIP_STEP, NAME, NAME_LINE, TITLE, TITLE_LINE
from viz.scene.metrics import width_of, wrap
from viz.scene.scene import Band, Column, Dot, Frame

STRIP, STRIP_STEP = 58.0, 150.0
OFFSET = 8.0
PITCH = 8.0


@dataclass(frozen=True)
class Grid:
    """Columns, bands and the middles of those drawn in full."""

    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    strip: Band | None
    at: dict[str, tuple[float, float]]
    dots: tuple[Dot, ...]


def grid_of(
    content: MapContent,
    frame: Frame,
    sizes: plan.Sizes,
    order: Sequence[str],
    column: Mapping[str, str],
    full: Sequence[PersonResult],
    lang: str,
) -> tuple[Grid, bool]:
    """The grid with these people in full and all others as dots, and whether the heights are enough for it."""
    radius = plan.radii(content.report.people, sizes)
    levels = plan.band_of(content)
    columns = _columns(content, frame, sizes, order, column, full, radius, lang)
    x_of = dict(zip(order, columns, strict=True))
    placed = [one for one in full if levels[one.id] is not None and column[one.id] in x_of]
    room = int((frame.width - frame.gutter) // STRIP_STEP)
    loose = [one for one in full if one not in placed][:room]
    drawn = {one.id for one in (*placed, *loose)}
    small = [one for one in content.report.people if one.id not in drawn]
    bands, fits = _bands(content, frame, sizes, placed, small, column, levels, radius, bool(loose), lang)
    at: dict[str, tuple[float, float]] = {}
    for number, band in enumerate(bands):
        shift = sizes.shift if number % 2 else 0.0
        for name, made in x_of.items():
            cell = [one for one in placed if levels[one.id] == band.level and column[one.id] == name]
            at.update(_cell(cell, made, band, shift, sizes, radius, _rows_of_dots(small, column, levels, name, band)))
    strip = None
    if loose:
        top = frame.height - frame.lane - STRIP
        strip = Band(None, "", text("map.not_placed", lang), top, STRIP)
        step = max(STRIP_STEP, (frame.width - frame.gutter) / len(loose) * 0.5)
        for place, one in enumerate(loose):
            at[one.id] = (frame.gutter + 24.0 + place * step, top + STRIP / 2)
    dots = _dots(small, x_of, bands, column, levels, frame)
    return Grid(columns, bands, strip, at, dots), fits


def _rows_of_dots(
    small: Sequence[PersonResult],
    column: Mapping[str, str],
    levels: Mapping[str, int | None],
    name: str,
    band: Band,
) -> int:
    return sum(column[one.id] == name and levels[one.id] == band.level for one in small)


def _row_height(person: PersonResult, sizes: plan.Sizes, radius: Mapping[str, float], lang: str) -> float:
    disc = 2 * (radius[person.id] + sizes.ring)
    if sizes.below:
        return disc + 17.0
    if not sizes.titles:
        return max(disc + 4.0, 20.0)
    titles = 0
    if title := plan.title_of(person, lang):
        titles = len(wrap(title, TITLE, 96.0, 2)[0])
    chips = CHIP_STEP if plan.chips_of(person, only_heavy=False) else 0.0
    return max(disc, NAME_LINE + TITLE_LINE * titles + chips) + 4.0


def _columns(
    content: MapContent,
    frame: Frame,
    sizes: plan.Sizes,
    order: Sequence[str],
    column: Mapping[str, str],
    full: Sequence[PersonResult],
    radius: Mapping[str, float],
    lang: str,
) -> tuple[Column, ...]:
    if not order:
        return ()
    many = len(content.report.people) > 80
    least, head_most = (66.0, 96.0) if many else (66.0, 96.0) if not sizes.titles else (90.0, 132.0)
    units = {unit.id: unit for unit in content.report.units}
    needs = []
    for name in order:
        members = [one for one in full if column[one.id] == name]
        need = max((_need(one, sizes, radius, lang) for one in members), default=0.0)
        needs.append(max(need, min(width_of(_whole(name, units, lang), 12.0, bold=True) + 14.0, head_most), least))
    scale = (frame.width - frame.gutter) / sum(needs)
    coverage = {unit.id: unit.coverage for unit in content.report.units}
    made, x = [], frame.gutter
    for name, need in zip(order, needs, strict=True):
        width = need * scale
        whole = _whole(name, units, lang)
        lines, _ = wrap(whole, 12.0, width - 12.0, 2, bold=True)
        covered = coverage.get(name)
        if name == plan.OUTSIDE:
            covered = _coverage_of([one for one in content.report.people if column[one.id] == name])
        made.append(Column(name if name in units else None, x, width, lines, whole, covered))
        x += width
    return tuple(made)


def _coverage_of(people: Sequence[PersonResult]) -> float | None:
    total = sum(one.decision_influence for one in people)
    return sum(one.decision_influence * one.coverage for one in people) / total if total > 0 else None


def _whole(name: str, units: Mapping[str, UnitResult], lang: str) -> str:
    if name in (plan.OUTSIDE, plan.NOWHERE):
        return text(f"map.{name}", lang)
    unit = units[name]
    return in_script(unit.name, lang) if unit.name else name


def _need(person: PersonResult, sizes: plan.Sizes, radius: Mapping[str, float], lang: str) -> float:
    disc = 2 * (radius[person.id] + sizes.ring)
    name = width_of(plan.name_of(person, lang), NAME, bold=True)
    if sizes.below:
        chips = CHIP_STEP * len(plan.chips_of(person, only_heavy=True))
        return max(disc, name + chips) + 12.0
    if not sizes.titles:
        chips = CHIP_STEP * len(plan.chips_of(person, only_heavy=False))
        return OFFSET + disc + 5.0 + name + chips + 12.0
    titles = wrap(plan.title_of(person, lang), TITLE, 96.0, 2)[0]
    beside = max(name, *(width_of(one, TITLE) for one in titles))
    return OFFSET + disc + 5.0 + beside + 10.0 + sizes.shift


def _bands(
    content: MapContent,
    frame: Frame,
    sizes: plan.Sizes,
    placed: Sequence[PersonResult],
    small: Sequence[PersonResult],
    column: Mapping[str, str],
    levels: Mapping[str, int | None],
    radius: Mapping[str, float],
    with_strip: bool,
    lang: str,
) -> tuple[tuple[Band, ...], bool]:
    present = sorted({level for one in (*placed, *small) if (level := levels[one.id]) is not None}, reverse=True)
    heights = []
    for level in present:
        cells: dict[str, float] = {}
        counts: dict[str, int] = {}
        for one in placed:
            if levels[one.id] == level:
                cells[column[one.id]] = cells.get(column[one.id], 0.0) + _row_height(one, sizes, radius, lang)
        for one in small:
            if levels[one.id] == level:
                counts[column[one.id]] = counts.get(column[one.id], 0) + 1
        tallest = max(cells.get(name, 0.0) + (12.0 if counts.get(name) else 0.0) for name in {*cells, *counts})
        heights.append(tallest + 8.0)
    room = frame.height - frame.heads - frame.lane - (STRIP if with_strip else 0.0)
    spare = (room - sum(heights)) / max(1, len(heights))
    made, y = [], frame.heads
    for level, height in zip(present, heights, strict=True):
        number = "" if plan.by_tiers(content) else str(level)
        made.append(Band(level, number, plan.band_name(level, content, lang), y, height + spare))
        y += height + spare
    return tuple(made), spare >= 0


def _cell(
    cell: Sequence[PersonResult],
    column: Column,
    band: Band,
    shift: float,
    sizes: plan.Sizes,
    radius: Mapping[str, float],
    dots: int,
) -> dict[str, tuple[float, float]]:
    """The people of a cell under each other, the most influential on top."""
    rows = sorted(cell, key=lambda one: (-round(one.decision_influence, 9), one.id))
    if not rows:
        return {}
    room = band.height - (12.0 if dots else 0.0)
    weights = [radius[one.id] + sizes.ring + (10.0 if sizes.below else 6.0) for one in rows]
    step = room / sum(weights)
    largest = sizes.largest + sizes.ring
    at, y = {}, band.y
    for one, weight in zip(rows, weights, strict=True):
        tall = weight * step
        if sizes.below:
            x, lift = column.x + column.width / 2, -7.0
        else:
            x, lift = column.x + OFFSET + min(largest, column.width * 0.34) + shift, 0.0
        at[one.id] = (x, y + tall / 2 + lift)
        y += tall
    return at


def _dots(
    small: Sequence[PersonResult],
    x_of: Mapping[str, Column],
    bands: Sequence[Band],
    column: Mapping[str, str],
    levels: Mapping[str, int | None],
    frame: Frame,
) -> tuple[Dot, ...]:
    bottoms = {band.level: band.y + band.height for band in bands}
    seen: dict[tuple[str, int], int] = {}
    made = []
    for one in small:
        level, name = levels[one.id], column[one.id]
        if level is None or name not in x_of:
            place = seen.setdefault(("", 0), 0)
            seen["", 0] += 1
            made.append(Dot(one.id, frame.gutter + 8.0 + place * PITCH, frame.height - frame.lane - 6.0))
            continue
        place = seen.get((name, level), 0)
        seen[name, level] = place + 1
        per_row = max(1, int((x_of[name].width - 14.0) // PITCH))
        row, along = divmod(place, per_row)
        made.append(Dot(one.id, x_of[name].x + 9.0 + along * PITCH, bottoms[level] - 7.0 - row * PITCH))
    return tuple(made)
