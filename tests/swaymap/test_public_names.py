"""Every public name is listed, and has a docstring with an example that runs."""

from __future__ import annotations

import doctest
import inspect
import types
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

import swaymap
from swaymap import Account, Store

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
OWN = ("Account", "PowerMap", "Store")
"""The classes each of whose public parts has an example of its own."""


def each_name() -> Iterator[tuple[str, Any]]:
    for name in swaymap.__all__:
        yield name, getattr(swaymap, name)
    for owner in OWN:
        for name, part in vars(getattr(swaymap, owner)).items():
            if not name.startswith("_") and isinstance(part, (types.FunctionType, property, cached_property)):
                yield f"{owner}.{name}", part


def test_every_public_name_is_listed() -> None:
    public = {name for name, value in vars(swaymap).items() if not name.startswith("_") and _is_ours(value)}
    assert public == set(swaymap.__all__)
    assert list(swaymap.__all__) == sorted(swaymap.__all__, key=str.lower) or list(swaymap.__all__) == sorted(
        swaymap.__all__
    )


def _is_ours(value: Any) -> bool:
    if inspect.ismodule(value):
        return False
    return getattr(value, "__module__", "").startswith(("swaymap", "graph"))


@pytest.mark.parametrize(("name", "value"), [pytest.param(*named, id=named[0]) for named in each_name()])
def test_it_has_an_example_that_runs(
    name: str, value: Any, store: Store, qinglan: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documented = value.func if isinstance(value, cached_property) else value
    text = inspect.getdoc(documented)
    assert text, name
    monkeypatch.chdir(tmp_path)
    names = {**vars(swaymap), "store": store, "qinglan": qinglan}
    example = doctest.DocTestParser().get_doctest(text, names, name, None, None)
    assert example.examples, f"{name} has no example"
    written: list[str] = []
    outcome = doctest.DocTestRunner(optionflags=FLAGS).run(example, out=written.append)
    assert outcome.failed == 0, "".join(written)
