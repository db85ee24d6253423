"""A directory of known people, team members and accounts, searched by address, id or name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.model import Account, Person, TeamMember
from graph.model.naming import folded_name
from graph.model.scales import GONE

WEBMAIL = frozenset(
    """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com aol.com gmx.de gmx.net
    web.de proton.me protonmail.com mail.ru yandex.ru qq.com 163.com 126.com sina.com foxmail.com aliyun.com
    """.split()
)
"""Domains of public mail providers: they do not tell for whom somebody works."""


def normal(name: str | None) -> str:
    """A name folded for comparison, `Last, First` turned into `First Last`."""
    text = folded_name(name)
    last, comma, first = text.partition(", ")
    return f"{first} {last}" if comma and "," not in first else text


def names_of(name: str | None) -> frozenset[str]:
    """The forms of a name, folded: `Latin / 中文` is also `Latin` and `中文`."""
    parts = (name or "").split(" / ")
    return frozenset(filter(None, map(normal, [name or "", *parts])))


@dataclass
class Directory:
    """Known records. An address or name that several records share is ambiguous and finds none."""

    accounts: dict[str, Account] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    team: dict[str, TeamMember] = field(default_factory=dict)
    _people_at: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _team_at: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _people_named: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _team_named: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _accounts_named: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _accounts_at: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def know(self, records: Iterable[Account | Person | TeamMember]) -> None:
        """Add records; of a record that is there already, its further addresses and names are added."""
        for record in records:
            if isinstance(record, Account):
                self.accounts.setdefault(record.id, record)
                for name in names_of(record.name):
                    self._accounts_named[name].add(record.id)
            elif isinstance(record, Person):
                self._know_person(record)
            else:
                self.team.setdefault(record.id, record)
                for address in addresses_of(record):
                    self._team_at[address].add(record.id)
                for name in names_of(record.name):
                    self._team_named[name].add(record.id)

    def _know_person(self, person: Person) -> None:
        self.people.setdefault(person.id, person)
        for address in addresses_of(person):
            self._people_at[address].add(person.id)
            domain = address.partition("@")[2]
            if domain and domain not in WEBMAIL and not person.external:
                self._accounts_at[domain].add(person.account)
        for name in names_of(person.name):
            self._people_named[person.account, name].add(person.id)

    def of(self, sheet: str) -> Mapping[str, Any]:
        """The known records of a sheet (accounts, people or team), by id."""
        records: Mapping[str, Any] = getattr(self, sheet)
        return records

    def account_named(self, name: str | None) -> str | None:
        """The id of the account with this name; None if there is none or several."""
        return _only(id_ for part in names_of(name) for id_ in self._accounts_named.get(part, ()))

    def account_at(self, domain: str) -> str | None:
        """The id of the account whose people have addresses at this domain; None if there is none or several."""
        return _only(self._accounts_at.get(domain, ()))

    def person_at(self, address: str) -> str | None:
        """The id of the person with this address; None if there is none or several."""
        return _only(self._people_at.get(address, ()))

    def member_at(self, address: str) -> str | None:
        """The id of the team member with this address; None if there is none or several."""
        return _only(self._team_at.get(address, ()))

    def person_named(self, account: str, name: str | None) -> str | None:
        """The id of the person of an account with this name; None if there is none or several."""
        return _only(id_ for part in names_of(name) for id_ in self._people_named.get((account, part), ()))

    def member_named(self, name: str | None) -> str | None:
        """The id of the team member with this name; None if there is none or several."""
        return _only(id_ for part in names_of(name) for id_ in self._team_named.get(part, ()))

    def people_of(self, account: str) -> Iterator[Person]:
        """The people of an account who have not left, by id."""
        own = (person for person in self.people.values() if person.account == account and person.status not in GONE)
        return iter(sorted(own, key=lambda item: item.id))


def addresses_of(record: Person | TeamMember) -> frozenset[str]:
    """The mail addresses of a person or team member, folded; the id is one of them if it is an address."""
    addresses = (*record.addresses, record.id) if "@" in record.id else record.addresses
    return frozenset(address.strip().lower() for address in addresses)


def _only(ids: Iterable[str]) -> str | None:
    """The id, if all are the same one."""
    distinct = set(ids)
    return distinct.pop() if len(distinct) == 1 else None
