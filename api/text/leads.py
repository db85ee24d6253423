"""A lead verified, as a page of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from api.terminal import line, lines
from api.text.output import TableColumn, printed, table
from api.text.rows import shown, two_digits
from graph.analysis.ground.as_json import as_json
from graph.model.scales import ELEMENT, GRADE, LENS, METHOD, ORIGIN, SUBTYPE
from graph.model.words import catalogue, text
from viz.words.numbers import whole_percent

if TYPE_CHECKING:
    from rich.table import Table

    from graph.analysis.ground.named import Names
    from graph.analysis.qualification.claims import WeighedClaim
    from graph.analysis.qualification.lead_grade import Requirement
    from graph.analysis.qualification.leads import Birth, Leads


def claim_rows(leads: Leads) -> list[dict[str, Any]]:
    """A row a claim, with the likelihood of its topic."""
    return [
        {
            "topic": topic.topic,
            "probability": topic.probability,
            **as_json(claim),
            "position": claim.position[1] or claim.position[0],
        }
        for topic in leads.topics
        for claim in topic.claims
    ]


def leads_text(leads: Leads, lang: str) -> str:
    """Grades, what each asks for, who said what, the question to ask, where the lead came from, what is empty."""
    if leads.opportunity is None:
        return line(text("leads.no_opportunity", lang))
    blocks = [
        lines(_grades(leads, lang)),
        printed(_requirements(leads, lang)),
        *([printed(_claims(leads, lang))] if leads.topics else []),
        lines(_question(leads, lang)),
        *([lines(_birth(leads, leads.birth, lang))] if leads.birth else []),
        lines(_lenses(leads, lang)),
        printed(_elements(leads, lang)),
        line(text("line.paths_note", lang, date=leads.as_of.isoformat(), calibration=leads.calibration)),
    ]
    return "\n".join(blocks)


def topic_word(topic: str, names: Names, lang: str) -> str:
    """A topic in words; of a stance the person's name, of any other its own words."""
    if topic.startswith("stance:"):
        person = topic.removeprefix("stance:")
        return text("topic.stance", lang, person=shown(names.people.get(person), person, lang))
    key = f"topic.{topic}"
    return text(key, lang) if key in catalogue() else topic


def _grades(leads: Leads, lang: str) -> Iterator[str]:
    typed = text("leads.no_grade", lang) if leads.grade is None else GRADE.word(leads.grade, lang)
    supported = GRADE.word(leads.supported, lang)
    yield text("leads.grades", lang, typed=typed, supported=supported)
    if leads.overrated:
        yield text("leads.overrated", lang)


def _requirements(leads: Leads, lang: str) -> Table:
    return table(
        [{"requirement": requirement} for requirement in leads.requirements],
        [
            TableColumn("head.grade", lambda row: GRADE.word(row["requirement"].grade, lang)),
            TableColumn("head.asks_for", lambda row: _asked(row["requirement"], leads, lang)),
            TableColumn("head.likely", lambda row: whole_percent(row["requirement"].probability), right=True),
            TableColumn("head.needed", lambda row: whole_percent(row["requirement"].needed), right=True),
            TableColumn("head.positions", lambda row: _groups(row["requirement"]), right=True),
            TableColumn("head.met", lambda row: text(f"word.{'yes' if row['requirement'].met else 'not_yet'}", lang)),
        ],
        lang,
        text("leads.requirements", lang),
    )


def _asked(requirement: Requirement, leads: Leads, lang: str) -> str:
    if requirement.topics == ("pain",):
        return text("leads.felt_pain", lang)
    return text("leads.or", lang).join(topic_word(topic, leads.names, lang) for topic in requirement.topics)


def _groups(requirement: Requirement) -> str:
    return "–" if requirement.groups_needed is None else f"{requirement.groups} / {requirement.groups_needed}"


