"""Everybody who is known: the customer's people and our team, found by address, id or name."""

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
"""Where everybody may have an address: such a domain says nothing of who somebody works for."""


def normal(name: str | None) -> str:
    """A name as it is compared, `Last, First` turned round."""
    text = folded_name(name)
    last, comma, first = text.partition(", ")
    return f"{first} {last}" if comma and "," not in first else text


def names_of(name: str | None) -> frozenset[str]:
    """A name in each of its scripts, and as it stands: `Latin / 中文` is also `Latin` and `中文`."""
    parts = (name or "").split(" / ")
    return frozenset(filter(None, map(normal, [name or "", *parts])))


@dataclass
class Directory:
    """Who is known. Addresses and names that several people have say nothing, and find nobody."""

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
        """Have more records; of one that is there already what it says is added."""
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

    def _know_person(self, one: Person) -> None:
        self.people.setdefault(one.id, one)
        for address in addresses_of(one):
            self._people_at[address].add(one.id)
            domain = address.partition("@")[2]
            if domain and domain not in WEBMAIL and not one.external:
                self._accounts_at[domain].add(one.account)
        for name in names_of(one.name):
            self._people_named[one.account, name].add(one.id)

    def of(self, sheet: str) -> Mapping[str, Any]:
        """The known records of a sheet (accounts, people or team), by id."""
        found: Mapping[str, Any] = getattr(self, sheet)
        return found

    def account_named(self, name: str | None) -> str | None:
        """The one account that is called so."""
        return _only(id_ for part in names_of(name) for id_ in self._accounts_named.get(part, ()))

    def account_at(self, domain: str) -> str | None:
        """The one account whose people have addresses there."""
        return _only(self._accounts_at.get(domain, ()))

    def person_at(self, address: str) -> str | None:
        """The one person with this address."""
        return _only(self._people_at.get(address, ()))

    def member_at(self, address: str) -> str | None:
        """The one of ours with this address."""
        return _only(self._team_at.get(address, ()))

    def person_named(self, account: str, name: str | None) -> str | None:
        """The one person of an account who is called so."""
        return _only(id_ for part in names_of(name) for id_ in self._people_named.get((account, part), ()))

    def member_named(self, name: str | None) -> str | None:
        """The one of ours who is called so."""
        return _only(id_ for part in names_of(name) for id_ in self._team_named.get(part, ()))

    def people_of(self, account: str) -> Iterator[Person]:
        """The people of an account who are still there, by id."""
        own = (person for person in self.people.values() if person.account == account and person.status not in GONE)
        return iter(sorted(own, key=lambda item: item.id))


def addresses_of(one: Person | TeamMember) -> frozenset[str]:
    """The addresses of somebody, folded; the id too where it is one."""
    named = (*one.addresses, one.id) if "@" in one.id else one.addresses
    return frozenset(address.strip().lower() for address in named)


def _only(found: Iterable[str]) -> str | None:
    several = set(found)
    return several.pop() if len(several) == 1 else None
