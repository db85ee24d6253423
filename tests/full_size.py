"""Tests that run a sample in CI and their full size by `make long`.

Such a test is marked `@pytest.mark.sampled(sample=2_000, full=20_000)` and takes the argument `size`. Its name says
which it was: `[sample-2000-of-20000]` or `[full-20000]`. With SWAYMAP_FULL=1 it runs in full, and long.json says what
ran and how it ended.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

REPORT = Path("long.json")


def is_full() -> bool:
    """Whether this run is of the full size."""
    return os.environ.get("SWAYMAP_FULL") == "1"


class FullSize:
    """The plugin that gives `size` to the tests marked `sampled`, and reports full runs."""

    def __init__(self) -> None:
        self._results: dict[str, dict[str, Any]] = {}

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        marker = metafunc.definition.get_closest_marker("sampled")
        if marker is None:
            return
        sample, full = marker.kwargs["sample"], marker.kwargs["full"]
        size, name = (full, f"full-{full}") if is_full() else (sample, f"sample-{sample}-of-{full}")
        metafunc.parametrize("size", [size], ids=[name])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if item.get_closest_marker("sampled"):
            item.user_properties.append(("size", item.callspec.params["size"]))  # type: ignore[attr-defined]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        sizes = dict(report.user_properties)
        if "size" not in sizes or (report.when != "call" and report.passed):
            return
        self._results[report.nodeid] = {
            "size": sizes["size"],
            "outcome": report.outcome,
            "seconds": round(report.duration, 1),
        }

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if is_full() and not hasattr(session.config, "workerinput"):
            REPORT.write_text(json.dumps({"results": dict(sorted(self._results.items()))}, indent=2) + "\n")
