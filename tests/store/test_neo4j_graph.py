"""The graph in Neo4j reads like model.md, keeps to itself, and shows what was computed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from graph.model import (
    KINDS,
    Account,
    Commitment,
    Competitor,
    CompetitorTie,
    Conflict,
    Covers,
    DecisionStep,
    Duty,
    Influence,
    Insight,
    Interaction,
    Opportunity,
    OrgUnit,
    Pain,
    Participation,
    Person,
    Proposition,
    ReportsTo,
    TeamMember,
    Vote,
)
from graph.store import StoreError, open_store
from graph.store.derived import Derived, DerivedParticipation, DerivedTie
from graph.store.neo4j.schema import constraints, property_name
from graph.store.protocol import GraphStore
from tests.neo4j_fixture import Neo4jAddress, rows
from tests.store.examples import every_kind, small
from tests.store.places import NOON, put

pytestmark = pytest.mark.neo4j

DAY = datetime.date(2026, 11, 23)

COMPANY = (
    Account("a", "Acme"),
    OrgUnit("u", "a"),
    OrgUnit("v", "a", parent="u"),
    Person("p", "a", "v", name="Ann", adaptability="visionary", kpis=("cost", "speed")),
    Person("q", "a"),
    ReportsTo("p", "q", "dotted"),
    Influence("q", "p", 0.5),
    Conflict("p", "q", 0.4),
    Opportunity("o", "a", first_seen=DAY, budget_confirmed=True),
    Participation("o", "p", roles=("D", "A"), political_status="inner_circle"),
    DecisionStep("s", "o", 1),
    Vote("s", "p", 2.0),
    Pain("n", "p", "o", "slow"),
    Insight("o", "market", "new market", source_person="p"),
    Proposition("o", "need_fit", matters_to=("q", "p")),
    TeamMember("m", "Max", "AR"),
    Covers("m", "p", owner=True),
    Interaction("i", DAY, "forum", people=("q", "p"), members=("m",)),
    Commitment("c", "m", "p", "us"),
    Duty("a", "plan", "m"),
    Duty("a", "head"),
    Competitor("k"),
    CompetitorTie("k", "p", 0.3),
)


@pytest.fixture
def store(neo4j_address: Neo4jAddress) -> Iterator[GraphStore]:
    store = open_store(neo4j_address.url, user=neo4j_address.user, password=neo4j_address.password)
    yield store
    store.close()


@pytest.mark.parametrize(
    "pattern",
    [
        "(:Person {adaptability: 'visionary', kpis: ['cost', 'speed']})-[:WORKS_AT]->(:Account {name: 'Acme'})",
        "(:Person)-[:MEMBER_OF]->(:OrgUnit {id: 'v'})-[:PART_OF]->(:OrgUnit {id: 'u'})-[:PART_OF]->(:Account)",
        "(:Person {id: 'p'})-[:REPORTS_TO {kind: 'dotted'}]->(:Person {id: 'q'})",
        "(:Person {id: 'q'})-[:INFLUENCES {weight: 0.5}]->(:Person {id: 'p'})",
        "(:Person {id: 'q'})-[:CONFLICTS_WITH {intensity: 0.4}]-(:Person {id: 'p'})",
        "(:Opportunity {firstSeen: date('2026-11-23'), budgetConfirmed: true})-[:FOR_ACCOUNT]->(:Account)",
        "(:Person)-[:PARTICIPATES_IN {roles: ['D', 'A'], politicalStatus: 'inner_circle'}]->(:Opportunity {id: 'o'})",
        "(:Person)-[:VOTES_IN {weight: 2.0}]->(:DecisionStep {position: 1})-[:OF]->(:Opportunity)",
        "(:Person {id: 'p'})-[:HAS_PAIN]->(:Pain {statement: 'slow'})-[:ABOUT]->(:Opportunity)",
        "(:Person)<-[:TOLD_BY]-(:Insight {lens: 'market', aspect: 'new market'})-[:ABOUT]->(:Opportunity)",
        "(:Opportunity)<-[:FOR]-(:Proposition {element: 'need_fit'})-[:MATTERS_TO {position: 0}]->(:Person {id: 'q'})",
        "(:TeamMember {name: 'Max'})-[:COVERS {owner: true}]->(:Person {id: 'p'})",
        "(:TeamMember)<-[:INVOLVES {position: 0}]-(:Interaction)-[:INVOLVES {position: 1}]->(:Person {id: 'p'})",
        "(:TeamMember)<-[:BETWEEN]-(:Commitment {madeBy: 'us'})-[:BETWEEN]->(:Person)",
        "(:TeamMember)-[:RESPONSIBLE_FOR {duty: 'plan'}]->(:Account)",
        "(:OpenDuty)-[:RESPONSIBLE_FOR {duty: 'head'}]->(:Account)",
        "(:Competitor)-[:TIED_TO {strength: 0.3}]->(:Person)",
    ],
)
def test_the_graph_reads_like_the_model(neo4j_address: Neo4jAddress, pattern: str) -> None:
    with_company(neo4j_address)
    assert list(rows(neo4j_address, f"MATCH {pattern} RETURN count(*)")) == [[1]]


def with_company(address: Neo4jAddress) -> None:
    store = open_store(address.url, user=address.user, password=address.password)
    put(store, *COMPANY)
    store.close()


def test_every_label_has_a_named_uniqueness_constraint(store: GraphStore, neo4j_address: Neo4jAddress) -> None:
    put(store, *COMPANY)
    made = {
        (labels[0], tuple(properties)): name
        for name, labels, properties in rows(
            neo4j_address,
            "SHOW CONSTRAINTS YIELD name, labelsOrTypes, properties, type WHERE type = 'UNIQUENESS' "
            "RETURN name, labelsOrTypes, properties",
        )
    }
    used = {label for (label,) in rows(neo4j_address, "MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label")}
    assert {kind.label for kind in KINDS.values() if kind.label} <= {label for label, _ in made}
    assert used <= {label for label, _ in made}
    assert made["Person", ("id",)] == "swaymap_person_id"
    assert made["TeamMember", ("id",)] == "swaymap_team_member_id"
    assert len(made) == len(list(constraints()))


def test_an_import_can_be_undone_only_in_the_journal_not_by_leftovers(
    store: GraphStore, neo4j_address: Neo4jAddress
) -> None:
    """Removing every record leaves no node or relationship but the journal's."""
    records = every_kind()
    put(store, records)
    put(store, *COMPANY)
    everything = store.read()
    targets = [
        (kind.sheet, kind.key_of(record)) for kind in everything.kinds() for record in everything.of(kind.record)
    ]
    store.remove(targets, source="s", recorded_by="r", recorded_at=NOON)
    left = {label for (label,) in rows(neo4j_address, "MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label")}
    assert left == {"SwaymapStore", "SwaymapShared", "SwaymapImport", "SwaymapChange", "SwaymapAccountChanges"}
    assert list(rows(neo4j_address, "MATCH ()-[r]->() RETURN count(r)")) == [[0]]


