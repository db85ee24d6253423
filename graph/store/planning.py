"""Plan a change, make its journal and check the guard of imports; the same for both engines."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from graph.model.dataset import Dataset
from graph.store.changes import Plan, Stored, plan
from graph.store.journal import Changes, accounts_in, journal_of
from graph.store.protocol import Guard, Target
from graph.store.receipt_warnings import refuse_new_names


def planned(
    batch: Dataset,
    remove: Iterable[Target],
    claimed: Mapping[str, Container[str]] | None,
    guard: Guard | None,
    stored: Stored,
) -> tuple[Plan, list[Changes]]:
    """The plan of a batch and its journal. Raises RuleViolations, and NamesReplaced where the guard asks for it."""
    made = plan(batch, remove, claimed or {}, guard, stored)
    journal = journal_of(made)
    refuse_new_names(guard, made, accounts_in(journal))
    return made, journal
