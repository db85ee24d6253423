"""The calibration: complete, in range, named; a user's file may give any part, and a wrong one is refused by place."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from graph.model import scales
from graph.model.calibration import DEFAULT, Calibration, load_calibration
from graph.model.calibration_declared import Leaf, leaves, tree_of
from graph.model.calibration_types import Numbers
from graph.model.problem import InputError
from graph.model.words import LANGUAGES

TREE = tree_of(Calibration)
LEAVES = dict(leaves(TREE))
NUMBERS = {place: leaf for place, leaf in LEAVES.items() if leaf.kind in ("number", "whole")}


def default() -> dict[str, Any]:
    """The default calibration as it is written."""
    read: dict[str, Any] = json.loads(DEFAULT.read_text(encoding="utf-8"))
    return read


def at(values: dict[str, Any], place: tuple[str, ...]) -> Any:
    """The value at a place."""
    for name in place:
        values = values[name]
    return values


def nested(place: tuple[str, ...], value: Any) -> dict[str, Any]:
    """A file that gives one value."""
    for name in reversed(place):
        value = {name: value}
    found: dict[str, Any] = value
    return found


def written(directory: Path, text: str | bytes) -> Path:
    """A calibration file of its own."""
    path = directory / f"mine-{len(list(directory.iterdir()))}.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def loaded(directory: Path, values: Any) -> Calibration:
    """The calibration of a file with these values."""
    return load_calibration(written(directory, json.dumps(values)))


def refused(directory: Path, text: str | bytes) -> str:
    """The message on loading this file, without its path."""
    path = written(directory, text)
    with pytest.raises(InputError) as problem:
        load_calibration(path)
    assert problem.value.code == "bad_calibration"
    said = problem.value.message
    assert said.render("zh") != said.render("en")
    assert all(str(path) in said.render(lang) for lang in LANGUAGES)
    return str(problem.value).replace(f"The calibration {path} ", "")


def test_the_default_is_named_as_uncalibrated() -> None:
    usual = load_calibration()
    assert [usual.label.render(lang) for lang in LANGUAGES] == ["swaymap uncalibrated defaults 1"] * 2
    assert usual.is_default
    assert load_calibration(None) is load_calibration(None)


def test_the_default_holds_the_numbers_of_the_model() -> None:
    numbers = load_calibration(None)
    assert [numbers.role_weight[role] for role in scales.ROLE.by_code] == [5, 4, 3, 3, 2, 2, 2, 1, 1]
    assert [numbers.stance[stance] for stance in scales.STANCE.by_code] == [1.0, 0.7, 0.35, 0.0, -0.5, -1.0]
    assert list(numbers.susceptibility.values()) == [0.7, 0.6, 0.5, 0.35, 0.2]
    assert [(method.weight, method.half_life, method.depth) for method in numbers.methods.values()] == [
        (0.2, 30, 0.2), (0.5, 60, 0.5), (0.6, 90, 0.6), (0.5, 90, 0.65), (0.8, 180, 0.8),
        (0.35, 60, 0.45), (0.9, 180, 0.85), (1.0, 180, 0.9), (0.45, 90, 0.45), (0.9, 180, 0.9),
    ]  # fmt: skip
    standard = {role: (required.cadence, required.strength) for role, required in numbers.standard.items()}
    assert standard == {
        **dict.fromkeys("DA", (14, 0.7)), **dict.fromkeys("EP", (14, 0.6)),
        **dict.fromkeys("IUSN", (30, 0.4)), "G": (30, 0.3),
    }  # fmt: skip
    assert set(numbers.function_cover) == set(scales.FUNCTION.by_code) - {"other"}
    assert list(numbers.moves.effort.values()) == [0.25, 1, 3, 5, 3, 10, 1, 10, 6, 4, 12]


def test_the_file_of_the_defaults_gives_every_value_of_the_declaration() -> None:
    optional = {("function_cover", "other")}
    given = {place for place in LEAVES if place not in optional}
    values = default()
    assert all(at(values, place) is not None for place in given)
    assert load_calibration().model_dump(mode="json") == values


def test_the_declaration_says_what_every_value_is_for_and_bounds_every_number() -> None:
    for place, leaf in LEAVES.items():
        assert leaf.about.text, place
        assert leaf.about.section in (None, *range(18)), place
    for place, leaf in NUMBERS.items():
        assert leaf.most is not None or leaf.below is not None, place
        assert leaf.least is not None or leaf.above is not None, place
    assert {place for place, leaf in LEAVES.items() if leaf.about.section is None} == {
        place for place in LEAVES if place[0] in ("name", "version", "brief")
    }


def test_a_value_that_says_nothing_about_itself_is_refused() -> None:
    class Silent(Numbers):
        number: float

    with pytest.raises(TypeError, match="About"):
        tree_of(Silent)


PARTS_OF_1 = {name for names, _ in load_calibration()._parts_of_1() for name in names}


@pytest.mark.parametrize("place", [place for place in NUMBERS if ".".join(place) not in PARTS_OF_1], ids=".".join)
def test_any_number_may_be_given_alone_and_the_rest_is_the_default(place: tuple[str, ...], tmp_path: Path) -> None:
    usual = load_calibration().model_dump(mode="json")
    mine = loaded(tmp_path, nested(place, _other(NUMBERS[place], at(usual, place))))
    was, now = _flat(usual), _flat(mine.model_dump(mode="json"))
    assert [key for key in was if now[key] != was[key]] == [place]
    assert (mine.is_default, mine._own and mine._own.count) == (False, 1)


def test_parts_that_sum_to_1_may_be_given_together(tmp_path: Path) -> None:
    moves = {"forecast_share": 0.4, "coverage_share": 0.4}
    mine = loaded(tmp_path, {"vote_share": 0.9, "role_share": 0.1, "moves": moves})
    assert (mine.vote_share, mine.role_share, mine.moves.information_share) == (0.9, 0.1, 0.2)


def _other(leaf: Leaf, value: float) -> float:
    """Another number in the range."""
    step = 1 if leaf.kind == "whole" else 0.01
    lowest, highest = leaf.least if leaf.least is not None else leaf.above, leaf.most
    assert lowest is not None
    return value - step if value - step > lowest or highest is None or value + step > highest else value + step


def _flat(values: dict[str, Any], place: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    found: dict[tuple[str, ...], Any] = {}
    for name, value in values.items():
        found.update(_flat(value, (*place, name)) if isinstance(value, dict) else {(*place, name): value})
    return found


@pytest.mark.parametrize("place", NUMBERS, ids=".".join)
def test_every_number_is_kept_in_its_range(place: tuple[str, ...], tmp_path: Path) -> None:
    name, leaf = ".".join(place), NUMBERS[place]
    kind = "a whole number" if leaf.kind == "whole" else "a number"
    outside = [
        leaf.least - 1 if leaf.least is not None else leaf.above,
        leaf.below if leaf.most is None else leaf.most + 1,
    ]
    if leaf.kind == "whole":
        outside = [int(value) for value in outside if value is not None]
    for value in outside:
        said = refused(tmp_path, json.dumps(nested(place, value)))
        assert said == f"gives {name} as {json.dumps(value)}; it has to be {kind} {leaf.bounds}."
    for wrong in ("NaN", "-Infinity", "1e999", "null", "true", '"0.3"'):
        said = refused(tmp_path, json.dumps(nested(place, "HERE")).replace('"HERE"', wrong))
        assert said.startswith(f"gives {name} as ")
        assert said.endswith(f"; it has to be {kind} {leaf.bounds}.")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"surprise": 1}, "gives surprise, which is not known. The nearest name is "),
        ({"tei": 0.1}, "gives tei, which is not known. The nearest name is tie."),
        ({"Tie": 0.1}, "gives Tie, which is not known. The nearest name is tie."),
        ({"gaps": {"shortfall": {"no_coahc": 1}}}, "The nearest name is gaps.shortfall.no_coach."),
        ({"stance_unknown": 1}, "The nearest name is gaps.shortfall.stance_unknown."),
        ({"role_weight": {"X": 1}}, "gives role_weight.X, which is not known."),
        ({"moves": {"effort": {"visits": 1}}}, "The nearest name is moves.effort.visit."),
        ({"gaps": 3}, 'gives gaps as 3; it has to be an object with names and values, as in {"tie": 0.1}.'),
        ([1], "gives - as [1]; it has to be an object"),
        ({"tie": "much"}, 'gives tie as "much"; it has to be a number ≥ 0.001, ≤ 1.'),
        ({"tie": {"a": 1}}, 'gives tie as {"a": 1}; it has to be a number ≥ 0.001, ≤ 1.'),
        ({"stance": {"3": 2}}, "gives stance.3 as 2; it has to be a number ≥ -1, ≤ 1."),
        ({"executive_level": 6.5}, "gives executive_level as 6.5; it has to be a whole number ≥ 1, ≤ 7."),
        ({"methods": {"forum": {"half_life": 0}}}, "gives methods.forum.half_life as 0; it has to be a number ≥ 1,"),
        ({"methods": {"forum": {"leads": "AR"}}}, 'methods.forum.leads as "AR"; it has to be a list of any of AR, SR'),
        ({"methods": {"forum": {"leads": ["AR", "CEO"]}}}, 'methods.forum.leads as ["AR", "CEO"]; it has to be a list'),
        ({"reference_method": "smoke"}, 'gives reference_method as "smoke"; it has to be one of daily_contact, '),
        ({"function_cover": {"finance": "CEO"}}, 'gives function_cover.finance as "CEO"; it has to be one of AR, '),
        ({"function_cover": {"magic": "AR"}}, "gives function_cover.magic, which is not known."),
        ({"one_way_subtypes": ["telegram"]}, 'gives one_way_subtypes as ["telegram"]; it has to be a list of any of'),
        ({"name": ""}, 'gives name as ""; it has to be a text of 1 to 60 characters.'),
        ({"name": 7}, "gives name as 7; it has to be a text of 1 to 60 characters."),
        ({"vote_share": 0.5}, "gives vote_share, role_share as 0.5, 0.4; it has to be parts that sum to 1."),
        ({"moves": {"coverage_share": 0.2}}, "moves.information_share as 0.5, 0.2, 0.2; it has to be parts that sum"),
        ({"assignment": {"tie_share": 0.3}}, "it has to be parts that sum to 1."),
        ({"bands": {"critical": 30}}, "as 15, 35, 30; it has to be numbers that do not fall, in this order."),
        ({"tie": 0.4}, "gives tie, firm_tie as 0.4, 0.3; it has to be numbers that do not fall"),
        ({"surprise" * 50: 1}, "gives surprisesurprise"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_place_value_and_what_would_be_right(values: Any, said: str, tmp_path: Path) -> None:
    told = refused(tmp_path, json.dumps(values))
    assert said in told
    assert len(told) < 600


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not JSON: line 1, column 1."),
        ("{", "is not JSON: line 1, column 2."),
        ('{"tie": 0.1,\n "firm_tie": }', "is not JSON: line 2, column 14."),
        ('{"tie": 0.1, "tie": 0.2}', "gives tie twice."),
        (b'{"name": "\xff"}', "is not JSON in UTF-8."),
        ('{"name": "\\ud800"}', "is not JSON in UTF-8."),
        ('{"exact_states": 1' + "0" * 5000 + "}", "is not JSON in UTF-8."),
        ("[" * 100_000, "is not JSON in UTF-8."),
        (" " * 1_000_001, "is larger than 1000000 bytes."),
    ],
)  # fmt: skip
def test_what_is_no_calibration_is_refused(text: str | bytes, said: str, tmp_path: Path) -> None:
    assert refused(tmp_path, text) == said


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"The calibration .*nowhere\.json cannot be read: No such file"):
        load_calibration(tmp_path / "nowhere.json")
    with pytest.raises(InputError, match=r"cannot be read: Is a directory"):
        load_calibration(tmp_path)


def test_a_report_names_the_file_a_digest_and_how_many_numbers_are_own(tmp_path: Path) -> None:
    mine = loaded(tmp_path, {"tie": 0.1, "firm_tie": 0.3, "gaps": {"shortfall": {"no_coach": 0.4}}})
    digest = re.search(r"\((\w{8}),", mine.label.render())
    assert digest
    assert mine.label.render() == f"mine-0.json ({digest[1]}, own numbers: 2)"
    assert mine.label.render("zh") == f"mine-0.json（{digest[1]}，自定数值 2 项）"
    named = loaded(
        tmp_path, {"name": "ours", "version": "2026-11", "gaps": {"shortfall": {"no_coach": 0.4}}, "tie": 0.1}
    )
    assert named.label.render() == f"ours 2026-11 · mine-1.json ({digest[1]}, own numbers: 2)"


def test_a_value_that_equals_the_default_is_not_an_own_one(tmp_path: Path) -> None:
    whole, nothing = loaded(tmp_path, default()).label.render(), loaded(tmp_path, {}).label.render()
    assert whole == nothing.replace("mine-1", "mine-0")
    assert nothing.endswith("own numbers: 0)")
    assert loaded(tmp_path, {"trust_months": 12.0, "tie": 5e-2}).label.render().endswith("own numbers: 0)")
    assert loaded(tmp_path, {"function_cover": {"other": "AR"}}).label.render().endswith("own numbers: 1)")


def test_a_file_of_windows_is_read_too(tmp_path: Path) -> None:
    assert load_calibration(written(tmp_path, b'\xef\xbb\xbf{"tie": 0.1}\r\n')).tie == 0.1
