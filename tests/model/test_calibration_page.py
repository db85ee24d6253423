"""The documentation page of the calibration is what the declaration says now."""

import json
import re
from pathlib import Path

from graph.model.calibration import Calibration, load_calibration
from graph.model.calibration_declared import leaves, tree_of
from graph.model.calibration_page import calibration_page

PAGE = Path(__file__).parents[2] / "docs" / "calibration.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == calibration_page(), "run make docs"


def test_every_value_has_its_row() -> None:
    named = set(re.findall(r"^\| `([^`]+)` \|", calibration_page(), flags=re.MULTILINE))
    assert named == {".".join(place) for place, _ in leaves(tree_of(Calibration))} - {"name", "version"}


def test_the_example_can_be_used(tmp_path: Path) -> None:
    (example,) = re.findall(r"```json\n(.+?)\n```", calibration_page())
    path = tmp_path / "mine.json"
    path.write_text(example, encoding="utf-8")
    mine = load_calibration(path)
    assert (mine.tie, mine.gaps.shortfall.stance_unknown) == (0.1, 0.5)
    assert mine.label.render().endswith("own numbers: 2)")
    assert json.loads(example)
