"""Write computed values beside the records, for Neo4j's own tools. Reads and digest leave them out."""

from __future__ import annotations

from graph.store.derived import Derived
from graph.store.neo4j.batches import Batches
from graph.store.neo4j.connection import AnyTransaction

_FORGET_TIES = """
MATCH (:Account {id: $account})<-[:WORKS_AT]-(:Person)<-[tie:CONNECTED_TO]-(:TeamMember) DELETE tie
"""

_FORGET_NUMBERS = """
MATCH (:Account {id: $account})<-[:FOR_ACCOUNT]-(:Opportunity)<-[part:PARTICIPATES_IN]-(:Person)
REMOVE part.formalPower, part.decisionInfluence, part.coverage, part.asOf
"""

_TIE = """
MATCH (member:TeamMember {id: row[0]}) MATCH (person:Person {id: row[1]})
CREATE (member)-[:CONNECTED_TO {
    frequency: row[2], breadth: row[3], depth: row[4], strength: row[5], trust: row[6], lastTouch: row[7],
    opportunity: $opportunity, asOf: $asOf
}]->(person)
"""

_NUMBERS = """
MATCH (:Person {id: row[0]})-[part:PARTICIPATES_IN]->(:Opportunity {id: row[1]})
SET part.formalPower = row[2], part.decisionInfluence = row[3], part.coverage = row[4], part.asOf = $asOf
"""


def derive(transaction: AnyTransaction, derived: Derived) -> None:
    """Replace the computed ties and numbers of an account. People who only vote have no participation to hold any."""
    transaction.run(_FORGET_TIES, account=derived.account).consume()
    transaction.run(_FORGET_NUMBERS, account=derived.account).consume()
    batches = Batches(transaction)
    ties = (
        [tie.member, tie.person, tie.frequency, tie.breadth, tie.depth, tie.strength, tie.trust, tie.last_touch]
        for tie in derived.ties
    )
    batches.run(_TIE, ties, "relationships_created", opportunity=derived.opportunity, asOf=derived.as_of)
    numbers = (
        [
            participation.person,
            participation.opportunity,
            participation.formal_power,
            participation.decision_influence,
            participation.coverage,
        ]
        for participation in derived.participations
    )
    batches.run(_NUMBERS, numbers, asOf=derived.as_of)
