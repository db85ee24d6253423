"""Two days as one page: the map of the later one, and what is different since the earlier, as the scripts take it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graph.model.words import Message
from viz import encodings
from viz.page.data import shared
from viz.page.figures import better, figure, rises
from viz.page.profile import profile_of
from viz.scene.signs import kinds_of, signs_of, stances_before
from viz.words.bilingual import Both, named, rendered, said, written_date
from viz.words.legend import FORM_WORDS
from viz.words.numbers import percent, strength, whole_percent

if TYPE_CHECKING:
    from graph.analysis.history.compare import Comparison
    from graph.analysis.history.compared_map import ComparedMap
    from graph.analysis.history.snapshot import GapSeen
    from graph.analysis.report.results import CoverageReport
    from viz.scene.scene import Scene

GAPS = 8
"""How many gaps that opened or closed are told."""

CAME = {None: "viz.compared.came.new", "unidentified": "viz.compared.came.seat"}
BACK = "viz.compared.came.back"
WENT = {
    "left": "viz.compared.went.left",
    "moved": "viz.compared.went.moved",
    "removed": "viz.compared.went.removed",
    "unidentified": "viz.compared.went.unidentified",
}
NUMBERS = {"decision_influence": "viz.compared.share", "coverage": "viz.compared.coverage"}


def compared_data(found: ComparedMap, scenes: Mapping[str, tuple[Scene, ...]]) -> dict[str, Any]:
    """What is different, as data.js declares it, with the signs of these scenes by language."""
    told = found.comparison
    return {
        "from": shared(_date(told.from_date)),
        "to": shared(_date(told.to_date)),
        "profiles": [_profile(report) for report in (found.before, found.content.report)],
        "ghosts": list(found.ghosts),
        "people": _people(found),
        "signs": {lang: [_signs(scene, told) for scene in made] for lang, made in scenes.items()},
        "won": [[one.member, one.person, _tie(one.before, one.after)] for one in told.ties_won],
        "lost": [[one.member, one.person, _tie(one.before, one.after)] for one in told.ties_lost],
        "measures": [_measure(measure.measure, measure.before, measure.after) for measure in told.measures],
        "opened": list(_gaps(told.gaps_opened)),
        "closed": list(_gaps(told.gaps_closed)),
        "names": {one: shared(named(name, one)) for one, name in told.names.people.items()},
        "memberNames": {one: shared(named(name, one)) for one, name in told.names.members.items()},
    }


def _signs(scene: Scene, told: Comparison) -> list[list[Any]]:
    return [
        [one.person, one.kind, *(round(part, 1) for part in one.at), one.was, *(round(part, 1) for part in one.was_at)]
        for one in signs_of(scene, told)
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
    return [shared(said(f"measure.{name}")), *both, better(name, before, after), rises(before, after)]


def _tie(before: float | None, after: float | None) -> str:
    return f"{strength(before or 0.0)} → {strength(after or 0.0)}"


def _gaps(gaps: tuple[GapSeen, ...]) -> Iterator[Any]:
    for gap in sorted(gaps, key=lambda one: -one.severity)[:GAPS]:
        reason = gap.reason
        yield shared(rendered(reason)) if isinstance(reason, Message) else reason


def _people(found: ComparedMap) -> dict[str, dict[str, Any]]:
    """By person: what happened to them (`kind`), the form of the stance before (`was`), and all of it in words."""
    told = found.comparison
    kinds, was = kinds_of(told), stances_before(told)
    lines: dict[str, list[Both]] = {}
    for person, line in _lines(found):
        lines.setdefault(person, []).append(line)
    return {
        person: {
            "kind": kinds.get(person),
            "was": was.get(person),
            "said": [shared(one) for one in lines[person]],
        }
        for person in lines
    }


def _form(stance: int | None) -> str:
    return encodings.form_of("active", stance)


def _lines(found: ComparedMap) -> Iterator[tuple[str, Both]]:
    told = found.comparison
    units = {unit.id: named(unit.name, unit.id) for unit in (*found.before.units, *found.content.report.units)}
    none = Both("–", "–")
    for came in told.came:
        yield came.person, said(CAME.get(came.was, BACK))
    for went in told.went:
        yield went.person, said(WENT[went.how])
    for moved in told.moved:
        sides = (units.get(one or "", none) for one in (moved.from_unit, moved.to_unit))
        yield moved.person, said("viz.compared.unit", **dict(zip(("before", "after"), sides, strict=True)))
    for turned in told.stances:
        before, after = (FORM_WORDS[_form(one)] for one in (turned.before, turned.after))
        yield turned.person, said("viz.compared.stance", before=before, after=after)
    yield from _ties(told)
    yield from _numbers(told)


def _ties(told: Comparison) -> Iterator[tuple[str, Both]]:
    for key, ties in (("viz.compared.tie.won", told.ties_won), ("viz.compared.tie.lost", told.ties_lost)):
        for tie in ties:
            name = named(told.names.members.get(tie.member), tie.member)
            yield tie.person, said(key, member=name, move=_tie(tie.before, tie.after))


def _numbers(told: Comparison) -> Iterator[tuple[str, Both]]:
    """Influence and coverage, where the move can be seen in a tenth of a point."""
    for person in told.people:
        for name, key in NUMBERS.items():
            before, after = (percent(side[name]) for side in (person.before, person.after))
            if before != after:
                yield person.person, said(key, before=before, after=after)
