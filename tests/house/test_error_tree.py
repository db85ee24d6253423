"""The tree of errors: its picture shows every class, and each has the status and the exit code that stand there."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.http.problems import status_of
from api.problems import exit_code_of
from graph.model import problem
from graph.model.problem import SwaymapError
from graph.model.words import catalogue, message
from graph.store import problems as of_store
from graph.store.problems import StoreError, store_error

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"^    (?P<branch>[│├└─ ]*)(?P<name>[A-Z]\w+)  .*?(?:(?P<status>\d{3})   (?P<exit>\d))?$")
STORE_CODES = sorted(
    code
    for kind in vars(of_store).values()
    if isinstance(kind, type) and issubclass(kind, StoreError)
    for code in kind.codes
)


def pictured() -> Iterator[tuple[str, str | None, int | None, int | None]]:
    """Each class of the picture: its name, its base, its status and its exit code, where they stand there."""
    above: list[str] = []
    for line in (problem.__doc__ or "").splitlines():
        found = LINE.match(line)
        if found:
            depth = len(found["branch"]) // 4
            above[depth:] = [found["name"]]
            status, code = (int(found[name]) if found[name] else None for name in ("status", "exit"))
            yield found["name"], above[depth - 1] if depth else None, status, code


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def all_classes() -> dict[str, type[SwaymapError]]:
    """Every class of the tree by its name. Modules are parsed, and only those with such a class imported.

    Some modules may be imported in a process of their own only, since they limit it.
    """
    modules = {"SwaymapError": problem.__name__}
    declared = [
        (
            found.name,
            [base.id for base in found.bases if isinstance(base, ast.Name)],
            _module(path),
        )
        for folder in ("graph", "loaders", "viz", "swaymap", "api")
        for path in (source.relative_to(ROOT) for source in (ROOT / folder).rglob("*.py"))
        for found in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(found, ast.ClassDef)
    ]
    before = 0
    while len(modules) > before:
        before = len(modules)
        modules |= {name: module for name, names, module in declared if not modules.keys().isdisjoint(names)}
    return {name: getattr(importlib.import_module(module), name) for name, module in modules.items()}


def test_the_picture_shows_every_class_under_its_base_with_its_status_and_exit_code() -> None:
    shown = {name: base for name, base, *_ in pictured()}
    kinds = all_classes()
    assert set(shown) == set(kinds) - {"AboutStore"}
    for name, base in shown.items():
        assert base is None or issubclass(kinds[name], kinds[base]), name
    numbers: dict[str, tuple[int, int]] = {}
    for name, base, status, code in pictured():
        if base is None:
            continue
        numbers[name] = (status or numbers[base][0], code if code is not None else numbers[base][1])
        error = kinds[name].__new__(kinds[name])
        assert (status_of(error), exit_code_of(error)) == numbers[name], name


@pytest.mark.parametrize("code", STORE_CODES)
def test_every_code_of_a_store_error_has_one_class_and_a_message(code: str) -> None:
    assert STORE_CODES.count(code) == 1
    assert f"store.problem.{code}" in catalogue()
    assert code in type(store_error(code, **dict.fromkeys(PLACES, "x"))).codes


PLACES = ("version", "folder", "known", "user", "database", "setting", "source", "by", "since", "labels", "copy", "why")


def test_a_fault_that_is_no_swaymap_error_has_exit_code_1() -> None:
    assert exit_code_of(ValueError()) == 1
    assert exit_code_of(KeyboardInterrupt()) == 130
    assert exit_code_of(SwaymapError("any", message("store.problem.locked", store="x"))) == 2
