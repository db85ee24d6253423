"""Our team in its lane, and competitors in the column outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.analysis.map import MapContent, Member, Rival
from graph.analysis.report.results import Tie
from graph.model.words import text
from viz.scene.metrics import cut, width_of
from viz.scene.scene import Band, Column, Frame, Hexagon, TextLine, Tile
from viz.words.names import record_name

TILE, TILE_HEIGHT = 36.0, 28.0
APART = {"en": 150.0, "zh": 140.0}
WIDEST_APART = 210.0
"""Tiles stand farther apart than usual where roles and names are long, but never so far that they lose their ties."""
HEXAGON = 17.0
AWAY, STEP, LIFTED, LEAST_BAND = 6.0, 4.0, 4.0, 44.0
HEXAGON_ROOM = 122.0
"""The width that a competitor needs with the word under its name."""
NAME, UNDER = 12.5, 11.0
BESIDE = 12.0
"""Free space beside a tile and after its name."""
LEAST_NAME = 40.0
"""With less room than this beside a tile nothing is written there: the pointer tells the name."""


def tiles(content: MapContent, xs: Mapping[str, float], frame: Frame, lang: str) -> tuple[Tile, ...]:
    """A tile each, ordered by the middle of its ties, moved apart as little as needed; names where there is room."""
    ties: dict[str, list[Tie]] = {member.id: [] for member in content.members}
    for tie in content.ties:
        ties[tie.member].append(tie)
    wanted = {member: _middle(tied, xs, frame) for member, tied in ties.items()}
    order = sorted(content.members, key=lambda member: (round(wanted[member.id], 6), member.id))
    room = frame.width - frame.gutter - 40.0
    needed = max((_needed(member, lang) for member in order), default=0.0)
    apart = min(max(APART[lang], min(needed, WIDEST_APART)), room / max(1, len(order)))
    places = spread([wanted[member.id] for member in order], apart, frame.gutter + 24.0, frame.width - apart + 20.0)
    y = frame.height - frame.lane / 2 + 4.0
    return tuple(
        _tile(member, x, y, apart, len(ties[member.id]), lang) for member, x in zip(order, places, strict=True)
    )


def _middle(ties: Sequence[Tie], xs: Mapping[str, float], frame: Frame) -> float:
    shown = [(tie.strength, xs[tie.person]) for tie in ties if tie.person in xs]
    weight = sum(strength for strength, _ in shown)
    if weight <= 0:
        return frame.width / 2
    return sum(strength * x for strength, x in shown) / weight


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


def _needed(member: Member, lang: str) -> float:
    """From a tile to the next, so that role and name are whole."""
    return (
        _tile_width(member.role or "–") + BESIDE + width_of(record_name(member.name, member.id, lang), NAME, bold=True)
    )


def _tile_width(role: str) -> float:
    return max(TILE, width_of(role, NAME, bold=True) + 10.0)


def _tile(member: Member, x: float, y: float, apart: float, ties: int, lang: str) -> Tile:
    role = cut(member.role or "–", NAME, apart - 14.0, bold=True)
    width = _tile_width(role)
    beside = x + width / 2 + 5.0
    room = apart - width - BESIDE
    under = text("map.ties.one" if ties == 1 else "map.ties", lang, count=ties)
    named = room >= LEAST_NAME
    name = record_name(member.name, member.id, lang)
    return Tile(
        member=member.id,
        x=x,
        y=y,
        width=width,
        height=TILE_HEIGHT,
        role=role,
        name=TextLine(beside, y - 2.0, cut(name, NAME, room, bold=True) if named else ""),
        under=TextLine(beside, y + 11.0, cut(under, UNDER, room) if named else ""),
        ties=ties,
    )


def hexagons(
    content: MapContent,
    columns: Sequence[Column],
    bands: Sequence[Band],
    at: Mapping[str, tuple[float, float, float]],
    frame: Frame,
    lang: str,
) -> tuple[Hexagon, ...]:
    """A hexagon per competitor in the column outside, in the free band nearest to the people it has ties to.

    `at` are the middles of people and their outer radius.
    """
    outside = next((column for column in columns if column.outside), None)
    if outside is None or not bands:
        return ()
    shown = [rival for rival in content.rivals if any(person in at for person in rival.ties)]
    taken = [place for place in at.values() if outside.x <= place[0] <= outside.x + outside.width]
    made: list[Hexagon] = []
    for rival in shown:
        held = [(strength, at[person][1]) for person, strength in rival.ties.items() if person in at]
        wanted = sum(strength * y for strength, y in held) / sum(strength for strength, _ in held)
        y = _free_height(
            wanted, [band.y + band.height / 2 - LIFTED for band in bands if band.height >= LEAST_BAND], taken, frame
        )
        x = outside.x + HEXAGON + 9.0
        taken.append((x, y, HEXAGON))
        made.append(_hexagon(rival, x, y, outside, lang))
    return tuple(made)


def _free_height(
    wanted: float, middles: Sequence[float], taken: Sequence[tuple[float, float, float]], frame: Frame
) -> float:
    """The free middle of a band nearest to the wanted height; else any free height; else the least crowded."""
    least, most = frame.heads + HEXAGON + 2.0, frame.height - frame.lane - HEXAGON - 2.0

    def room(y: float) -> float:
        return min((abs(y - other) - radius for _, other, radius in taken), default=frame.height) - HEXAGON

    anywhere = [least + STEP * place for place in range(int((most - least) // STEP) + 1)]
    for heights, gap in ((middles, AWAY), (anywhere, AWAY)):
        free = [y for y in heights if room(y) >= gap]
        if free:
            return min(free, key=lambda y: (round(abs(y - wanted), 6), y))
    return max(anywhere, key=lambda y: (round(room(y), 6), -y))


def _hexagon(rival: Rival, x: float, y: float, outside: Column, lang: str) -> Hexagon:
    name = record_name(rival.name, rival.id, lang)
    beside = x + HEXAGON + 5.0
    room = max(LEAST_NAME, outside.x + outside.width - beside - 4.0)
    return Hexagon(
        rival=rival.id,
        x=x,
        y=y,
        radius=HEXAGON,
        initial=name[:1].upper(),
        align="left",
        name=TextLine(beside, y - 1.0, cut(name, NAME, room, bold=True)),
        under=TextLine(beside, y + 12.0, cut(text("map.competitor", lang), UNDER, room)),
    )
