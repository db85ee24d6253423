"""A person, a rank and a gap in sentences: for speaker notes, and for those who hear a slide instead of seeing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.analysis.map import MapContent
from graph.analysis.report.gap_subjects import Subject
from graph.analysis.report.results import CoverageReport, PersonResult
from graph.model.names import in_script
from graph.model.scales import STANCE
from graph.model.words import text
from viz.page.numbers import percent, strength
from viz.scene.plan import chips_of, name_of, title_of

VOICES = 3
"""Through how many others a share is told."""


def person_sentence(person: PersonResult, report: CoverageReport, lang: str) -> str:
    """Rank, name, title, roles, stance, share and tie in one sentence."""
    rank = report.people.index(person) + 1
    roles = [text(f"viz.role.{letter}", lang) for letter in chips_of(person, only_heavy=False)]
    parts = [
        text("viz.rank_short", lang, rank=rank),
        name_of(person, lang),
        title_of(person, lang),
        *roles,
        text("viz.stance_is", lang) + stance_word(person, lang),
        text("viz.share_words", lang, share=percent(person.decision_influence)),
        tie_words(person, report, lang),
    ]
    return text("viz.comma", lang).join(part for part in parts if part)


def stance_word(person: PersonResult, lang: str) -> str:
    """The stance in a word; unknown is a word of its own."""
    return text("viz.form.unknown", lang) if person.stance is None else STANCE.word(person.stance, lang)


def tie_words(person: PersonResult, report: CoverageReport, lang: str) -> str:
    """Our tie beside what the role requires."""
    required = strength(person.required_strength)
    if not report.has_tie(person):
        return text("viz.no_tie_words", lang, required=required)
    return text("viz.tie_words", lang, tie=strength(person.connection_strength), required=required)


def why_rank(person: PersonResult, rank: int, content: MapContent, lang: str) -> str:
    """Where a person's share of the decision comes from: the own vote and those through whom they sway."""
    names = {one.id: name_of(one, lang) for one in content.report.people}
    own = sum(part.share for part in person.made_of if part.person == person.id)
    others = [part for part in person.made_of if part.person != person.id and part.share >= 0.0005][:VOICES]
    parts = [text("viz.own_vote", lang, points=_points(own))]
    parts += [text("viz.through", lang, name=names[part.person], points=_points(part.share)) for part in others]
    told = text("viz.comma", lang).join(parts)
    return f"{rank}. {names[person.id]} {percent(person.decision_influence)}: {told}"


def gap_sentences(subject: Subject, lang: str) -> Iterator[str]:
    """Each gap of a subject with what to do."""
    for gap in subject.gaps:
        yield f"{subject.number}. {gap.reason.render(lang)} → {gap.action.render(lang)}"


def named(names: Mapping[str, str | None], one: str, lang: str) -> str:
    """The name of an id in the script of a language; the id where there is none."""
    name = names.get(one)
    return in_script(name, lang) if name else one


def _points(share: float) -> str:
    return f"{100 * share:.1f}"
