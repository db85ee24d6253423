"""Explanation of one person's rank: parts of their influence, firmness, relation to us (measures, section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.as_json import as_json
from graph.analysis.ground.rounding import SLACK
from graph.analysis.ground.unknown import called
from graph.analysis.measures.decision_influence import influence_percentiles
from graph.analysis.measures.measures import Measures
from graph.analysis.network.brokers import Brokerage, bridged_units
from graph.analysis.network.centralities import centralities
from graph.analysis.network.influence_network import InfluencePath, influence_network
from graph.analysis.network.paths import best_paths, strongest_paths_from
from graph.analysis.persons.everybody import places
from graph.analysis.report.camps import Camp
from graph.analysis.report.champions import ChampionTest, champion_test
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.race import Margin
from graph.analysis.report.ranks import RankContrast, mid_ranks, rank_bands
from graph.analysis.report.report_json import person_json
from graph.analysis.report.results import CoverageReport, Gap, PersonResult
from graph.model import Commitment


@dataclass(frozen=True, slots=True)
class Through:
    """The part of an influence that comes from `person`'s formal power, with the strongest path there.

    The path is None for one's own power.
    """

    person: str
    name: str | None
    share: float
    path: InfluencePath | None


@dataclass(frozen=True, slots=True)
class BridgedUnits:
    """The number of times a person is a broker from one unit (`source`) to another (`target`)."""

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
    """A person's place in the decision, and the reasons for it.

    `rank` is by influence, 1 first, of `people`; `rank_band` is the 5th and 95th percentile of it if each influence
    weight may be off by `weights_off`. `formal_rank` and `influence_rank` are mid-ranks. `made_of` sums to the
    influence. `sways` are the strongest paths to everybody whom the person influences, `paths` our best paths to the
    person. The structural numbers are None without lines; `camp` and `cross_pressure` without an opportunity.
    """

    person: PersonResult
    rank: int
    people: int
    rank_band: tuple[float, float]
    formal_rank: float
    influence_rank: float
    standing: RankContrast | None
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
    """Explain a person of the graph, by id or name.

    Raises UnknownRecord for somebody who is not in the graph, AmbiguousName for a name of several.

    >>> cho = explain(measures, "cho")
    >>> cho.rank, [(part.person, round(part.share, 3)) for part in cho.made_of]
    (4, [('ann', 0.098), ('ben', 0.032), ('dev', 0.009)])
    """
    view, report = measures.view, report_of(measures)
    person = called("people", person, view.people)
    at = view.index[person]
    order = list(report.people_by_id)
    result = report.person(person)
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
        gaps=report.gaps_of(person),
        report=report,
        weights_off=view.calibration.rank_band.off,
    )


def _made_of(result: PersonResult, sways: tuple[InfluencePath, ...], view: AccountView) -> tuple[Through, ...]:
    paths = {path.nodes[-1].id: path for path in sways}
    people = view.people
    return tuple(
        Through(part.person, people[view.index[part.person]].name, part.share, paths.get(part.person))
        for part in result.made_of
    )


def _centralities(measures: Measures, person: int) -> RankedCentralities:
    of_everybody = list(centralities(measures).values())
    own = of_everybody[person]

    def rank(values: Iterable[float]) -> float:
        return float(mid_ranks(np.array(list(values), dtype=np.float64))[person])

    return RankedCentralities(
        pagerank=own.pagerank,
        pagerank_rank=rank(other.pagerank for other in of_everybody),
        betweenness=own.betweenness,
        betweenness_rank=rank(other.betweenness for other in of_everybody),
        betweenness_sampled=own.betweenness_sampled,
        in_degree=own.in_degree,
        in_degree_rank=rank(other.in_degree for other in of_everybody),
    )


def _seniority(measures: Measures, person: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people who are likely junior to the person, and likely senior, by id; only where a level is not recorded.

    Likely means a difference of at least .35 in the percentile of influence under equal power.
    """
    view = measures.view
    percentiles = influence_percentiles(
        measures.lines, measures.system.opinions.susceptibility, measures.view.batch.sizes
    )
    unleveled = np.array(
        [other.level is None or view.people[person].level is None for other in view.people], dtype=bool
    )
    ahead, apart = percentiles[person] - percentiles, view.calibration.key_people.likely_senior
    below = np.flatnonzero(unleveled & (ahead >= apart - SLACK)).tolist()
    above = np.flatnonzero(unleveled & (ahead <= SLACK - apart)).tolist()
    return tuple(view.people[i].id for i in below), tuple(view.people[i].id for i in above)


def explained_json(explained: PersonExplained, lang: str = "en") -> dict[str, Any]:
    """A person explained, as JSON; `person` has the keys that it has in the coverage report."""
    return {**as_json(explained, lang), "person": person_json(explained.person)}
