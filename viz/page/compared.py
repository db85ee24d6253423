"""A comparison of two days in the page's data: signs on the map, changes of people and ties, figures."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graph.model.words import Message
from viz import encodings
from viz.page.data import shared
from viz.page.profile import profile_of
from viz.scene.signs import kinds_of, signs_of, stances_before
from viz.words.bilingual import Both, both_texts, named, rendered, written_date
from viz.words.legend import FORM_WORDS
from viz.words.numbers import NOTHING, percent, signed, strength, whole_percent

if TYPE_CHECKING:
    from graph.analysis.history.compare import Comparison
    from graph.analysis.history.compared_map import ComparedMap
    from graph.analysis.history.snapshot import GapSeen
    from graph.analysis.report.results import CoverageReport
    from graph.analysis.scenarios.what_if import Figure
    from viz.scene.scene import Scene


GAPS = 8
"""How many opened or closed gaps are listed."""

CAME = {None: "viz.compared.came.new", "unidentified": "viz.compared.came.seat"}
BACK = "viz.compared.came.back"
WENT = {
    "left": "viz.compared.went.left",
    "moved": "viz.compared.went.moved",
    "removed": "viz.compared.went.removed",
    "unidentified": "viz.compared.went.unidentified",
}
NUMBERS = {"decision_influence": "viz.compared.share", "coverage": "viz.compared.coverage"}
SIGNED = frozenset({"support.index", "support.forecast", "support.low", "support.high"})
COUNTED = frozenset({"independent_routes", "gaps"})
FEWER_IS_BETTER = frozenset({"gaps", "concentration"})
STATUSES = ("red", "amber", "green")
SAME = 1e-9


def compared_data(compared: ComparedMap, scenes: Mapping[str, tuple[Scene, ...]]) -> dict[str, Any]:
    """All that changed, with the signs of these scenes by language."""
    comparison = compared.comparison
    return {
        "from": shared(_date(comparison.from_date)),
        "to": shared(_date(comparison.to_date)),
        "profiles": [_profile(report) for report in (compared.before, compared.content.report)],
        "ghosts": list(compared.ghosts),
        "people": _people(compared),
        "signs": {lang: [_signs(scene, comparison) for scene in made] for lang, made in scenes.items()},
        "won": [[tie.member, tie.person, _tie(tie.before, tie.after)] for tie in comparison.ties_won],
        "lost": [[tie.member, tie.person, _tie(tie.before, tie.after)] for tie in comparison.ties_lost],
        "measures": [_measure(measure.measure, measure.before, measure.after) for measure in comparison.measures],
        "opened": list(_gaps(comparison.gaps_opened)),
        "closed": list(_gaps(comparison.gaps_closed)),
        "names": {person: shared(named(name, person)) for person, name in comparison.names.people.items()},
        "memberNames": {member: shared(named(name, member)) for member, name in comparison.names.members.items()},
    }


def _signs(scene: Scene, comparison: Comparison) -> list[list[Any]]:
    return [
        [
            sign.person,
            sign.kind,
            *(round(part, 1) for part in sign.at),
            sign.was,
            *(round(part, 1) for part in sign.was_at),
        ]
        for sign in signs_of(scene, comparison)
    ]


def _date(iso: str) -> Both:
    return written_date(datetime.date.fromisoformat(iso))


def _profile(report: CoverageReport) -> dict[str, Any]:
    drawn = profile_of(report)
    return {
        "date": shared(written_date(report.as_of)),
        "covered": whole_percent(report.decision_chain_coverage),
        "fill": drawn.fill,
        "feet": dict(drawn.feet),
        "size": [drawn.width, drawn.height, drawn.fill_height],
    }


def _measure(name: str, before: Any, after: Any) -> list[Any]:
    both = (shared(figure(name, value)) for value in (before, after))
    return [shared(both_texts(f"measure.{name}")), *both, better(name, before, after), rises(before, after)]


def _tie(before: float | None, after: float | None) -> str:
    return f"{strength(before or 0.0)} → {strength(after or 0.0)}"


def _gaps(gaps: tuple[GapSeen, ...]) -> Iterator[Any]:
    for gap in sorted(gaps, key=lambda shown: -shown.severity)[:GAPS]:
        reason = gap.reason
        yield shared(rendered(reason)) if isinstance(reason, Message) else reason


def _people(compared: ComparedMap) -> dict[str, dict[str, Any]]:
    """Changes by person: `kind` (came, went, moved), `was` (the mark of the earlier stance), and lines of text."""
    comparison = compared.comparison
    kinds, was = kinds_of(comparison), stances_before(comparison)
    lines: dict[str, list[Both]] = {}
    for person, line in _lines(compared):
        lines.setdefault(person, []).append(line)
    return {
        person: {
            "kind": kinds.get(person),
            "was": was.get(person),
            "said": [shared(line) for line in lines[person]],
        }
        for person in lines
    }


def _form(stance: int | None) -> str:
    return encodings.form_of("active", stance)


def _lines(compared: ComparedMap) -> Iterator[tuple[str, Both]]:
    comparison = compared.comparison
    units = {unit.id: named(unit.name, unit.id) for unit in (*compared.before.units, *compared.content.report.units)}
    none = Both("–", "–")
    for came in comparison.came:
        yield came.person, both_texts(CAME.get(came.was, BACK))
    for went in comparison.went:
        yield went.person, both_texts(WENT[went.how])
    for moved in comparison.moved:
        sides = (units.get(unit or "", none) for unit in (moved.from_unit, moved.to_unit))
        yield moved.person, both_texts("viz.compared.unit", **dict(zip(("before", "after"), sides, strict=True)))
    for turned in comparison.stances:
        before, after = (FORM_WORDS[_form(stance)] for stance in (turned.before, turned.after))
        yield turned.person, both_texts("viz.compared.stance", before=before, after=after)
    yield from _ties(comparison)
    yield from _numbers(comparison)


def _ties(comparison: Comparison) -> Iterator[tuple[str, Both]]:
    for key, ties in (("viz.compared.tie.won", comparison.ties_won), ("viz.compared.tie.lost", comparison.ties_lost)):
        for tie in ties:
            name = named(comparison.names.members.get(tie.member), tie.member)
            yield tie.person, both_texts(key, member=name, move=_tie(tie.before, tie.after))


def _numbers(comparison: Comparison) -> Iterator[tuple[str, Both]]:
    """Influence and coverage, where the change shows at one decimal."""
    for person in comparison.people:
        for name, key in NUMBERS.items():
            before, after = (percent(side[name]) for side in (person.before, person.after))
            if before != after:
                yield person.person, both_texts(key, before=before, after=after)


def figure(measure: str, value: Figure) -> Both:
    """A figure in both languages; absent is a dash."""
    if isinstance(value, str):
        return both_texts(f"status.{value}")
    written = _number(measure, value)
    return Both(written, written)


def rises(before: Figure, after: Figure) -> int:
    """1 where a figure rose (a status got better), -1 where it fell, 0 where it stayed or one side is absent."""
    if isinstance(before, str) and isinstance(after, str):
        change: float = STATUSES.index(after) - STATUSES.index(before)
    elif isinstance(before, (int, float)) and isinstance(after, (int, float)):
        change = after - before
    else:
        return 0
    return 0 if abs(change) <= SAME else 1 if change > 0 else -1


def better(measure: str, before: Figure, after: Figure) -> int:
    """1 where a figure got better, -1 where worse, 0 where it stayed or one side is absent."""
    return rises(before, after) * (-1 if measure in FEWER_IS_BETTER else 1)


def _number(measure: str, value: float | int | None) -> str:
    if value is None:
        return NOTHING
    if measure in COUNTED:
        return f"{value:g}"
    if measure in SIGNED:
        return signed(value)
    return strength(value) if measure == "support.bottleneck" else percent(value)
