"""The words of the legend: forms of marks, roles and bands; and how the figures of a picture were made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model.scales import ROLE, STANCE
from viz.words.bilingual import Both, both_texts, rendered, scale_word, written_date

if TYPE_CHECKING:
    import datetime

    from graph.analysis.map import MapContent
    from graph.analysis.report.results import CoverageReport

ROLE_WORDS = {**{choice.code: scale_word(ROLE, choice.code) for choice in ROLE.choices}, "V": both_texts("viz.veto")}
FORM_WORDS = {
    **{choice.code: scale_word(STANCE, choice.code) for choice in STANCE.choices},
    **{form: both_texts(f"viz.form.{form}") for form in ("unknown", "seat", "vacant")},
}
BAND_WORDS = {band: both_texts(f"band.{band}") for band in ("critical", "high", "medium", "low")}


@dataclass(frozen=True, slots=True)
class Note:
    """A note on how the figures were made; `strong` where it makes them less reliable."""

    text: Both
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """The day of a picture, and notes on how its figures were made."""

    as_of: Both
    notes: tuple[Note, ...]


def made_of(content: MapContent, earlier: datetime.date | None = None) -> Made:
    """The day, the `earlier` day that it is compared with, the calibration, inferred levels and assumed influence.

    The number of inferred levels is named because missing levels make the coverage look better than it is.
    """
    report = content.report
    notes = [Note(_calibration(report))]
    inferred = sum(person.level_inferred for person in report.people)
    if inferred:
        notes.append(Note(both_texts("viz.made.inferred", inferred=inferred, people=len(report.people)), strong=True))
    if report.influence_assumed:
        notes.append(Note(both_texts("viz.made.assumed"), strong=True))
    day = both_texts("viz.made.as_of", date=written_date(report.as_of))
    if earlier is not None:
        day = both_texts("viz.made.compared", date=written_date(report.as_of), earlier=written_date(earlier))
    return Made(day, tuple(notes))


def _calibration(report: CoverageReport) -> Both:
    if report.uncalibrated:
        return both_texts("viz.made.default_calibration")
    return both_texts("viz.made.calibration", name=rendered(report.calibration))
