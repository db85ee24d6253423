"""The calibration: complete, in range, named; a wrong one is refused with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.model import scales
from graph.model.calibration import DEFAULT, Calibration, load_calibration
from graph.model.dataset import Dataset
from graph.model.problem import Problem


def default() -> dict[str, Any]:
    """The default calibration as it is written."""
    read: dict[str, Any] = json.loads(DEFAULT.read_text(encoding="utf-8"))
    return read


def refused(directory: Path, numbers: dict[str, Any]) -> str:
    """What is said when this calibration is loaded."""
    path = directory / f"{len(list(directory.iterdir()))}.json"
    path.write_text(json.dumps(numbers), encoding="utf-8")
    with pytest.raises(Problem) as problem:
        load_calibration(path)
    assert problem.value.code == "bad_calibration"
    assert problem.value.said.render("zh") != problem.value.said.render("en")
    return str(problem.value)


def test_the_default_is_named_as_uncalibrated() -> None:
    assert load_calibration(None).label == "swaymap uncalibrated defaults 1"
    assert load_calibration(None) is load_calibration(None)


def test_the_default_holds_the_numbers_of_the_model() -> None:
    numbers = load_calibration(None)
    assert [numbers.role_weight[role] for role in scales.ROLE.by_code] == [5, 4, 3, 3, 2, 2, 2, 1, 1]
    assert [numbers.stance[stance] for stance in scales.STANCE.by_code] == [1.0, 0.7, 0.35, 0.0, -0.5, -1.0]
    assert list(numbers.susceptibility.values()) == [0.7, 0.6, 0.5, 0.35, 0.2]
    assert [(one.weight, one.half_life, one.depth) for one in numbers.methods.values()] == [
        (0.2, 30, 0.2), (0.5, 60, 0.5), (0.6, 90, 0.6), (0.5, 90, 0.65), (0.8, 180, 0.8),
        (0.35, 60, 0.45), (0.9, 180, 0.85), (1.0, 180, 0.9), (0.45, 90, 0.45), (0.9, 180, 0.9),
    ]  # fmt: skip
    standard = {role: (one.cadence, one.strength) for role, one in numbers.standard.items()}
    assert standard == {
        **dict.fromkeys("DA", (14, 0.7)), **dict.fromkeys("EP", (14, 0.6)),
        **dict.fromkeys("IUSN", (30, 0.4)), "G": (30, 0.3),
    }  # fmt: skip
    assert set(numbers.function_cover) == set(scales.FUNCTION.by_code) - {"other"}


def test_another_file_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps({**default(), "name": "ours", "version": "2026-11", "tie": 0.1}), encoding="utf-8")
    mine = load_calibration(path)
    assert (mine.label, mine.tie) == ("ours 2026-11", 0.1)


@pytest.mark.parametrize("name", sorted(set(Calibration.model_fields)))
def test_every_number_must_be_there(name: str, tmp_path: Path) -> None:
    assert f"at {name}: Field required" in refused(tmp_path, {key: v for key, v in default().items() if key != name})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"surprise": 1}, "at surprise"),
        ({"tie": 0}, "at tie"),
        ({"firm_tie": 1.5}, "at firm_tie"),
        ({"no_susceptibility": 1.0}, "at no_susceptibility"),
        ({"tie": "much"}, "at tie"),
        ({"stance": {**default()["stance"], "3": 2}}, "at stance.3"),
        ({"stance": {"3": 1}}, "stance: needs exactly the codes of the scale; missing or unknown: -1, -2, 0, 1, 2"),
        ({"role_weight": {**default()["role_weight"], "X": 1}}, "role_weight: needs exactly the codes"),
        ({"methods": {**default()["methods"], "forum": {"weight": 1}}}, "at methods.forum.half_life"),
        ({"reference_method": "smoke_signals"}, "reference_method: not a code of the scale: smoke_signals"),
        ({"function_cover": {"finance": "CEO"}}, "function_cover: not a code of the scale: CEO"),
        ({"function_cover": {"magic": "AR"}}, "function_cover: not a code of the scale: magic"),
        ({"one_way_subtypes": ["telegram"]}, "one_way_subtypes: not a code of the scale: telegram"),
        ({"executive_roles": ["D", "Z"]}, "executive_roles: not a code of the scale: Z"),
        ({"bands": {"critical": 30, "high": 35, "medium": 15}}, "bands: critical, high and medium must fall"),
        ({"vote_share": 0.5}, "vote_share and role_share: must sum to 1"),
        ({"exact_states": 0}, "at exact_states"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(changed: dict[str, Any], said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, {**default(), **changed})


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"The calibration .*nowhere\.json cannot be read: No such file"):
        load_calibration(tmp_path / "nowhere.json")
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(Problem, match="is wrong at -"):
        load_calibration(broken)


def test_numbers_are_taken_from_the_calibration() -> None:
    """Another number, another report: nothing of it is written into the measures a second time."""
    from benchmarks.random_account import TODAY, random_account
    from benchmarks.records import dataset_of
    from graph.analysis.reporting.report import coverage_report
    from graph.analysis.reporting.report_json import report_json

    accounts = [
        dataset_of(random_account(seed, 30, 6, opportunities=opportunities))
        for seed, opportunities in ((3, 1), (5, 0), (8, 2), (13, 1), (21, 1), (34, 2))
    ]

    def told(one: Dataset, numbers: Calibration) -> dict[str, Any]:
        return {**report_json(coverage_report(one, "acme", TODAY, None, numbers)), "calibration": None}

    default = load_calibration(None)
    usual = [told(one, default) for one in accounts]
    silent = [
        name
        for name, changed in _changes(default).items()
        for other in (default.model_copy(update={name: changed}),)
        if all(told(one, other) == was for one, was in zip(accounts, usual, strict=True))
    ]
    assert silent == sorted(LATER)


LATER = {"no_receptivity", "receptivity"}
"""What measures of the next best action read."""


def _changes(numbers: Calibration) -> dict[str, Any]:
    """For every number of the file a smaller one; whole scales by all their numbers."""
    changed: dict[str, Any] = {}
    for name, value in sorted(dict(numbers).items()):
        if isinstance(value, float):
            changed[name] = value * 0.6
        elif isinstance(value, dict) and all(isinstance(one, float) for one in value.values()):
            changed[name] = {code: one * 0.6 for code, one in value.items()}
    return changed
