"""People, ranks, gaps and actions in words: for slides, speaker notes, screen readers and workbooks."""

from __future__ import annotations

from collections.abc import Iterator

from graph.analysis.map import MapContent
from graph.analysis.planning.next_actions import NextAction
from graph.analysis.report.gap_subjects import Subject
from graph.analysis.report.results import CoverageReport, Gap, PersonResult
from graph.model.scales import METHOD, STANCE, SUBTYPE
from graph.model.words import Message, text
from viz.words.names import name_of, named, role_letters, title_of
from viz.words.numbers import percent, points, strength

VOICES = 3
"""How many of the largest shares through others are listed."""


def person_sentence(person: PersonResult, report: CoverageReport, lang: str) -> str:
    """Rank, name, title, roles, stance, share and tie in one sentence."""
    rank = report.people.index(person) + 1
    roles = [text(f"viz.role.{letter}", lang) for letter in role_letters(person)]
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
    """A person's stance as a word, `unknown` where it is not recorded."""
    return text("viz.form.unknown", lang) if person.stance is None else STANCE.word(person.stance, lang)


def tie_words(person: PersonResult, report: CoverageReport, lang: str) -> str:
    """The strength of our tie beside the strength that the role requires."""
    required = strength(person.required_strength)
    if not report.has_tie(person):
        return text("viz.no_tie_words", lang, required=required)
    return text("viz.tie_words", lang, tie=strength(person.connection_strength), required=required)


def why_rank(person: PersonResult, rank: int, content: MapContent, lang: str) -> str:
    """Why a person has this rank: share of the decision, own vote, and the largest shares through others."""
    names = {other.id: name_of(other, lang) for other in content.report.people}
    own = sum(part.share for part in person.made_of if part.person == person.id)
    others = [part for part in person.made_of if part.person != person.id and part.share >= 0.0005][:VOICES]
    parts = [text("viz.own_vote", lang, points=points(own))]
    parts += [text("viz.through", lang, name=names[part.person], points=points(part.share)) for part in others]
    reasons = text("viz.comma", lang).join(parts)
    return f"{rank}. {names[person.id]} {percent(person.decision_influence)}: {reasons}"


def gap_sentences(subject: Subject, lang: str) -> Iterator[str]:
    """Each gap of a subject: number, reason and action."""
    for gap in subject.gaps:
        yield f"{subject.number}. {gap.reason.render(lang)} → {gap.action.render(lang)}"


def subject_name(gap: Gap, report: CoverageReport, lang: str) -> str:
    """The name of the person or unit that a gap is about; a word for the account where it is about neither."""
    if gap.person is not None:
        return name_of(report.person(gap.person), lang)
    if gap.unit is not None:
        return named(report.unit_names, gap.unit, lang)
    return text("deck.head.account", lang)


def method_words(action: NextAction, lang: str) -> str:
    """The subtype of an action as a word, its method where it has no subtype."""
    return METHOD.word(action.method, lang) if action.subtype is None else SUBTYPE.word(action.subtype, lang)


def action_effects(action: NextAction, lang: str) -> str:
    """The figures that an action moves, each with by how much."""
    effects = action.reason.values["why"]
    parts: tuple[Message, ...] = effects if isinstance(effects, tuple) else (effects,)
    return text("viz.comma", lang).join(part.render(lang) for part in parts)
