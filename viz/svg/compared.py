"""Two days on one map as SVG: signs of who came, went and moved, stances before, ties won and lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from viz.scene.signs import BEFORE, SIGN, Sign, signs_of
from viz.svg.marks import body, circle
from viz.svg.text import n

if TYPE_CHECKING:
    from graph.analysis.history.compare import Comparison
    from viz.scene.scene import Scene
    from viz.svg.pen import SvgPen

SIGNS = {"came": "+", "went": "−", "moved": "→"}


def won(told: Comparison | None) -> frozenset[tuple[str, str]]:
    """Ties that were not there on the earlier day: member and person."""
    return frozenset() if told is None else frozenset((one.member, one.person) for one in told.ties_won)


def lost_ties(pen: SvgPen, scene: Scene, told: Comparison) -> Iterator[str]:
    """The ties that were lost, where both ends are on the map."""
    tiles = {tile.member: tile for tile in scene.tiles}
    spots = {disc.person: (disc.x, disc.y) for disc in scene.discs}
    spots |= {dot.person: (dot.x, dot.y) for dot in scene.dots}
    for one in told.ties_lost:
        if one.member in tiles and one.person in spots:
            tile, (x, y) = tiles[one.member], spots[one.person]
            yield (
                f'<path class="lost" d="M{n(tile.x)} {n(tile.y)}L{n(x)} {n(y)}" stroke="{pen.colour["ours"]}" '
                'stroke-width="1.8" stroke-dasharray="6 5"/>'
            )


def signs(pen: SvgPen, scene: Scene, told: Comparison) -> Iterator[str]:
    """The signs of a scene."""
    for sign in signs_of(scene, told):
        yield from _sign(pen, sign)


def _sign(pen: SvgPen, sign: Sign) -> Iterator[str]:
    if sign.was is not None:
        yield circle(*sign.was_at, BEFORE + 1, pen.colour["page"], pen.colour["page"], 2.0)
        yield from body(pen, sign.was, *sign.was_at, BEFORE)
    if sign.kind is not None:
        x, y = sign.at
        yield circle(x, y, SIGN, pen.colour["page"], pen.colour["text"], 1.6)
        yield pen.text(x, y + 4.4, SIGNS[sign.kind], 12.5, "middle", bold=True)
