"""Labels: each beside its disc on the side that costs least, by what it would cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.analysis.report.results import PersonResult
from viz.scene.metrics import cut, width_of, wrap
from viz.scene.plan import MOST_NAME, Sizes
from viz.scene.raster import Weights
from viz.scene.scene import Align, Chip, Frame, Label, TextLine
from viz.words.names import name_of, role_letters, title_of

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

NAME, TITLE = 12.5, 11.0
NAME_LINE, TITLE_LINE, CHIP, CHIP_STEP = 15.0, 13.0, 13.0, 15.0
AWAY = 5.0
ON_SOMETHING, ON_LINE, ON_TIP, ON_DOT, CUT_TITLE = 1000.0, 0.45, 5.0, 9.0, 3.0
"""On a disc, a badge, a label, or outside the map; a point of a line, an arrow's tip, a dot inside; a title cut."""
HIDE = ON_SOMETHING
"""A label that is on something is hidden: lines it may lie over."""
ABOVE = 2.4
CUT_NAME, ASLANT = 100.0, 50.0
SHORTER = (64.0, 52.0, 42.0)
TITLE_ROOM = 96.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A disc to label: its person, middle and outer radius; `heavy` where the name must be shown."""

    person: PersonResult
    x: float
    y: float
    outer: float
    heavy: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """Obstacles of labels: circles (x, y, radius; the spots' first), boxes, and people as dots (x, y)."""

    circles: Floats
    boxes: Sequence[Box]
    dots: Floats


@dataclass(frozen=True, slots=True)
class _Text:
    name: str
    titles: tuple[str, ...]
    chips: str
    width: float
    height: float
    cut_title: bool
    cut_name: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A label that there could be: its box, its side, what its form and side cost, and its text."""

    box: Box
    align: Align
    cost: float
    text: _Text


class Labelling:
    """The labels that there could be, a few beside each spot, and what each of them would be on."""

    def __init__(self, spots: Sequence[Spot], ground: Ground, frame: Frame, sizes: Sizes, lang: str) -> None:
        self._spots = spots
        self._sizes = sizes
        self._frame = frame
        self._dots = ground.dots
        self._choices: list[_Candidate] = []
        self._slices: list[slice] = []
        for spot in spots:
            first = len(self._choices)
            self._choices += _candidates(spot, sizes, lang, frame)
            self._slices.append(slice(first, len(self._choices)))
        self._boxes = np.array([choice.box for choice in self._choices]).reshape(-1, 4)
        self._alone = np.array([choice.cost for choice in self._choices])
        self._alone += ON_SOMETHING * (self._outside() + self._on_circles(ground.circles))
        if ground.boxes:
            self._alone += ON_SOMETHING * _overlaps(self._boxes, np.array(ground.boxes)).sum(axis=1)
        self._meet = _overlaps(self._boxes, self._boxes)

    def placed(self, points: Floats, tips: Floats) -> dict[str, Label]:
        """A label per spot, heavy spots first, avoiding line points and arrow tips.

        Where nothing is free the label is hidden at the starting view.
        """
        soft = ((points, ON_LINE), (tips, ON_TIP), (self._dots, ON_DOT))
        costs = self._alone + Weights(self._frame.width, self._frame.height, *soft).inside(self._boxes)
        labels: dict[str, Label] = {}
        for number in sorted(range(len(self._spots)), key=lambda at: (not self._spots[at].heavy, at)):
            beside = self._slices[number]
            best = beside.start + int(np.argmin(costs[beside].round(9)))
            shown = bool(costs[best] < HIDE)
            spot = self._spots[number]
            labels[spot.person.id] = _label(spot, self._choices[best], shown, self._sizes)
            if shown:
                costs += ON_SOMETHING * self._meet[best]
        return labels

    def _outside(self) -> NDArray[np.bool_]:
        frame, boxes = self._frame, self._boxes
        right, bottom = boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]
        out: NDArray[np.bool_] = (
            (boxes[:, 0] < frame.gutter)
            | (boxes[:, 1] < frame.heads)
            | (right > frame.width - 2)
            | (bottom > frame.height - frame.lane)
        )
        return out

    def _on_circles(self, circles: Floats) -> Floats:
        """How many circles but their own the labels are on; a spot's circle has the spot's number."""
        x, y, radius = (circles[:, at] for at in range(3))
        boxes = self._boxes
        dx = x - np.clip(x, boxes[:, :1], boxes[:, :1] + boxes[:, 2:3])
        dy = y - np.clip(y, boxes[:, 1:2], boxes[:, 1:2] + boxes[:, 3:])
        on = dx * dx + dy * dy < (radius + 1.0) ** 2
        for number, beside in enumerate(self._slices):
            on[beside, number] = False
        counted: Floats = on.sum(axis=1).astype(float)
        return counted


def _overlaps(boxes: Floats, others: Floats, gap: float = 1.0) -> NDArray[np.bool_]:
    """Which of the boxes overlap or nearly touch which of the others: (boxes, others)."""
    meet: NDArray[np.bool_] = (
        (boxes[:, None, 0] < others[:, 0] + others[:, 2] + gap)
        & (others[:, 0] < boxes[:, None, 0] + boxes[:, None, 2] + gap)
        & (boxes[:, None, 1] < others[:, 1] + others[:, 3] + gap)
        & (others[:, 1] < boxes[:, None, 1] + boxes[:, None, 3] + gap)
    )
    return meet


def _candidates(spot: Spot, sizes: Sizes, lang: str, frame: Frame) -> Iterator[_Candidate]:
    """The label whole on every side in every form, then, if it must be read and may be cut, shorter and shorter."""
    yield from _sides(spot, sizes, lang, frame, None, 0.0)
    if spot.heavy and sizes.cuts:
        for place, room in enumerate(SHORTER, 1):
            yield from _sides(spot, sizes, lang, frame, room, place * CUT_NAME)
        for place, shorter in enumerate((None, *SHORTER)):
            yield from _aslant(spot, sizes, lang, frame, shorter, place * CUT_NAME + ASLANT)


def _sides(spot: Spot, sizes: Sizes, lang: str, frame: Frame, room: float | None, cost: float) -> Iterator[_Candidate]:
    sides: tuple[tuple[Align, float], ...] = (
        (("center", 0.0), ("left", 1.2), ("right", 1.6))
        if sizes.below
        else (("left", 0.0), ("center", 1.2), ("right", 1.6))
    )
    for lines in (1, 2, 3) if sizes.titles else (0,):
        text = _written(spot.person, sizes, lang, lines, room)
        if text is None:
            continue
        more = cost + 0.3 * max(0, len(text.titles) - 1) + (CUT_TITLE if text.cut_title else 0.0)
        for align, penalty in sides:
            yield _Candidate(_box(spot, align, text, frame), align, more + penalty, text)
        x, y, width, height = _box(spot, "center", text, frame)
        yield _Candidate((x, y - height - 2 * spot.outer - 4.0, width, height), "center", more + ABOVE, text)


def _aslant(spot: Spot, sizes: Sizes, lang: str, frame: Frame, room: float | None, cost: float) -> Iterator[_Candidate]:
    """Under and over the disc, but to one side: where all else is taken."""
    text = _written(spot.person, sizes, lang, 0, room)
    if text is not None:
        _, below, width, height = _box(spot, "center", text, frame)
        above = below - height - 2 * spot.outer - 4.0
        for y, more in ((below, 0.0), (above, ABOVE)):
            yield _Candidate((spot.x - spot.outer / 2, y, width, height), "left", cost + more, text)
            yield _Candidate((spot.x + spot.outer / 2 - width, y, width, height), "right", cost + more, text)


def _written(person: PersonResult, sizes: Sizes, lang: str, lines: int, room: float | None) -> _Text | None:
    whole = name_of(person, lang)
    name = cut(whole, NAME, room or MOST_NAME, bold=True)
    chips = role_letters(person, only_heavy=sizes.below)
    title = title_of(person, lang)
    if not sizes.titles or not title:
        if lines > 1:
            return None
        beside = CHIP_STEP * len(chips) + 3.0 if chips and not sizes.titles else 0.0
        under = CHIP_STEP * len(chips) if sizes.titles else 0.0
        width = max(width_of(name, NAME, bold=True) + beside, under)
        height = NAME_LINE + (CHIP_STEP if chips and sizes.titles else 0.0)
        return _Text(name, (), chips, width, height, False, name != whole)
    titles, was_cut = _title_lines(title, lines, width_of(name, NAME, bold=True))
    if len(titles) < lines:
        return None
    width = max(width_of(name, NAME, bold=True), *(width_of(line, TITLE) for line in titles), CHIP_STEP * len(chips))
    height = NAME_LINE + TITLE_LINE * len(titles) + (CHIP_STEP if chips else 0.0)
    return _Text(name, titles, chips, width, height, was_cut, name != whole)


def _title_lines(title: str, lines: int, name_width: float) -> tuple[tuple[str, ...], bool]:
    """The title in so many lines, as narrow as nothing is cut."""
    if lines == 1:
        return wrap(title, TITLE, max(TITLE_ROOM, name_width), 1)
    wrapped = wrap(title, TITLE, TITLE_ROOM, lines)
    for share in (1.1, 1.3, 1.6):
        narrow = wrap(title, TITLE, max(54.0, width_of(title, TITLE) / lines * share), lines)
        if not narrow[1]:
            return narrow
    return wrapped


def _box(spot: Spot, align: Align, text: _Text, frame: Frame) -> Box:
    if align == "left":
        return (spot.x + spot.outer + AWAY, spot.y - text.height / 2, text.width, text.height)
    if align == "right":
        return (spot.x - spot.outer - AWAY - text.width, spot.y - text.height / 2, text.width, text.height)
    # Under a disc at the edge a label moves inwards.
    x = min(max(spot.x - text.width / 2, frame.gutter + 2.0), frame.width - 2.0 - text.width)
    return (x, spot.y + spot.outer + 2.0, text.width, text.height)


def overlap(box: Box, other: Box, gap: float = 1.0) -> bool:
    """Whether two boxes overlap or nearly touch."""
    return (
        box[0] < other[0] + other[2] + gap
        and other[0] < box[0] + box[2] + gap
        and box[1] < other[1] + other[3] + gap
        and other[1] < box[1] + box[3] + gap
    )


def _label(spot: Spot, choice: _Candidate, shown: bool, sizes: Sizes) -> Label:
    box, align, text = choice.box, choice.align, choice.text
    x, y, width, _ = box
    at = {"left": x, "center": x + width / 2, "right": x + width}[align]
    baseline = y + 11.5
    if not sizes.titles:
        names_width = width_of(text.name, NAME, bold=True)
        name_x = {"left": x, "center": x + names_width / 2, "right": x + names_width}[align]
        chips = [Chip(x + names_width + 4.0 + CHIP_STEP * i, y + 1.0, letter) for i, letter in enumerate(text.chips)]
        name = TextLine(name_x, baseline, text.name)
        return Label(box, align, (spot.x, spot.y), name, (), tuple(chips), shown, text.cut_name)
    name = TextLine(at, baseline, text.name)
    titles = tuple(TextLine(at, baseline + TITLE_LINE * (i + 1), title) for i, title in enumerate(text.titles))
    row = CHIP_STEP * len(text.chips) - (CHIP_STEP - CHIP)
    left = {"left": x, "center": x + (width - row) / 2, "right": x + width - row}[align]
    top = y + NAME_LINE + TITLE_LINE * len(text.titles) + 1.0
    chips = [Chip(left + CHIP_STEP * i, top, letter) for i, letter in enumerate(text.chips)]
    return Label(box, align, (spot.x, spot.y), name, titles, tuple(chips), shown, text.cut_name)
