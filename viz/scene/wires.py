"""The lines of the power map: which there are, before and after they are routed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.analysis.results import MapContent
from viz import encodings
from viz.scene import plan
from viz.scene.curves import point_at, via_point
from viz.scene.labels import Spot
from viz.scene.lane import TILE_HEIGHT
from viz.scene.routing import Wire
from viz.scene.scene import Curve, LineKind, Tile


def wires_of(
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


def curve_of(wire: Wire, bend: float, content: MapContent, sizes: plan.Sizes) -> Curve:
    """A routed line as it is drawn."""
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
