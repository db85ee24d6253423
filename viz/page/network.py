"""A scene as vis-network's nodes and edges, by way of pyvis. Positions are fixed: nothing is left to its physics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from viz.scene.scene import Curve, Scene, Side

PERSON, MEMBER, RIVAL = "p:", "m:", "c:"
"""What node names begin with: a person, one of ours and a competitor may have the same id."""
PREFIX: dict[Side, str] = {"person": PERSON, "member": MEMBER, "rival": RIVAL}
TILE_END = 1.0
"""Ties begin at the middle of a tile's upper side, not at a circle."""
EDGE = ("id", "from", "to", "kind", "width", "opacity", "via", "assumed", "bend")
"""What a page needs to know of an edge; how its kind looks stands once for all of them."""


def network_data(scene: Scene) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The nodes and edges of a scene for vis-network; edges carry what lines.js makes vis-network's from."""
    from pyvis.network import Network

    network = Network(directed=True)
    network.toggle_physics(False)
    for name, x, y, size in _places(scene):
        network.add_node(name, label=" ", shape="dot", x=_short(x), y=_short(y), size=_short(size))
    for number, curve in enumerate(scene.curves):
        source, target = (PREFIX[side] + identity for side, identity in curve.ends)
        network.add_edge(source, target, id=number, **_look(curve))
    nodes, edges, *_ = network.get_network_data()
    return [_lean(node, ("id", "x", "y", "size", "shape")) for node in nodes], [_lean(edge, EDGE) for edge in edges]


def _places(scene: Scene) -> list[tuple[str, float, float, float]]:
    people = [(PERSON + disc.person, disc.x, disc.y, disc.radius + scene.frame.ring + 1) for disc in scene.discs]
    team = [(MEMBER + tile.member, tile.x, tile.y - tile.height / 2, TILE_END) for tile in scene.tiles]
    rivals = [(RIVAL + rival.rival, rival.x, rival.y, rival.radius + 1) for rival in scene.rivals]
    return [*people, *team, *rivals]


def _look(curve: Curve) -> dict[str, Any]:
    return {
        "kind": curve.kind,
        "width": _short(curve.width),
        "opacity": round(curve.opacity, 3),
        "via": [_short(part) for part in curve.via],
        "assumed": int(curve.assumed),
        "bend": curve.roundness,
    }


def _lean(node: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """A node without what pyvis adds for its own page: a colour, a font, a label."""
    return {key: node[key] for key in keys}


def _short(value: float) -> float:
    return round(value, 1)
