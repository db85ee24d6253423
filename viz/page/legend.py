"""The legend: what marks, rings, badges, letters and lines mean, and from what the picture was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model.scales import ROLE, STANCE
from viz import encodings
from viz.page.bilingual import Both, rendered, said, scale_word, written_date

if TYPE_CHECKING:
    import datetime

    from graph.analysis.map import MapContent
    from graph.analysis.report.results import CoverageReport

ROLE_WORDS = {**{choice.code: scale_word(ROLE, choice.code) for choice in ROLE.choices}, "V": said("viz.veto")}
FORM_WORDS = {
    **{choice.code: scale_word(STANCE, choice.code) for choice in STANCE.choices},
    **{form: said(f"viz.form.{form}") for form in ("unknown", "seat", "vacant")},
}
BAND_WORDS = {band: said(f"band.{band}") for band in ("critical", "high", "medium", "low")}
LAYER_KEYS = {"influence": "I", "tie": "T", "rival": "C", "conflict": "X", "reporting": "R"}
SHOWN_AT_FIRST = frozenset({"influence", "tie", "rival", "conflict"})


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


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about how the numbers were made; `strong` where it lowers what they are worth."""

    text: Both
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """From which day and from what the picture was made."""

    as_of: Both
    notes: tuple[Note, ...]


def symbols() -> list[Symbol]:
    """Every form of a mark."""
    return [Symbol(form, encodings.GLYPHS[form]) for form in FORM_WORDS]


def stance_legend() -> list[FormWord]:
    """The forms that the legend names."""
    return [FormWord(form, word) for form, word in FORM_WORDS.items() if form != "vacant"]


def role_legend() -> list[RoleWord]:
    """The role letters with what each does."""
    return [RoleWord(letter, said(f"viz.role.{letter}")) for letter in ROLE_WORDS]


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
        Layer(name, key, said(f"viz.layer.{name}"), name in SHOWN_AT_FIRST, counts[name])
        for name, key in LAYER_KEYS.items()
    ]


def made_of(content: MapContent, earlier: datetime.date | None = None) -> Made:
    """The day, the earlier one that it is compared with, the calibration, and what was inferred or assumed.

    Empty levels flatter the coverage, so that it is told how many.
    """
    report = content.report
    notes = [Note(_calibration(report))]
    inferred = sum(person.level_inferred for person in report.people)
    if inferred:
        notes.append(Note(said("viz.made.inferred", inferred=inferred, people=len(report.people)), strong=True))
    if report.influence_assumed:
        notes.append(Note(said("viz.made.assumed"), strong=True))
    day = said("viz.made.as_of", date=written_date(report.as_of))
    if earlier is not None:
        day = said("viz.made.compared", date=written_date(report.as_of), earlier=written_date(earlier))
    return Made(day, tuple(notes))


def _calibration(report: CoverageReport) -> Both:
    if report.uncalibrated:
        return said("viz.made.default_calibration")
    return said("viz.made.calibration", name=rendered(report.calibration))
