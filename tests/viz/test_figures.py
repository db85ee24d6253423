"""Figures as a page writes them, and whether they got better."""

from __future__ import annotations

import pytest

from graph.analysis.scenarios.what_if import FIGURES, Figure
from viz.page.compared import better, figure, rises


@pytest.mark.parametrize(
    ("measure", "value", "en", "zh"),
    [
        ("decision_chain_coverage", 0.5483, "54.8 %", "54.8 %"),
        ("support.forecast", -0.126, "−.13", "−.13"),
        ("support.forecast", 0.126, "+.13", "+.13"),
        ("support.bottleneck", 0.45, ".45", ".45"),
        ("independent_routes", 4, "4", "4"),
        ("status", "green", "Green", "绿"),
        ("supportive_coverage", None, "–", "–"),
    ],
)
def test_written(measure: str, value: Figure, en: str, zh: str) -> None:
    assert tuple(figure(measure, value)) == (en, zh)


@pytest.mark.parametrize(
    ("measure", "before", "after", "rising", "good"),
    [
        ("gaps", 50, 53, 1, -1),
        ("concentration", 0.30, 0.28, -1, 1),
        ("decision_chain_coverage", 0.5, 0.6, 1, 1),
        ("status", "green", "amber", -1, -1),
        ("status", "red", "red", 0, 0),
        ("support.forecast", None, 0.1, 0, 0),
        ("redundancy", 0.5, 0.5 + 1e-12, 0, 0),
    ],
)
def test_better_or_worse(measure: str, before: Figure, after: Figure, rising: int, good: int) -> None:
    assert measure in FIGURES
    assert (rises(before, after), better(measure, before, after)) == (rising, good)
