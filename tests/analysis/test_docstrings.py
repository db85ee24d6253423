"""The examples in the docstrings of the analysis give what stands there, and every public measure has one."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import graph.analysis
from tests.analysis.harbour import harbour

MODULES = [found.name for found in pkgutil.walk_packages(graph.analysis.__path__, "graph.analysis.") if not found.ispkg]


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_stands_there(name: str) -> None:
    module = importlib.import_module(name)
    finder, runner = (
        doctest.DocTestFinder(exclude_empty=True),
        doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE),
    )
    for test in finder.find(module, name, extraglobs=dict(harbour())):
        runner.run(test)
    assert runner.summarize(verbose=False).failed == 0
