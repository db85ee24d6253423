"""Answers with the revisions that they are not older than."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from api.http.computing.answer import Answer
from api.http.computing.computation import Bounds, Computation
from graph.store.protocol import GraphStore
from graph.store.revisions import Revisions


class RevisedAnswer(NamedTuple):
    """An answer, and the revisions just before it was computed; None where the store has none."""

    answer: Answer
    revisions: Revisions | None


@dataclass(frozen=True, slots=True)
class Revised:
    """A function that computes an answer, after asking the same handle on the store for the revisions of accounts.

    The server has asked for them already, but by a handle of its own: members of a cluster may lag behind each other,
    and an older answer must not be kept under a newer tag.
    """

    store: GraphStore
    accounts: tuple[str, ...]
    computation: Computation[Answer]

    @property
    def bounds(self) -> Bounds:
        """The limits of the computation."""
        return self.computation.bounds

    def __call__(self) -> RevisedAnswer:
        """Compute it here and now."""
        revisions = self.store.revisions(self.accounts)
        return RevisedAnswer(self.computation(), revisions)
