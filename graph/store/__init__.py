"""Where the decision-chain graph is stored. The only input and output to databases."""

from graph.store.opening import open_store
from graph.store.problems import AboutStore, ChangeRefused, RuleViolations, StoreError, StoreInputError, UnknownImport

__all__ = [
    "AboutStore",
    "ChangeRefused",
    "RuleViolations",
    "StoreError",
    "StoreInputError",
    "UnknownImport",
    "open_store",
]
