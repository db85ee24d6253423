"""The head of the fish: the steps of the decision with their votes, the bottleneck, and the root unit's people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult
from graph.model.words import text
from viz.scene.fish_parts import Box, Head, Mix, Segment, StepBar
from viz.scene.fish_rows import PITCH, Looks, disc_at, dots_across, dots_in
from viz.scene.fish_words import mix_of
from viz.scene.labels import AWAY, CHIP
from viz.scene.metrics import cut, width_of, wrap
from viz.scene.scene import Chip, Disc, Dot, TextLine
from viz.scene.votes import VETO_STEP, Tally, tallies
from viz.words.names import name_of
from viz.words.numbers import strength

TITLE, STEP, SMALL = 12.5, 12.0, 11.0
BAR, LINE, AFTER_STEP, UNDER_RULE = 22.0, 14.0, 10.0, 7.0
PAD = 14.0
GLYPH = 15.0
"""The least width of a segment with a glyph."""
BESIDE_BAR = 40.0
"""A segment narrower than this shows no veto chip: the words name who can veto."""
LEAST_ROOT = 3
"""The least people of the root unit to show; below that, names of voters are left out instead."""


@dataclass(frozen=True)
class Room:
    """Where the head may be: from the tip on the spine to the right edge."""

    tip: float
    right: float
    middle: float
    top: float
    bottom: float

    @property
    def left(self) -> float:
        """Where text begins."""
        return self.tip + 40.0

    @property
    def width(self) -> float:
        """How wide text may be."""
        return self.right - PAD - self.left


@dataclass(frozen=True)
class Heading:
    """The root unit: id, name, the line under it, and its people in the order in which they are drawn in full."""

    unit: str
    name: str
    under: str
    people: Sequence[PersonResult]


@dataclass(frozen=True)
class _Detail:
    """How much is shown: voters' names, lines of title of the root's people, how many of them, how many steps."""

    voters: bool
    lines: int
    people: int
    steps: int


def head_of(
    content: MapContent, heading: Heading | None, room: Room, looks: Looks
) -> tuple[Head, tuple[Disc, ...], tuple[Dot, ...]]:
    """The head as rich as its height allows, and the root unit's people in it."""
    counted = tallies(content, looks.lang)
    for detail in _details(len(counted), len(heading.people) if heading else 0):
        made = _Writer(content, counted, heading, room, looks, detail)
        if made.height <= room.bottom - room.top:
            break
    return made.placed()


def _details(steps: int, people: int) -> list[_Detail]:
    """From everything down to the least: first titles go, then voters' names, then people, then steps."""
    details = [_Detail(True, lines, people, steps) for lines in (2, 1, 0)]
    kept = list(range(people - 1, LEAST_ROOT - 1, -1))
    details += [_Detail(True, 0, number, steps) for number in kept]
    details += [_Detail(False, lines, people, steps) for lines in (1, 0)]
    details += [_Detail(False, 0, number, steps) for number in kept]
    least = min(people, LEAST_ROOT)
    details += [_Detail(False, 0, least, number) for number in range(steps - 1, 0, -1)]
    return [*details, _Detail(False, 0, 0, min(steps, 1))]


