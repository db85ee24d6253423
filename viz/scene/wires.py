"""The lines of the power map, before and after routing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.analysis.map import MapContent
from graph.analysis.report.results import Tie
from viz import encodings
from viz.scene import plan
from viz.scene.curves import point_at, via_point
from viz.scene.labels import Spot
from viz.scene.lane import TILE_HEIGHT
from viz.scene.routing import Wire
from viz.scene.scene import Curve, LineKind, Node, Point, Tile, ends_of

MOST_WITH_ALL_TIES = 30


def wires_of(
    content: MapContent, spots: Sequence[Spot], team: Sequence[Tile], rivals: Mapping[str, tuple[float, float]]
) -> list[Wire]:
    """Every line whose two ends have a place, with the weight by which it is routed: influence before all others."""
    at = {spot.person.id: (spot.x, spot.y) for spot in spots}
    tile = {drawn_tile.member: (drawn_tile.x, drawn_tile.y - TILE_HEIGHT / 2) for drawn_tile in team}
    places: dict[Node, Point] = {("person", person): place for person, place in at.items()}
    places |= {("member", member): place for member, place in tile.items()}
    places |= {("rival", rival): place for rival, place in rivals.items()}
    circle: dict[Node, int] = {("person", spot.person.id): place for place, spot in enumerate(spots)}
    circle |= {("rival", rival): len(spots) + place for place, rival in enumerate(rivals)}

    def wire(kind: LineKind, source: str, target: str, weight: float, assumed: bool = False) -> Wire:
        first, last = ends_of(kind, source, target)
        start, end = circle.get(first, -1), circle.get(last, -1)
        return Wire(kind, source, target, places[first], places[last], start, end, weight, assumed)

    drawn = [influence for influence in content.influences if influence.source in at and influence.target in at]
    made = [
        wire("influence", influence.source, influence.target, 2 + influence.weight, assumed=influence.assumed)
        for influence in drawn
    ]
    fights = [conflict for conflict in content.conflicts if conflict.source in at and conflict.target in at]
    made += [wire("conflict", fight.source, fight.target, 1.9) for fight in fights]
    made += [
        wire("rival", rival.id, person, 1 + strength)
        for rival in content.rivals
        for person, strength in rival.ties.items()
        if person in at and rival.id in rivals
    ]
    made += [
        wire("tie", tie.member, tie.person, tie.strength)
        for tie in _ties(content)
        if tie.person in at and tie.member in tile
    ]
    chain = [report for report in content.reporting if report.source in at and report.target in at]
    return made + [wire("reporting", report.source, report.target, 0.0) for report in chain]


def _ties(content: MapContent) -> Iterable[Tie]:
    """Our ties; of many people's only the strongest each: the ring tells how far all together reach."""
    if len(content.report.people) <= MOST_WITH_ALL_TIES:
        return content.ties
    best: dict[str, Tie] = {}
    for tie in content.ties:
        if tie.person not in best or tie.strength > best[tie.person].strength:
            best[tie.person] = tie
    return best.values()


def curve_of(wire: Wire, bend: float, sizes: plan.Sizes) -> Curve:
    """A routed line as it is drawn."""
    via = via_point(wire.start, wire.end, bend)
    weight = _weight_of(wire)
    width, opacity = encodings.line_look(wire.kind, weight, slim=not sizes.titles, assumed=wire.assumed)
    return Curve(
        kind=wire.kind,
        source=wire.source,
        target=wire.target,
        weight=weight,
        assumed=wire.assumed,
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