def test_a_refused_import_leaves_no_trace(store: GraphStore, neo4j_address: Neo4jAddress) -> None:
    put(store, *COMPANY)
    counted = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r), sum(size(keys(n)))"
    before = list(rows(neo4j_address, counted))

    def faulty(done: int, total: int) -> None:
        if done > total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(store, every_kind(), progress=faulty)
    assert list(rows(neo4j_address, counted)) == before
    assert put(store, *COMPANY).written == 0
    assert list(rows(neo4j_address, counted)) == before


def test_other_data_in_the_database_is_left_alone(store: GraphStore, neo4j_address: Neo4jAddress) -> None:
    run(neo4j_address, "CREATE (:Film {id: 'p'})-[:SHOWN_IN]->(:Cinema {id: 'a'})")
    put(store, *COMPANY)
    run(neo4j_address, "MATCH (p:Person {id: 'p'}), (f:Film) SET p.nickname = 'Annie' CREATE (p)-[:LIKES]->(f)")
    run(neo4j_address, "MATCH (:Person)-[r:INFLUENCES]->(:Person) SET r.colour = 'red'")
    assert len(store.read()) == len(COMPANY)
    put(store, Person("p", "a", name="Anna"), Influence("q", "p", 0.9))
    assert list(rows(neo4j_address, "MATCH (p:Person)-[:LIKES]->(f:Film) RETURN p.nickname, p.name, f.id")) == [
        ["Annie", "Anna", "p"]
    ]
    assert list(rows(neo4j_address, "MATCH ()-[r:INFLUENCES]->() RETURN r.colour, r.weight")) == [["red", 0.9]]
    assert list(rows(neo4j_address, "MATCH (:Film)-[:SHOWN_IN]->(c) RETURN c.id")) == [["a"]]


