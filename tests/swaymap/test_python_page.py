"""The page about Python: every example gives what stands there, every part of an account is named."""

from __future__ import annotations

import doctest
import re
import types
from functools import cached_property
from pathlib import Path

import pytest

from swaymap import Account

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
OF_THE_MODEL = {"id", "as_of", "name", "opportunity", "measures", "places", "map_content", "dossier"}
"""Parts of an account that are not on the page: what it was asked with, and what other parts are made of."""
THE_SAME_OTHERWISE = {"changed", "difference"}


def test_every_example_gives_what_stands_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tested = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert tested.attempted > 30
    assert tested.failed == 0


def test_every_part_of_an_account_is_named() -> None:
    named = set(re.findall(r"`\.(\w+)", PAGE.read_text(encoding="utf-8")))
    parts = {
        name
        for name, part in vars(Account).items()
        if not name.startswith("_") and isinstance(part, (types.FunctionType, property, cached_property))
    }
    assert parts - named == (OF_THE_MODEL | THE_SAME_OTHERWISE) & parts