class _Writer:
    """Writes the head from the top of its own, then moves it to the middle of the room."""

    def __init__(
        self,
        content: MapContent,
        counted: Sequence[Tally],
        heading: Heading | None,
        room: Room,
        looks: Looks,
        detail: _Detail,
    ) -> None:
        self.people = content.report.people_by_id
        self.content, self.counted, self.heading = content, counted, heading
        self.room, self.looks, self.detail, self.lang = room, looks, detail, looks.lang
        self.bottleneck = _bottleneck_of(content)
        self.height = self._write(0.0)

    def placed(self) -> tuple[Head, tuple[Disc, ...], tuple[Dot, ...]]:
        """The head around the spine, as far as the room allows."""
        room = self.room
        top = min(max(room.middle - self.height / 2.0, room.top), room.bottom - self.height)
        self._write(max(top, room.top))
        top = max(top, room.top)
        box = (room.tip, top, room.right - room.tip, self.height)
        head = Head(
            outline=_outline(room, top, top + self.height),
            box=box,
            title=self.title,
            steps=tuple(self.steps),
            notes=tuple(self.notes),
            bottleneck=tuple(self.bottleneck_lines),
            unit=self.heading.unit if self.heading else None,
            heading=self.head_line,
            heading_under=self.head_under,
            rule=self.rule,
            mix=self.mix,
        )
        return head, tuple(self.discs), self.dots

    def _write(self, top: float) -> float:
        room = self.room
        y = top + PAD + 11.0
        self.title = TextLine(room.left, y, cut(text("fish.title", self.lang), TITLE, room.width, bold=True))
        y += 10.0
        self.steps: list[StepBar] = []
        self.notes: list[TextLine] = []
        for tally in self._kept():
            y = self._step(tally, y) + AFTER_STEP
        left_out = len(self.counted) - self.detail.steps
        if left_out > 0:
            key = "fish.more_steps.one" if left_out == 1 else "fish.more_steps"
            y = self._say(text(key, self.lang, count=left_out), y, self.notes)
        if not self.counted:
            missing = "fish.no_steps" if self.content.report.opportunity else "fish.no_opportunity"
            y = self._say(text(missing, self.lang), y + 2.0, self.notes) + 6.0
        self.bottleneck_lines: list[TextLine] = []
        if self.bottleneck is not None:
            y = self._say(self._bottleneck_words(), y - 2.0, self.bottleneck_lines) + 4.0
        y = self._root(y)
        return y + PAD - 4.0 - top

    def _kept(self) -> Sequence[Tally]:
        """The steps that are shown: the bottleneck is always among them."""
        shown = list(self.counted[: self.detail.steps])
        weak = next((tally for tally in self.counted if self._is_bottleneck(tally)), None)
        if shown and weak is not None and weak not in shown:
            shown[-1] = weak
        return shown

    def _is_bottleneck(self, tally: Tally) -> bool:
        step = self.bottleneck[0] if self.bottleneck else None
        return tally.step == step or (tally.step == VETO_STEP and bool(step) and str(step).startswith("veto:"))

    def _step(self, tally: Tally, y: float) -> float:
        room = self.room
        rule_wide = width_of(tally.rule, SMALL)
        name_wide = width_of(tally.name, STEP, bold=True)
        beside = name_wide + rule_wide + 8.0 <= room.width
        y += 13.0
        name = TextLine(room.left, y, cut(tally.name, STEP, room.width, bold=True))
        if not beside:
            y += LINE
        rule_x = room.left + room.width - rule_wide if beside else room.left
        rule = TextLine(rule_x, y, cut(tally.rule, SMALL, room.width))
        box = (room.left, y + UNDER_RULE, room.width, BAR)
        tick = None if tally.quota is None else room.left + room.width * tally.quota / tally.total
        segments = segments_of(tally, box, tick, self.people, self.lang, named=self.detail.voters)
        y += UNDER_RULE + BAR
        if any(segment.label for segment in segments):
            y += LINE - 1.0
        words: list[TextLine] = []
        blocked: list[TextLine] = []
        y = self._say(tally.words, y, words)
        if tally.blocked:
            y = self._say(tally.blocked, y, blocked)
        self.steps.append(
            StepBar(
                step=tally.step,
                name=name,
                rule=rule,
                box=box,
                segments=segments,
                quota=tick,
                total=tally.total,
                supporting=tally.supporting,
                enough=tally.enough,
                passes=tally.passes,
                bottleneck=self._is_bottleneck(tally),
                words=tuple(words),
                blocked=tuple(blocked),
            )
        )
        return y

    def _say(self, words: str, y: float, lines: list[TextLine]) -> float:
        for line in wrap(words, SMALL, self.room.width, 3, bold=True)[0]:
            y += LINE
            lines.append(TextLine(self.room.left, y, line))
        return y

    def _bottleneck_words(self) -> str:
        assert self.bottleneck is not None
        step, value = self.bottleneck
        name = next((tally.name for tally in self.counted if self._is_bottleneck(tally)), step)
        if step.startswith("veto:"):
            person = self.people.get(step.removeprefix("veto:"))
            name += ": " + name_of(person, self.lang) if person else ""
        return text("fish.bottleneck", self.lang, step=name, value=strength(value))

    def _root(self, y: float) -> float:
        self.discs: list[Disc] = []
        self.dots: tuple[Dot, ...] = ()
        self.mix: Mix | None = None
        self.rule = self.head_line = self.head_under = None
        if self.heading is None:
            return y
        room, looks = self.room, self.looks
        self.rule = y + 9.0
        y += 26.0
        self.head_line = TextLine(room.left, y, cut(self.heading.name, TITLE, room.width, bold=True))
        y += LINE
        self.head_under = TextLine(room.left, y, cut(self.heading.under, SMALL, room.width))
        y += 6.0
        full, small = self.heading.people[: self.detail.people], self.heading.people[self.detail.people :]
        most = max((looks.outer(person) for person in full), default=0.0)
        x = room.left + most + 3.0
        writable = room.left + room.width - x - AWAY
        for person in sorted(full, key=lambda item: (-item.level, -round(item.decision_influence, 9), item.id)):
            beside = writable - looks.outer(person)
            up, down = looks.reach(person, beside, self.detail.lines)
            self.discs.append(disc_at(person, x, y + up, beside, self.detail.lines, looks))
            y += up + down + 2.0
        return self._small(small, y) if small else y

    def _small(self, small: Sequence[PersonResult], y: float) -> float:
        """People without room in full as dots, or as a bar where there are too many for dots."""
        room = self.room
        rows = -(-len(small) // dots_across(room.width))
        if rows <= 8:
            self.dots = dots_in(small, room.left, y + 2.0, room.width)
            return y + 2.0 + rows * PITCH
        self.mix = mix_of(small, room.left, y + 4.0, room.width, self.lang)
        return y + 30.0


def _bottleneck_of(content: MapContent) -> tuple[str, float] | None:
    support = content.report.support
    return (
        None if support is None or support.bottleneck is None else (support.bottleneck.step, support.bottleneck.value)
    )


def _outline(room: Room, top: float, bottom: float) -> str:
    """The line around the head as an SVG path: from the tip on the spine, opening towards the right."""
    left, right, middle = room.tip + 26.0, room.right, room.middle
    curve = 22.0
    above, below = min(top + curve, middle - 1.0), max(bottom - curve, middle + 1.0)
    return (
        f"M{room.tip:.1f} {middle:.1f}L{left:.1f} {above:.1f}Q{left + 1.5:.1f} {top:.1f} {left + curve:.1f} {top:.1f}"
        f"H{right - 12:.1f}Q{right:.1f} {top:.1f} {right:.1f} {top + 12:.1f}V{bottom - 12:.1f}"
        f"Q{right:.1f} {bottom:.1f} {right - 12:.1f} {bottom:.1f}H{left + curve:.1f}"
        f"Q{left + 1.5:.1f} {bottom:.1f} {left:.1f} {below:.1f}Z"
    )


def segments_of(
    tally: Tally, box: Box, tick: float | None, people: Mapping[str, PersonResult], lang: str, *, named: bool
) -> tuple[Segment, ...]:
    """The segments of a step's bar; `tick` is where its quota stands, `named` whether voters' names go under it."""
    left, top, width, height = box
    made, x = [], left
    for person, votes, veto in tally.votes:
        wide = width * votes / tally.total
        label = _voter(people[person], x, top + height + 11.0, wide, lang) if named else None
        is_marked = veto and wide >= BESIDE_BAR
        chip = Chip(x + wide - CHIP - 4.0, top + (height - CHIP) / 2.0, "V") if is_marked else None
        free = wide - (CHIP + 5.0 if chip else 0.0)
        made.append(Segment(person, votes, veto, x, wide, _glyph(x, free, tick), label, chip))
        x += wide
    return tuple(made)


def _voter(person: PersonResult, x: float, y: float, wide: float, lang: str) -> TextLine | None:
    """A voter's name, or its first word, in the middle under the segment - if it fits."""
    name = name_of(person, lang)
    for words in (name, name.split(" ")[0]):
        if width_of(words, SMALL) <= wide - 3.0:
            return TextLine(x + wide / 2.0, y, words)
    return None


def _glyph(x: float, wide: float, tick: float | None) -> float | None:
    """Where the glyph's middle is in so much of a segment, beside the tick of the quota; None without room."""
    if wide < GLYPH:
        return None
    middle = x + wide / 2.0
    if tick is None or abs(tick - middle) > GLYPH / 2.0:
        return middle
    left, right = tick - x, x + wide - tick
    if max(left, right) < GLYPH:
        return None
    return x + left / 2.0 if left >= right else tick + right / 2.0
