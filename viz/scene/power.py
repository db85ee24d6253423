"""The power map as a scene: units side by side, levels from the top, our team below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.analysis.results import MapContent, PersonResult
from graph.model.names import in_script
from graph.model.words import text
from viz import encodings
from viz.scene import plan
from viz.scene.curves import point_at, via_point
from viz.scene.labels import CHIP_STEP, NAME, NAME_LINE, TITLE, TITLE_LINE, Ground, Spot, overlap, place_labels
from viz.scene.lane import HEXAGON, TILE_HEIGHT, hexagons, tiles
from viz.scene.metrics import width_of, wrap
from viz.scene.routing import Wire, route
from viz.scene.scene import Band, Column, Curve, Disc, Dot, Frame, Label, LineKind, Scene, Tile

GUTTER, HEADS, LANE, STRIP = 78.0, 44.0, 66.0, 58.0
OFFSET = 8.0
PITCH = 8.0
STRIP_STEP = 150.0
BADGE = 16.0
ROUNDS = 8


@dataclass(frozen=True)
class _Grid:
    """Columns, bands and the middles of those drawn in full."""

    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    strip: Band | None
    at: dict[str, tuple[float, float]]
    dots: tuple[Dot, ...]


def power_scene(content: MapContent, lang: str, width: float = 1116.0, height: float = 702.0) -> Scene:
    """The power map of an account in a language, for a picture of so many pixels. Pure: same content, same numbers."""
    sizes = plan.sizes_of(content)
    frame = Frame(width, height, GUTTER, HEADS, LANE, sizes.ring)
    column = plan.column_of(content)
    order = plan.ordered_columns(content, column)
    dropped: set[str] = set()
    for _ in range(ROUNDS):
        grid, full = _fitting(content, frame, sizes, order, column, dropped, lang)
        scene = _drawn(content, frame, sizes, grid, full, lang)
        blockers = _blockers(scene, content)
        if not blockers:
            return scene
        dropped |= blockers
    return scene


def _fitting(
    content: MapContent,
    frame: Frame,
    sizes: plan.Sizes,
    order: Sequence[str],
    column: Mapping[str, str],
    dropped: set[str],
    lang: str,
) -> tuple[_Grid, list[PersonResult]]:
    """As many people in full as the heights allow."""
    candidates = [one for one in plan.first_in_full(content) if one.id not in dropped]
    limit = plan.limit_for(len(content.report.people))
    while True:
        full = candidates[:limit]
        grid, fits = _grid(content, frame, sizes, order, column, full, lang)
        if fits or limit <= 3:
            return grid, sorted(full, key=lambda one: (-round(one.decision_influence, 9), one.id))
        limit = min(limit, len(candidates)) - 3


def _grid(
    content: MapContent,
    frame: Frame,
    sizes: plan.Sizes,
    order: Sequence[str],
    column: Mapping[str, str],
    full: Sequence[PersonResult],
    lang: str,
) -> tuple[_Grid, bool]:
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
    return _Grid(columns, bands, strip, at, dots), fits


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


def _whole(name: str, units: Mapping[str, object], lang: str) -> str:
    if name in (plan.OUTSIDE, plan.NOWHERE):
        return text(f"map.{name}", lang)
    unit = units[name]
    return in_script(unit.name, lang) if unit.name else name  # type: ignore[attr-defined]


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


def _drawn(
    content: MapContent, frame: Frame, sizes: plan.Sizes, grid: _Grid, full: Sequence[PersonResult], lang: str
) -> Scene:
    radius = plan.radii(content.report.people, sizes)
    xs = {person: x for person, (x, _) in grid.at.items()}
    ys = {person: y for person, (_, y) in grid.at.items()}
    team = tiles(content, xs, frame, lang)
    outside = next((one for one in grid.columns if one.unit is None), None)
    taken = {
        y: radius[person] + 22.0
        for person, (x, y) in grid.at.items()
        if outside is not None and outside.x <= x <= outside.x + outside.width
    }
    rivals = hexagons(content, grid.columns, grid.bands, ys, taken, frame, lang)
    numbered = plan.badges(content)
    spots = [
        Spot(
            one,
            *grid.at[one.id],
            radius[one.id] + sizes.ring,
            heavy=one.id in numbered or bool({"D", "A"} & set(one.roles)),
        )
        for one in full
        if one.id in grid.at
    ]
    spots.sort(key=lambda spot: (-round(spot.person.decision_influence, 9), spot.person.id))
    circles = np.array(
        [(spot.x, spot.y, spot.outer) for spot in spots] + [(one.x, one.y, HEXAGON) for one in rivals]
    ).reshape(-1, 3)
    boxes = [(one.x + HEXAGON + 4.0, one.y - 13.0, width_of(one.name.text, NAME, bold=True), 28.0) for one in rivals]
    boxes += [
        (spot.x - spot.outer - 5.0, spot.y - spot.outer - 5.0, BADGE, BADGE)
        for spot in spots
        if spot.person.id in numbered
    ]
    wires = _wires(content, spots, team, {one.rival: (one.x, one.y) for one in rivals})
    points = np.zeros((0, 2))
    tips = np.zeros((0, 2))
    labels: dict[str, Label] = {}
    bends: tuple[float, ...] = ()
    for _ in range(2 if sizes.titles else 1):
        labels = place_labels(spots, Ground(circles, boxes, points, tips), frame, sizes, lang)
        shown = [(person, label.box) for person, label in labels.items() if label.shown]
        routed = route(
            wires,
            circles,
            np.array([box for _, box in shown]).reshape(-1, 4),
            {person: place for place, (person, _) in enumerate(shown)},
            frame,
        )
        bends, points = routed.bends, routed.points
        tips = np.array([wire.end for wire in wires if wire.kind == "influence"]).reshape(-1, 2)
    labels = place_labels(spots, Ground(circles, boxes, points, tips), frame, sizes, lang)
    return Scene(
        lang=lang,
        frame=frame,
        columns=grid.columns,
        bands=grid.bands,
        strip=grid.strip,
        discs=tuple(_disc(spot, labels[spot.person.id], radius, numbered, sizes) for spot in spots),
        dots=grid.dots,
        tiles=team,
        rivals=rivals,
        curves=tuple(_curve(wire, bend, content, sizes) for wire, bend in zip(wires, bends, strict=True)),
    )


def _disc(
    spot: Spot, label: Label, radius: Mapping[str, float], numbered: Mapping[str, int], sizes: plan.Sizes
) -> Disc:
    number = numbered.get(spot.person.id)
    badge = None
    if number is not None:
        left = label.align != "right"
        x = spot.x - spot.outer - 5.0 if left else spot.x + spot.outer + 5.0 - BADGE
        badge = (number, x, spot.y - spot.outer - 5.0)
    return Disc(spot.person.id, spot.x, spot.y, radius[spot.person.id], label, badge)


def _wires(
    content: MapContent, spots: Sequence[Spot], team: Sequence[Tile], rivals: Mapping[str, tuple[float, float]]
) -> list[Wire]:
    """Every line whose two ends have a place, with the weight by which it is routed: influence before all others."""
    at = {spot.person.id: (spot.x, spot.y) for spot in spots}
    circle = {spot.person.id: place for place, spot in enumerate(spots)}
    tile = {one.member: (one.x, one.y - TILE_HEIGHT / 2) for one in team}
    ends = {**at, **{f"member:{one}": place for one, place in tile.items()}}
    ends |= {f"rival:{one}": place for one, place in rivals.items()}
    circle |= {f"rival:{one}": len(spots) + place for place, one in enumerate(rivals)}

    def wire(kind: LineKind, source: str, target: str, weight: float) -> Wire:
        start, end = circle.get(source, -1), circle.get(target, -1)
        shown = source.rpartition(":")[2] if source not in at else source
        return Wire(kind, shown, target, ends[source], ends[target], start, end, weight)

    wanted: list[tuple[LineKind, str, str, float]] = []
    wanted += [("influence", one.source, one.target, 2 + one.weight) for one in content.influences]
    wanted += [("conflict", one.source, one.target, 1.9) for one in content.conflicts]
    wanted += [
        ("rival", f"rival:{rival.id}", person, 1 + strength)
        for rival in content.rivals
        for person, strength in rival.ties.items()
    ]
    wanted += [("tie", f"member:{one.member}", one.person, one.strength) for one in content.ties]
    wanted += [("reporting", one.source, one.target, 0.0) for one in content.reporting]
    return [wire(*one) for one in wanted if one[1] in ends and one[2] in at]


def _curve(wire: Wire, bend: float, content: MapContent, sizes: plan.Sizes) -> Curve:
    via = via_point(wire.start, wire.end, bend)
    weight = _weight_of(wire)
    assumed = wire.kind == "influence" and any(
        line.assumed for line in content.influences if (line.source, line.target) == (wire.source, wire.target)
    )
    width, opacity = encodings.line_look(wire.kind, weight, slim=not sizes.titles, assumed=assumed)
    return Curve(
        kind=wire.kind,
        source=wire.source,
        target=wire.target,
        weight=weight,
        assumed=assumed,
        width=width,
        opacity=opacity,
        roundness=bend,
        start=wire.start,
        via=via,
        end=wire.end,
        middle=point_at(wire.start, via, wire.end, 0.5),
    )


def _weight_of(wire: Wire) -> float:
    return wire.weight - {"influence": 2.0, "rival": 1.0}.get(wire.kind, 0.0)


def _blockers(scene: Scene, content: MapContent) -> set[str]:
    """Around each hidden name of a decider or approver, the least person who could make room as a dot."""
    people = {one.id: one for one in content.report.people}
    kept = set(plan.badges(content)) | {one.id for one in people.values() if {"D", "A"} & set(one.roles)}
    movable = [disc for disc in scene.discs if disc.person not in kept]
    found: set[str] = set()
    for disc in scene.discs:
        if disc.label.shown or not {"D", "A"} & set(people[disc.person].roles):
            continue
        x, y, width, height = disc.label.box
        near = (x - 30.0, y - 20.0, width + 60.0, height + 40.0)
        around = [other for other in movable if other.person not in found and _touches(other, near)]
        if around:
            found.add(min(around, key=lambda one: (people[one.person].decision_influence, one.person)).person)
    return found


def _touches(disc: Disc, box: tuple[float, float, float, float]) -> bool:
    square = (disc.x - disc.radius, disc.y - disc.radius, 2 * disc.radius, 2 * disc.radius)
    return overlap(box, square) or (disc.label.shown and overlap(box, disc.label.box))
