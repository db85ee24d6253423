"""The fishbone 鱼骨图 as a scene: units as bones by their share of the decision, its steps and votes in the head."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult
from viz.scene import plan
from viz.scene.fish_head import Heading, Room, head_of
from viz.scene.fish_parts import Bone, Fishbone
from viz.scene.fish_rows import PITCH, Looks, disc_at, dots_across, dots_in, looks_of
from viz.scene.fish_units import Group, groups_of, root_unit
from viz.scene.fish_words import coverage_of, mix_of, share_of, under_words
from viz.scene.labels import AWAY
from viz.scene.metrics import wrap
from viz.scene.scene import Disc, Dot, TextLine
from viz.words.names import record_name

ON_A_BONE = 8
HEAD = (292.0, 0.272, 372.0)
"""The head's width in pixels: at least, as a share of the picture, at most."""
EDGE = 12.0
NEXT_TO_HEAD, FIRST_JOINT = 140.0, 148.0
WIDEST_APART = 300.0
LEAN = 118.0
TAIL = 38.0
SPINE = 7.0
CLEAR = 9.0
FITTED = ((23.0, 8), (20.0, 8), (17.0, 8), (15.0, 8), (13.0, 8), (12.0, 6), (10.0, 5), (8.0, 0))
"""Radii of the largest disc, and how many at least must then stand on each bone."""
NAME, SMALL = 13.0, 11.0
NAME_LINE, SMALL_LINE = 16.0, 14.0
END_LEFT = 14.0
WIDEST_GAP = 34.0
MOST_DOTS = 0.4
"""How much of a bone dots may take; where they need more, a bar stands for them."""


@dataclass(frozen=True)
class _Ground:
    """The picture before anybody is on it."""

    width: float
    height: float
    tip: float
    to_head: float
    apart: float
    lang: str

    @property
    def middle(self) -> float:
        return self.height / 2.0

    @property
    def end_room(self) -> float:
        """How wide the words and dots at the end of a bone may be."""
        return self.apart - 44.0


@dataclass(frozen=True)
class _Laid:
    """A bone with its people: rows are distances from the spine."""

    bone: Bone
    full: Sequence[PersonResult]
    rows: Sequence[float]
    lines: int
    dots: tuple[Dot, ...]


def fishbone_scene(content: MapContent, lang: str, width: float = 1116.0, height: float = 702.0) -> Fishbone:
    """The fishbone of an account in a language, for a picture of so many pixels. Pure: same content, same numbers."""
    root = root_unit(content)
    groups = groups_of(content, root, lang)
    tip = width - EDGE - min(max(HEAD[0], HEAD[1] * width), HEAD[2])
    joints, apart = _joints(len(groups), tip)
    ground = _Ground(width, height, tip, tip - max(joints, default=tip), apart, lang)
    looks, laid = _fitting(content, groups, joints, ground)
    head, people_in_head, dots_in_head = head_of(
        content,
        _heading(content, root, ground),
        Room(tip, width - EDGE, ground.middle, EDGE - 2.0, height - EDGE + 2.0),
        looks,
    )
    discs = [*people_in_head, *_discs(laid, looks, ground)]
    influence = {person.id: (-round(person.decision_influence, 9), person.id) for person in content.report.people}
    return Fishbone(
        lang=lang,
        width=width,
        height=height,
        ring=looks.ring,
        spine=((TAIL, ground.middle), (tip, ground.middle)),
        spine_width=SPINE,
        tail=((TAIL - 26.0, ground.middle - 34.0), (TAIL, ground.middle), (TAIL - 26.0, ground.middle + 34.0)),
        bones=tuple(placed.bone for placed in laid),
        head=head,
        discs=tuple(sorted(discs, key=lambda disc: influence[disc.person])),
        dots=(*(dot for placed in laid for dot in placed.dots), *dots_in_head),
    )


def _heading(content: MapContent, root: str | None, ground: _Ground) -> Heading | None:
    if root is None:
        return None
    column = plan.column_of(content)
    people = [person for person in plan.first_in_full(content) if column[person.id] == root]
    name = next(unit.name for unit in content.report.units if unit.id == root)
    under = under_words(share_of(people), coverage_of(people), ground.width - EDGE - ground.tip - 60.0, ground.lang)
    return Heading(root, record_name(name, root, ground.lang), " · ".join(under), people)


