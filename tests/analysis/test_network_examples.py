"""The examples in the docstrings of the network run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from graph.analysis import network

MODULES = [module.name for module in pkgutil.iter_modules(network.__path__, "graph.analysis.network.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_give_what_stands_there(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    assert sum(bool(test.examples) for name in MODULES for test in finder.find(importlib.import_module(name))) >= 6
