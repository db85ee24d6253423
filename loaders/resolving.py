"""Contacts of mailboxes and calendars as records: who of the parties is who, and who is on no map."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from graph.model import Interaction, Person, TeamMember
from graph.model.kind import KINDS
from graph.model.limits import FIRST_DAY
from loaders.asked import Asked
from loaders.directory import WEBMAIL, addresses_of
from loaders.findings import Finding, shown_value
from loaders.headers import Header
from loaders.matching import Matching
from loaders.parties import Contact, ContactFile, Party, each_once, is_usable
from loaders.read_table import Read
from loaders.tables import Table

Side = Literal["ours", "theirs", "nobody"]

SENT = frozenset("id date method subtype people members response customer_headcount source".split())
"""The columns of a contact that a mail or a meeting fills; what a person wrote in the others stays."""


_ON_NO_MAP = {
    (False, False): "unknown_person",
    (False, True): "added_person",
    (True, False): "unknown_colleague",
    (True, True): "added_colleague",
}
"""What is said of somebody by whether he is ours, and whether he was added."""


@dataclass(frozen=True, slots=True)
class Who:
    """A party: on which side, known by which id (None: on no map), of which account (empty: ours, or unknown)."""

    side: Side
    id: str | None = None
    account: str = ""


@dataclass
class Resolving:
    """Contacts on their way to records. Taking them counts who is unknown and what is left out."""

    asked: Asked
    matching: Matching
    default: str | None
    _who: dict[str, Who] = field(default_factory=dict)
    _named: dict[str, Party] = field(default_factory=dict)
    _unknown: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    _added: dict[str, Person | TeamMember] = field(default_factory=dict)
    _merged: dict[str, Person] = field(default_factory=dict)
    _ours: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        of_team = {
            one.partition("@")[2] for member in self.matching.directory.team.values() for one in addresses_of(member)
        }
        self._ours = (self.asked.our_domains | of_team) - WEBMAIL

    def who(self, party: Party) -> Who:
        """Who a party is; looked up once an address, by the first name that any file has for it."""
        found = self._who.get(party.address)
        if found is None:
            found = self._who[party.address] = self._looked_up(self._named.get(party.address, party))
        return found

    def take(self, told: list[ContactFile]) -> tuple[list[Read], list[Finding]]:
        """The records of all contacts, and what is to be said of them."""
        reads: list[Read] = []
        found: list[Finding] = []
        for file in told:
            _leave_out_odd(file)
        contacts = {contact.id: contact for file in told for contact in file.contacts}
        everybody = (party for contact in contacts.values() for party in contact.parties)
        self._named = {party.address: party for party in each_once(everybody)}
        two_way = set(self._answered(contacts))
        for file in told:
            kept = [contact for contact in file.contacts if contacts[contact.id] is contact]
            made = [self._record(one, one.id in two_way, file) for one in kept]
            reads.append(read_of("interactions", file.file, [one for one in made if one is not None], SENT))
            for reason, count in sorted(file.left_out.items()):
                found.append(Finding(f"left_out_{reason}", file.file, "interactions", places={"count": str(count)}))
        reads += self._people(told)
        found += self._said(told)
        return reads, found

    def _looked_up(self, party: Party) -> Who:
        directory = self.matching.directory
        member = directory.member_at(party.address) or (party.address if party.address in directory.team else None)
        if member is not None:
            return Who("ours", member)
        person = directory.person_at(party.address) or (party.address if party.address in directory.people else None)
        if person is not None:
            return Who("theirs", person, directory.people[person].account)
        if party.domain in self._ours:
            return self._colleague(party)
        account = directory.account_at(party.domain) if party.domain not in WEBMAIL else None
        # Whoever has no address of ours is the customer's only where it was said which addresses are ours.
        account = account or (self.default if self._ours or not party.domain else None)
        return Who("nobody") if account is None else self._stakeholder(party, account)

    def _colleague(self, party: Party) -> Who:
        member = self.matching.directory.member_named(party.name)
        if member is None and self.asked.add_unknown:
            member = party.address
            self._added[member] = TeamMember(id=member, name=party.name or None, addresses=(party.address,))
        return Who("ours", member)

    def _stakeholder(self, party: Party, account: str) -> Who:
        directory = self.matching.directory
        person = directory.person_named(account, party.name)
        if person is None and party.name:
            source = "mail" if party.domain else "LinkedIn"
            person = self.matching.suggest(account, party.address, party.name, source)
            if person is not None and self.matching.decided[party.address, person] == "merge":
                self._merge(party, person)
        if person is None and self.asked.add_unknown and not self.matching.is_pending(party.address):
            person = party.address
            addresses = (party.address,) if party.domain else ()
            self._added[person] = Person(
                id=person,
                account=account,
                name=party.name or None,
                title=party.title or None,
                status="unidentified",
                addresses=addresses,
            )
        return Who("theirs", person, account)

    def _merge(self, party: Party, person: str) -> None:
        known = self._merged.get(person) or self.matching.directory.people[person]
        addresses = tuple(dict.fromkeys((*known.addresses, party.address)))
        self._merged[person] = Person(id=known.id, account=known.account, addresses=addresses)

    def _record(self, contact: Contact, two_way: bool, file: ContactFile) -> Interaction | None:
        """A contact of ours with theirs; None, and counted, where it is none."""
        sides = [(party, self.who(party)) for party in contact.parties]
        theirs = [(one, who) for one, who in sides if who.side == "theirs"]
        people = tuple(dict.fromkeys(who.id for _, who in theirs if who.id is not None))
        members = tuple(dict.fromkeys(who.id for _, who in sides if who.side == "ours" and who.id is not None))
        if contact.day > self.asked.last_day:
            file.left_out["later"] += 1
            return None
        if contact.day < FIRST_DAY:
            # A program that knows no date writes the first day of some calendar.
            file.left_out["no_date"] += 1
            return None
        if theirs and any(who.side == "ours" for _, who in sides):
            self._note_unknown(sides)
        if not people or not members:
            reason = "customers_only" if people and len(people) > 1 else "nobody_on_the_map"
            file.left_out[reason] += 1
            return None
        return Interaction(
            id=contact.id,
            date=contact.day,
            method=contact.method,
            subtype=contact.subtype,
            people=people,
            members=members,
            response=None if contact.begun_by is None else "two_way" if two_way else "one_way",
            customer_headcount=len(theirs) if contact.counts_heads else None,
            source=contact.source,
        )

    def _note_unknown(self, sides: Iterable[tuple[Party, Who]]) -> None:
        """Count who takes part in contacts with us and was on no map."""
        for party, who in sides:
            if who.side != "nobody" and (who.id is None or who.id in self._added):
                code = _ON_NO_MAP[who.side == "ours", who.id in self._added]
                counted = self._unknown.setdefault((code, party.address), Counter())
                counted[who.account] += 1

    def _answered(self, contacts: dict[str, Contact]) -> Iterator[str]:
        """The mails that answer the other side, or that the other side answered."""
        for contact in contacts.values():
            if contact.replies_to is None or contact.begun_by is None:
                continue
            before = contacts.get(contact.replies_to)
            if before is None or before.begun_by is None:
                yield contact.id
            elif {self.who(contact.begun_by).side, self.who(before.begun_by).side} == {"ours", "theirs"}:
                yield contact.id
                yield before.id

    def _people(self, told: list[ContactFile]) -> Iterator[Read]:
        """Those who were added, and addresses that a person decided to be somebody's."""
        file = told[0].file
        added = [self._added[key] for key in sorted(self._added)]
        people = [one for one in added if isinstance(one, Person)]
        team = [one for one in added if isinstance(one, TeamMember)]
        if people:
            yield read_of("people", file, people, frozenset("id account name title status addresses".split()))
        if team:
            yield read_of("team", file, team, frozenset("id name addresses".split()))
        if self._merged:
            merged = [self._merged[key] for key in sorted(self._merged)]
            yield read_of("people", file, merged, frozenset("id account addresses".split()))

    def _said(self, told: list[ContactFile]) -> Iterator[Finding]:
        file = told[0].file
        for (code, address), counted in sorted(self._unknown.items()):
            said = {"count": str(counted.total()), "account": next(iter(counted))}
            yield Finding(code, file, "people", value=shown_value(address), places=said)
        for address, who in sorted(self._who.items()):
            if who.id is not None and who.id not in self._added and not self._is_by_address(address, who):
                yield Finding("matched_by_name", file, "people", value=shown_value(address), places={"known": who.id})

    def _is_by_address(self, address: str, who: Who) -> bool:
        directory = self.matching.directory
        known = directory.team.get(who.id or "") or directory.people.get(who.id or "")
        return known is not None and (address in addresses_of(known) or address == known.id)


