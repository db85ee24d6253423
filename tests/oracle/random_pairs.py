"""Random pairs of people, few people or many."""

from __future__ import annotations

import random

LISTED = 1_000
"""Of more people the pairs are not listed to draw from them."""


def pairs(chance: random.Random, people: list[str], count: int) -> list[tuple[str, str]]:
    """So many different pairs of two people; of many people without listing them all."""
    if len(people) <= LISTED:
        return chance.sample([(a, b) for a in people for b in people if a != b], count)
    found: dict[tuple[str, str], None] = {}
    while len(found) < count:
        a, b = chance.sample(people, 2)
        found[a, b] = None
    return list(found)


def unordered_pairs(chance: random.Random, people: list[str], most: int) -> list[tuple[str, str]]:
    """At most so many different pairs, each the lesser id first."""
    if len(people) <= LISTED:
        listed = [(a, b) for a in people for b in people if a < b]
        return chance.sample(listed, min(len(listed), most))
    return sorted({(min(pair), max(pair)) for pair in pairs(chance, people, most)})
