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


def claim_rows(found: Leads) -> list[dict[str, Any]]:
    """A row a claim, with the likelihood of its topic."""
    return [
        {
            "topic": topic.topic,
            "probability": topic.probability,
            **as_json(claim),
            "position": claim.position[1] or claim.position[0],
        }
        for topic in found.topics
        for claim in topic.claims
    ]


def leads_text(found: Leads, lang: str) -> str:
    """Grades, what each asks for, who said what, the question to ask, where the lead came from, what is empty."""
    if found.opportunity is None:
        return line(text("leads.no_opportunity", lang))
    blocks = [
        lines(_grades(found, lang)),
        printed(_requirements(found, lang)),
        *([printed(_claims(found, lang))] if found.topics else []),
        lines(_question(found, lang)),
        *([lines(_birth(found, found.birth, lang))] if found.birth else []),
        lines(_lenses(found, lang)),
        printed(_elements(found, lang)),
        line(text("line.paths_note", lang, date=found.as_of.isoformat(), calibration=found.calibration)),
    ]
    return "\n".join(blocks)


def topic_word(topic: str, names: Names, lang: str) -> str:
    """A topic in words; of a stance the person's name, of any other its own words."""
    if topic.startswith("stance:"):
        person = topic.removeprefix("stance:")
        return text("topic.stance", lang, person=shown(names.people.get(person), person, lang))
    key = f"topic.{topic}"
    return text(key, lang) if key in catalogue() else topic


def _grades(found: Leads, lang: str) -> Iterator[str]:
    typed = text("leads.no_grade", lang) if found.grade is None else GRADE.word(found.grade, lang)
    supported = GRADE.word(found.supported, lang)
    yield text("leads.grades", lang, typed=typed, supported=supported)
    if found.overrated:
        yield text("leads.overrated", lang)


def _requirements(found: Leads, lang: str) -> Table:
    return table(
        [{"one": requirement} for requirement in found.requirements],
        [
            TableColumn("head.grade", lambda row: GRADE.word(row["one"].grade, lang)),
            TableColumn("head.asks_for", lambda row: _asked(row["one"], found, lang)),
            TableColumn("head.likely", lambda row: whole_percent(row["one"].probability), right=True),
            TableColumn("head.needed", lambda row: whole_percent(row["one"].needed), right=True),
            TableColumn("head.positions", lambda row: _groups(row["one"]), right=True),
            TableColumn("head.met", lambda row: text(f"word.{'yes' if row['one'].met else 'not_yet'}", lang)),
        ],
        lang,
        text("leads.requirements", lang),
    )


def _asked(one: Requirement, found: Leads, lang: str) -> str:
    if one.topics == ("pain",):
        return text("leads.felt_pain", lang)
    return text("leads.or", lang).join(topic_word(topic, found.names, lang) for topic in one.topics)


def _groups(one: Requirement) -> str:
    return "–" if one.groups_needed is None else f"{one.groups} / {one.groups_needed}"


def _claims(found: Leads, lang: str) -> Table:
    rows = [{"topic": topic, "one": claim} for topic in found.topics for claim in topic.claims]
    return table(
        rows,
        [
            TableColumn(
                "head.topic",
                lambda row: (
                    f"{topic_word(row['topic'].topic, found.names, lang)} {whole_percent(row['topic'].probability)}"
                ),
            ),
            TableColumn("head.said_by", lambda row: _source(row["one"], found, lang)),
            TableColumn("head.position", lambda row: _position(row["one"], lang)),
            TableColumn("head.day", lambda row: row["one"].date.isoformat() if row["one"].date else "–"),
            TableColumn("head.adds", lambda row: f"{row['one'].adds:+.2f}".replace("-", "−"), right=True),
            TableColumn("head.statement", lambda row: shown(row["one"].statement, "–", lang), most=56),
        ],
        lang,
        text("leads.claims", lang),
    )


def _source(one: WeighedClaim, found: Leads, lang: str) -> str:
    if one.source_person is None:
        return text("leads.nobody", lang)
    return shown(found.names.people.get(one.source_person), one.source_person, lang)


def _position(one: WeighedClaim, lang: str) -> str:
    kind, identity = one.position
    return identity if kind in ("unit", "manager") else text(f"position.{kind}", lang)


def _question(found: Leads, lang: str) -> Iterator[str]:
    one = found.question
    if one is None:
        yield text("leads.no_question", lang)
        return
    names = found.names
    yield text(
        "leads.question",
        lang,
        member=shown(names.members.get(one.member), one.member, lang),
        person=shown(names.people.get(one.person), one.person, lang),
        topic=topic_word(one.topic, names, lang),
        grade=GRADE.word(one.grade, lang),
        now=whole_percent(one.probability),
        after=whole_percent(one.after),
        reach=two_digits(one.reach),
    )


def _birth(found: Leads, birth: Birth, lang: str) -> Iterator[str]:
    origin = text("word.unknown", lang) if birth.origin is None else ORIGIN.word(birth.origin, lang)
    yield text("leads.origin", lang, origin=origin)
    if birth.days_before_tender is not None:
        key = "leads.before" if birth.before_tender else "leads.after"
        yield text(key, lang, days=abs(birth.days_before_tender))
    if birth.exchange is not None:
        one = birth.exchange
        how = METHOD.word(one.method, lang) if one.subtype is None else SUBTYPE.word(one.subtype, lang)
        members = [shown(found.names.members.get(name), name, lang) for name in one.members]
        people = [shown(found.names.people.get(name), name, lang) for name in one.people]
        yield text("leads.exchange", lang, how=how, date=one.date.isoformat(), who=", ".join((*members, *people)))


def _lenses(found: Leads, lang: str) -> Iterator[str]:
    yield text("leads.lenses", lang)
    for lens in found.lenses:
        word = LENS.word(lens.lens, lang)
        if lens.empty:
            yield f"  {word}: {text('leads.empty', lang)}"
        for aspect in lens.aspects:
            yield f"  {word} · {shown(aspect.aspect, '', lang)}: {shown(aspect.statement, '–', lang)}"


def _elements(found: Leads, lang: str) -> Table:
    def score(value: float | None) -> str:
        return "–" if value is None else f"{value:g}"

    def people(row: Any) -> str:
        return ", ".join(shown(found.names.people.get(one), one, lang) for one in row["one"].matters_to) or "–"

    return table(
        [{"one": element} for element in found.elements],
        [
            TableColumn("head.element", lambda row: ELEMENT.word(row["one"].element, lang)),
            TableColumn("head.ours_score", lambda row: score(row["one"].ours), right=True),
            TableColumn("head.rival", lambda row: score(row["one"].rival), right=True),
            TableColumn("head.matters_to", people, most=44),
            TableColumn(
                "head.statement",
                lambda row: text("leads.empty", lang) if row["one"].empty else shown(row["one"].statement, "–", lang),
                most=56,
            ),
        ],
        lang,
        text("leads.elements", lang),
    )
