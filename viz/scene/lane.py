"""Our team in its lane, and competitors in the column outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.analysis.results import MapContent, Member
from graph.model.names import in_script
from graph.model.words import text
from viz.scene.metrics import cut, width_of
from viz.scene.scene import Band, Column, Frame, Hexagon, TextLine, Tile

TILE, TILE_HEIGHT = 36.0, 28.0
APART = {"en": 150.0, "zh": 140.0}
HEXAGON = 17.0


def tiles(content: MapContent, xs: Mapping[str, float], frame: Frame, lang: str) -> tuple[Tile, ...]:
    """A tile each, ordered by the middle of its ties, moved apart as little as needed."""
    wanted = {member.id: _middle(member, content, xs, frame) for member in content.members}
    order = sorted(content.members, key=lambda one: (round(wanted[one.id], 6), one.id))
    room = frame.width - frame.gutter - 40.0
    apart = min(APART[lang], room / max(1, len(order)))
    places = spread([wanted[one.id] for one in order], apart, frame.gutter + 24.0, frame.width - apart + 20.0)
    y = frame.height - frame.lane / 2 + 4.0
    return tuple(_tile(one, x, y, apart, content, lang) for one, x in zip(order, places, strict=True))


def _middle(member: Member, content: MapContent, xs: Mapping[str, float], frame: Frame) -> float:
    ties = [(tie.strength, xs[tie.person]) for tie in content.ties if tie.member == member.id and tie.person in xs]
    weight = sum(strength for strength, _ in ties)
    if weight <= 0:
        return frame.width / 2
    return sum(strength * x for strength, x in ties) / weight


def spread(wanted: Sequence[float], apart: float, least: float, most: float) -> list[float]:
    """Places in the same order, at least so far apart, moved as little as possible (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for number, place in enumerate(wanted):
        pools.append((place - number * apart, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (first, few), (second, more) = pools[-2:]
            pools[-2:] = [((first * few + second * more) / (few + more), few + more)]
    shifted = [middle for middle, count in pools for _ in range(count)]
    top = most - (len(wanted) - 1) * apart
    return [max(least, min(top, place)) + number * apart for number, place in enumerate(shifted)]


def _tile(member: Member, x: float, y: float, apart: float, content: MapContent, lang: str) -> Tile:
    role = member.role or "–"
    width = max(TILE, width_of(role, 12.5, bold=True) + 10.0)
    ties = sum(tie.member == member.id for tie in content.ties)
    name = in_script(member.name, lang) if member.name else member.id
    beside = x + width / 2 + 5.0
    room = apart - width - 12.0
    key = "map.ties.one" if ties == 1 else "map.ties"
    return Tile(
        member=member.id,
        x=x,
        y=y,
        width=width,
        height=TILE_HEIGHT,
        role=role,
        name=TextLine(beside, y - 2.0, cut(name, 12.5, room, bold=True)),
        under=TextLine(beside, y + 11.0, text(key, lang, count=ties)),
        ties=ties,
    )


def hexagons(
    content: MapContent,
    columns: Sequence[Column],
    bands: Sequence[Band],
    ys: Mapping[str, float],
    taken: Mapping[float, float],
    frame: Frame,
    lang: str,
) -> tuple[Hexagon, ...]:
    """A hexagon each in the column outside, in the free band nearest to those it holds.

    `taken` are the places of people in that column: y → how much room they need up and down.
    """
    outside = next((column for column in columns if column.unit is None), None)
    shown = [rival for rival in content.rivals if any(person in ys for person in rival.ties)]
    if outside is None:
        return ()
    made: list[Hexagon] = []
    occupied = dict(taken)
    for rival in shown:
        weight = sum(rival.ties.values())
        wanted = sum(strength * ys.get(person, frame.height / 2) for person, strength in rival.ties.items()) / weight
        spots = sorted((band.y + band.height / 2 for band in bands), key=lambda y: (round(abs(y - wanted), 6), y))
        free = [y for y in spots if all(abs(y - other) > room + HEXAGON + 4.0 for other, room in occupied.items())]
        y = free[0] if free else wanted
        occupied[y] = HEXAGON
        x = outside.x + 26.0
        name = in_script(rival.name, lang) if rival.name else rival.id
        room = max(40.0, outside.width - 26.0 - HEXAGON - 8.0)
        made.append(
            Hexagon(
                rival=rival.id,
                x=x,
                y=y,
                radius=HEXAGON,
                initial=name[:1].upper(),
                align="left",
                name=TextLine(x + HEXAGON + 5.0, y - 1.0, cut(name, 12.5, room, bold=True)),
                under=TextLine(x + HEXAGON + 5.0, y + 12.0, text("map.competitor", lang)),
            )
        )
    return tuple(made)
