"""Ranks, what their difference says, and the bands of ranks under errors of the weights."""

from __future__ import annotations

import datetime

import numpy as np

from graph.analysis.measures.measures import compute_measures
from graph.analysis.report.ranks import mid_ranks, rank_bands, ranks
from graph.model.calibration import load_calibration
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
NUMBERS = load_calibration()


def test_mid_ranks_share_the_middle() -> None:
    assert mid_ranks(np.array([0.2, 0.5, 0.2, 0.1])).tolist() == [2.5, 1.0, 2.5, 4.0]


def test_hidden_influencer_and_figurehead_need_three_ranks_and_a_quarter() -> None:
    power = np.array([0.4, 0.3, 0.2, 0.06, 0.04])
    found = ranks(power, np.array([0.10, 0.3, 0.2, 0.05, 0.35]), NUMBERS.key_people)
    assert found.standing == ("figurehead", None, None, None, "hidden_influencer")
    found = ranks(power, np.array([0.01, 0.3, 0.3, 0.29, 0.1]), NUMBERS.key_people)
    assert found.standing == ("figurehead", None, None, None, None)
    found = ranks(np.array([1.0, 0.0, 0.0, 0.0]), np.array([0.9, 0.04, 0.03, 0.03]), NUMBERS.key_people)
    assert found.standing == (None,) * 4


def test_rank_bands_hold_the_rank_and_are_the_same_each_time() -> None:
    rows = random_account(5, people=20, members=4, opportunities=1)
    found = compute_measures(dataset_of(rows), "acme", AS_OF)
    bands = rank_bands(found.system, NUMBERS)
    assert bands.tolist() == rank_bands(found.system, NUMBERS).tolist()
    assert (bands[:, 0] <= bands[:, 1]).all()
    assert bands.min() >= 1
    assert bands.max() <= len(found.view.people)
    order = np.argsort(-found.influence.round(9), kind="stable")
    rank = np.empty(len(order))
    rank[order] = np.arange(1, len(order) + 1)
    assert ((bands[:, 0] - 1.5 <= rank) & (rank <= bands[:, 1] + 1.5)).mean() > 0.9
