"""Contacts as mail and calendars have them, before their parties are matched with records."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from loaders.hidden_characters import hidden_in


@dataclass(frozen=True, slots=True)
class Party:
    """A participant: folded address (or another unique text), with name and title as in the file."""

    address: str
    name: str = ""
    title: str = ""

    @property
    def domain(self) -> str:
        """The domain of the address; empty if it has none."""
        return self.address.partition("@")[2]


@dataclass(slots=True)
class Contact:
    """A mail or meeting with its parties.

    A mail has a sender (`begun_by`), a `moment` in UTC, and the id of the mail that it answers; a meeting has none of
    them. `counts_heads`: the parties are all participants, so that they can be counted.
    """

    id: str
    day: datetime.date
    method: str
    subtype: str | None
    parties: tuple[Party, ...]
    source: str
    begun_by: Party | None = None
    moment: datetime.datetime | None = None
    replies_to: str | None = None
    counts_heads: bool = False


@dataclass(slots=True)
class ContactFile:
    """The contacts of one file, and the number of items left out by reason (code `left_out_<reason>`)."""

    file: str
    contacts: list[Contact] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def identity(kind: str, *parts: str) -> str:
    """A short id made from a digest of the parts; equal parts give equal ids."""
    return f"{kind}-{sha256(chr(0).join(parts).encode('utf-8', 'replace')).hexdigest()[:20]}"


LONGEST = 200
"""The most characters of an address or a name."""


def plain(name: str) -> str:
    """A name in one line, without control characters, cut to `LONGEST`."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in name).split())[:LONGEST]


def is_usable(address: str) -> bool:
    """Whether an address can become an id: not too long, without invisible characters and semicolons."""
    return len(address) <= LONGEST and hidden_in(address) is None and not set(";；") & set(address)


def folded(address: str) -> str:
    """An address for comparison: stripped, in lower case."""
    return address.strip().strip("<>").lower()


def each_once(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The parties, each address once, with the first name that is given; those without an address left out."""
    by_address: dict[str, Party] = {}
    for party in parties:
        there = by_address.get(party.address)
        if party.address and (there is None or (party.name and not there.name)):
            by_address[party.address] = party
    return tuple(by_address.values())
