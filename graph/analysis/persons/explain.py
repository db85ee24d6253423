"""Why a person ranks where they do: own vote, through whom, how firmly, what they are to us (measures 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.rounding import SLACK
from graph.analysis.ground.unknown import called
from graph.analysis.measures.decision_influence import standings
from graph.analysis.measures.measures import Measures
from graph.analysis.network.brokers import Brokerage, bridged_units
from graph.analysis.network.centralities import centralities
from graph.analysis.network.influence_network import InfluencePath, influence_network
from graph.analysis.network.paths import best_paths, strongest_paths_from
from graph.analysis.persons.everybody import places
from graph.analysis.persons.rank_bands import rank_bands
from graph.analysis.report.camps import Camp
from graph.analysis.report.champions import ChampionTest, champion_test
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.key_people import Standing, mid_ranks
from graph.analysis.report.race import Margin
from graph.analysis.report.results import CoverageReport, Gap, PersonResult
from graph.model import Commitment


@dataclass(frozen=True, slots=True)
class Through:
    """A part of somebody's influence: through whose power, and the strongest way there; no way to one's own vote."""

    person: str
    name: str | None
    share: float
    path: InfluencePath | None


@dataclass(frozen=True, slots=True)
class BridgedUnits:
    """Between which two units somebody stands, and how often; `source` turns through them to `target`."""

    source: str
    target: str
    times: int


@dataclass(frozen=True, slots=True)
class RankedCentralities:
    """Well-known centralities of a person and their mid-ranks among all people, 1 the highest, to compare ours with.

    `betweenness_sampled`: betweenness is estimated, since the network is large.
    """

    pagerank: float
    pagerank_rank: float
    betweenness: float
    betweenness_rank: float
    betweenness_sampled: bool
    in_degree: int
    in_degree_rank: float


@dataclass(frozen=True, slots=True)
class PersonExplained:
    """Everything about a person's place in the decision.

    `rank` is by influence, 1 first, of `people`; `rank_band` the 5th and 95th percentile of it when every influence
    weight may be off by `weights_off`. `formal_rank` and `influence_rank` are mid-ranks. `made_of` sums to the
    influence. The structural numbers are None without lines; `camp` and `cross_pressure` without an opportunity.
    """

    person: PersonResult
    rank: int
    people: int
    rank_band: tuple[float, float]
    formal_rank: float
    influence_rank: float
    standing: Standing | None
    own_vote: float
    made_of: tuple[Through, ...]
    sways: tuple[InfluencePath, ...]
    brokerage: Brokerage
    between: tuple[BridgedUnits, ...]
    constraint: float | None
    effective_size: float | None
    centralities: RankedCentralities
    likely_senior_to: tuple[str, ...]
    likely_junior_to: tuple[str, ...]
    champion: ChampionTest
    camp: Camp | None
    cross_pressure: float | None
    lead: Margin
    paths: tuple[InfluencePath, ...]
    gaps: tuple[Gap, ...]
    report: CoverageReport = field(repr=False)
    weights_off: float = field(repr=False)


def explain(measures: Measures, person: str) -> PersonExplained:
    """Explain a person of the graph, by id or name. Raises UnknownRecord or AmbiguousName for anybody else."""
    view, report = measures.view, report_of(measures)
    person = called("people", person, view.people)
    at = view.index[person]
    order = [one.id for one in report.people]
    result = report.people[order.index(person)]
    place = places(measures, report)[person]
    network = influence_network(measures)
    sways = strongest_paths_from(network, person)
    senior, junior = _seniority(measures, at)
    band = rank_bands(measures.system, view.calibration)[at].tolist()
    return PersonExplained(
        person=result,
        rank=order.index(person) + 1,
        people=len(order),
        rank_band=(band[0], band[1]),
        formal_rank=place.formal_rank,
        influence_rank=place.influence_rank,
        standing=place.standing,
        own_vote=sum(part.share for part in result.made_of if part.person == person),
        made_of=_made_of(result, sways, view),
        sways=sways,
        brokerage=place.brokerage,
        between=tuple(BridgedUnits(*unit) for unit in bridged_units(view, measures.lines, at)),
        constraint=place.constraint,
        effective_size=place.effective_size,
        centralities=_centralities(measures, at),
        likely_senior_to=senior,
        likely_junior_to=junior,
        champion=champion_test(view, measures.influence, measures.dataset.of(Commitment), [at])[0],
        camp=place.camp,
        cross_pressure=place.cross_pressure,
        lead=report.race.people[at],
        paths=best_paths(network, person),
        gaps=tuple(gap for gap in report.gaps if gap.person == person),
        report=report,
        weights_off=view.calibration.rank_band.off,
    )


def _made_of(result: PersonResult, sways: tuple[InfluencePath, ...], view: AccountView) -> tuple[Through, ...]:
    ways = {path.nodes[-1].id: path for path in sways}
    people = view.people
    return tuple(
        Through(part.person, people[view.index[part.person]].name, part.share, ways.get(part.person))
        for part in result.made_of
    )


def _centralities(measures: Measures, person: int) -> RankedCentralities:
    found = list(centralities(measures).values())
    own = found[person]

    def rank(values: Iterable[float]) -> float:
        return float(mid_ranks(np.array(list(values), dtype=np.float64))[person])

    return RankedCentralities(
        pagerank=own.pagerank,
        pagerank_rank=rank(one.pagerank for one in found),
        betweenness=own.betweenness,
        betweenness_rank=rank(one.betweenness for one in found),
        betweenness_sampled=own.betweenness_sampled,
        in_degree=own.in_degree,
        in_degree_rank=rank(one.in_degree for one in found),
    )


def _seniority(measures: Measures, person: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of those with whom the levels say nothing: who is likely below the person, and who above, by id."""
    view = measures.view
    standing = standings(measures.lines, measures.system.listening.susceptibility)
    open_ = np.array([one.level is None or view.people[person].level is None for one in view.people], dtype=bool)
    ahead, apart = standing[person] - standing, view.calibration.key_people.likely_senior
    below = np.flatnonzero(open_ & (ahead >= apart - SLACK)).tolist()
    above = np.flatnonzero(open_ & (ahead <= SLACK - apart)).tolist()
    return tuple(view.people[i].id for i in below), tuple(view.people[i].id for i in above)
