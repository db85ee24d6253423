"""A comparison of two days on the power map as SVG: signs of changes, earlier stances, ties won and lost."""

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


def won(comparison: Comparison | None) -> frozenset[tuple[str, str]]:
    """Ties that were not there on the earlier day: member and person."""
    return frozenset() if comparison is None else frozenset((tie.member, tie.person) for tie in comparison.ties_won)


def lost_ties(pen: SvgPen, scene: Scene, comparison: Comparison) -> Iterator[str]:
    """The ties that were lost, where both ends are on the map."""
    tiles = {tile.member: tile for tile in scene.tiles}
    spots = {disc.person: (disc.x, disc.y) for disc in scene.discs}
    spots |= {dot.person: (dot.x, dot.y) for dot in scene.dots}
    for tie in comparison.ties_lost:
        if tie.member in tiles and tie.person in spots:
            tile, (x, y) = tiles[tie.member], spots[tie.person]
            yield (
                f'<path class="lost" d="M{n(tile.x)} {n(tile.y)}L{n(x)} {n(y)}" stroke="{pen.colour["ours"]}" '
                'stroke-width="1.8" stroke-dasharray="6 5"/>'
            )


def signs(pen: SvgPen, scene: Scene, comparison: Comparison) -> Iterator[str]:
    """The signs of a scene."""
    for sign in signs_of(scene, comparison):
        yield from _sign(pen, sign)


def _sign(pen: SvgPen, sign: Sign) -> Iterator[str]:
    if sign.was is not None:
        yield circle(*sign.was_at, BEFORE + 1, pen.colour["page"], pen.colour["page"], 2.0)
        yield from body(pen, sign.was, *sign.was_at, BEFORE)
    if sign.kind is not None:
        x, y = sign.at
        yield circle(x, y, SIGN, pen.colour["page"], pen.colour["text"], 1.6)
        yield pen.text(x, y + 4.4, SIGNS[sign.kind], 12.5, "middle", bold=True)
