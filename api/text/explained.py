"""A person explained, as a page of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from api.terminal import lines
from api.text.people_table import stance_word, tenths
from api.text.rows import route_of, shown, two_digits
from graph.model.scales import ROLE
from graph.model.words import text
from viz.words.numbers import whole_percent

if TYPE_CHECKING:
    from graph.analysis.persons.explain import PersonExplained
    from graph.analysis.report.results import CoverageReport

PARTS = 6
"""How many parts of the influence, and how many people swayed, are shown; the JSON has all."""


def explained_text(explained: PersonExplained, lang: str) -> str:
    """Rank, sources of the influence, people influenced, brokerage, and relationship to our team."""
    blocks = (_rank, _sources, _sways, _place, _to_us, _ways, _gaps)
    return "\n".join(lines(block_lines) for block in blocks if (block_lines := list(block(explained, lang))))


def _names(report: CoverageReport, lang: str) -> dict[str, str]:
    named = [(person.id, person.name) for person in report.people] + [(unit.id, unit.name) for unit in report.units]
    return {identity: shown(name, identity, lang) for identity, name in named}


def _rank(explained: PersonExplained, lang: str) -> Iterator[str]:
    person = explained.person
    roles = [ROLE.word(role, lang) for role in person.roles]
    parts = [shown(person.name, person.id, lang), *([shown(person.title, "", lang)] if person.title else []), *roles]
    yield " · ".join([*parts, stance_word(person.stance, lang)])
    low, high = (round(rank) for rank in explained.rank_band)
    yield text(
        "explain.rank",
        lang,
        rank=explained.rank,
        people=explained.people,
        low=low,
        high=high,
        off=whole_percent(explained.weights_off),
        share=tenths(person.decision_influence),
    )
    yield text(
        f"explain.standing.{explained.standing or 'none'}",
        lang,
        formal=_rank_word(explained.formal_rank),
        real=_rank_word(explained.influence_rank),
    )
    if person.level_inferred:
        yield text("explain.level_inferred", lang, level=f"{person.level:.1f}")
    names = _names(explained.report, lang)
    for key, others in (("senior", explained.likely_senior_to), ("junior", explained.likely_junior_to)):
        if others:
            yield text(
                f"explain.{key}", lang, people=", ".join(names[other] for other in others[:PARTS]), count=len(others)
            )


def _rank_word(rank: float) -> str:
    return f"{rank:g}"


def _sources(explained: PersonExplained, lang: str) -> Iterator[str]:
    yield text("explain.sources", lang)
    names = _names(explained.report, lang)
    for part in explained.made_of[:PARTS]:
        if part.person == explained.person.id:
            yield text("explain.own_vote", lang, share=tenths(part.share))
        else:
            way = "" if part.path is None else f"  ({route_of(part.path, lang)})"
            yield text("explain.through", lang, person=names[part.person], share=tenths(part.share)) + way
    rest = sum(part.share for part in explained.made_of[PARTS:])
    if rest > 0:
        yield text("explain.rest", lang, count=len(explained.made_of) - PARTS, share=tenths(rest))


def _sways(explained: PersonExplained, lang: str) -> Iterator[str]:
    if not explained.sways:
        yield text("explain.sways_nobody", lang)
        return
    yield text("explain.sways", lang, count=len(explained.sways))
    for path in explained.sways[:PARTS]:
        yield f"  {two_digits(path.strength)}  {route_of(path, lang)}"


def _place(explained: PersonExplained, lang: str) -> Iterator[str]:
    names = _names(explained.report, lang)
    if explained.brokerage.total:
        yield text("explain.broker", lang, total=explained.brokerage.total)
        for pair in explained.between[:3]:
            yield text("explain.between", lang, source=names[pair.source], target=names[pair.target], times=pair.times)
    if explained.constraint is not None and explained.effective_size is not None:
        yield text(
            "explain.holes",
            lang,
            constraint=two_digits(explained.constraint),
            size=f"{explained.effective_size:.1f}",
        )
    known = explained.centralities
    yield text(
        "explain.centralities.sampled" if known.betweenness_sampled else "explain.centralities",
        lang,
        influence=_rank_word(explained.influence_rank),
        pagerank=_rank_word(known.pagerank_rank),
        betweenness=_rank_word(known.betweenness_rank),
        degree=_rank_word(known.in_degree_rank),
        people=known.in_degree,
    )


def _to_us(explained: PersonExplained, lang: str) -> Iterator[str]:
    person, test = explained.person, explained.champion
    yield text(
        "explain.tie",
        lang,
        tie=two_digits(person.connection_strength),
        required=two_digits(person.required_strength),
        trust=two_digits(person.trust),
    )
    if test.champion:
        yield text("explain.champion", lang)
    else:
        lacks = (text(f"champion.{criterion}", lang) for criterion in test.missing)
        yield text("explain.no_champion", lang, missing=("、" if lang == "zh" else ", ").join(lacks))
    if explained.camp is not None and explained.cross_pressure is not None:
        yield text(
            "explain.camp",
            lang,
            camp=text(f"camp.{explained.camp}", lang),
            pressure=two_digits(explained.cross_pressure),
        )
    if explained.lead.rival is not None:
        yield text(
            f"explain.race.{explained.lead.standing}",
            lang,
            rival=shown(explained.report.rival_names.get(explained.lead.rival), explained.lead.rival, lang),
            lead=two_digits(abs(explained.lead.lead)),
        )


def _ways(explained: PersonExplained, lang: str) -> Iterator[str]:
    if explained.paths:
        yield text("explain.paths", lang)
        for path in explained.paths:
            yield f"  {two_digits(path.strength)}  {route_of(path, lang)}"


def _gaps(explained: PersonExplained, lang: str) -> Iterator[str]:
    for number, gap in enumerate(explained.gaps):
        if number == 0:
            yield text("explain.gaps", lang)
        yield f"  {gap.severity:.0f}  {gap.reason.render(lang)}"
        yield f"      → {gap.action.render(lang)}"
