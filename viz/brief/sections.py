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


def heading(found: Brief, lang: str) -> tuple[str, str]:
    """The title with member and person; and a line with account, opportunity and day."""
    opportunity = found.opportunity
    return (
        text("brief.title", lang, member=_name(found.member, lang), person=_name(found.person, lang)),
        text(
            "brief.under",
            lang,
            account=_name(found.account, lang),
            opportunity=text("brief.no_opportunity", lang) if opportunity is None else _name(opportunity, lang),
            date=found.as_of.isoformat(),
        ),
    )


def sections(found: Brief, lang: str) -> Iterator[Section]:
    """The sections in reading order."""

    def head(name: str, **values: object) -> str:
        return text(f"brief.head.{name}", lang, **values)

    shared = [point.render(lang) for point in found.connection_points] or [text("brief.nothing_shared", lang)]
    yield head("background"), [point.render(lang) for point in found.background]
    yield head("goals"), list(_goals(found, lang))
    yield head("agenda", minutes=sum(item.minutes for item in found.agenda)), list(_agenda(found, lang))
    yield head("questions"), list(_questions(found, lang))
    yield head("connection_points"), shared
    yield head("objections"), list(_objections(found, lang))
    yield head("ask"), list(_ask(found, lang))


def _goals(found: Brief, lang: str) -> Iterator[str]:
    for goal in sorted(found.goals, key=lambda goal: not goal.here):
        kind, said = text(f"goal.kind.{goal.kind}", lang), goal.text.render(lang)
        yield text("brief.goal" if goal.here else "brief.goal.later", lang, kind=kind, text=said)


def _agenda(found: Brief, lang: str) -> Iterator[str]:
    for item in found.agenda:
        yield text("brief.minutes", lang, minutes=item.minutes, text=item.text.render(lang))


def _questions(found: Brief, lang: str) -> Iterator[str]:
    for question in found.questions:
        letter, said = question.letter[0].upper(), question.text.render(lang)
        yield text("brief.question.heart" if question.heart else "brief.question", lang, letter=letter, text=said)


def _objections(found: Brief, lang: str) -> Iterator[str]:
    for objection in found.objections:
        yield text(
            "brief.answer", lang, objection=objection.objection.render(lang), answer=objection.answer.render(lang)
        )


def _ask(found: Brief, lang: str) -> Iterator[str]:
    ask = found.ask
    yield ask.text.render(lang)
    if ask.ready:
        yield text("brief.ready", lang, trust=f"{ask.trust:.2f}", needed=f"{ask.trust_needed:.2f}")
    else:
        missing = ("；" if lang == "zh" else "; ").join(each.render(lang) for each in ask.missing)
        yield text("brief.not_ready", lang, missing=missing)


def _name(record: Named, lang: str) -> str:
    return record_name(record.name, record.id, lang)
