"""Turn contacts of mail and calendars into interactions: match their parties, and report unknown ones."""

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
from loaders.contacts import Contact, ContactFile, Party, each_once, is_usable
from loaders.directory import WEBMAIL, addresses_of
from loaders.findings import Finding, shown_value
from loaders.headers import Header
from loaders.matching import Matching
from loaders.read_table import Read
from loaders.tables import Table

Side = Literal["team", "customer", "nobody"]

SENT = frozenset("id date method subtype people members response customer_headcount source".split())
"""The columns of an interaction that mail and meetings fill; the others keep what is stored."""


_CODE_OF_UNKNOWN = {
    (False, False): "unknown_person",
    (False, True): "added_person",
    (True, False): "unknown_colleague",
    (True, True): "added_colleague",
}
"""Code of the finding about an unknown party, by (team member, added)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A matched party: its side, its id (None if unknown), and its account (empty for the team)."""

    side: Side
    id: str | None = None
    account: str = ""


@dataclass
class Resolving:
    """Turns contacts into interactions; counts unknown parties and contacts that are left out."""

    asked: Asked
    matching: Matching
    default: str | None
    _identities: dict[str, Identity] = field(default_factory=dict)
    _named: dict[str, Party] = field(default_factory=dict)
    _unknown: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    _added: dict[str, Person | TeamMember] = field(default_factory=dict)
    _merged: dict[str, Person] = field(default_factory=dict)
    _team_domains: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        domains = {
            address.partition("@")[2]
            for member in self.matching.directory.team.values()
            for address in addresses_of(member)
        }
        self._team_domains = (self.asked.our_domains | domains) - WEBMAIL

    def identity_of(self, party: Party) -> Identity:
        """Match a party; each address is matched once, with the first name that any file gives."""
        identity = self._identities.get(party.address)
        if identity is None:
            identity = self._identities[party.address] = self._looked_up(self._named.get(party.address, party))
        return identity

    def take(self, files: list[ContactFile]) -> tuple[list[Read], list[Finding]]:
        """The interactions and added people as tables, and findings about them."""
        reads: list[Read] = []
        findings: list[Finding] = []
        for file in files:
            _leave_out_odd(file)
        contacts = {contact.id: contact for file in files for contact in file.contacts}
        everybody = (party for contact in contacts.values() for party in contact.parties)
        self._named = {party.address: party for party in each_once(everybody)}
        two_way = set(self._answered(contacts))
        for file in files:
            kept = [contact for contact in file.contacts if contacts[contact.id] is contact]
            made = [self._record(contact, contact.id in two_way, file) for contact in kept]
            interactions = [interaction for interaction in made if interaction is not None]
            reads.append(read_of("interactions", file.file, interactions, SENT))
            for reason, count in sorted(file.left_out.items()):
                findings.append(Finding(f"left_out_{reason}", file.file, "interactions", places={"count": str(count)}))
        reads += self._people(files)
        findings += self._findings(files)
        return reads, findings

    def _looked_up(self, party: Party) -> Identity:
        directory = self.matching.directory
        member = directory.member_at(party.address) or (party.address if party.address in directory.team else None)
        if member is not None:
            return Identity("team", member)
        person = directory.person_at(party.address) or (party.address if party.address in directory.people else None)
        if person is not None:
            return Identity("customer", person, directory.people[person].account)
        if party.domain in self._team_domains:
            return self._colleague(party)
        account = directory.account_at(party.domain) if party.domain not in WEBMAIL else None
        # An unknown address belongs to the customer only if our own domains are known.
        account = account or (self.default if self._team_domains or not party.domain else None)
        return Identity("nobody") if account is None else self._stakeholder(party, account)

    def _colleague(self, party: Party) -> Identity:
        member = self.matching.directory.member_named(party.name)
        if member is None and self.asked.add_unknown:
            member = party.address
            self._added[member] = TeamMember(id=member, name=party.name or None, addresses=(party.address,))
        return Identity("team", member)

    def _stakeholder(self, party: Party, account: str) -> Identity:
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
        return Identity("customer", person, account)

    def _merge(self, party: Party, person: str) -> None:
        known = self._merged.get(person) or self.matching.directory.people[person]
        addresses = tuple(dict.fromkeys((*known.addresses, party.address)))
        self._merged[person] = Person(id=known.id, account=known.account, addresses=addresses)

    def _record(self, contact: Contact, two_way: bool, file: ContactFile) -> Interaction | None:
        """The interaction of a contact; None, and counted, if it is not between team and customer."""
        sides = [(party, self.identity_of(party)) for party in contact.parties]
        customers = [(party, who) for party, who in sides if who.side == "customer"]
        people = tuple(dict.fromkeys(who.id for _, who in customers if who.id is not None))
        members = tuple(dict.fromkeys(who.id for _, who in sides if who.side == "team" and who.id is not None))
        if contact.day > self.asked.last_day:
            file.left_out["later"] += 1
            return None
        if contact.day < FIRST_DAY:
            # Programs without a date write the first day of some calendar.
            file.left_out["no_date"] += 1
            return None
        if customers and any(who.side == "team" for _, who in sides):
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
            customer_headcount=len(customers) if contact.counts_heads else None,
            source=contact.source,
        )

    def _note_unknown(self, sides: Iterable[tuple[Party, Identity]]) -> None:
        """Count the unknown parties of a contact between team and customer."""
        for party, who in sides:
            if who.side != "nobody" and (who.id is None or who.id in self._added):
                code = _CODE_OF_UNKNOWN[who.side == "team", who.id in self._added]
                counted = self._unknown.setdefault((code, party.address), Counter())
                counted[who.account] += 1

    def _answered(self, contacts: dict[str, Contact]) -> Iterator[str]:
        """Ids of mails that answer the other side, or that the other side answered."""
        for contact in contacts.values():
            if contact.replies_to is None or contact.begun_by is None:
                continue
            before = contacts.get(contact.replies_to)
            if before is None or before.begun_by is None:
                yield contact.id
            elif {self.identity_of(contact.begun_by).side, self.identity_of(before.begun_by).side} == {
                "team",
                "customer",
            }:
                yield contact.id
                yield before.id

    def _people(self, files: list[ContactFile]) -> Iterator[Read]:
        """Added people and team members, and known people with an address that the review file merged."""
        file = files[0].file
        added = [self._added[key] for key in sorted(self._added)]
        people = [record for record in added if isinstance(record, Person)]
        team = [record for record in added if isinstance(record, TeamMember)]
        if people:
            yield read_of("people", file, people, frozenset("id account name title status addresses".split()))
        if team:
            yield read_of("team", file, team, frozenset("id name addresses".split()))
        if self._merged:
            merged = [self._merged[key] for key in sorted(self._merged)]
            yield read_of("people", file, merged, frozenset("id account addresses".split()))

    def _findings(self, files: list[ContactFile]) -> Iterator[Finding]:
        file = files[0].file
        for (code, address), counted in sorted(self._unknown.items()):
            places = {"count": str(counted.total()), "account": next(iter(counted))}
            yield Finding(code, file, "people", value=shown_value(address), places=places)
        for address, who in sorted(self._identities.items()):
            if who.id is not None and who.id not in self._added and not self._is_by_address(address, who):
                yield Finding("matched_by_name", file, "people", value=shown_value(address), places={"known": who.id})

    def _is_by_address(self, address: str, who: Identity) -> bool:
        directory = self.matching.directory
        known = directory.team.get(who.id or "") or directory.people.get(who.id or "")
        return known is not None and (address in addresses_of(known) or address == known.id)


