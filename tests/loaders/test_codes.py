"""Every code stands in the table once, with its words; every code written in the source is in the table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.model.words import catalogue
from loaders.codes import CODES
from loaders.findings import Finding

ROOT = Path(__file__).parents[2]


def test_codes_and_words_are_the_same_set() -> None:
    worded = {key.removeprefix("finding.") for key in catalogue() if key.startswith("finding.")}
    assert worded == set(CODES)


def test_every_code_of_the_source_is_in_the_table_and_used() -> None:
    sources = [*(ROOT / "loaders").glob("*.py"), ROOT / "graph" / "model" / "rules.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources if path.name != "codes.py")
    made = set(re.findall(r'\b(?:Finding|CellError|unreadable|Flaw|Violation|finding|at_header)\(\s*"([a-z_]+)"', text))
    assert made <= set(CODES)
    starts = set(re.findall(r'Finding\(\s*f"([a-z_]+)\{', text))
    tails = {code: code.removeprefix(start) for start in starts for code in CODES if code.startswith(start)}
    assert {code for code in CODES if f'"{code}"' not in text and f'"{tails.get(code)}"' not in text} == set()


def test_a_code_outside_the_table_has_no_severity() -> None:
    with pytest.raises(KeyError):
        _ = Finding("made_up", "people.csv").severity
