"""The visit brief as text: a heading, and sections of lines in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.model.words import text
from viz.words.names import record_name

if TYPE_CHECKING:
    from graph.analysis.briefing.brief import Brief
    from graph.analysis.ground.named import Named

Section = tuple[str, list[str]]
"""A heading and its lines."""


def heading(brief: Brief, lang: str) -> tuple[str, str]:
    """The title with member and person; and a line with account, opportunity and day."""
    opportunity = brief.opportunity
    return (
        text("brief.title", lang, member=_name(brief.member, lang), person=_name(brief.person, lang)),
        text(
            "brief.under",
            lang,
            account=_name(brief.account, lang),
            opportunity=text("brief.no_opportunity", lang) if opportunity is None else _name(opportunity, lang),
            date=brief.as_of.isoformat(),
        ),
    )


def sections(brief: Brief, lang: str) -> Iterator[Section]:
    """The sections in reading order."""

    def head(name: str, **values: object) -> str:
        return text(f"brief.head.{name}", lang, **values)

    shared = [point.render(lang) for point in brief.connection_points] or [text("brief.nothing_shared", lang)]
    yield head("background"), [point.render(lang) for point in brief.background]
    yield head("goals"), list(_goals(brief, lang))
    yield head("agenda", minutes=sum(item.minutes for item in brief.agenda)), list(_agenda(brief, lang))
    yield head("questions"), list(_questions(brief, lang))
    yield head("connection_points"), shared
    yield head("objections"), list(_objections(brief, lang))
    yield head("ask"), list(_ask(brief, lang))


def _goals(brief: Brief, lang: str) -> Iterator[str]:
    for goal in sorted(brief.goals, key=lambda goal: not goal.here):
        kind, words = text(f"goal.kind.{goal.kind}", lang), goal.text.render(lang)
        yield text("brief.goal" if goal.here else "brief.goal.later", lang, kind=kind, text=words)


def _agenda(brief: Brief, lang: str) -> Iterator[str]:
    for item in brief.agenda:
        yield text("brief.minutes", lang, minutes=item.minutes, text=item.text.render(lang))


def _questions(brief: Brief, lang: str) -> Iterator[str]:
    for question in brief.questions:
        letter, words = question.letter[0].upper(), question.text.render(lang)
        yield text("brief.question.heart" if question.heart else "brief.question", lang, letter=letter, text=words)


def _objections(brief: Brief, lang: str) -> Iterator[str]:
    for objection in brief.objections:
        yield text(
            "brief.answer", lang, objection=objection.objection.render(lang), answer=objection.answer.render(lang)
        )


def _ask(brief: Brief, lang: str) -> Iterator[str]:
    ask = brief.ask
    yield ask.text.render(lang)
    if ask.ready:
        yield text("brief.ready", lang, trust=f"{ask.trust:.2f}", needed=f"{ask.trust_needed:.2f}")
    else:
        missing = ("；" if lang == "zh" else "; ").join(each.render(lang) for each in ask.missing)
        yield text("brief.not_ready", lang, missing=missing)


def _name(record: Named, lang: str) -> str:
    return record_name(record.name, record.id, lang)