def _leave_out_odd(file: ContactFile) -> None:
    """Remove parties whose address cannot be an id, and mails that they sent."""
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
    """Wrap records that do not come from rows as a table, numbered from 1."""
    kind = KINDS[sheet]
    names = [name for name in kind.fields if name in columns]
    header = Header({name: place for place, name in enumerate(names)}, (), (), ())
    read = Read(kind, Table(file, sheet, names, 0, ()), header, list(records), foreign=True, exported=True)
    read.rows.extend(range(1, len(records) + 1))
    return read


def mails_between(
    contacts: Iterable[Contact], resolving: Resolving
) -> dict[str, list[tuple[str, datetime.datetime, tuple[str, ...]]]]:
    """By account, the mails that the customer's people sent: sender, moment, and recipients by id, else address."""
    mails: dict[str, list[tuple[str, datetime.datetime, tuple[str, ...]]]] = {}
    for contact in contacts:
        if contact.begun_by is None or contact.moment is None:
            continue
        sender = resolving.identity_of(contact.begun_by)
        if sender.side == "customer" and sender.id is not None:
            others = tuple(
                resolving.identity_of(party).id or party.address
                for party in contact.parties
                if party != contact.begun_by
            )
            mails.setdefault(sender.account, []).append((sender.id, contact.moment, others))
    return mails
