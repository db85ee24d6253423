"""The catalogue of all texts shown to people: each by its key, in English and Chinese."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from graph.model.names import in_script
from graph.model.scales import Scale

LANGUAGES = ("en", "zh")


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every text: key → language → text with `{named}` places. One JSON file an area, each key in one file only."""
    texts: dict[str, Mapping[str, str]] = {}
    for path in sorted(files(__name__).iterdir(), key=lambda path: path.name):
        if path.name.endswith(".json"):
            texts.update(json.loads(path.read_text(encoding="utf-8")))
    return texts


def text(key: str, lang: str = "en", **values: object) -> str:
    """The text of a key in a language, its places filled in; messages and names among them are put in that language.

    Raises KeyError where the key is not in the catalogue.
    """
    return catalogue()[key][lang].format(**{name: _rendered(value, lang) for name, value in values.items()})


@dataclass(frozen=True, slots=True)
class Message:
    """A text still without a language: a key and what fills its places. Places may hold messages too."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def render(self, lang: str = "en") -> str:
        """The text in a language."""
        return text(self.key, lang, **self.values)


@dataclass(frozen=True, slots=True)
class Name:
    """A name inside a message: each language shows its own part."""

    text: str

    def render(self, lang: str) -> str:
        """The name in a language."""
        return in_script(self.text, lang)


@dataclass(frozen=True, slots=True)
class ScaleWord:
    """A value of a scale inside a message, as its word."""

    scale: Scale
    code: str

    def render(self, lang: str) -> str:
        """The word in a language; inside an English sentence without a capital."""
        word = self.scale.word(self.code, lang)
        return word if lang == "zh" or word.isupper() else word[:1].lower() + word[1:]


@dataclass(frozen=True, slots=True)
class Day:
    """A day inside a message: `4 Dec` or `12月4日`."""

    day: datetime.date

    def render(self, lang: str) -> str:
        """The day and month in a language."""
        if lang == "zh":
            return f"{self.day.month}月{self.day.day}日"
        return f"{self.day.day} {self.day:%b}"


def message(key: str, **values: Any) -> Message:
    """A message of the catalogue."""
    return Message(key, values)


def _rendered(value: Any, lang: str) -> Any:
    if isinstance(value, (Message, Name, ScaleWord, Day)):
        return value.render(lang)
    if isinstance(value, tuple):
        joiner = "、" if lang == "zh" else ", "
        return joiner.join(str(_rendered(part, lang)) for part in value)
    return value
