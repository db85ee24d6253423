"""The legend of the page: symbols of marks, entries for stances and roles, and the layers of lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viz import encodings
from viz.words.bilingual import Both, both_texts
from viz.words.legend import FORM_WORDS, ROLE_WORDS

if TYPE_CHECKING:
    from graph.analysis.map import MapContent

LAYER_KEYS = {"influence": "I", "tie": "T", "rival": "C", "conflict": "X", "reporting": "R"}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A mark that the page draws many times: its form and glyph."""

    form: str
    glyph: str

    @property
    def id(self) -> str:
        return f"mark-{self.form}"

    @property
    def square(self) -> bool:
        return encodings.FORMS["light"][self.form].square


@dataclass(frozen=True, slots=True)
class FormWord:
    """An entry of the stance legend."""

    form: str
    word: Both


@dataclass(frozen=True, slots=True)
class RoleWord:
    """An entry of the role legend."""

    letter: str
    word: Both


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind of line that the reader can switch: its toggle is its legend. `count` lines are of this kind."""

    name: str
    key: str
    word: Both
    shown: bool
    count: int


def symbols() -> list[Symbol]:
    """Every form of a mark."""
    return [Symbol(form, encodings.GLYPHS[form]) for form in FORM_WORDS]


def stance_legend() -> list[FormWord]:
    """The forms that the legend names."""
    return [FormWord(form, word) for form, word in FORM_WORDS.items() if form != "vacant"]


def role_legend() -> list[RoleWord]:
    """The role letters with what each does."""
    return [RoleWord(letter, both_texts(f"viz.role.{letter}")) for letter in ROLE_WORDS]


def layers_of(content: MapContent) -> list[Layer]:
    """The kinds of lines, with how many there are of each."""
    counts = {
        "influence": len(content.influences),
        "tie": len(content.ties),
        "rival": sum(len(rival.ties) for rival in content.rivals),
        "conflict": len(content.conflicts),
        "reporting": len(content.reporting),
    }
    return [
        Layer(name, key, both_texts(f"viz.layer.{name}"), name not in encodings.HIDDEN_AT_FIRST, counts[name])
        for name, key in LAYER_KEYS.items()
    ]
