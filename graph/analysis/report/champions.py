"""Champions: supporters with influence, a personal win and a kept commitment (measures, section 5)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.arrays import Floats
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.model import Commitment

NEVER_CHAMPIONS = ("guide", "friend")

Lack = Literal["stance", "influence", "win", "kept_commitment", "profile"]


@dataclass(frozen=True, slots=True)
class ChampionTest:
    """Whether a person is our champion, and the conditions that are not met, in the order of the test."""

    person: str
    champion: bool
    missing: tuple[Lack, ...]


def champion_test(
    view: AccountView, influence: Floats, commitments: Sequence[Commitment], indices: Iterable[int]
) -> list[ChampionTest]:
    """Test these people (by index); without an opportunity nobody has a stance or a win, so nobody is a champion.

    A champion has a stance of 2 or more, influence in the first ceil(.4·n), a recorded personal win, a kept commitment
    of their own, and a profile other than guide or friend.
    """
    order = np.argsort(-influence.round(DIGITS), kind="stable")  # people are in the order of their ids
    foremost = set(order[: math.ceil(view.calibration.champion.foremost * len(order) - SLACK)].tolist())
    kept = {
        commitment.person for commitment in commitments if commitment.made_by == "them" and commitment.status == "kept"
    }
    tests = []
    for i in indices:
        person, part, stance = view.people[i], view.participation[i], view.stances[i]
        passed: dict[Lack, bool] = {
            "stance": stance is not None and stance >= view.calibration.champion.stance,
            "influence": i in foremost,
            "win": part is not None and bool((part.win or "").strip()),
            "kept_commitment": person.id in kept,
            "profile": person.profile not in NEVER_CHAMPIONS,
        }
        missing = tuple(lack for lack, met in passed.items() if not met)
        tests.append(ChampionTest(person.id, not missing, missing))
    return tests


def champions(view: AccountView, influence: Floats, commitments: Sequence[Commitment]) -> tuple[ChampionTest, ...]:
    """The tests of everybody with a champion's stance: champions first, then by fewest conditions missing, then id.

    >>> [(test.person, test.champion) for test in report.champions]
    [('ben', True)]
    """
    least = view.calibration.champion.stance
    for_us = [i for i, stance in enumerate(view.stances) if stance is not None and stance >= least]
    tested = champion_test(view, influence, commitments, for_us)
    return tuple(sorted(tested, key=lambda item: (len(item.missing), item.person)))
