"""The examples in the docstrings of the analysis give what stands there, and every measure has one."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

import graph.analysis
from tests.analysis.harbour import harbour

MODULES = [found.name for found in pkgutil.walk_packages(graph.analysis.__path__, "graph.analysis.") if not found.ispkg]

MEASURING = ("measures", "report", "qualification", "planning", "scenarios", "persons")
"""Floors whose modules show an example."""

INNER = {"report.gap_words", "report.report_people"}
"""Modules whose results are shown by the examples of those that use them."""


def examples_of(module: ModuleType) -> list[doctest.DocTest]:
    return doctest.DocTestFinder(exclude_empty=True).find(module, module.__name__, extraglobs=dict(harbour()))


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_stands_there(name: str) -> None:
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in examples_of(importlib.import_module(name)):
        runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


@pytest.mark.parametrize("name", [name for name in MODULES if name.split(".")[2] in MEASURING])
def test_modules_of_measures_show_an_example(name: str) -> None:
    module = importlib.import_module(name)
    computes = any(
        inspect.isfunction(value) and value.__module__ == name and not key.startswith("_")
        for key, value in vars(module).items()
    )
    shown = any(test.examples for test in examples_of(module))
    assert shown or not computes or name.removeprefix("graph.analysis.") in INNER
