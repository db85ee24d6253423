"""Limits of files are settings, which hold on the command line; the page lists them all."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

from loaders.caps import DEFAULT_CAPS
from tests.api.conftest import Run

PAGE = Path(__file__).parents[2] / "docs" / "importing.md"


def test_it_holds_on_the_command_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("id\nq\nr\n", encoding="utf-8")
    refused = run("import", "accounts.csv", SWAYMAP_CAP_ROWS="1")
    assert refused.returncode == 2
    assert "more than 1 rows" in refused.stderr
    wrong = run("import", "accounts.csv", SWAYMAP_CAP_ROWS="x")
    assert wrong.returncode == 2
    assert wrong.stderr.strip().splitlines() == ["SWAYMAP_CAP_ROWS must be a whole number above 0, not x."]


def test_the_page_lists_every_limit_with_its_default() -> None:
    listed = re.findall(r"^\| `([a-z_]+)` \| ([\d,]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: int(number.replace(",", "")) for name, number in listed} == asdict(DEFAULT_CAPS)
