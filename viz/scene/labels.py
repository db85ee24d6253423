"""Labels: each beside its disc on the side that costs least, by what it would cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.analysis.results import PersonResult
from viz.scene.metrics import cut, width_of, wrap
from viz.scene.plan import Sizes, chips_of, name_of, title_of
from viz.scene.scene import Align, Chip, Frame, Label, TextLine

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

NAME, TITLE = 12.5, 11.0
NAME_LINE, TITLE_LINE, CHIP, CHIP_STEP = 15.0, 13.0, 13.0, 15.0
AWAY = 5.0
HIDE = 38.0
ABOVE = 2.4
SHORTER = (64.0, 52.0, 42.0)
TITLE_ROOM = 96.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A disc to label: its middle, its outer radius, and what is written beside it."""

    person: PersonResult
    x: float
    y: float
    outer: float
    heavy: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """What labels should not cover: circles (x, y, radius), boxes, points of lines, arrow tips."""

    circles: Floats
    boxes: list[Box]
    samples: Floats
    tips: Floats


@dataclass(frozen=True, slots=True)
class _Text:
    name: str
    titles: tuple[str, ...]
    chips: str
    width: float
    height: float
    cut_title: bool
    cut_name: bool


def place_labels(spots: Sequence[Spot], ground: Ground, frame: Frame, sizes: Sizes, lang: str) -> dict[str, Label]:
    """A label for each spot, placed in the order given; where nothing fits it is hidden at the starting view."""
    placed: dict[str, Label] = {}
    boxes = list(ground.boxes)
    for number, spot in enumerate(spots):
        others = np.delete(ground.circles, number, axis=0)
        best = min(
            (
                (_cost(box, penalty, text, others, boxes, ground, frame), order, box, align, text)
                for order, (box, align, penalty, text) in enumerate(_candidates(spot, sizes, lang, None, frame))
            ),
            key=lambda one: (one[0], one[1]),
        )
        if best[0] >= HIDE and spot.heavy:
            best = _shortened(best, spot, sizes, lang, others, boxes, ground, frame)
        cost, _, box, align, text = best
        shown = cost < HIDE
        placed[spot.person.id] = _label(spot, box, align, text, shown, sizes)
        if shown:
            boxes.append(box)
    return placed


_Choice = tuple[float, int, Box, Align, _Text]


def _shortened(
    best: _Choice,
    spot: Spot,
    sizes: Sizes,
    lang: str,
    others: Floats,
    boxes: list[Box],
    ground: Ground,
    frame: Frame,
) -> _Choice:
    for room in SHORTER:
        for order, (box, align, penalty, text) in enumerate(_candidates(spot, sizes, lang, room, frame)):
            cost = _cost(box, penalty, text, others, boxes, ground, frame)
            if cost < best[0]:
                best = (cost, order, box, align, text)
        if best[0] < HIDE:
            break
    return best


def _candidates(
    spot: Spot, sizes: Sizes, lang: str, room: float | None, frame: Frame
) -> Iterator[tuple[Box, Align, float, _Text]]:
    sides: tuple[tuple[Align, float], ...] = (
        (("center", 0.0), ("left", 1.2), ("right", 1.6))
        if sizes.below
        else (("left", 0.0), ("center", 1.2), ("right", 1.6))
    )
    for lines in (1, 2, 3) if sizes.titles else (0,):
        text = _written(spot.person, sizes, lang, lines, room)
        if text is None:
            continue
        for align, penalty in sides:
            yield _box(spot, align, text, frame), align, penalty + 0.3 * max(0, len(text.titles) - 1), text
        x, y, width, height = _box(spot, "center", text, frame)
        yield (x, y - height - 2 * spot.outer - 4.0, width, height), "center", ABOVE, text


def _written(person: PersonResult, sizes: Sizes, lang: str, lines: int, room: float | None) -> _Text | None:
    whole = name_of(person, lang)
    name = whole if room is None else cut(whole, NAME, room, bold=True)
    chips = chips_of(person, only_heavy=sizes.below)
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
    width = max(width_of(name, NAME, bold=True), *(width_of(one, TITLE) for one in titles), CHIP_STEP * len(chips))
    height = NAME_LINE + TITLE_LINE * len(titles) + (CHIP_STEP if chips else 0.0)
    return _Text(name, titles, chips, width, height, was_cut, name != whole)


def _title_lines(title: str, lines: int, name_width: float) -> tuple[tuple[str, ...], bool]:
    """The title in so many lines, as narrow as nothing is cut."""
    if lines == 1:
        return wrap(title, TITLE, max(TITLE_ROOM, name_width), 1)
    found = wrap(title, TITLE, TITLE_ROOM, lines)
    for share in (1.1, 1.3, 1.6):
        narrow = wrap(title, TITLE, max(54.0, width_of(title, TITLE) / lines * share), lines)
        if not narrow[1]:
            return narrow
    return found


def _box(spot: Spot, align: Align, text: _Text, frame: Frame) -> Box:
    if align == "left":
        return (spot.x + spot.outer + AWAY, spot.y - text.height / 2, text.width, text.height)
    if align == "right":
        return (spot.x - spot.outer - AWAY - text.width, spot.y - text.height / 2, text.width, text.height)
    # Under a disc at the edge a label moves inwards.
    x = min(max(spot.x - text.width / 2, frame.gutter + 2.0), frame.width - 2.0 - text.width)
    return (x, spot.y + spot.outer + 2.0, text.width, text.height)


def _cost(
    box: Box, penalty: float, text: _Text, others: Floats, boxes: list[Box], ground: Ground, frame: Frame
) -> float:
    x, y, width, height = box
    cost = penalty + (3.0 if text.cut_title else 0.0)
    if x < frame.gutter or y < frame.heads or x + width > frame.width - 2 or y + height > frame.height - frame.lane:
        cost += 60.0
    if len(others):
        dx = others[:, 0] - np.clip(others[:, 0], x, x + width)
        dy = others[:, 1] - np.clip(others[:, 1], y, y + height)
        cost += 40.0 * int((dx * dx + dy * dy < (others[:, 2] + 1.0) ** 2).sum())
    cost += 40.0 * sum(overlap(box, other) for other in boxes)
    cost += 0.45 * _inside(ground.samples, box) + 5.0 * _inside(ground.tips, box)
    return cost


def overlap(one: Box, other: Box, gap: float = 1.0) -> bool:
    """Whether two boxes overlap or nearly touch."""
    return (
        one[0] < other[0] + other[2] + gap
        and other[0] < one[0] + one[2] + gap
        and one[1] < other[1] + other[3] + gap
        and other[1] < one[1] + one[3] + gap
    )


def _inside(points: Floats, box: Box) -> int:
    if not len(points):
        return 0
    x, y, width, height = box
    inside = (points[:, 0] > x) & (points[:, 0] < x + width) & (points[:, 1] > y) & (points[:, 1] < y + height)
    return int(inside.sum())


def _label(spot: Spot, box: Box, align: Align, text: _Text, shown: bool, sizes: Sizes) -> Label:
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
