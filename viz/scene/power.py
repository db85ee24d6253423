"""The power map as a scene: units side by side, levels from the top, our team below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult
from viz.scene import plan
from viz.scene.columns import merged
from viz.scene.grid import Grid, grid_of
from viz.scene.labels import NAME, Box, Ground, Labelling, Spot, overlap
from viz.scene.lane import HEXAGON, UNDER, hexagons, tiles
from viz.scene.metrics import width_of
from viz.scene.ordering import ordered
from viz.scene.routing import Wire, route
from viz.scene.scene import Disc, Frame, Hexagon, Label, Scene, Tile
from viz.scene.setting import Setting, by_influence
from viz.scene.wires import curve_of, wires_of

GUTTER, HEADS, LANE = 78.0, 44.0, 66.0
BADGE = 16.0
ROUNDS = 16
REFILLED = 2
"""Rounds in which the next candidate takes the place of a person who became a dot; later it stays free."""

Floats = NDArray[np.float64]
NO_POINTS: Floats = np.zeros((0, 2))


@dataclass(frozen=True)
class _Places:
    """Where everything but labels and lines is."""

    setting: Setting
    grid: Grid
    team: tuple[Tile, ...]
    rivals: tuple[Hexagon, ...]
    spots: tuple[Spot, ...]
    circles: Floats
    labelling: Labelling


def power_scene(content: MapContent, lang: str, width: float = 1116.0, height: float = 702.0) -> Scene:
    """The power map of an account in a language, for a picture of so many pixels. Pure: same content, same numbers."""
    best: tuple[tuple[int, int], _Places, dict[str, Label]] | None = None
    wanted = len(content.report.people) if len(content.report.people) <= plan.ALL_IN_FULL else 0
    for sizes in plan.sizes_of(content):
        setting = _setting(content, lang, width, height, sizes)
        places, labels = _named(setting)
        read = sum(spot.heavy and labels[spot.person.id].shown for spot in places.spots)
        reached = (read, len(places.spots))
        if best is None or reached > best[0]:
            best = (reached, places, labels)
        if read == len(setting.must) and len(places.spots) >= wanted:
            break
    assert best is not None
    return _drawn(*best[1:])


def _setting(content: MapContent, lang: str, width: float, height: float, sizes: plan.Sizes) -> Setting:
    return Setting(
        content=content,
        frame=Frame(width, height, GUTTER, HEADS, LANE, sizes.ring),
        sizes=sizes,
        lang=lang,
        column=merged(content),
        level=plan.band_of(content),
        radius=plan.radii(content.report.people, sizes),
        order=content.once(_order),
    )


def _order(content: MapContent) -> Sequence[str]:
    """The columns from left to right, the same in every language and size."""
    column = merged(content)
    order = ordered(content, column, column.values())
    if plan.NOWHERE in column.values() and plan.by_tiers(content):
        order.append(plan.NOWHERE)
    return order


def _named(setting: Setting) -> tuple[_Places, dict[str, Label]]:
    """Places at which all people who must be named have room for their name; blocking neighbours become dots."""
    candidates: Sequence[PersonResult] = plan.first_in_full(setting.content)
    for number in range(ROUNDS):
        places = _places(setting, grid_of(setting, candidates))
        labels = places.labelling.placed(NO_POINTS, NO_POINTS)
        blockers = _blockers(places, labels)
        if not blockers:
            break
        drawn = {spot.person.id for spot in places.spots}
        line = candidates if number < REFILLED else [candidate for candidate in candidates if candidate.id in drawn]
        candidates = [candidate for candidate in line if candidate.id not in blockers]
    return places, labels


def _places(setting: Setting, grid: Grid) -> _Places:
    content, frame, radius = setting.content, setting.frame, setting.radius
    xs = {person: x for person, (x, _) in grid.at.items()}
    around = {person: (x, y, radius[person] + setting.sizes.ring) for person, (x, y) in grid.at.items()}
    rivals = hexagons(content, grid.columns, grid.bands, around, frame, setting.lang)
    drawn = sorted((person for person in content.report.people if person.id in grid.at), key=by_influence)
    spots = tuple(
        Spot(person, *grid.at[person.id], radius[person.id] + setting.sizes.ring, heavy=person.id in setting.must)
        for person in drawn
    )
    circles = [(spot.x, spot.y, spot.outer) for spot in spots] + [(rival.x, rival.y, HEXAGON) for rival in rivals]
    boxes = [_words_of(rival) for rival in rivals]
    boxes += [
        (spot.x - spot.outer - 5.0, spot.y - spot.outer - 5.0, BADGE, BADGE)
        for spot in spots
        if spot.person.id in setting.badges
    ]
    team = tiles(content, xs, frame, setting.lang)
    boxes += [(bar.x, bar.y, bar.count.x - bar.x + width_of(bar.count.text, UNDER), bar.height) for bar in grid.bars]
    dots = np.array([(dot.x, dot.y) for dot in grid.dots()]).reshape(-1, 2)
    ground = Ground(np.array(circles).reshape(-1, 3), boxes, dots)
    labelling = Labelling(spots, ground, frame, setting.sizes, setting.lang)
    return _Places(setting, grid, team, rivals, spots, ground.circles, labelling)


def _words_of(rival: Hexagon) -> Box:
    """The box of what stands beside a hexagon."""
    width = max(width_of(rival.name.text, NAME, bold=True), width_of(rival.under.text, UNDER))
    return rival.name.x - 1.0, rival.y - 13.0, width, 28.0


def _drawn(places: _Places, first: Mapping[str, Label]) -> Scene:
    """The scene, its lines around the labels and its labels around the lines: twice where titles make them large."""
    setting, sizes = places.setting, places.setting.sizes
    wires = wires_of(
        setting.content, places.spots, places.team, {rival.rival: (rival.x, rival.y) for rival in places.rivals}
    )
    tips = np.array([wire.end for wire in wires if wire.kind == "influence"]).reshape(-1, 2)
    labels = first
    bends: tuple[float, ...] = ()
    for _ in range(2 if sizes.titles else 1):
        bends, points = _routed(places, wires, labels)
        labels = _not_worse(places.labelling.placed(points, tips), first, places.spots)
    written = [label.box for label in labels.values() if label.shown]
    return Scene(
        lang=setting.lang,
        frame=setting.frame,
        columns=places.grid.columns,
        bands=places.grid.bands,
        strip=places.grid.strip,
        discs=tuple(_disc(spot, labels[spot.person.id], setting) for spot in places.spots),
        dots=places.grid.dots(written),
        tiles=places.team,
        rivals=places.rivals,
        curves=tuple(curve_of(wire, bend, sizes) for wire, bend in zip(wires, bends, strict=True)),
        bars=places.grid.bars,
    )


def _routed(places: _Places, wires: Sequence[Wire], labels: Mapping[str, Label]) -> tuple[tuple[float, ...], Floats]:
    shown = [(person, label.box) for person, label in labels.items() if label.shown]
    boxes = np.array([box for _, box in shown]).reshape(-1, 4)
    own = {person: place for place, (person, _) in enumerate(shown)}
    routed = route(wires, places.circles, boxes, own, places.setting.frame)
    return routed.bends, routed.points


def _not_worse(labels: dict[str, Label], first: Mapping[str, Label], spots: Sequence[Spot]) -> Mapping[str, Label]:
    """The labels placed around the lines, unless they hide or cut more names than those placed before."""

    def lost(of: Mapping[str, Label]) -> tuple[int, int, int]:
        musts = sum(spot.heavy and not of[spot.person.id].shown for spot in spots)
        return musts, sum(not label.shown for label in of.values()), sum(label.cut for label in of.values())

    return labels if lost(labels) <= lost(first) else first


def _disc(spot: Spot, label: Label, setting: Setting) -> Disc:
    number = setting.badges.get(spot.person.id)
    badge = None
    if number is not None:
        left = label.align != "right"
        x = spot.x - spot.outer - 5.0 if left else spot.x + spot.outer + 5.0 - BADGE
        badge = (number, x, spot.y - spot.outer - 5.0)
    return Disc(spot.person.id, spot.x, spot.y, setting.radius[spot.person.id], label, badge)


def _blockers(places: _Places, labels: Mapping[str, Label]) -> set[str]:
    """For each hidden name that must be read, the least important neighbour, who makes room as a dot.

    Where all around must be read too, it is the least of them: a name that nobody reads helps nobody.
    """
    blockers: set[str] = set()
    for spot in places.spots:
        label = labels[spot.person.id]
        if label.shown or not spot.heavy:
            continue
        x, y, width, height = label.box
        near = (x - 30.0, y - 20.0, width + 60.0, height + 40.0)
        around = [other for other in places.spots if other is spot or _touches(other, labels[other.person.id], near)]
        if not any(other.person.id in blockers for other in around):
            blockers.add(max(around, key=lambda item: (not item.heavy, by_influence(item.person))).person.id)
    return blockers


def _touches(spot: Spot, label: Label, box: Box) -> bool:
    square = (spot.x - spot.outer, spot.y - spot.outer, 2 * spot.outer, 2 * spot.outer)
    return overlap(box, square) or (label.shown and overlap(box, label.box))