def _leave_out_odd(file: ContactFile) -> None:
    """Leave out parties whose address could not be an id; what one of them began goes with them."""
    kept = []
    for contact in file.contacts:
        odd = [party for party in contact.parties if not is_usable(party.address)]
        if odd:
            file.left_out["odd_address"] += len(odd)
            contact.parties = tuple(party for party in contact.parties if party not in odd)
        if contact.begun_by not in odd:
            kept.append(contact)
    file.contacts = kept


def read_of(sheet: str, file: str, records: Sequence[Any], columns: frozenset[str]) -> Read:
    """Records that no row of a table stands for, as if one did; numbered from 1."""
    kind = KINDS[sheet]
    names = [name for name in kind.fields if name in columns]
    header = Header({name: place for place, name in enumerate(names)}, (), (), ())
    read = Read(kind, Table(file, sheet, names, 0, ()), header, list(records), foreign=True, exported=True)
    read.rows.extend(range(1, len(records) + 1))
    return read


def mails_between(
    contacts: Iterable[Contact], resolving: Resolving
) -> dict[str, list[tuple[str, datetime.datetime, tuple[str, ...]]]]:
    """The mails that the customer's people wrote, by account: who, when, and to whom by id, else address."""
    found: dict[str, list[tuple[str, datetime.datetime, tuple[str, ...]]]] = {}
    for contact in contacts:
        if contact.begun_by is None or contact.moment is None:
            continue
        sender = resolving.who(contact.begun_by)
        if sender.side == "theirs" and sender.id is not None:
            others = tuple(
                resolving.who(party).id or party.address for party in contact.parties if party != contact.begun_by
            )
            found.setdefault(sender.account, []).append((sender.id, contact.moment, others))
    return found
