"""Errors of a store, and of what it is asked to hold. Each message names the store by its address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from graph.model.problem import InputError, Refused, SwaymapError, Unavailable, UnknownRecord
from graph.model.rules import Violation
from graph.model.words import Message, message

_NOT_NAMED = "?"


class AboutStore(SwaymapError):
    """An error whose message names a store by its address, at the place `{store}`."""

    @property
    def store(self) -> str:
        """The address of the store that the message names."""
        return str(self.message.values["store"])

    def name_store(self, address: str) -> None:
        """Put the address of the store into the message, unless it names one already.

        The address must not hold a credential.
        """
        if self.store == _NOT_NAMED:
            self.message = message(self.message.key, **{**self.message.values, "store": address})
            self.args = (self.message.render("en"),)


class StoreError(AboutStore, Unavailable):
    """A store that cannot be used now, whatever it is asked. `codes` are the codes of each subclass."""

    codes: ClassVar[frozenset[str]] = frozenset()


class StoreUnreachable(StoreError):
    """There is no file or server at the address, or no permission to use it."""

    codes = frozenset(
        {
            "cannot_open",
            "gone",
            "neo4j_commit_unknown",
            "neo4j_gone",
            "neo4j_lost",
            "neo4j_new_password",
            "neo4j_no_database",
            "neo4j_no_password",
            "neo4j_no_rights",
            "neo4j_refused",
            "neo4j_unreachable",
            "no_folder",
            "read_only",
        }
    )


class StoreLocked(StoreError):
    """Somebody else writes to the store."""

    codes = frozenset({"locked", "neo4j_busy", "neo4j_import_running", "neo4j_taken_back"})


class StoreDamaged(StoreError):
    """The content of the store, or its disk, cannot be read."""

    codes = frozenset({"damaged", "disk_fault"})


class StoreIncompatible(StoreError):
    """No swaymap store, or one whose version, or engine, does not fit this swaymap."""

    codes = frozenset(
        {
            "foreign_file",
            "neo4j_foreign_graph",
            "neo4j_newer_schema",
            "neo4j_too_old",
            "newer_schema",
            "sqlite_too_old",
        }
    )


class StoreFull(StoreError):
    """There is no room on the disk, or a transaction needs more memory than the server has."""

    codes = frozenset({"disk_full", "neo4j_pool_full", "not_copied"})


class StoreInputError(AboutStore, InputError):
    """Input that a store cannot take: an address that names no store, a key that is too long or there twice."""


class ChangeRefused(AboutStore, Refused):
    """A change that the stored records do not allow."""


class UnknownImport(AboutStore, UnknownRecord):
    """An import that is not in the journal."""


class NothingToDerive(StoreInputError):
    """An embedded store asked to show computed values: nothing reads them from its file."""

    def __init__(self, store: str) -> None:
        super().__init__("nothing_to_derive", _sentence("nothing_to_derive", store, {}))


class RuleViolations(AboutStore, InputError):
    """Records that break rules, every one of them in `findings`; nothing was written."""

    findings: Sequence[Violation]

    def __init__(self, violations: Sequence[Violation]) -> None:
        first = violations[0]
        places = {
            "count": len(violations),
            "first": f"{first.code}: {first.sheet} {'/'.join(first.key)}, {first.column}",
        }
        super().__init__("rules_broken", _sentence("rules_broken", _NOT_NAMED, places), list(violations))


_CLASS_OF = {
    code: kind
    for kind in (StoreUnreachable, StoreLocked, StoreDamaged, StoreIncompatible, StoreFull)
    for code in kind.codes
}


def store_error(code: str, *, store: str = _NOT_NAMED, **places: Any) -> StoreError:
    """The StoreError of a code, with the message `store.problem.<code>`. Places must not hold a credential.

    `store`, its address, may be left out: the store adds it to every error that leaves it. Raises KeyError for a code
    that no class has.
    """
    return _CLASS_OF[code](code, _sentence(code, store, places))


def store_input_error(code: str, *, store: str = _NOT_NAMED, **places: Any) -> StoreInputError:
    """As `store_error`, for input that the store cannot take."""
    return StoreInputError(code, _sentence(code, store, places))


def change_refused(code: str, *, store: str = _NOT_NAMED, **places: Any) -> ChangeRefused:
    """As `store_error`, for a change that the stored records do not allow."""
    return ChangeRefused(code, _sentence(code, store, places))


def unknown_import(import_id: int, *, store: str = _NOT_NAMED) -> UnknownImport:
    """The error for a number that no import has."""
    return UnknownImport("unknown_import", _sentence("unknown_import", store, {"id": import_id}))


def _sentence(code: str, store: str, places: dict[str, Any]) -> Message:
    return message(f"store.problem.{code}", store=store, **places)
