"""The operations of the OpenAPI document, and parameters that name what the sample company holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from graph.model import Account, Opportunity, Person, TeamMember
from graph.store.protocol import GraphStore

FITTING: Mapping[str, Any] = {"account": "qinglan", "person": "pan-yi", "to": "pan-yi", "from": "2026-01-01"}
"""Values of required parameters with which every operation of the sample company has an answer."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its method, its path with places, and its parameters as the document describes them."""

    method: str
    template: str
    parameters: tuple[Mapping[str, Any], ...]
    statuses: frozenset[int]
    body: Mapping[str, Any] | None

    def path(self, values: Mapping[str, str]) -> str:
        """The path with its places filled."""
        return self.template.format(**{name: quote(value, safe="") for name, value in values.items()})

    def named(self, place: str) -> Iterator[Mapping[str, Any]]:
        """The parameters of a place, `path` or `query`."""
        return (parameter for parameter in self.parameters if parameter["in"] == place)

    def takes(self, name: str) -> bool:
        """Whether the query has a parameter of this name."""
        return any(parameter["name"] == name for parameter in self.named("query"))

    def fitting(self) -> tuple[str, dict[str, Any]]:
        """A path and a query with which the sample company has an answer."""
        path = self.path({parameter["name"]: FITTING[parameter["name"]] for parameter in self.named("path")})
        return path, {
            parameter["name"]: FITTING[parameter["name"]] for parameter in self.named("query") if parameter["required"]
        }


def operations_of(document: Mapping[str, Any]) -> list[Operation]:
    """Every operation of a document."""
    return [
        Operation(
            method.upper(),
            template,
            tuple(described.get("parameters", ())),
            frozenset(map(int, described["responses"])),
            described.get("requestBody"),
        )
        for template, methods in document["paths"].items()
        for method, described in methods.items()
    ]


@dataclass(frozen=True, slots=True)
class RealIds:
    """The ids of an account in a store, and of the whole team."""

    account: str
    people: tuple[str, ...]
    members: tuple[str, ...]
    opportunities: tuple[str, ...]


def real_ids(store: GraphStore) -> list[RealIds]:
    """The ids that a store holds, by account."""
    records = store.read()
    members = tuple(member.id for member in records.of(TeamMember) if member.active is not False)
    return [
        RealIds(
            account.id,
            tuple(person.id for person in records.of(Person) if person.account == account.id),
            members,
            tuple(opportunity.id for opportunity in records.of(Opportunity) if opportunity.account == account.id),
        )
        for account in records.of(Account)
    ]
