"""Properties of every report, for random accounts."""

from __future__ import annotations

import datetime
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from copy import copy
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.analysis.measures.measures import compute_measures
from graph.analysis.network.paths import influence_paths
from graph.analysis.report.coverage_report import coverage_report
from graph.analysis.report.report_json import paths_json, report_json
from graph.model import Interaction, Participation, kind_of
from graph.model.dataset import Dataset
from graph.model.words import LANGUAGES
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 1)
ACCOUNT = "acme"

accounts = st.builds(
    lambda seed, people, members: dataset_of(random_account(seed, people, members)),
    st.integers(0, 10**6),
    st.integers(1, 25),
    st.integers(0, 6),
)


def said(dataset: Dataset) -> dict[str, Any]:
    """The whole report in both languages, what influence is made of, and a path to everyone."""
    report = coverage_report(dataset, ACCOUNT, AS_OF)
    return {
        **{lang: report_json(report, lang) for lang in LANGUAGES},
        "made_of": {person.id: [tuple(part) for part in map(_parts, person.made_of)] for person in report.people},
        "paths": [paths_json(influence_paths(dataset, ACCOUNT, person.id, AS_OF)) for person in report.people[:4]],
    }


def _parts(part: Any) -> tuple[str, float]:
    return part.person, part.share


