"""Champions: supporters with weight, a personal win and a promise kept (measures, section 5)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from graph.analysis.account import AccountView, Floats
from graph.model import Commitment

FOREMOST = 0.4
"""A champion is among this part of the people by influence."""

NEVER_CHAMPIONS = ("guide", "friend")

Lack = Literal["stance", "influence", "win", "kept_commitment", "profile"]


@dataclass(frozen=True, slots=True)
class ChampionTest:
    """Whether a person is a champion of ours, and what is missing, in the order of the test."""

    person: str
    champion: bool
    missing: tuple[Lack, ...]


def champion_test(view: AccountView, influence: Floats, commitments: Sequence[Commitment]) -> list[ChampionTest]:
    """The test of everyone in the graph, by id; outside an opportunity nobody has a stance or a win."""
    order = sorted(range(len(view.people)), key=lambda i: (-round(float(influence[i]), 9), view.people[i].id))
    foremost = set(order[: math.ceil(FOREMOST * len(order) - 1e-9)])
    kept = {one.person for one in commitments if one.made_by == "them" and one.status == "kept"}
    tests = []
    for i, person in enumerate(view.people):
        part, stance = view.participation[i], view.stances[i]
        passed: dict[Lack, bool] = {
            "stance": stance is not None and stance >= 2,
            "influence": i in foremost,
            "win": part is not None and bool((part.win or "").strip()),
            "kept_commitment": person.id in kept,
            "profile": person.profile not in NEVER_CHAMPIONS,
        }
        missing = tuple(lack for lack, well in passed.items() if not well)
        tests.append(ChampionTest(person.id, not missing, missing))
    return tests


def champions(view: AccountView, influence: Floats, commitments: Sequence[Commitment]) -> tuple[ChampionTest, ...]:
    """The test of those whose stance is a champion's: champions first, then who lacks least, then id."""
    for_us = [one for one in champion_test(view, influence, commitments) if "stance" not in one.missing]
    return tuple(sorted(for_us, key=lambda one: (len(one.missing), one.person)))
