"""What can be wrong with a store, and with what it is asked to hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.model.problem import Problem
from graph.model.rules import Violation
from graph.model.words import message


class StoreProblem(Problem):
    """A store that cannot be used as asked: what is wrong and what to do. `code` is the end of the message's key."""


def store_problem(code: str, **places: Any) -> StoreProblem:
    """The problem whose sentence is `store.problem.<code>` of the catalogue. Places never hold a credential."""
    return StoreProblem(code, message(f"store.problem.{code}", **places))


class RuleViolations(Problem):
    """Records that break rules, every one of them; nothing was written."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        first = violations[0]
        said = message(
            "store.problem.rules_broken",
            count=len(violations),
            first=f"{first.code}: {first.sheet} {'/'.join(first.key)}, {first.column}",
        )
        super().__init__("rules_broken", said)
        self.violations = list(violations)
