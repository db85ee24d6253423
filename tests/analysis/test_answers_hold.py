"""Properties of every answer about random accounts, and of answers about nearly empty ones."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import random
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.measures.measures import compute_measures
from graph.analysis.measures.voting_game import Game, power_index
from graph.model import Account, Claim, Interaction, Person, TeamMember
from graph.model.dataset import Dataset
from tests.analysis.answers import answers
from tests.analysis.test_degenerate import BID, CASES, NOBODY
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
ROOT = Path(__file__).parents[2]

accounts = st.builds(
    lambda seed, people, members: dataset_of(random_account(seed, people, members)),
    st.integers(0, 10**6),
    st.integers(1, 14),
    st.integers(0, 4),
)


def everything_named(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every id of a person or member that an answer names, with the key it stands under."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from everything_named(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from everything_named(inner, key)
    elif isinstance(value, str) and key in ("person", "member", "owner", "ask", "through", "source_person"):
        yield key, value


@given(accounts, st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_the_order_of_the_records_changes_no_bit(dataset: Dataset, chance: random.Random) -> None:
    shuffled = list(dataset)
    chance.shuffle(shuffled)
    assert json.dumps(answers(Dataset.collect(shuffled), "acme", AS_OF)) == json.dumps(answers(dataset, "acme", AS_OF))


@given(accounts)
@settings(max_examples=15, deadline=None)
def test_everybody_named_is_in_the_account(dataset: Dataset) -> None:
    there = {record.id for kind in (Person, TeamMember) for record in dataset.of(kind)}
    named = set(everything_named(answers(dataset, "acme", AS_OF)))
    assert {identity for _, identity in named} <= there


@given(accounts)
@settings(max_examples=15, deadline=None)
def test_no_number_is_lost_and_no_unknown_becomes_zero(dataset: Dataset) -> None:
    told = answers(dataset, "acme", AS_OF)
    assert json.dumps(told, allow_nan=False)
    view = compute_measures(dataset, "acme", AS_OF).view
    stances = dict(zip((person.id for person in view.people), view.stances, strict=True))
    for explained in told["en"]["explained"]:
        assert explained["person"]["stance"] is stances[explained["person"]["id"]]


def digest_of(seed: int) -> str:
    told = answers(dataset_of(random_account(seed, 14)), "acme", AS_OF)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@pytest.mark.slow
def test_neither_hash_seed_nor_threads_change_a_bit() -> None:
    program = "from tests.analysis.test_answers_hold import digest_of\nprint([digest_of(seed) for seed in range(3)])\n"
    told = set()
    for seed in range(10):
        threads = {"OPENBLAS_NUM_THREADS": str(1 + seed % 2), "OMP_NUM_THREADS": str(1 + seed % 2)}
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT), **threads},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        told.add(done.stdout)
    assert len(told) == 1


@pytest.mark.parametrize("case", CASES)
def test_almost_nothing_gets_a_plain_answer(case: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = answers(Dataset.collect([NOBODY, *CASES[case][0]]), "q", AS_OF)
    assert told["en"]["plan"]["actions"] == [] or case in ("ours without a touch", "a touch without anybody")
    assert (told["en"]["leads"]["supported"] is None) is (told["en"]["leads"]["opportunity"] is None)


def test_a_person_without_ties_is_explained() -> None:
    told = answers(Dataset.collect([NOBODY, BID, Person("p", "q"), Claim("c", "o", "fit")]), "q", AS_OF)
    (person,) = told["en"]["explained"]
    assert (person["rank"], person["own_vote"], person["paths"]) == (1, 1.0, [])


@pytest.mark.parametrize("seed", range(50))
def test_sampled_power_lies_within_four_standard_errors_of_the_exact(seed: int) -> None:
    chance = random.Random(seed)
    voters, steps = chance.randint(3, 8), chance.randint(1, 3)
    weights = np.array([[float(chance.randint(0, 9)) for _ in range(voters)] for _ in range(steps)])
    weights[weights.sum(axis=1) == 0, 0] = 1.0
    quotas = np.array([max(1.0, chance.uniform(0.4, 1.0) * row.sum()) for row in weights])
    vetoes = np.array([chance.random() < 0.15 for _ in range(voters)])
    game = Game(weights, quotas, vetoes)
    exact, sampled = power_index(game, 3_000_000, 20_000, 1), power_index(game, 1, 20_000, 1)
    assert exact.standard_error is None
    assert sampled.standard_error is not None
    # Where a sample saw no order at all, its own error is 0: the exact value's error bounds it.
    error = np.maximum(sampled.standard_error, np.sqrt(np.maximum(0.0, exact.shapley * (1.0 - exact.shapley)) / 20_000))
    assert (np.abs(sampled.shapley - exact.shapley) <= 4.0 * error + 1e-12).all()


def test_a_contact_of_an_inactive_member_names_nobody() -> None:
    gone = TeamMember("u", role="AR", active=False)
    told = answers(
        Dataset.collect([Account("q"), Person("p", "q"), gone, Interaction("i", AS_OF, "forum", None, ("p",), ("u",))]),
        "q",
        AS_OF,
    )
    assert told["en"]["team"]["members"] == []
    assert told["en"]["team"]["contacts"] == 0
