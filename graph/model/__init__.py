"""The model of the decision-chain graph: record kinds, scales, calibration. No input or output."""

from graph.model.customer import Account, Conflict, Influence, OrgUnit, Person, ReportsTo
from graph.model.kind import KINDS, Kind, kind_of
from graph.model.opportunity import (
    Claim,
    DecisionStep,
    Insight,
    Opportunity,
    Pain,
    Participation,
    Proposition,
    Vote,
)
from graph.model.team import (
    Commitment,
    Competitor,
    CompetitorTie,
    Covers,
    Duty,
    Interaction,
    TeamMember,
)

__all__ = [
    "KINDS",
    "Account",
    "Claim",
    "Commitment",
    "Competitor",
    "CompetitorTie",
    "Conflict",
    "Covers",
    "DecisionStep",
    "Duty",
    "Influence",
    "Insight",
    "Interaction",
    "Kind",
    "Opportunity",
    "OrgUnit",
    "Pain",
    "Participation",
    "Person",
    "Proposition",
    "ReportsTo",
    "TeamMember",
    "Vote",
    "kind_of",
]
