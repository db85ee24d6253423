"""Where the decision-chain graph lives. The only input and output to databases."""

from graph.store.opening import open_store
from graph.store.problems import RuleViolations, StoreProblem, StoreUnavailable

__all__ = ["RuleViolations", "StoreProblem", "StoreUnavailable", "open_store"]
