"""Key-player sets: people whose loss fragments the network, and people who together reach it best (section 5).

Distances d are in steps; where there is no path, 1/d is 0.
Reference: Borgatti 2006, "Identifying sets of key players in a social network", Computational and Mathematical
Organization Theory 12, 21.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import shortest_path

from graph.analysis.ground.arrays import Flags, Floats, Ints
from graph.analysis.ground.limits import FRAGMENTING_PEOPLE, KEY_SET_BATCH, KEY_SET_ENTRIES, KEY_SET_WORK
from graph.analysis.ground.rounding import DIGITS
from graph.analysis.measures.influence_lines import InfluenceLines

WORD, BYTE = np.iinfo(np.uint64), np.iinfo(np.uint8)

Bits = npt.NDArray[np.uint64]
Score = Callable[[Ints], Floats]


@dataclass(frozen=True, slots=True)
class KeySets:
    """The best sets of one size, all that are equally good (9 decimals), in the order of their ids.

    `exact` says that every set was looked at; a large network is searched by adding and exchanging one at a time.
    """

    size: int
    score: float
    sets: tuple[tuple[str, ...], ...]
    exact: bool


def kpp_neg(lines: InfluenceLines, ids: Sequence[str], most: int) -> tuple[KeySets, ...]:
    """KPP-Neg: the sets of 1 to `most` people without whom the network is most fragmented, on lines without direction.

    The score is `1 - Σ_{i≠j} (1/d_ij) / (n·(n-1))` over the n people who are left, in [0, 1].
    Returns: one entry a size; nothing where there are more than `FRAGMENTING_PEOPLE`.
    """
    if len(ids) > FRAGMENTING_PEOPLE:
        return ()
    ahead = lines.matrix(len(ids)) > 0
    near = ahead | ahead.T
    return tuple(_best(ids, size, lambda sets: _fragmentation_without(near, sets)) for size in _sizes(ids, most))


def kpp_pos(lines: InfluenceLines, ids: Sequence[str], most: int) -> tuple[KeySets, ...]:
    """KPP-Pos: the sets of 1 to `most` people who reach the network best, along the lines.

    The score is `Σ_j max_{i in set} (1/d_ij) / n` over all n people, in [0, 1]; people of the set count 1.
    Returns: one entry a size.
    """
    nearness = nearness_of((lines.matrix(len(ids)).T > 0).astype(np.float64))
    np.fill_diagonal(nearness, 1.0)
    return tuple(_best(ids, size, lambda sets: nearness[sets].max(axis=1).mean(axis=1)) for size in _sizes(ids, most))


def nearness_of(lengths: Floats) -> Floats:
    """1/d of every pair, from the lengths of the lines (0: no line); 0 where there is no way, and to oneself."""
    distance = shortest_path(np.ascontiguousarray(lengths), method="D", directed=True)
    return np.divide(1.0, distance, out=np.zeros_like(distance), where=distance > 0)


def fragmentation(nearness: Floats) -> float:
    """1 - the mean nearness of different pairs: 0 where all are neighbours, 1 where nobody reaches anybody."""
    people = len(nearness)
    return 1.0 if people < 2 else 1.0 - float(nearness.sum()) / (people * (people - 1))


def _sizes(ids: Sequence[str], most: int) -> range:
    return range(1, min(most, len(ids)) + 1)


def _fragmentation_without(near: Flags, sets: Ints) -> Floats:
    """The fragmentation of what remains without each set: everyone's neighbourhood grows by a step at a time.

    A neighbourhood is a row of bits, one a person, so that a step joins rows by `or`, for all sets at once. An array of
    neighbourhoods is people x words x sets.
    """
    people = len(near)
    left = people - sets.shape[1]
    if left < 2:
        return np.ones(len(sets))
    neighbours = [np.flatnonzero(row) for row in near]
    reached, kept = _neighbourhoods_of_one(people, sets)
    total, count = np.zeros(len(sets)), np.full(len(sets), left)
    for step in range(1, people):
        reached = _grown(reached, kept, neighbours)
        before, count = count, _ones(reached)
        if (count == before).all():
            break
        total += (count - before) / step
    broken: Floats = 1.0 - total / (left * (left - 1))
    return broken


def _neighbourhoods_of_one(people: int, sets: Ints) -> tuple[Bits, Bits]:
    """Everyone alone, and the mask of who is kept: people x 1 x sets, all bits set where the person is not removed."""
    kept = np.full((people, 1, len(sets)), ~np.uint64(0))
    for column in sets.T:
        kept[column, 0, np.arange(len(sets))] = 0
    word, bit = np.divmod(np.arange(people), WORD.bits)
    alone = np.zeros((people, word[-1] + 1, len(sets)), dtype=np.uint64)
    alone[np.arange(people), word] = (np.uint64(1) << bit.astype(np.uint64))[:, None]
    return alone & kept, kept


def _grown(reached: Bits, kept: Bits, neighbours: Sequence[Ints]) -> Bits:
    """Each neighbourhood with those of its neighbours; a person who is removed has none and passes none on."""
    grown = np.empty_like(reached)
    for i, ahead in enumerate(neighbours):
        np.bitwise_or.reduce(reached[ahead], axis=0, out=grown[i])
    grown |= reached
    grown &= kept
    return grown


def _ones(reached: Bits) -> Ints:
    """How many pairs of people are within reach of each other, by set: the bits that are set."""
    counts = np.zeros(reached.shape[2], dtype=np.int64)
    for row in reached:
        counts += _bits_set(row).sum(axis=0, dtype=np.int64)
    return counts


def _bits_set(words: Bits) -> Ints:
    """How many bits are set in each word."""
    if hasattr(np, "bitwise_count"):  # numpy 2.0
        return np.asarray(np.bitwise_count(words), dtype=np.int64)
    return _bits_looked_up(words)


def _bits_looked_up(words: Bits) -> Ints:
    ones = np.unpackbits(np.arange(BYTE.max + 1, dtype=np.uint8)[:, None], axis=1).sum(axis=1)
    return np.asarray(ones[words.view(np.uint8)].reshape(*words.shape, -1).sum(axis=-1), dtype=np.int64)


def _best(ids: Sequence[str], size: int, score: Score) -> KeySets:
    people = len(ids)
    exact = math.comb(people, size) * people * people <= KEY_SET_WORK
    candidates = _all_scored(people, size, score) if exact else iter([_exchanged(people, size, score)])
    best, sets = -1.0, list[tuple[str, ...]]()
    for chosen, scores in candidates:
        rounded = scores.round(DIGITS)
        if (top := float(rounded.max())) > best:
            best, sets = top, []
        if top == best:
            sets += [tuple(ids[i] for i in members) for members in chosen[rounded == best].tolist()]
    return KeySets(size, best, tuple(sorted(sets)), exact)


def _all_scored(people: int, size: int, score: Score) -> Iterator[tuple[Ints, Floats]]:
    every, batch_size = combinations(range(people), size), _batch(people)
    while batch := list(islice(every, batch_size)):
        sets = np.array(batch, dtype=np.int64)
        yield sets, score(sets)


def _exchanged(people: int, size: int, score: Score) -> tuple[Ints, Floats]:
    """One good set: the best one added, then one exchanged for a better as long as that helps."""
    chosen: list[int] = []
    while len(chosen) < size:
        chosen = _improved(people, chosen, score)[0]
    value = float(score(np.array([chosen]))[0])
    while True:
        tried = [_improved(people, [*chosen[:i], *chosen[i + 1 :]], score) for i in range(size)]
        better, gained = max(tried, key=lambda item: round(item[1], DIGITS))
        if round(gained, DIGITS) <= round(value, DIGITS):
            return np.array([sorted(chosen)]), np.array([value])
        chosen, value = better, gained


def _batch(people: int) -> int:
    return max(KEY_SET_BATCH, KEY_SET_ENTRIES // (people * people))


def _improved(people: int, chosen: list[int], score: Score) -> tuple[list[int], float]:
    """The chosen with the person who adds most to them, and the score of that set."""
    others = [i for i in range(people) if i not in chosen]
    best, value = others[0], -1.0
    for start in range(0, len(others), _batch(people)):
        some = others[start : start + _batch(people)]
        scores = score(np.array([[*chosen, other] for other in some])).round(DIGITS)
        at = int(scores.argmax())
        if scores[at] > value:
            best, value = some[at], float(scores[at])
    return [*chosen, best], value