def test_data_of_others_under_our_labels_is_not_mixed_with_ours(store: GraphStore, neo4j_address: Neo4jAddress) -> None:
    run(neo4j_address, "CREATE (:Person {id: 'theirs'})")
    assert len(store.read()) == 0
    assert store.info().counts["people"] == 0
    with pytest.raises(StoreError) as refused:
        put(store, *COMPANY)
    assert refused.value.code == "neo4j_foreign_graph"
    assert "Person" in str(refused.value)
    assert list(rows(neo4j_address, "MATCH (n) RETURN labels(n)")) == [[["Person"]]]


def test_a_node_that_others_add_later_is_no_record(store: GraphStore, neo4j_address: Neo4jAddress) -> None:
    put(store, *COMPANY)
    run(neo4j_address, "CREATE (:Person {id: 'theirs'}), (:Opportunity)")
    assert len(store.read().of(Person)) == 2
    assert len(store.read(["a"]).of(Opportunity)) == 1


def test_what_was_computed_is_shown_replaced_and_no_part_of_the_records(
    store: GraphStore, neo4j_address: Neo4jAddress
) -> None:
    put(store, *COMPANY, small("b"), Covers("m", "b-p0"))
    digest, journal = store.digest(), len(store.history())
    tie = DerivedTie("m", "p", 0.1, 0.2, 0.3, 0.4, 0.5, DAY)
    numbers = DerivedParticipation("o", "p", 0.6, 0.7, 0.8)
    store.derive(Derived("a", "o", DAY, [tie], [numbers]))
    store.derive(Derived("b", None, DAY, [replace(tie, person="b-p0", last_touch=None)]))
    assert list(
        rows(neo4j_address, "MATCH (:TeamMember {id: 'm'})-[t:CONNECTED_TO]->(:Person {id: 'p'}) RETURN t{.*}")
    ) == [
        [
            {
                "frequency": 0.1,
                "breadth": 0.2,
                "depth": 0.3,
                "strength": 0.4,
                "trust": 0.5,
                "lastTouch": neo4j_date(DAY),
                "opportunity": "o",
                "asOf": neo4j_date(DAY),
            }
        ]
    ]
    shown = (
        "MATCH (:Person)-[r:PARTICIPATES_IN]->() RETURN r.formalPower, r.decisionInfluence, r.coverage, r.asOf, r.roles"
    )
    assert list(rows(neo4j_address, shown)) == [[0.6, 0.7, 0.8, neo4j_date(DAY), ["D", "A"]]]
    assert (store.digest(), len(store.history())) == (digest, journal)
    assert put(store, *COMPANY).written == 0

    put(store, Participation("o", "p", roles=("U",)))
    assert list(rows(neo4j_address, shown)) == [[0.6, 0.7, 0.8, neo4j_date(DAY), ["U"]]]

    store.derive(Derived("a", "o", DAY, [replace(tie, person="q")]))
    people = "MATCH (:TeamMember)-[:CONNECTED_TO]->(p) RETURN p.id ORDER BY p.id"
    assert list(rows(neo4j_address, people)) == [["b-p0"], ["q"]]
    assert list(rows(neo4j_address, shown)) == [[None, None, None, None, ["U"]]]


def test_a_computed_tie_to_nobody_is_a_fault_and_changes_nothing(
    store: GraphStore, neo4j_address: Neo4jAddress
) -> None:
    put(store, *COMPANY)
    tie = DerivedTie("m", "p", 0.1, 0.2, 0.3, 0.4, 0.5, DAY)
    store.derive(Derived("a", "o", DAY, [tie]))
    with pytest.raises(RuntimeError, match="relationships_created: 1 of 2"):
        store.derive(Derived("a", "o", DAY, [tie, replace(tie, person="nobody")]))
    assert list(rows(neo4j_address, "MATCH ()-[t:CONNECTED_TO]->() RETURN t.strength")) == [[0.4]]


def test_names_of_properties() -> None:
    assert property_name("first_seen") == "firstSeen"
    assert property_name("id") == "id"
    assert property_name("customer_headcount") == "customerHeadcount"


def run(address: Neo4jAddress, query: str) -> None:
    assert list(rows(address, query)) == []


def neo4j_date(day: datetime.date) -> Any:
    from neo4j.time import Date

    return Date.from_native(day)
