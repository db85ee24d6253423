"""ETags of answers: made of the store's revisions, so that they are known before anything is computed.

A tag is `"R-H"`: R is the revision of the account as the reader counts it, or of the store where the answer follows
from several accounts; H is a hash of everything that the answer follows from.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from importlib.metadata import version
from typing import Any

from api.http.asking import Question
from api.http.computing.answer import Answer
from api.http.computing.computation import Computation
from graph.model.calibration import Calibration
from graph.store.revisions import Revisions, as_counted
from graph.store.scope import EVERYTHING, Scope
from swaymap.store import Store

_VERSION = version("swaymap")

_HALF = 10
"""Bytes of H."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its account (None for several), the scope of its reader, and a digest of all else that it says.

    An account may be given by name; then, as long as no account has this id, the answer follows from the names of all.
    """

    account: str | None
    scope: Scope
    digest: bytes

    @property
    def accounts(self) -> tuple[str, ...]:
        """The accounts whose revisions are needed."""
        return () if self.account is None else (self.account,)

    def tags(self, revisions: Revisions) -> Tags:
        """The tags of the answer at these revisions."""
        own = revisions.accounts.get(self.account) if self.account is not None else None
        counter, mark = as_counted(own or revisions.store, self.scope)
        shared = as_counted(revisions.shared, self.scope)
        counted = b"%d %d %d %d %d" % (own is not None, counter, mark, *shared)
        made = hashlib.blake2b(self.digest + counted, digest_size=2 * _HALF).hexdigest()
        return Tags(*(f'"{counter}-{part}"'.encode() for part in (made[: 2 * _HALF], made[2 * _HALF :])))


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of an answer: of its bytes as they are, and of them compressed."""

    plain: bytes
    gzip: bytes

    def of(self, compressed: bool) -> bytes:
        """The tag of one of the two."""
        return self.gzip if compressed else self.plain


def asked_by(computation: Computation[Answer], today: datetime.date, calibration: bytes) -> Asked:
    """The question of a computation on a day; `calibration` is the digest of the one that the server has."""
    arguments = computation.arguments
    question = next((value for value in arguments.values() if isinstance(value, Question)), None)
    is_of_one = question is not None and not computation.is_of_all_accounts
    store = question.store if question is not None else arguments.get("store")
    function = computation.function
    asked = (
        _VERSION,
        f"{function.__module__}.{function.__qualname__}",
        # Where no day is given the answer is of today; a Question has the day already.
        today if "as_of" in arguments and arguments["as_of"] is None else None,
        sorted((name, _written(value)) for name, value in arguments.items()),
    )
    return Asked(
        question.id if question is not None and is_of_one else None,
        store.scope if isinstance(store, Store) else EVERYTHING,
        hashlib.blake2b(repr(asked).encode() + calibration, digest_size=32).digest(),
    )


def calibration_digest(calibration: Calibration) -> bytes:
    """A digest of a calibration: of its numbers, and of the label by which answers name it."""
    named = calibration.model_dump_json() + calibration.label.render("en")
    return hashlib.blake2b(named.encode(), digest_size=32).digest()


def is_among(tag: bytes, known: Iterable[bytes]) -> bool:
    """Whether a tag is among those of If-None-Match, which are compared weakly (RFC 9110, 8.8.3.2).

    >>> is_among(b'"7-ab"', [b'"6-ab", W/"7-ab"'])
    True
    """
    return any(tag == other.strip().removeprefix(b"W/") for line in known for other in line.split(b","))


def _written(value: Any) -> str:
    """A value of an argument as text, the same in every process; the calibration is digested apart."""
    if isinstance(value, Store):
        accounts = value.scope.accounts
        return repr((None if accounts is None else sorted(accounts), sorted(value.scope.withheld)))
    if isinstance(value, Calibration):
        return ""
    if isinstance(value, frozenset):
        return repr(sorted(map(_written, value)))
    if is_dataclass(value) and not isinstance(value, type):
        return repr([(field.name, _written(getattr(value, field.name))) for field in fields(value)])
    return repr(value)
