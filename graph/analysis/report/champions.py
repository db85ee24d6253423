"""Champions: supporters with weight, a personal win and a promise kept (measures, section 5)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph.analysis.ground.account_view import AccountView, Floats
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.model import Commitment

NEVER_CHAMPIONS = ("guide", "friend")

Lack = Literal["stance", "influence", "win", "kept_commitment", "profile"]


@dataclass(frozen=True, slots=True)
class ChampionTest:
    """Whether a person is a champion of ours, and what is missing, in the order of the test."""

    person: str
    champion: bool
    missing: tuple[Lack, ...]


def champion_test(
    view: AccountView, influence: Floats, commitments: Sequence[Commitment], whom: Iterable[int]
) -> list[ChampionTest]:
    """The test of these people (by place); outside an opportunity nobody has a stance or a win."""
    order = np.argsort(-influence.round(DIGITS), kind="stable")  # people are in the order of their ids
    foremost = set(order[: math.ceil(view.calibration.champion.foremost * len(order) - SLACK)].tolist())
    kept = {
        commitment.person for commitment in commitments if commitment.made_by == "them" and commitment.status == "kept"
    }
    tests = []
    for i in whom:
        person, part, stance = view.people[i], view.participation[i], view.stances[i]
        passed: dict[Lack, bool] = {
            "stance": stance is not None and stance >= view.calibration.champion.stance,
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
    least = view.calibration.champion.stance
    for_us = [i for i, stance in enumerate(view.stances) if stance is not None and stance >= least]
    tested = champion_test(view, influence, commitments, for_us)
    return tuple(sorted(tested, key=lambda item: (len(item.missing), item.person)))
