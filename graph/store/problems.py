"""What can be wrong with a store, and with what it is asked to hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.model.problem import Conflict, NotFound, Problem, Unavailable
from graph.model.rules import Violation
from graph.model.words import Message, message

_NOT_NAMED = "?"


class AboutStore(Problem):
    """A problem whose sentence names a store by its address, at the place `{store}`."""

    @property
    def store(self) -> str:
        """The address of the store that the sentence names."""
        return str(self.said.values["store"])

    def name_store(self, address: str) -> None:
        """Put the address of the store into the sentence, where whoever raised the problem did not know it.

        Never one that holds a credential.
        """
        if self.store == _NOT_NAMED:
            self.said = message(self.said.key, **{**self.said.values, "store": address})
            self.args = (self.said.render("en"),)


class StoreProblem(AboutStore):
    """A store that cannot be used as asked: what is wrong and what to do. `code` is the end of the message's key."""


class StoreUnavailable(StoreProblem, Unavailable):
    """A store that is away, busy, damaged, or not one that this swaymap can read or write."""


class StoreConflict(StoreProblem, Conflict):
    """A change that the stored records do not allow."""


class UnknownImport(StoreProblem, NotFound):
    """An import that is not in the journal."""


class NothingToDerive(StoreProblem):
    """An embedded store asked to show computed values: nobody looks into its file."""

    def __init__(self, store: str) -> None:
        super().__init__("nothing_to_derive", _sentence("nothing_to_derive", store, {}))


def store_problem(code: str, *, store: str = _NOT_NAMED, **places: Any) -> StoreProblem:
    """The problem whose sentence is `store.problem.<code>` of the catalogue. Places never hold a credential.

    The address `store` may be left to the store, which adds it to every problem that leaves it.
    """
    return StoreProblem(code, _sentence(code, store, places))


def unavailable(code: str, *, store: str = _NOT_NAMED, **places: Any) -> StoreUnavailable:
    """As `store_problem`, for a store that cannot be used at the moment, whatever it is asked."""
    return StoreUnavailable(code, _sentence(code, store, places))


def conflict(code: str, *, store: str = _NOT_NAMED, **places: Any) -> StoreConflict:
    """As `store_problem`, for a change that the stored records do not allow."""
    return StoreConflict(code, _sentence(code, store, places))


def unknown_import(import_id: int, *, store: str = _NOT_NAMED) -> UnknownImport:
    """The problem of a number that no import has."""
    return UnknownImport("unknown_import", _sentence("unknown_import", store, {"id": import_id}))


def _sentence(code: str, store: str, places: dict[str, Any]) -> Message:
    return message(f"store.problem.{code}", store=store, **places)


class RuleViolations(AboutStore):
    """Records that break rules, every one of them; nothing was written."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        first = violations[0]
        said = message(
            "store.problem.rules_broken",
            store=_NOT_NAMED,
            count=len(violations),
            first=f"{first.code}: {first.sheet} {'/'.join(first.key)}, {first.column}",
        )
        super().__init__("rules_broken", said)
        self.violations = list(violations)
