"""The words at the end of a bone: share of the decision and coverage; and the bar of people left over."""

from __future__ import annotations

from collections.abc import Sequence

from graph.analysis.report.results import PersonResult
from graph.model.words import text
from viz import encodings
from viz.scene.fish_parts import Mix
from viz.scene.metrics import width_of
from viz.scene.scene import TextLine
from viz.words.numbers import whole_percent

SMALL = 11.0
MIX_BAR = 10.0


def share_of(people: Sequence[PersonResult]) -> float:
    """The share of the decision that people hold together."""
    return sum(person.decision_influence for person in people)


def coverage_of(people: Sequence[PersonResult]) -> float | None:
    """Their coverage weighted by influence, None without influence."""
    total = share_of(people)
    return sum(person.decision_influence * person.coverage for person in people) / total if total > 0 else None


def under_words(share: float, coverage: float | None, room: float, lang: str) -> tuple[str, ...]:
    """Share and coverage in one line, in two where the room is narrow."""
    values = {"share": whole_percent(share), "coverage": whole_percent(coverage)}
    if width_of(together := text("fish.bone.under", lang, **values), SMALL) <= room:
        return (together,)
    return text("fish.bone.share", lang, **values), text("fish.bone.coverage", lang, **values)


def mix_of(people: Sequence[PersonResult], x: float, y: float, width: float, lang: str) -> Mix:
    """A bar of the forms of many people's marks, in the order of the scale, and their number under it."""
    by_form: dict[str, list[str]] = {}
    for person in people:
        by_form.setdefault(encodings.person_form(person), []).append(person.id)
    forms = {form: len(by_form[form]) for form in encodings.GLYPHS if form in by_form}
    ordered = tuple(person for form in forms for person in by_form[form])
    words = TextLine(x, y + MIX_BAR + 12.0, text("fish.more_people", lang, count=len(people)))
    return Mix((x, y, width, MIX_BAR), ordered, forms, words)
