"""The page about many accounts: its example over a Dask cluster gives what stands there."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"


@pytest.mark.slow
def test_every_example_gives_what_stands_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tested = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert tested.attempted > 5
    assert tested.failed == 0


def test_every_number_names_the_benchmark_that_gives_it() -> None:
    rows = [row.split("|")[1:-1] for row in PAGE.read_text(encoding="utf-8").splitlines() if row.startswith("| `")]
    assert rows
    assert {name.strip().strip("`") for name, *_ in rows} <= set(BENCHMARKS)
