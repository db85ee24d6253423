"""The power map as a scene: units side by side, levels from the top, our team below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graph.analysis.results import MapContent, PersonResult
from viz.scene import plan
from viz.scene.grid import Grid, grid_of
from viz.scene.labels import NAME, Ground, Spot, overlap, place_labels
from viz.scene.lane import HEXAGON, hexagons, tiles
from viz.scene.metrics import width_of
from viz.scene.routing import route
from viz.scene.scene import Disc, Frame, Label, Scene
from viz.scene.wires import curve_of, wires_of

GUTTER, HEADS, LANE = 78.0, 44.0, 66.0
BADGE = 16.0
ROUNDS = 8


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
) -> tuple[Grid, list[PersonResult]]:
    """As many people in full as the heights allow."""
    candidates = [one for one in plan.first_in_full(content) if one.id not in dropped]
    limit = plan.limit_for(len(content.report.people))
    while True:
        full = candidates[:limit]
        grid, fits = grid_of(content, frame, sizes, order, column, full, lang)
        if fits or limit <= 3:
            return grid, sorted(full, key=lambda one: (-round(one.decision_influence, 9), one.id))
        limit = min(limit, len(candidates)) - 3


def _drawn(
    content: MapContent, frame: Frame, sizes: plan.Sizes, grid: Grid, full: Sequence[PersonResult], lang: str
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
    wires = wires_of(content, spots, team, {one.rival: (one.x, one.y) for one in rivals})
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
        curves=tuple(curve_of(wire, bend, content, sizes) for wire, bend in zip(wires, bends, strict=True)),
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
