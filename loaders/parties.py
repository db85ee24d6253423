"""Who takes part in a mail or a meeting, as the file has it; and contacts before it is known who of theirs is who."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from loaders.hidden_characters import hidden_in


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with an address, folded, or with what else tells him apart; the name and title as the file has them."""

    address: str
    name: str = ""
    title: str = ""

    @property
    def domain(self) -> str:
        """What stands behind the @ of the address; empty where there is none."""
        return self.address.partition("@")[2]


@dataclass(slots=True)
class Contact:
    """A contact that a file tells of, and by whom it was.

    A mail has been begun by one of the parties, at a moment (UTC), perhaps in reply to another; a meeting by nobody.
    `counts_heads` where the parties are all who were there.
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
    """What one file tells: contacts, and how many of what it holds are none, by reason (`left_out.<reason>`)."""

    file: str
    contacts: list[Contact] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def identity(kind: str, *parts: str) -> str:
    """A short id for what has a long one, the same whenever it is read."""
    return f"{kind}-{sha256(chr(0).join(parts).encode('utf-8', 'replace')).hexdigest()[:20]}"


LONGEST = 200
"""Characters that an address or a name may have."""


def plain(name: str) -> str:
    """A name in one line, without what a screen might obey, and not too long."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in name).split())[:LONGEST]


def is_usable(address: str) -> bool:
    """Whether an address may stand for somebody: it can become an id, so nothing in it is hidden or separates ids."""
    return len(address) <= LONGEST and hidden_in(address) is None and not set(";；") & set(address)


def folded(address: str) -> str:
    """An address as it is compared: without blanks around it, in small letters."""
    return address.strip().strip("<>").lower()


def each_once(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The parties by address, each once, those without one left out; the first that has a name gives it."""
    found: dict[str, Party] = {}
    for party in parties:
        there = found.get(party.address)
        if party.address and (there is None or (party.name and not there.name)):
            found[party.address] = party
    return tuple(found.values())
