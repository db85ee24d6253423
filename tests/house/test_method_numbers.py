"""Method numbers stand in the calibration: the analysis has no numeric constants but a few that judge nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ANALYSIS = Path(__file__).parents[2] / "graph" / "analysis"

HOME = {"ground/rounding.py", "ground/limits.py"}
"""The modules that may hold constants: tolerances and digits; limits of lists and of work done at once."""

HARMLESS = {0, 1, 2, 100}
"""Ends of a range, halves and doubles, percent."""

HERE = {"ground/contact_log.py": {12, 1970}}
"""Further numbers that a file may have: months of a year, and the year from which numpy counts days."""

NAMED = {
    "ground/batch.py": {"NONE"},
    "ground/columns.py": {"LAYOUT", "EMPTY_CODE", "NO_DATE"},
    "network/routes.py": {"DECISION", "NO_DECIDER"},
    "report/gaps.py": {"NOBODY"},
    "network/bottlenecks.py": {"TEAM", "DECISION"},
    "network/independent_routes.py": {"TEAM", "DECISION"},
    "measures/connection.py": {"NEVER"},
}
"""Names of nodes, days and codes that are none, and the number of a layout.

Any other name given to a number is a judgement: it belongs elsewhere.
"""


def numbers_in(tree: ast.AST) -> Iterator[ast.Constant]:
    """The numeric constants of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            yield node


def named_numbers(tree: ast.Module) -> Iterator[str]:
    """The names at the top of a module to which a number is given, alone or among others."""
    for node in tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and is_literal(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))


def is_literal(value: ast.expr) -> bool:
    """Whether an expression is made of constants alone, a number among them."""
    if any(isinstance(node, (ast.Name, ast.Lambda)) for node in ast.walk(value)):
        return False
    return any(True for _ in numbers_in(value))


def judgements(source: str, name: str) -> list[str]:
    """Numbers of a module that should stand in the calibration."""
    tree = ast.parse(source)
    allowed = HARMLESS | HERE.get(name, set())
    found = [f"{name}:{number.lineno}: {number.value}" for number in numbers_in(tree) if number.value not in allowed]
    return found + [f"{name}: {number}" for number in named_numbers(tree) if number not in NAMED.get(name, set())]


def modules() -> list[Path]:
    return [path for path in sorted(ANALYSIS.rglob("*.py")) if path.relative_to(ANALYSIS).as_posix() not in HOME]


def test_the_analysis_has_no_numbers_of_its_own() -> None:
    found = [
        judgement
        for path in modules()
        for judgement in judgements(path.read_text("utf-8"), path.relative_to(ANALYSIS).as_posix())
    ]
    assert found == [], "a number of the method belongs into graph/model/calibration.json"


@pytest.mark.parametrize(
    "source",
    [
        "def f(x): return x > 0.35",
        "DAYS = 30",
        "GROUPS = 2",
        "LOW, HIGH = 5.0, 95.0",
        'EFFORT = {"visit": 1.0}',
        "def f(k: int = 3): ...",
        "x = y ** 0.25",
    ],
)
def test_a_number_of_its_own_is_found(source: str) -> None:
    assert judgements(source, "some/module.py")


def test_every_exception_is_needed() -> None:
    for name, allowed in HERE.items():
        there = {number.value for number in numbers_in(ast.parse((ANALYSIS / name).read_text("utf-8")))}
        assert allowed <= there, name
    for name, names in NAMED.items():
        assert names <= set(named_numbers(ast.parse((ANALYSIS / name).read_text("utf-8")))), name