def numbers(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Every fractional number of a JSON value with where it is."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from numbers(inner, path)
    elif isinstance(value, float):
        yield path, value


SIGNED = (
    "/race/people/lead",
    "/people/final_stance",
    "/support/index",
    "/support/forecast",
    "/support/low",
    "/support/high",
)
WIDER = {"/gaps/severity": 100.0, "/people/level": 7.0}


@given(accounts)
@settings(max_examples=60, deadline=None)
def test_numbers_are_within_their_bounds_and_shares_sum_to_one(dataset: Dataset) -> None:
    report = coverage_report(dataset, ACCOUNT, AS_OF)
    for path, value in numbers(report_json(report)):
        assert (-1.0 if path in SIGNED else 0.0) - 1e-12 <= value <= WIDER.get(path, 1.0) + 1e-12, path
    if report.people:
        assert sum(person.decision_influence for person in report.people) == pytest.approx(1.0, abs=1e-12)
        assert sum(person.formal_power for person in report.people) == pytest.approx(1.0, abs=1e-12)
        assert sum(person.phi for person in report.people) == pytest.approx(1.0, abs=1e-12) or not any(
            person.phi for person in report.people
        )
    for person in report.people:
        shares = [part.share for part in person.made_of]
        assert sum(shares) == pytest.approx(person.decision_influence, abs=1e-12)
        assert [round(share, 9) for share in shares] == sorted((round(share, 9) for share in shares), reverse=True)
    if report.support is not None:
        assert report.support.low <= report.support.forecast + 1e-12 <= report.support.high + 2e-12


@given(accounts, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_records_changes_no_bit(dataset: Dataset, chance: random.Random) -> None:
    shuffled = list(dataset)
    chance.shuffle(shuffled)
    assert json.dumps(said(Dataset.collect(shuffled))) == json.dumps(said(dataset))


def test_the_hash_seed_changes_no_bit() -> None:
    program = (
        "import hashlib, json\n"
        "from tests.oracle.random_account import random_account\n"
        "from tests.oracle.records import dataset_of\n"
        "from tests.analysis.test_properties import said\n"
        "for seed in range(6):\n"
        "    told = said(dataset_of(random_account(seed, 18)))\n"
        "    print(hashlib.sha256(json.dumps(told).encode()).hexdigest())\n"
    )
    root = Path(__file__).parents[2]
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(digests) == 1
    assert len(next(iter(digests)).split()) == 6


@given(accounts)
@settings(max_examples=20, deadline=None)
def test_other_ids_change_no_number(dataset: Dataset) -> None:
    """Ids in the opposite order: every number of everyone stays, apart from the last digits of sums."""
    new = renamed(dataset)
    before, after = coverage_report(dataset, ACCOUNT, AS_OF), coverage_report(new, f"x{ACCOUNT}", AS_OF)
    people = {_new(person.id): person for person in before.people}
    assert set(people) == {person.id for person in after.people}
    for person in after.people:
        was = people[person.id]
        for name in ("decision_influence", "formal_power", "coverage", "trust", "final_stance", "phi", "level"):
            assert getattr(person, name) == pytest.approx(getattr(was, name), abs=1e-12)
    assert after.decision_chain_coverage == pytest.approx(before.decision_chain_coverage, abs=1e-12)
    assert after.independent_routes == before.independent_routes
    assert after.status == before.status
    assert sorted(gap.type for gap in after.gaps) == sorted(gap.type for gap in before.gaps)


def renamed(dataset: Dataset) -> Dataset:
    """The same records with every person's and member's id replaced, so that they sort the other way round."""
    made = []
    for record in dataset:
        kind, other = kind_of(record), copy(record)
        for column in kind.columns:
            value = getattr(record, column.name)
            if column.ref in ("people", "team", "accounts") or (
                column.key and kind.sheet in ("people", "team", "accounts")
            ):
                new = tuple(map(_new, value)) if isinstance(value, tuple) else value and _new(value)
                setattr(other, column.name, new)
        made.append(other)
    return Dataset.collect(made)


def _new(identity: str) -> str:
    return f"x{identity}" if identity == ACCOUNT else "".join(chr(0x10FF - ord(letter)) for letter in identity)


@given(accounts, st.randoms(use_true_random=False), st.sampled_from(["daily_contact", "executive_visit", "forum"]))
@settings(max_examples=60, deadline=None)
def test_one_more_answered_touch_lowers_nothing(dataset: Dataset, chance: random.Random, method: str) -> None:
    before = compute_measures(dataset, ACCOUNT, AS_OF)
    known = [person.id for person, is_known in zip(before.view.people, before.view.known, strict=True) if is_known]
    assume(known and before.view.members)
    whom, who = chance.choice(known), chance.choice(before.view.members).id
    more = Dataset.collect([*dataset, Interaction("zz", AS_OF, method, None, (whom,), (who,), "two_way")])
    after = compute_measures(more, ACCOUNT, AS_OF)
    assert (after.connected.strength >= before.connected.strength - 1e-12).all()
    assert (after.covered >= before.covered - 1e-12).all()
    assert (after.trust >= before.trust - 1e-12).all()
    assert after.influence.tolist() == before.influence.tolist()
    assert (after.forecast.final >= before.forecast.final - 1e-12).all()
    assert after.connected.strength[[member.id for member in after.view.members].index(who), after.view.index[whom]] > 0


@given(accounts)
@settings(max_examples=30, deadline=None)
def test_time_alone_never_strengthens(dataset: Dataset) -> None:
    known = Dataset.collect(record for record in dataset if not isinstance(record, Interaction) or record.date <= AS_OF)
    opportunity = (named := coverage_report(known, ACCOUNT, AS_OF).opportunity) and named.id
    now = compute_measures(known, ACCOUNT, AS_OF, opportunity)
    later = compute_measures(known, ACCOUNT, AS_OF + datetime.timedelta(days=40), opportunity)
    assert (later.connected.strength <= now.connected.strength + 1e-12).all()
    assert (later.covered <= now.covered + 1e-12).all()


@given(accounts)
@settings(max_examples=30, deadline=None)
def test_unknown_is_not_neutral(dataset: Dataset) -> None:
    """Unknown stances recorded as neutral leave today's numbers as they are, and the range of the forecast closes."""
    before = coverage_report(dataset, ACCOUNT, AS_OF)
    unknown = [participation for participation in dataset.of(Participation) if participation.stance is None]
    neutral = Dataset.collect(_neutral(record) if record in unknown else record for record in dataset)
    after = coverage_report(neutral, ACCOUNT, AS_OF)
    assert not [gap for gap in after.gaps if gap.type == "stance_unknown" and gap.person in _taking_part(before)]
    assume(before.support is not None and after.support is not None)
    assert before.support is not None
    assert after.support is not None
    assert after.support.index == before.support.index
    assert after.support.high - after.support.low <= before.support.high - before.support.low + 1e-12


def _neutral(part: Participation) -> Participation:
    return Participation(**{field.name: getattr(part, field.name) for field in fields(part)} | {"stance": 0})


def _taking_part(report: Any) -> set[str]:
    return {person.id for person in report.people if person.roles}


def test_unknown_and_neutral_are_two_reports() -> None:
    from tests.analysis.records import account

    unknown, neutral = (
        report_json(coverage_report(account(Participation("o", "a", ("D",), stance), people="a"), "q", AS_OF))
        for stance in (None, 0)
    )
    assert unknown["people"][0]["stance"] is None
    assert neutral["people"][0]["stance"] == 0
    assert "stance_unknown" in [gap["type"] for gap in unknown["gaps"]]
    assert "stance_unknown" not in [gap["type"] for gap in neutral["gaps"]]
    assert (unknown["support"]["low"], unknown["support"]["high"]) == pytest.approx((-0.35, 0.35))
    assert (neutral["support"]["low"], neutral["support"]["high"]) == (0.0, 0.0)