def _joints(bones: int, tip: float) -> tuple[list[float], float]:
    """Where bones meet the spine, the first next to the head, and how far two on one side are apart."""
    pairs = max(1, math.ceil(bones / 2))
    first, last = tip - NEXT_TO_HEAD, FIRST_JOINT
    apart = min((first - last) / (pairs - 1), WIDEST_APART) if pairs > 1 else WIDEST_APART
    middle = (first + last) / 2.0 + apart * (pairs - 1) / 2.0
    return [middle - apart * (number // 2) for number in range(bones)], apart


def _fitting(
    content: MapContent, groups: Sequence[Group], joints: Sequence[float], ground: _Ground
) -> tuple[Looks, list[_Laid]]:
    """Everybody as large as lets eight stand on a bone; where even small discs do not, fewer stand on the fullest."""
    badges = plan.badges_of(content.report)
    first = plan.sizes_for(len(content.report.people)).largest
    for largest, least in FITTED:
        looks = looks_of(content.report.people, min(largest, first), badges, ground.lang)
        laid = [_laid(group, number, joints[number], ground, looks, least) for number, group in enumerate(groups)]
        done = [bone for bone in laid if bone is not None]
        if len(done) == len(laid):
            break
    return looks, done


def _laid(group: Group, number: int, joint: float, ground: _Ground, looks: Looks, least: int) -> _Laid | None:
    """A bone with as many people in full as fit, titles where there is room; None where fewer than `least` would."""
    most = min(ON_A_BONE, len(group.people))
    end = _end_of(group, number, joint, ground)
    start = SPINE / 2.0 + CLEAR
    room = _nominal_room(number, ground, looks)

    @cache
    def reach(place: int, lines: int) -> tuple[float, float]:
        person = group.people[place]
        return looks.reach(person, room - looks.outer(person), lines)

    for count in range(most, min(least, most) - 1, -1):
        places = sorted(range(count), key=lambda place: _from_the_head(group.people[place]))
        length = abs(end.y(len(group.people) - count) - ground.middle)
        for lines in (2, 1, 0):
            reaches = [reach(place, lines) for place in places]
            spare = length - start - 2.0 - sum(up + down for up, down in reaches)
            if spare >= 0 or not places:
                bone, dots = _bone(group, joint, ground, end, group.people[count:])
                full = [group.people[place] for place in places]
                return _Laid(bone, full, _rows(reaches, start, spare, above=end.above), lines, dots)
    return None


def _from_the_head(person: PersonResult) -> tuple[float, float, str]:
    """The order of people on a bone, from the spine on."""
    return -person.level, -round(person.decision_influence, 9), person.id


def _rows(reaches: Sequence[tuple[float, float]], start: float, spare: float, *, above: bool) -> list[float]:
    """The distance of each row from the spine; spare length is shared evenly."""
    gap = min(spare / max(1, len(reaches)), WIDEST_GAP)
    rows, at = [], start + gap * 0.5
    for up, down in reaches:
        rows.append(at + (down if above else up))
        at += up + down + gap
    return rows


def _nominal_room(number: int, ground: _Ground, looks: Looks) -> float:
    """How far a label may reach to the right of a disc's middle, whatever stands on the next bone."""
    if number < 2:
        return ground.to_head - AWAY - 10.0
    widest = max(looks.radius.values(), default=0.0) + looks.ring
    return ground.apart - widest - AWAY - 8.0


@dataclass(frozen=True)
class _End:
    """The words at the end of a bone, and under them the room of the people who are not drawn in full."""

    ground: _Ground
    above: bool
    left: float
    names: Sequence[str]
    unders: Sequence[str]

    @property
    def words(self) -> float:
        return NAME_LINE * len(self.names) + SMALL_LINE * len(self.unders)

    @property
    def top(self) -> float:
        return 8.0 if self.above else self.ground.height - 8.0 - self.words

    def as_bar(self, small: int) -> bool:
        """Whether so many people are a bar rather than dots."""
        return self._dot_rows(small) * PITCH > MOST_DOTS * self.ground.middle

    def block_top(self, small: int) -> float:
        """The upper edge of the room of so many people."""
        return self.top + self.words + 3.0 if self.above else self.top - self._block(small) - 3.0

    def y(self, small: int) -> float:
        """Where the bone ends with so many people there."""
        block = self._block(small)
        return self.top + self.words + block + 9.0 if self.above else self.top - block - 9.0

    def _dot_rows(self, small: int) -> int:
        return -(-small // dots_across(self.ground.end_room))

    def _block(self, small: int) -> float:
        rows = self._dot_rows(small)
        return 28.0 if self.as_bar(small) else rows * PITCH + (4.0 if rows else 0.0)


def _end_of(group: Group, number: int, joint: float, ground: _Ground) -> _End:
    left = joint - LEAN - END_LEFT
    room = ground.end_room if number > 1 else ground.tip - left - 10.0 if ground.apart > 200 else ground.end_room
    names, _ = wrap(group.name, NAME, room, 2, bold=True)
    return _End(ground, number % 2 == 0, left, names, under_words(group.share, group.coverage, room, ground.lang))


def _bone(
    group: Group, joint: float, ground: _Ground, end: _End, small: Sequence[PersonResult]
) -> tuple[Bone, tuple[Dot, ...]]:
    left, top = end.left, end.top
    as_bar, block_top = end.as_bar(len(small)), end.block_top(len(small))
    dots: tuple[Dot, ...] = ()
    if small and not as_bar:
        dots = dots_in(small, left, block_top + 2.0, ground.end_room)
    name_lines = tuple(TextLine(left, top + 13.0 + NAME_LINE * i, line) for i, line in enumerate(end.names))
    under_top = top + NAME_LINE * len(end.names) + 11.0
    bone = Bone(
        kind=group.kind,
        unit=group.unit,
        units=group.units,
        people=len(group.people),
        share=group.share,
        coverage=group.coverage,
        above=end.above,
        start=(joint, ground.middle),
        end=(joint - LEAN, end.y(len(small))),
        width=2.0 + 13.0 * math.sqrt(min(group.share, 0.45) / 0.3),
        whole=group.name,
        name=name_lines,
        under=tuple(TextLine(left, under_top + SMALL_LINE * i, line) for i, line in enumerate(end.unders)),
        mix=mix_of(small, left, block_top + 2.0, ground.end_room, ground.lang) if as_bar else None,
    )
    return bone, dots


def _discs(laid: Sequence[_Laid], looks: Looks, ground: _Ground) -> list[Disc]:
    """Everybody at their place on the bone, their label as wide as what stands at its right allows."""
    placed = [_places(bone_laid, ground) for bone_laid in laid]
    made = []
    for number, bone_laid in enumerate(laid):
        blocking = (
            []
            if number < 2
            else [
                (x - looks.outer(other) - 5.0, y, looks.outer(other) + 6.0)
                for other, (x, y) in zip(laid[number - 2].full, placed[number - 2], strict=True)
            ]
        )
        for person, (x, y) in zip(bone_laid.full, placed[number], strict=True):
            begin = x + looks.outer(person) + AWAY
            half = max(looks.reach(person, _nominal_room(number, ground, looks) - looks.outer(person), bone_laid.lines))
            edge = ground.tip - 8.0 if number < 2 else _bone_at(laid[number - 2].bone, y, half) - 6.0
            edge = min([edge, *(left - 3.0 for left, middle, tall in blocking if abs(middle - y) < half + tall)])
            made.append(disc_at(person, x, y, edge - begin, bone_laid.lines, looks))
    return made


def _places(laid: _Laid, ground: _Ground) -> list[tuple[float, float]]:
    (x, middle), (end_x, end_y) = laid.bone.start, laid.bone.end
    length = abs(end_y - middle)
    sign = -1.0 if laid.bone.above else 1.0
    return [(x + (end_x - x) * row / length, middle + sign * row) for row in laid.rows]


def _bone_at(bone: Bone, y: float, half: float) -> float:
    """The left edge of a bone between two heights around y."""
    (x, middle), (end_x, end_y) = bone.start, bone.end
    farthest = min(max(abs(y - middle) + half, 0.0), abs(end_y - middle))
    return x + (end_x - x) * farthest / abs(end_y - middle) - bone.width / 2.0