def _claims(leads: Leads, lang: str) -> Table:
    rows = [{"topic": topic, "claim": claim} for topic in leads.topics for claim in topic.claims]
    return table(
        rows,
        [
            TableColumn(
                "head.topic",
                lambda row: (
                    f"{topic_word(row['topic'].topic, leads.names, lang)} {whole_percent(row['topic'].probability)}"
                ),
            ),
            TableColumn("head.said_by", lambda row: _source(row["claim"], leads, lang)),
            TableColumn("head.position", lambda row: _position(row["claim"], lang)),
            TableColumn("head.day", lambda row: row["claim"].date.isoformat() if row["claim"].date else "–"),
            TableColumn("head.adds", lambda row: f"{row['claim'].adds:+.2f}".replace("-", "−"), right=True),
            TableColumn("head.statement", lambda row: shown(row["claim"].statement, "–", lang), most=56),
        ],
        lang,
        text("leads.claims", lang),
    )


def _source(claim: WeighedClaim, leads: Leads, lang: str) -> str:
    if claim.source_person is None:
        return text("leads.nobody", lang)
    return shown(leads.names.people.get(claim.source_person), claim.source_person, lang)


def _position(claim: WeighedClaim, lang: str) -> str:
    kind, identity = claim.position
    return identity if kind in ("unit", "manager") else text(f"position.{kind}", lang)


def _question(leads: Leads, lang: str) -> Iterator[str]:
    question = leads.question
    if question is None:
        yield text("leads.no_question", lang)
        return
    names = leads.names
    yield text(
        "leads.question",
        lang,
        member=shown(names.members.get(question.member), question.member, lang),
        person=shown(names.people.get(question.person), question.person, lang),
        topic=topic_word(question.topic, names, lang),
        grade=GRADE.word(question.grade, lang),
        now=whole_percent(question.probability),
        after=whole_percent(question.after),
        reach=two_digits(question.reach),
    )


def _birth(leads: Leads, birth: Birth, lang: str) -> Iterator[str]:
    origin = text("word.unknown", lang) if birth.origin is None else ORIGIN.word(birth.origin, lang)
    yield text("leads.origin", lang, origin=origin)
    if birth.days_before_tender is not None:
        key = "leads.before" if birth.before_tender else "leads.after"
        yield text(key, lang, days=abs(birth.days_before_tender))
    if birth.exchange is not None:
        exchange = birth.exchange
        how = METHOD.word(exchange.method, lang) if exchange.subtype is None else SUBTYPE.word(exchange.subtype, lang)
        members = [shown(leads.names.members.get(name), name, lang) for name in exchange.members]
        people = [shown(leads.names.people.get(name), name, lang) for name in exchange.people]
        yield text("leads.exchange", lang, how=how, date=exchange.date.isoformat(), who=", ".join((*members, *people)))


def _lenses(leads: Leads, lang: str) -> Iterator[str]:
    yield text("leads.lenses", lang)
    for lens in leads.lenses:
        word = LENS.word(lens.lens, lang)
        if lens.empty:
            yield f"  {word}: {text('leads.empty', lang)}"
        for aspect in lens.aspects:
            yield f"  {word} · {shown(aspect.aspect, '', lang)}: {shown(aspect.statement, '–', lang)}"


def _elements(leads: Leads, lang: str) -> Table:
    def score(value: float | None) -> str:
        return "–" if value is None else f"{value:g}"

    def people(row: Any) -> str:
        return (
            ", ".join(shown(leads.names.people.get(person), person, lang) for person in row["element"].matters_to)
            or "–"
        )

    return table(
        [{"element": element} for element in leads.elements],
        [
            TableColumn("head.element", lambda row: ELEMENT.word(row["element"].element, lang)),
            TableColumn("head.ours_score", lambda row: score(row["element"].ours), right=True),
            TableColumn("head.rival", lambda row: score(row["element"].rival), right=True),
            TableColumn("head.matters_to", people, most=44),
            TableColumn(
                "head.statement",
                lambda row: (
                    text("leads.empty", lang) if row["element"].empty else shown(row["element"].statement, "–", lang)
                ),
                most=56,
            ),
        ],
        lang,
        text("leads.elements", lang),
    )
