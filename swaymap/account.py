"""An account as of a day: its report, people, paths, plan, maps and graph, each computed once when it is first read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from graph.model import Account as AccountRecord
from graph.model.days import as_day

if TYPE_CHECKING:
    import networkx as nx
    from pandas import DataFrame

    from graph.analysis.briefing.brief import Brief
    from graph.analysis.ground.unknown import Side
    from graph.analysis.history.compare import Comparison
    from graph.analysis.map import Dossier, MapContent
    from graph.analysis.measures.measures import Measures
    from graph.analysis.network.groups import InformalGroups
    from graph.analysis.network.independent_routes import IndependentRoutes
    from graph.analysis.network.influence_network import InfluencePaths
    from graph.analysis.network.introductions import IntroductionRequests
    from graph.analysis.network.paths import InfluencedBy
    from graph.analysis.network.winning_coalition import WinningCoalition
    from graph.analysis.persons.everybody import Place
    from graph.analysis.persons.explain import PersonExplained
    from graph.analysis.persons.weak_points import WeakPoints
    from graph.analysis.planning.plan import Plan
    from graph.analysis.planning.team import Team
    from graph.analysis.qualification.leads import Leads
    from graph.analysis.report.results import CoverageReport
    from graph.analysis.scenarios.changes import Change
    from graph.analysis.scenarios.single_changes import Departures
    from graph.analysis.scenarios.stance_shifts import StanceShift
    from graph.analysis.scenarios.what_if import WhatIf
    from graph.model.calibration import Calibration
    from graph.model.dataset import Dataset
    from graph.store.protocol import GraphStore
    from graph.store.scope import Scope
    from swaymap.power_map import PowerMap
    from viz.scene.views import View

CENTRALITIES = ("pagerank", "betweenness", "in_degree")


@dataclass(frozen=True, eq=False, repr=False)
class Account:
    """An account as of a day, from the records of one snapshot of its store.

    `Store.account` makes it. It never changes, and computes each part when it is first read. `without`, `with_stance`
    and `with_touch` give another Account on which something has happened. People and team members are named by id or
    name everywhere; a name that nobody has raises UnknownRecord with the nearest ones, a name of several AmbiguousName.

    Attributes:
        records: the records of the account, and those of the kinds that all accounts share.
        id: the account's id.
        as_of: the day from which it is seen.
        calibration: the numbers of the method.
        asked_opportunity: the opportunity asked for, by id or name; None for the one with the nearest bid.
        graph_store: what lies below the store that it was read from, and `scope` what may be read of it.
        changes: what has happened to it that is not in the store.

    >>> qinglan
    Account('qinglan', as_of='2026-11-23')
    """

    records: Dataset
    id: str
    as_of: datetime.date
    calibration: Calibration
    graph_store: GraphStore
    scope: Scope
    asked_opportunity: str | None = None
    changes: tuple[Change, ...] = ()
    _unchanged: Account | None = field(default=None)

    def __repr__(self) -> str:
        asked = f", opportunity={self.asked_opportunity!r}" if self.asked_opportunity else ""
        happened = f", changes={list(self.changes)!r}" if self.changes else ""
        return f"Account({self.id!r}, as_of={self.as_of.isoformat()!r}{asked}{happened})"

    @property
    def name(self) -> str | None:
        """The account's name as it is stored; None without one.

        >>> qinglan.name
        'Qinglan Mobile / 青岚移动'
        """
        return next(account.name for account in self.records.of(AccountRecord) if account.id == self.id)

    @property
    def opportunity(self) -> str | None:
        """The id of the opportunity that everything is computed for; None where the account has none.

        Raises UnknownRecord for an opportunity that is not there.

        >>> qinglan.opportunity
        'core-renewal'
        """
        chosen = self.measures.view.opportunity
        return None if chosen is None else chosen.id

    @cached_property
    def measures(self) -> Measures:
        """Every measure as numpy arrays, in the order of `measures.view.people`.

        Raises UnknownRecord for an account or opportunity that is not there.

        >>> round(float(qinglan.measures.influence.sum()), 9)
        1.0
        """
        from graph.analysis.measures.measures import compute_measures

        return compute_measures(self.records, self.id, self.as_of, self.asked_opportunity, self.calibration)

    @cached_property
    def report(self) -> CoverageReport:
        """The coverage report: figures, people, gaps, steps, camps, race. Raises as `measures`.

        >>> qinglan.report.status
        'green'
        """
        from graph.analysis.report.coverage_report import report_of

        return report_of(self.measures)

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """The place of each person in the network, by id: ranks, brokerage, structural holes, camp.

        >>> qinglan.places["lin-qiuyue"].influence_rank
        1.0
        """
        from graph.analysis.persons.everybody import places

        return places(self.measures, self.report)

    @property
    def people(self) -> DataFrame:
        """A DataFrame with a row a person, by decision influence: see `swaymap.frames.people_frame`.

        Beside its columns are the well-known centralities `pagerank`, `betweenness` and `in_degree`.

        >>> qinglan.people["id"].head(3).tolist()
        ['lin-qiuyue', 'su-wen', 'zhao-mingyuan']
        """
        from graph.analysis.network.centralities import centralities
        from swaymap.frames import people_frame

        by_person = centralities(self.measures)
        more = {
            name: {id_: getattr(centrality, name) for id_, centrality in by_person.items()} for name in CENTRALITIES
        }
        return people_frame(self.report, more)

    @property
    def gaps(self) -> DataFrame:
        """A DataFrame with a row a gap, the worst first: see `swaymap.frames.gaps_frame`.

        >>> len(qinglan.gaps) == len(qinglan.report.gaps)
        True
        """
        from swaymap.frames import gaps_frame

        return gaps_frame(self.report)

    @property
    def ties(self) -> DataFrame:
        """A DataFrame with a row a tie between a team member and a person: see `swaymap.frames.ties_frame`.

        >>> "strength" in qinglan.ties.columns
        True
        """
        from swaymap.frames import ties_frame

        return ties_frame(self.report)

    @property
    def influences(self) -> DataFrame:
        """A DataFrame with a row a line of influence: see `swaymap.frames.influences_frame`.

        >>> len(qinglan.influences) == len(qinglan.measures.lines.weight)
        True
        """
        from swaymap.frames import influences_frame

        return influences_frame(self.measures)

    @property
    def graph(self) -> nx.MultiDiGraph[str]:
        """The account as a `networkx.MultiDiGraph`, a fresh copy each time it is read: keep it to change it.

        >>> graph = qinglan.graph
        >>> graph.nodes["person:lin-qiuyue"]["kind"]
        'person'
        """
        from graph.analysis.network.account_graph import account_graph

        return account_graph(self.measures)

    def paths(self, to: str, *, member: str | None = None, k: int = 3, avoid_opponents: bool = False) -> InfluencePaths:
        """The k best influence paths from our team, or from one member of it, to a person, the strongest first.

        With `avoid_opponents` nobody with a stance below 0 is on the way. Raises InputError for a k below 1.

        >>> [node.id for node in qinglan.paths(to="lin-qiuyue", k=1).paths[0].nodes]
        ['liu-yang', 'pan-yi', 'lin-qiuyue']
        """
        from graph.analysis.network.paths import paths_to

        return paths_to(self.measures, to, member=member, k=k, avoid_opponents=avoid_opponents)

    def whom(self, person: str) -> InfluencedBy:
        """The people whom a person influences, each with the strongest way.

        >>> len(qinglan.whom("wu-tao").paths) > 0
        True
        """
        from graph.analysis.network.paths import influenced_by

        return influenced_by(self.measures, person)

    def introductions(self, to: str) -> IntroductionRequests:
        """The introductions to a person: which team member can ask which stakeholder, the strongest first.

        >>> qinglan.introductions("lin-qiuyue").to
        'lin-qiuyue'
        """
        from graph.analysis.network.introductions import introductions

        return introductions(self.measures, to)

    @cached_property
    def independent_routes(self) -> IndependentRoutes:
        """A largest set of routes from our team to the deciders that share nobody before the decider.

        >>> len(qinglan.independent_routes.routes) == qinglan.report.independent_routes
        True
        """
        from graph.analysis.network.independent_routes import list_independent_routes

        return list_independent_routes(self.measures)

    @cached_property
    def groups(self) -> InformalGroups:
        """The informal groups that recorded influence makes: hub, people, units, and links to other groups.

        >>> len(qinglan.groups.groups) > 1
        True
        """
        from graph.analysis.network.groups import informal_groups

        return informal_groups(self.measures)

    @property
    def fewest(self) -> WinningCoalition:
        """The fewest known people who hold more than half of the decision, and the way to each.

        >>> qinglan.fewest.enough
        True
        """
        return self.weak_points.fewest

    @cached_property
    def weak_points(self) -> WeakPoints:
        """Where the network is weak: the fewest to win, key players, bottlenecks, shape.

        >>> qinglan.weak_points.fewest is qinglan.fewest
        True
        """
        from graph.analysis.persons.weak_points import weak_points

        return weak_points(self.measures)

    def explained(self, person: str) -> PersonExplained:
        """Why a person ranks where they do: own vote, through whom, rank band, place, gaps.

        >>> qinglan.explained("Lin Qiuyue").rank
        1
        """
        from graph.analysis.persons.explain import explain

        return explain(self.measures, person)

    def brief(self, person: str, member: str | None = None) -> Brief:
        """The brief for a visit to a person: background, goals, agenda, questions, commitment to ask for.

        Without a member it is for the owner of the relationship, else for the closest.

        >>> qinglan.brief("su-wen", member="sun-li").person.id
        'su-wen'
        """
        from graph.analysis.briefing.brief import brief

        return brief(self.measures, person, member)

    def plan(self, days: int | None = None, top: int = 10, capacity: int | None = None) -> Plan:
        """The next best actions, who is accountable for whom, and what to find out.

        At most `top` actions within `days`; `capacity` is for how many people a member can be accountable. Days and
        capacity are those of the calibration when None. Raises InputError unless they are whole numbers, days from 1 to
        366, capacity from 1 to 1000.

        >>> len(qinglan.plan(days=30, top=5).actions)
        5
        """
        from graph.analysis.planning.plan import plan

        return plan(self.measures, days, top, capacity)

    @cached_property
    def leads(self) -> Leads:
        """The lead of the opportunity, verified: what was claimed by whom, and the grade that it supports.

        >>> qinglan.leads.opportunity
        'core-renewal'
        """
        from graph.analysis.qualification.leads import leads

        return leads(self.measures)

    def team(self, capacity: int | None = None) -> Team:
        """The team at work, elsewhere too: duties, reach, customer time, load, assignment; capacity as in `plan`.

        >>> qinglan.team().account
        'qinglan'
        """
        from graph.analysis.planning.customer_time import working_days
        from graph.analysis.planning.team import team

        since = min(working_days(self.as_of, self.calibration.team.window))
        elsewhere = self.graph_store.work_elsewhere(self.id, since, self.as_of)
        return team(self.measures, elsewhere, capacity)

    def without(self, *ids: str, side: Side | None = None) -> Account:
        """The account as it would be without these people or team members.

        `person:ID` and `member:ID`, or the `side`, say who is meant where both sides have the id. Nothing is stored.
        Raises ImpossibleChange for somebody who has left already.

        >>> qinglan.without("wu-tao").report.decision_chain_coverage < qinglan.report.decision_chain_coverage
        True
        """
        from graph.analysis.scenarios.changes import Without

        return self.changed([Without(identity, side) for identity in ids])

    def with_stance(self, person: str, stance: int | str | None) -> Account:
        """The account as it would be with another stance of a person.

        The stance is from -2 to 3, or its word in English or Chinese; None is unknown. Nothing is stored. Raises
        ImpossibleChange where there is no such stance, or no opportunity.

        >>> turned = qinglan.with_stance("pan-yi", 2)
        >>> turned.report.support.forecast > qinglan.report.support.forecast
        True
        """
        from graph.analysis.scenarios.changes import Stance
        from graph.analysis.scenarios.written_changes import stance_of

        return self.changed([Stance(person, None if stance is None else stance_of(str(stance)))])

    def with_touch(self, member: str, person: str, method: str) -> Account:
        """The account as it would be if a team member met a person on the day, and it went both ways.

        The method is a method of contact or a kind of daily contact (`visit`), by its code or word. Nothing is stored.
        Raises ImpossibleChange for what cannot happen.

        >>> qinglan.with_touch("sun-li", "su-wen", "visit").changes[0].method
        'daily_contact'
        """
        from graph.analysis.scenarios.written_changes import touch_of

        return self.changed([touch_of(member, person, method)])

    def changed(self, changes: Iterable[Change]) -> Account:
        """The account after these changes, made one after another behind those that it has already.

        >>> from graph.analysis.scenarios.changes import Without
        >>> qinglan.changed([Without("wu-tao")])
        Account('qinglan', as_of='2026-11-23', opportunity='core-renewal', changes=[Without(id='wu-tao', side=None)])
        """
        from graph.analysis.scenarios.changes import changed

        base = self._unchanged or self
        every = (*self.changes, *changes)
        chosen = base.measures.view.opportunity
        return replace(
            base,
            records=changed(base.records, base.id, base.as_of, chosen, every),
            asked_opportunity=self.opportunity,
            changes=every,
            _unchanged=base,
        )

    def difference(self, after: Account) -> WhatIf:
        """The differences of another Account of the same account, such as one after changes.

        >>> [gap.type for gap in qinglan.difference(qinglan.without("wu-tao")).gaps_closed][:1]
        []
        """
        from graph.analysis.scenarios.what_if import difference

        return difference(self.report, after.report)

    @cached_property
    def departures(self) -> Departures:
        """How the account stands without each single person and team member, the costliest to lose first.

        Raises InputError for a very large account.

        >>> qinglan.departures.account
        'qinglan'
        """
        from graph.analysis.scenarios.single_changes import everybody_leaving

        return everybody_leaving(self.measures)

    @cached_property
    def stance_shifts(self) -> tuple[StanceShift, ...]:
        """How the account stands with each other stance of each single person. Raises InputError where it is large.

        >>> {shift.person for shift in qinglan.stance_shifts} <= set(qinglan.places)
        True
        """
        from graph.analysis.scenarios.stance_shifts import stance_shifts

        return tuple(stance_shifts(self.measures))

    @cached_property
    def map_content(self) -> MapContent:
        """The content of the account's pictures: the report and the lines between those in it.

        >>> qinglan.map_content.report.account.id
        'qinglan'
        """
        from graph.analysis.map import map_of

        return map_of(self.measures)

    @cached_property
    def dossier(self) -> Dossier:
        """The content of slides and workbook: the map, the plan and the names of both sides.

        >>> qinglan.dossier.map is qinglan.map_content
        True
        """
        from graph.analysis.ground.limits import DOSSIER_ACTIONS
        from graph.analysis.map import Dossier

        planned = self.plan(top=DOSSIER_ACTIONS)
        return Dossier(self.map_content, planned, planned.names)

    def map(self, view: View = "power", lang: str = "en") -> PowerMap:
        """The map of the account, to be saved or shown in a notebook: view `power`, `fishbone` or `coverage`.

        >>> qinglan.map().view
        'power'
        """
        from swaymap.power_map import PowerMap

        return PowerMap(self, view, lang)

    def compare(self, from_date: datetime.date | str, to_date: datetime.date | str | None = None) -> Comparison:
        """The differences between two days, each with the records as they were stored at its end, and their causes.

        The later day is `as_of` when None. Changes of a what-if are in neither. Raises InputError where the days are
        out of order, UnknownRecord where the account was not there.

        >>> qinglan.compare("2026-11-01").to_date
        '2026-11-23'
        """
        from graph.analysis.history.compare import compare

        first, last = as_day(from_date, "from_date"), as_day(self.as_of if to_date is None else to_date, "to_date")
        before, after = records_of_days(self.graph_store, self.scope, self.id, (first, last))
        return compare(before, after, self.id, first, last, self.asked_opportunity, self.calibration)

    @property
    def history(self) -> DataFrame:
        """A DataFrame with a row a change of a record of the account: see `swaymap.frames.history_frame`.

        >>> len(qinglan.history) > 0
        True
        """
        from swaymap.frames import history_frame

        return history_frame(self.graph_store.history(self.id, scope=self.scope))


def records_of_days(
    graph_store: GraphStore, scope: Scope, account: str, days: Iterable[datetime.date]
) -> list[Dataset]:
    """The records of an account as they were stored at the end of each day."""
    return [graph_store.read([account], recorded_until=day, scope=scope) for day in days]
