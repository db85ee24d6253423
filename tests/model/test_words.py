"""The catalogue: both languages for every key, the same places in both, every key that the code names is there."""

import json
import re
import string
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from graph.model.words import LANGUAGES, catalogue, message, text

ROOT = Path(__file__).parents[2]


def places(template: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in string.Formatter().parse(template) if name)


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_both_languages_say_the_same(key: str) -> None:
    texts = catalogue()[key]
    assert set(texts) == set(LANGUAGES)
    assert all(texts.values())
    assert set(places(texts["en"])) == set(places(texts["zh"]))


def test_no_key_stands_in_two_files() -> None:
    keys = Counter(
        key
        for path in files("graph.model.words").iterdir()
        if path.name.endswith(".json")
        for key in json.loads(path.read_text(encoding="utf-8"))
    )
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_key_written_out_in_the_code_is_in_the_catalogue() -> None:
    asked = {
        (path.relative_to(ROOT).as_posix(), key)
        for folder in ("graph", "loaders", "viz", "swaymap", "api")
        for path in (ROOT / folder).rglob("*.py")
        for key in re.findall(r'\b(?:text|message|TableColumn)\(\s*"([a-z_0-9.]+)"', path.read_text(encoding="utf-8"))
    }
    assert asked
    assert sorted(use for use in asked if use[1] not in catalogue()) == []


def test_a_message_renders_the_messages_inside_it() -> None:
    inner = message("status.red")
    assert message("line.status", status=inner, reason="x").render("zh") == "红：x"
    assert text("line.status", "en", status="Red", reason="x") == "Red: x"
